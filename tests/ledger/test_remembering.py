"""What reports taught of who held which office, and whom a later report may be read with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chancery.ledger import Ledger
from chancery.records import Holder, How, Mention, Report, Span
from tests.factories import make_event, make_reading, make_report, make_speaker


def told(
    person: str, day: str | None, *, of: str = "RUR", office: str = "president", how: How = "office"
) -> Mention | tuple[Report, Mention]:
    text = f"Ruritanian {office} {person} spoke on {day}."
    published = date.fromisoformat(day) if day else None
    report = make_report(text, published=published, file=f"{person} {day}.txt")
    span = Span(0, text.index(" spoke"))
    return report, Mention(span, span.of(text), of, of, how, "GOV", person, office)


def teach(ledger: Ledger, *args: object, **more: object) -> None:
    report, mention = told(*args, **more)  # type: ignore[misc, arg-type]
    ledger.store(replace(make_reading(report=report), mentions=(mention,)))


def asked(ledger: Ledger, text: str, day: str | None) -> list[tuple[str, str, str]]:
    published = date.fromisoformat(day) if day else None
    return [(h.name, h.actor, str(h.until)) for h in ledger.learned(make_report(text, published=published))]


def test_titles_are_stored_dated_and_sourced(ledger: Ledger) -> None:
    report, mention = told("Rudolf Elphberg", "2009-03-01")  # type: ignore[misc]
    speaker = replace(make_speaker("an envoy", "BOR"), span=Span(len(report.text) - 4, len(report.text)))
    event = make_event("e1", sentence=Span(0, len(report.text)), speakers=(speaker,))
    ledger.store(replace(make_reading([event], report=report), mentions=(mention,)))
    (title,) = ledger.titles()
    assert (title.person, title.surname, title.office, title.actor) == (
        "Rudolf Elphberg", "Elphberg", "president", "RUR",
    )  # fmt: skip
    assert title.span.of(report.text) == title.text == "Ruritanian president Rudolf Elphberg"
    assert (title.report.id, title.speaker) == (report.id, "an envoy")
    assert ledger.titles({"Hentzau"}) == ()


@pytest.mark.parametrize(
    "mention",
    [
        Mention(Span(0, 5), "x", "RUR", "RUR", "office", "GOV", "president", "president"),
        Mention(Span(0, 5), "x", "RUR", "RUR", "person", "GOV", "Rudolf Elphberg", "president"),
        Mention(Span(0, 5), "x", "RUR", "RUR", "name", None, None, None),
    ],
)
def test_what_teaches_nothing(ledger: Ledger, mention: Mention) -> None:
    ledger.store(replace(make_reading(), mentions=(mention,)))
    assert ledger.titles() == ()


def test_later_reports_of_the_next_year_may_be_read_with_it(ledger: Ledger) -> None:
    teach(ledger, "Rudolf Elphberg", "2009-03-01")
    teach(ledger, "Elphberg", "2009-05-01")
    known = [("Rudolf Elphberg", "RUR", "2010-05-02")]
    assert asked(ledger, "Then Elphberg left.", "2009-06-01") == known
    assert asked(ledger, "Then Hentzau left.", "2009-06-01") == []
    assert asked(ledger, "Then Elphberg left.", "2009-02-01") == [], "not before it was told"
    assert asked(ledger, "Then Elphberg left.", None) == []


def test_a_successor_ends_the_time_of_a_head_of_state(ledger: Ledger) -> None:
    teach(ledger, "Rudolf Elphberg", "2009-03-01")
    teach(ledger, "Rupert Hentzau", "2009-09-10")
    teach(ledger, "Anton Tarlenheim", "2009-03-01", office="adviser")
    teach(ledger, "Fritz Tarlenheim", "2009-04-01", office="adviser")
    assert asked(ledger, "Elphberg and Hentzau", "2009-12-01") == [
        ("Rudolf Elphberg", "RUR", "2009-09-09"),
        ("Rupert Hentzau", "RUR", "2010-09-11"),
    ]
    names = {name for name, _, _ in asked(ledger, "Tarlenheim", "2009-12-01")}
    assert names == {"Anton Tarlenheim", "Fritz Tarlenheim"}, "two of a name stay two"


def test_a_holder_is_a_record(ledger: Ledger) -> None:
    teach(ledger, "Rudolf Elphberg", "2009-03-01", how="apposition")
    (holder,) = ledger.learned(make_report("Elphberg", published=date(2009, 3, 2)))
    assert holder == Holder("Rudolf Elphberg", "RUR", "GOV", "president", date(2009, 3, 1), date(2010, 3, 2))
