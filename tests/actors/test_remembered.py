"""A surname without a title, read with what earlier reports taught."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from chancery.actors import find_mentions
from chancery.pipeline import Reader
from chancery.records import Holder
from tests.factories import make_report

DAY = date(2009, 10, 26)
SINCE, UNTIL = date(2009, 1, 1), date(2009, 12, 31)


def holder(name: str, actor: str, since: date = SINCE, until: date = UNTIL) -> Holder:
    return Holder(name, actor, "GOV", "foreign minister", since, until)


ELPHBERG = holder("Rudolf Elphberg", "ECU")


@pytest.mark.parametrize(
    ("text", "learned", "seen"),
    [
        ("Elphberg met the press in Quito.", [ELPHBERG], "ECU"),
        ("Rudolf Elphberg met the press in Quito.", [ELPHBERG], "ECU"),
        ("Elphberg met the press in Quito.", [], None),
        ("Anton Elphberg met the press in Quito.", [ELPHBERG], None),
        ("Elphberg met the press in Quito.", [ELPHBERG, holder("Anton Elphberg", "PER")], None),
        ("Elphberg met the press in Quito.", [ELPHBERG, holder("Anton Elphberg", "ECU")], None),
        ("Elphberg met the press in Quito.", [holder("R Elphberg", "ECU", until=date(2009, 5, 1))], None),
        ("Peruvian President Anton Elphberg spoke. Elphberg left.", [ELPHBERG], "PER"),
    ],
)
def test_only_where_one_holder_fits(
    nlp: Language, text: str, learned: list[Holder], seen: str | None
) -> None:
    doc = nlp(text)
    found, _ = find_mentions(doc, DAY, learned)
    bearers = {f.principal for f in found if "Elphberg" in doc[f.start : f.end].text}
    assert bearers == ({seen} if seen else set())


def test_an_undated_report_is_read_without(nlp: Language) -> None:
    found, _ = find_mentions(nlp("Elphberg met the press in Quito."), None, [ELPHBERG])
    assert not [f for f in found if f.agent]


def test_the_reader_asks_for_each_report(nlp: Language) -> None:
    asked = []
    reader = Reader(learned=lambda report: asked.append(report.file) or [ELPHBERG])
    reading = reader.read(make_report("Elphberg met the press in Quito.", published=DAY))
    assert asked == ["gazette.txt"]
    (mention,) = [m for m in reading.mentions if m.agent]
    assert (mention.agent, mention.role, mention.how) == ("Rudolf Elphberg", "foreign minister", "person")
