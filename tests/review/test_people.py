"""What several people judged: doubts in order, agreement, and export in the corpus's form."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from chancery.ledger import EventQuery, Ledger, Ruling, open_ledger
from chancery.records import Finding, Span
from chancery.review import agreement, corpus_rows, doubtful, judged_by_others
from tests.factories import TEXT, full_reading, make_event, make_party, make_reading, make_report
from training.corpus import ROLES, faults, without_text

WORDS = ("Ruritania", "Graustark", "Borduria", "envoy")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "l.db"), create=True) as made:
        yield made


def say(ledger: Ledger, who: str, event: str, **changes: object) -> None:
    """The reviewer, who sees only what the reader read, leaves the line so; `status=None` rejects it."""
    line = ledger.as_read(event)
    assert line is not None
    if changes.get("status", "") is None:
        ledger.judge(Ruling("reject", who, (event,), why="no act", as_read=True))
    elif changes:
        after = replace(line.event, **changes)
        ledger.judge(Ruling("correct", who, (event,), after, as_read=True))
    else:
        ledger.judge(Ruling("accept", who, (event,), as_read=True))


def test_doubtful_lines_come_first_and_judged_ones_not_at_all(ledger: Ledger) -> None:
    events = [make_event(f"e{n}", confidence=n / 10) for n in range(2, 10)]
    doubt = Finding("unclear_actor", "whose?", Span(0, 4), "e9")
    ledger.store(make_reading(events, findings=(doubt,)))
    ledger.judge(Ruling("accept", "Ann", ("e3",)))
    found = [line.event.id for line in doubtful(ledger, EventQuery(), below=0.6)]
    assert found == ["e9", "e2", "e4", "e5"]


def test_a_second_person_sees_the_readers_lines(ledger: Ledger) -> None:
    ledger.store(make_reading([make_event("e1"), make_event("e2"), make_event("e3")]))
    say(ledger, "Ann", "e1", status="planned")
    say(ledger, "Ann", "e2", status=None)
    shown = judged_by_others(ledger, "Bob")
    assert [(line.event.id, line.event.status) for line in shown] == [("e1", "occurred"), ("e2", "occurred")]
    assert judged_by_others(ledger, "Ann") == ()
    say(ledger, "Bob", "e1")
    assert [line.event.id for line in judged_by_others(ledger, "Bob")] == ["e2"]


def test_agreement_by_field(ledger: Ledger) -> None:
    """Alpha of Krippendorff's formula by hand: 1 - observed / expected disagreement."""
    ledger.store(make_reading([make_event(f"e{n}") for n in range(4)]))
    for event, anns, bobs in (
        ("e0", "planned", "planned"),
        ("e1", "occurred", "planned"),
        ("e2", "refused", "refused"),
        ("e3", None, "refused"),
    ):
        for who, status in (("Ann", anns), ("Bob", bobs)):
            say(ledger, who, event, **({} if status == "occurred" else {"status": status}))
    found = agreement(ledger.judgements())
    assert (found.reviewers, found.lines) == (("Ann", "Bob"), 4)
    # status: units (p,p) (o,p) (r,r); n=6; counts p 3, o 1, r 2
    assert math.isclose(found.alpha["status"] or 0, 1 - 5 * 2 / (3 * 1 * 2 + 3 * 2 * 2 + 1 * 2 * 2))
    assert found.alpha["act"] == 1.0
    assert found.compared["status"] == 3
    told = [(d.event, d.field, d.one_says, d.other_says) for d in found.disagreements]
    assert told == [("e3", "line", "no act", "an act"), ("e1", "status", "occurred", "planned")]


def test_no_agreement_without_two(ledger: Ledger) -> None:
    ledger.store(make_reading([make_event("e1")]))
    say(ledger, "Ann", "e1")
    found = agreement(ledger.judgements())
    assert (found.lines, found.alpha["line"], found.disagreements) == (0, None, ())
    say(ledger, "Bob", "e1")
    assert agreement(ledger.judgements(), ("Ann", "Cid")).lines == 0
    assert agreement(ledger.judgements(), ("Ann", "Bob")).lines == 1


def test_the_export_has_the_corpus_form(ledger: Ledger) -> None:
    reading = full_reading()
    spanned = [
        replace(event, actors=(make_party(event.actors[0].id, word, span=span(word)),))
        for event, word in zip(reading.events, ("Ruritania", "Borduria"), strict=True)
    ]
    lent = replace(
        spanned[1],
        trigger=span("lent"),
        trigger_text="lent",
        amounts=(replace(spanned[1].amounts[0], span=span("$1 billion"), text="$1 billion"),),
        goods=(replace(spanned[1].goods[0], span=span("two ferries")),),
        time=replace(spanned[1].time, span=span("May"), precision="month"),
    )
    ledger.store(replace(reading, events=(spanned[0], lent)))
    ledger.judge(Ruling("accept", "Ann", ("a1",)))
    assert list(corpus_rows(ledger)) == [], "a text is only of use whole"
    assert len(list(corpus_rows(ledger, partly=True))) == 1
    ledger.judge(Ruling("correct", "Bob", ("b2",), replace(lent, status="promised")))
    (row,) = corpus_rows(ledger)
    known = {
        "key": row["key"],
        "source": "review",
        "text": TEXT,
        "events": row["events"],
        "links": row["links"],
    }
    assert row == without_text(known, "Ann, Bob")
    assert list(faults({**row, "text": TEXT})) == []
    assert set(ROLES) <= set(row["events"][1])
    assert row["events"][1]["status"] == "promised"
    assert row["events"][1]["time"] == {"value": "2009-05", "span": [*_ends("May")]}
    assert row["links"] == [{"kind": "in_return_for", "give": 1, "take": 0, "cue": [0, 20]}]


def span(words: str) -> Span:
    return Span(*_ends(words))


def _ends(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_rejected_lines_are_not_exported_and_their_text_is(ledger: Ledger) -> None:
    ledger.store(make_reading([make_event("e1")], report=make_report()))
    say(ledger, "Ann", "e1", status=None)
    (row,) = corpus_rows(ledger)
    assert row["events"] == []
