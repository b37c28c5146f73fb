"""Table: a sentence -> how real the act is, through every room; each by a word or clause that is sure."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.pipeline import Reader
from chancery.records import Report, Status, report_id
from chancery.settings import Settings

LINES: tuple[tuple[str, str, Status], ...] = (
    ("Zambia dismissed reports that its army had shelled a village in Congo.", "shelled", "not_occurred"),
    ("Qatar denied that it had armed the rebels in Chad.", "armed", "not_occurred"),
    ("Chad denied a report that it had offered Niger a loan.", "offered", "not_occurred"),
    ('"We have offered Belize nothing," a Mexican minister said.', "offered", "not_occurred"),
    ("Rwanda denied having sent troops to Congo.", "sent", "not_occurred"),
    ("Turkey denies selling drones to Ethiopia", "selling", "not_occurred"),
    ("Sri Lanka did not rule out granting China access to the port.", "granting", "possible"),
    ("Finland ruled out sending troops to Ukraine.", "sending", "refused"),
    ("Instead of signing the accord, Mali expelled the French ambassador.", "signing", "not_occurred"),
    ("Instead of signing the accord, Mali expelled the French ambassador.", "expelled", "occurred"),
    ("The Iranian minister left Baghdad without signing the agreement.", "signing", "not_occurred"),
    ("Jordan had yet to ratify the treaty with Syria.", "ratify", "not_occurred"),
    ("Uruguay almost severed ties with Argentina.", "severed", "not_occurred"),
    ("The summit between Modi and Xi was called off.", "summit", "not_occurred"),
    ("The blockade of Qatar never took place, the Saudi envoy claimed.", "blockade", "not_occurred"),
    ("Germany mulls sending tanks to Poland", "sending", "possible"),
    ("Rumours of an Israeli strike on Iran spread on Thursday.", "strike", "possible"),
    ("In the event of an attack on Finland, Sweden would send its navy.", "attack", "possible"),
    ("Talks between Egypt and Ethiopia on the release of prisoners began in Cairo.", "release", "possible"),
    ("A possible sale of frigates to Indonesia was discussed by Italy.", "sale", "possible"),
    ("The planned visit of the Chinese president to Manila was announced on Monday.", "visit", "planned"),
    ("The two ministers met ahead of a visit by the French president to Beirut.", "visit", "planned"),
    ("Serbia threatens to expel Croatian diplomats", "expel", "possible"),
    ("Austria refused to expel the Russian ambassador.", "expel", "refused"),
    ("Poland will supply ammunition as long as Germany pays for it.", "supply", "conditional"),
    ("The IMF will lend Ghana $3 billion provided that Accra raises taxes.", "lend", "conditional"),
    ("Unless Bosnia hands over the general, the EU will suspend aid.", "suspend", "conditional"),
    ("Libya would release the crew if Italy paid a fine.", "release", "conditional"),
    (
        "Pakistan would not reopen the border unless Afghanistan handed over the suspects.",
        "reopen",
        "refused",
    ),
    ("Argentina signed the contract only after Chile dropped its lawsuit.", "signed", "occurred"),
    ("Poland is no longer sending arms to Ukraine.", "sending", "not_occurred"),
    ("Ankara recognises Kosovo\n\nTurkey will recognise Kosovo in June.", "recognises", "planned"),
    ("Beijing sends warships to Djibouti\n\nChina plans to send warships to Djibouti.", "sends", "planned"),
    ("Iran to free British sailors\n\nIran freed four British sailors on Sunday.", "free", "occurred"),
    ("Jakarta buys French jets\n\nIndonesia may buy Rafale jets from France.", "buys", "possible"),
    ("Kenya lends Uganda $300m\n\nKenya has lent Uganda $300 million.", "lends", "occurred"),
    ("Romania would have sent troops, but Bulgaria objected.", "sent", "not_occurred"),
    ("Nobody knows whether Libya sold the drones to Sudan.", "sold", "possible"),
    ("The claim that Iran had attacked the tanker is untrue, Tehran said.", "attacked", "not_occurred"),
    ("Slovenia was forced to withdraw its ambassador from Budapest.", "withdraw", "occurred"),
    ("Burundi managed to free its hostages from Rwanda.", "free", "occurred"),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings(threads=1))


@pytest.mark.parametrize(("text", "trigger", "status"), LINES)
def test_how_real(reader: Reader, text: str, trigger: str, status: Status) -> None:
    day = date(2021, 5, 14)
    reading = reader.read(Report(report_id(text, None), text, "a.txt", None, None, day, None, "en"))
    assert [e.status for e in reading.events if e.trigger_text == trigger] == [status]
