"""An occurrence told once: from the tellings of all reports, the fullest account of the act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from chancery.reconcile.clusters import Placed
from chancery.reconcile.origins import origins
from chancery.reconcile.tellings import Telling
from chancery.records import STAGE_OF, Occurrence, Stage, Status

T = TypeVar("T")

# How far each status has come; the furthest that a report tells is the occurrence's
_FAR: Mapping[Stage, int] = {"done": 3, "ahead": 2, "sought": 1, "refused": 0}


def occurrence(members: Sequence[Placed], texts: Mapping[str, str]) -> Occurrence:
    """The occurrence that these tellings are of; `texts` are their reports' texts by id."""
    tellings = [m.telling for m in members]
    lead = max(tellings, key=_fullness)
    start, end = _when(tellings, lead)
    days = [t.source.published for t in tellings if t.source.published]
    return Occurrence(
        id=members[0].occurrence,
        members=tuple(m.member for m in members),
        origins=origins(tellings, texts),
        lead=lead.event.id,
        act=lead.event.act,
        instrument=lead.event.instrument or _most((t.event.instrument for t in tellings), None),
        status=_status(tellings),
        actors=_side(tellings, lead, lambda t: t.actors),
        recipients=_side(tellings, lead, lambda t: t.recipients),
        start=start,
        end=end,
        told=min(days) if days else None,
    )


def _fullness(telling: Telling) -> tuple[int, int, float]:
    """How well a telling stands for the others: how far the act has come, how much is told, how surely."""
    event = telling.event
    told = (event.instrument, event.actors, event.recipients, event.time, event.amounts, event.goods)
    return _FAR[STAGE_OF[event.status]], sum(bool(field) for field in told), event.confidence


def _status(tellings: Iterable[Telling]) -> Status:
    """The furthest status; of several as far the latest report's."""
    ranked = [(_FAR[STAGE_OF[t.event.status]], t.source.published or date.min, t) for t in tellings]
    return max(ranked, key=lambda found: found[:2])[2].event.status


def _side(
    tellings: Iterable[Telling], lead: Telling, of: Callable[[Telling], frozenset[str]]
) -> tuple[str, ...]:
    """The parties of a side as most tellings have them that name any; the lead's, where as many do."""
    told = [of(t) for t in tellings if of(t)]
    found = _most(told, frozenset()) or frozenset()
    lead_names = of(lead)
    if lead_names and told.count(lead_names) == told.count(found):
        found = lead_names
    first = [p.id for p in (*lead.event.actors, *lead.event.recipients)]
    return tuple(
        sorted(found, key=lambda actor: (first.index(actor) if actor in first else len(first), actor))
    )


def _most(values: Iterable[T], nothing: T) -> T:
    counted = Counter(v for v in values if v)
    return counted.most_common(1)[0][0] if counted else nothing


def _when(tellings: Sequence[Telling], lead: Telling) -> tuple[date | None, date | None]:
    """The days on which all dated tellings agree, else the most precise one's."""
    dated = [t for t in tellings if t.dated and t.first and t.last]
    if not dated:
        return None, None
    start = max(t.first for t in dated if t.first)
    end = min(t.last for t in dated if t.last)
    if start <= end:
        return start, end
    best = lead if lead.dated else min(dated, key=_length)
    return best.first, best.last


def _length(telling: Telling) -> int:
    assert telling.first is not None
    assert telling.last is not None
    return (telling.last - telling.first).days
