"""The fields of a line in which two versions of it, or two people, may differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from chancery.records import Event, Party

Value = Callable[[Event], object]


def _ids(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(sorted({p.id for p in parties}))


FIELDS: Mapping[str, Value] = {
    "act": lambda e: e.act,
    "instrument": lambda e: e.instrument,
    "status": lambda e: e.status,
    "actors": lambda e: _ids(e.actors),
    "recipients": lambda e: _ids(e.recipients),
    "held_by": lambda e: tuple(sorted(set(e.held_by))),
    "speakers": lambda e: tuple(s.actor or s.text for s in e.speakers),
    "time": lambda e: e.time and (e.time.start.isoformat(), e.time.end.isoformat()),
    "place": lambda e: e.place and (e.place.text, e.place.country),
    "amounts": lambda e: tuple(sorted((a.value, a.currency or a.unit or "") for a in e.amounts)),
    "goods": lambda e: tuple(sorted((g.item, -1 if g.count is None else g.count) for g in e.goods)),
}


def differing(one: Event, other: Event) -> tuple[str, ...]:
    """The names of the fields in which two lines say different things."""
    return tuple(name for name, value in FIELDS.items() if value(one) != value(other))


def in_words(event: Event, field: str) -> str:
    """A field's value as one string; `none` where it is empty."""
    value = FIELDS[field](event)
    if value is None or value == ():
        return "none"
    if isinstance(value, tuple):
        return ", ".join(" ".join(map(str, v)) if isinstance(v, tuple) else str(v) for v in value)
    return str(value)
