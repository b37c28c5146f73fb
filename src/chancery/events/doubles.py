"""The same act named twice in one sentence is one line: "granted a loan", "announced an offer"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc

from chancery.records import Event, Party, Reason

_NEAR = frozenset(
    (
        "obj",
        "obl",
        "nsubj:pass",
        "xcomp",
        "nmod",
        "compound",
        "nsubj",
        "ccomp",
        "conj",
        "acl",
        "advcl",
        "appos",
    )
)
_MOST_STEPS = 2


def merge_doubles(doc: Doc, events: dict[int, Event]) -> tuple[dict[int, Event], dict[str, str]]:
    """Events without their doubles, and which id each dropped one went into.

    Doubles share sentence, act and status, one word governs the other closely in the tree, and
    neither names a party, sum or time that the other contradicts.
    """
    kept = dict(events)
    into: dict[str, str] = {}
    for low in sorted(events):
        for high in _governors(doc, low, events):
            if low in kept and high in kept and _same(kept[high], kept[low]):
                better, worse = (high, low) if _weight(kept[high]) >= _weight(kept[low]) else (low, high)
                into[kept[worse].id] = kept[better].id
                kept[better] = _united(kept[better], kept.pop(worse))
    return kept, into


def _governors(doc: Doc, at: int, events: dict[int, Event]) -> Iterable[int]:
    token = doc[at]
    for _ in range(_MOST_STEPS):
        if token.head == token or token.dep_ not in _NEAR or token.dep_ == "conj":
            return
        token = token.head
        if token.i in events:
            yield token.i


def _weight(event: Event) -> tuple[float, int]:
    return round(event.confidence, 1), -event.trigger.start


def _same(a: Event, b: Event) -> bool:
    if a.act != b.act or a.sentence != b.sentence or a.status != b.status:
        return False
    if a.instrument and b.instrument and a.instrument != b.instrument:
        return False
    return _fits(a.actors, b.actors) and _fits(a.recipients, b.recipients)


def _fits(a: tuple[Party, ...], b: tuple[Party, ...]) -> bool:
    x, y = {p.id for p in a}, {p.id for p in b}
    return x <= y or y <= x


def _united(event: Event, other: Event) -> Event:
    """The event with what only its double told."""
    return replace(
        event,
        instrument=event.instrument or other.instrument,
        actors=event.actors or other.actors,
        recipients=event.recipients or other.recipients,
        speakers=event.speakers or other.speakers,
        held_by=event.held_by or other.held_by,
        time=event.time or other.time,
        amounts=event.amounts or other.amounts,
        goods=event.goods or other.goods,
        reasons=(*event.reasons, Reason("trigger", "rule", f"also named by {other.trigger_text!r}")),
    )
