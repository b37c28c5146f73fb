"""Which words of a report a line rests on, and what it takes them for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chancery.records import Event, Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the report, and what a line takes them for."""

    span: Span
    what: str
    style: str


def _marks(event: Event) -> Iterator[Mark]:
    """The act first: where two marks overlap, the one named first stays."""
    yield Mark(event.trigger, "act", "bold yellow")
    sides = ((event.actors, "by", "bold green"), (event.recipients, "to", "bold cyan"))
    for parties, what, style in sides:
        for p in parties:
            if p.span is not None:
                yield Mark(p.span, f"{what} {p.id}", style)
    for s in event.speakers:
        yield Mark(s.span, f"says {s.actor}" if s.actor else "says", "bold magenta")
    if event.time is not None:
        yield Mark(event.time.span, "when", "bold blue")


def marks_in(event: Event, stretch: Span) -> list[Mark]:
    """The marks inside a stretch of the text, in its order, none overlapping another."""
    kept: list[Mark] = []
    for mark in _marks(event):
        within = stretch.covers(mark.span) and mark.span.start < mark.span.end
        if within and not any(mark.span.overlaps(other.span) for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda m: m.span)
