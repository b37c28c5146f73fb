"""Of one sentence's events, the one the sentence is about, and the words of its two sides."""

from __future__ import annotations

from collections.abc import Iterable

from chancery.pipeline import Draft
from chancery.records import Event, Party

Stretch = tuple[int, int]


def depth(draft: Draft, event: Event) -> int:
    """How many words stand above the event's trigger in its sentence's tree."""
    words = draft.doc.char_span(event.trigger.start, event.trigger.end, alignment_mode="expand")
    return sum(1 for _ in words[0].ancestors) if words is not None else 0


def main_event(draft: Draft) -> Event | None:
    """The event nearest to the root of the tree; the first of equals."""
    return min(draft.events, key=lambda e: (depth(draft, e), e.trigger.start), default=None)


def roles_of(draft: Draft) -> tuple[list[Stretch], list[Stretch]]:
    """Characters of actors and of recipients of the main event."""
    event = main_event(draft)
    return (_spans(event.actors), _spans(event.recipients)) if event else ([], [])


def _spans(parties: Iterable[Party]) -> list[Stretch]:
    return sorted({(p.span.start, p.span.end) for p in parties if p.span is not None})
