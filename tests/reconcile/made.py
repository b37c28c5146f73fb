"""Tellings of acts between invented states, each in a report of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from chancery.reconcile import Source, Telling, tellings
from chancery.records import Reading, Span
from tests.factories import make_event, make_reading, make_report

DAY = date(2009, 6, 10)


def told(id: str, words: str = "", *, by: str = "", on: date | None = DAY, **changes: Any) -> Telling:
    """One telling: event `id`, in the report `by` (else one of its own), published by a desk of that name."""
    return told_of_all(id, words, by=by, on=on, **changes)[0]


def told_of_all(
    id: str, words: str = "", *, by: str = "", on: date | None = DAY, **changes: Any
) -> tuple[Telling, ...]:
    source = by or f"desk {id}"
    return tellings(make_event(id, **changes), Source(source, source, on), words)


def lent(id: str, words: str = "", **changes: Any) -> Telling:
    """A loan of Borduria to Ruritania."""
    given = {"act": "AID", "instrument": "loan", "actors": ("BOR",), "recipients": ("RUR",)} | changes
    return told(id, words, **given)


def reading_of(
    file: str, text: str, events: Sequence[dict[str, Any]], *, publisher: str | None = None, **changes: Any
) -> Reading:
    """A reading of a one-line report: each event spans all of it, its trigger the word under `trigger`."""
    report = make_report(text, file=file, publisher=publisher or f"desk {file}", **changes)
    made = []
    for number, event in enumerate(events):
        word = event.pop("trigger", text.split()[1])
        at = text.index(word)
        spans = {"trigger": Span(at, at + len(word)), "trigger_text": word, "sentence": Span(0, len(text))}
        made.append(make_event(f"{file}-{number}", **(spans | event)))
    return make_reading(made, report=report)
