"""Which words of a report a line rests on, and what it takes them for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from chancery.records import Event, Span

Kind = Literal["act", "by", "to", "says", "when", "where", "sum", "goods"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the report, and what a line takes them for: the kind, and for parties the actor's id."""

    span: Span
    kind: Kind
    actor: str | None = None

    @property
    def what(self) -> str:
        """The kind and the actor in words: `by NIC`."""
        return f"{self.kind} {self.actor}" if self.actor else self.kind


def marks(event: Event) -> Iterator[Mark]:
    """All marks of a line, the act first: where two overlap, the one named first stays."""
    yield Mark(event.trigger, "act")
    sides: tuple[tuple[Kind, tuple[tuple[Span | None, str | None], ...]], ...] = (
        ("by", tuple((p.span, p.id) for p in event.actors)),
        ("to", tuple((p.span, p.id) for p in event.recipients)),
        ("says", tuple((s.span, s.actor) for s in event.speakers)),
    )
    for kind, said in sides:
        yield from (Mark(span, kind, actor) for span, actor in said if span is not None)
    if event.time is not None:
        yield Mark(event.time.span, "when")
    if event.place is not None:
        yield Mark(event.place.span, "where")
    yield from (Mark(a.span, "sum") for a in event.amounts)
    yield from (Mark(g.span, "goods") for g in event.goods)


def marks_in(event: Event, stretch: Span) -> list[Mark]:
    """The marks inside a stretch of the text, in its order, none overlapping another."""
    kept: list[Mark] = []
    for mark in marks(event):
        within = stretch.covers(mark.span) and mark.span.start < mark.span.end
        if within and not any(mark.span.overlaps(other.span) for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda m: m.span)
