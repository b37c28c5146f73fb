"""Table: a sentence -> who does the act at a word, and to whom, through every room."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.pipeline import Reader
from chancery.records import Report, report_id
from chancery.settings import Settings

DAY = date(2019, 5, 20)

# text, trigger, actors, recipients
TABLE = [
    # whom a headline or short item names only once
    ("Peru lends Paraguay $300 million.", "lends", "PER", "PRY"),
    ("Japan pledges $20 million in aid for Nepal.", "pledges", "JPN", "NPL"),
    # what stands in a phrase of reason or place beside the act is no recipient
    ("Canada imposes sanctions on Iran for arming Syria.", "imposes", "CAN", "IRN"),
    ("Poland condemned Belarus over the arrests in Minsk.", "condemned", "POL", "BLR"),
    ("Both Norway and Sweden thanked Finland for its help.", "thanked", "NOR SWE", "FIN"),
    # relative clauses
    ("Hungary blocked the plan of Romania, which Bulgaria supports.", "blocked", "HUN", "ROU"),
    # control
    ("Chile regrets the decision of Peru to expel the Cuban ambassador.", "expel", "PER", "CUB"),
    ("Brazil expects Uruguay to recognize Kosovo.", "recognize", "URY", "XKX"),
    # passives
    ("Finland was invited by Estonia to the talks.", "invited", "EST", "FIN"),
    ("Swiss troops were deployed to the border with Austria.", "deployed", "CHE", None),
    ("North Korea moved troops to the border with South Korea.", "moved", "PRK", None),
    # whose place was hit
    ("Russia attacked a village in Sumy, Ukraine.", "attacked", "RUS", "UKR"),
    ("Gunmen attacked a bus in Kenya.", "attacked", "", "KEN"),
    ("Norway condemned the Lima bombing.", "bombing", "", "PER"),
    ("Israel bombed houses in Gaza.", "bombed", "ISR", "PSE"),
    ("Georgian police clashed with pro-Russian rebels.", "clashed", "GEO", ""),
    # possessives and nouns
    ("The Russian loan to Nicaragua was signed.", "loan", "RUS", "NIC"),
    ("Turkey rejected the demands of Greece.", "rejected", "TUR", "GRC"),
    # nobody presses his own government
    ("Portugal and Angola quarrelled. Portugal urged the government to pay.", "urged", "PRT", "AGO"),
    # each clause its own subject
    ("Denmark pledges $5 million and Belgium pledges $9 million to Chad.", "pledges", "BEL", "TCD"),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings(threads=1))


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "recipients"), TABLE, ids=[row[0][:45] for row in TABLE]
)
def test_sides(reader: Reader, text: str, trigger: str, actors: str, recipients: str | None) -> None:
    events = {e.trigger_text: e for e in reader.read(report(text)).events}
    assert trigger in events, list(events)
    event = events[trigger]
    assert " ".join(p.id for p in event.actors) == actors
    if recipients is not None:
        assert " ".join(p.id for p in event.recipients) == recipients


def report(text: str) -> Report:
    return Report(report_id(text, None), text, "a.txt", None, None, DAY, None, "en")
