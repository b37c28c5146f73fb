"""A line's fields as a person would type them: what `edited` takes, so that a form can begin with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from chancery.records import Amount, Event, Goods, Party, Time
from chancery.review.editing import edited

NONE = "none"


def typed(event: Event, field: str) -> str:
    """The field's value in the form `edited` takes; `none` where it is empty."""
    return _TYPED[field](event) or NONE


def retyped(event: Event, given: Mapping[str, str], text: str) -> Event:
    """The line with those of the fields changed that were typed otherwise. Raises `UsageError`."""
    for field, value in given.items():
        if field in _TYPED and value.strip() != typed(event, field):
            event = edited(event, field, value, text)
    return event


def _parties(parties: Iterable[Party]) -> str:
    return ", ".join(f"{p.id}[{p.text}]" if p.span and _fits(p.text) else p.id for p in parties)


def _fits(words: str) -> bool:
    """Whether the words can stand in brackets."""
    return bool(words) and not set(words) & set("[]")


def _time(time: Time | None) -> str:
    if time is None:
        return ""
    start, end = time.start.isoformat(), time.end.isoformat()
    whole = {"year": start[:4], "month": start[:7]}.get(time.precision)
    value = whole or (start if start == end else f"{start}/{end}")
    return f"{value}[{time.text}]" if _fits(time.text) else value


def _amount(amount: Amount) -> str:
    unit = (amount.currency or amount.unit or "units").replace(" ", "_")
    number = str(int(amount.value)) if amount.value.is_integer() else f"{amount.value:f}"
    return f"{number} {unit}[{amount.text}]"


def _goods(goods: Goods) -> str:
    count = "?" if goods.count is None else str(goods.count)
    return f"{count} {goods.item}[{goods.text}]"


def _place(event: Event) -> str:
    return f"{event.place.text}={event.place.country or ''}" if event.place else ""


_TYPED: Mapping[str, Callable[[Event], str]] = {
    "act": lambda e: e.act,
    "instrument": lambda e: e.instrument or "",
    "status": lambda e: e.status,
    "actors": lambda e: _parties(e.actors),
    "recipients": lambda e: _parties(e.recipients),
    "held_by": lambda e: ", ".join(e.held_by),
    "speakers": lambda e: ", ".join(f"{s.text}={s.actor or ''}" for s in e.speakers),
    "time": lambda e: _time(e.time),
    "place": _place,
    "amounts": lambda e: ", ".join(map(_amount, e.amounts)),
    "goods": lambda e: ", ".join(map(_goods, e.goods)),
}
