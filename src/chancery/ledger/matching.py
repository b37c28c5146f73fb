"""The events that an `EventQuery` asks for, as SQL that finds them through one index.

The narrowest of what is asked leads: the pair of actors, else the one actor or recipient, else the
events themselves by stage or day. The leading table has the day too, so that the latest few of very many come
without a look at the rest.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_

from chancery.ledger.entries import EventQuery
from chancery.ledger.queries import BY_REPORT, ENTRY, At, begins, line_holds
from chancery.ledger.rows import UNDATED
from chancery.ledger.schema import events, pairs, parties, readings, reports
from chancery.records import STAGE_OF

_EARLIER = parties.alias("earlier")


def matching(query: EventQuery, at: At) -> Select[Any]:
    """The lines that a query asks for, in its order: only what `LedgerEvent` is made of."""
    found = found_by(query, at, select(events.c.id, events.c.reading, events.c.contract, *ENTRY))
    if query.newest:
        day = _lead(query).c.last_day
        latest = day.desc() if _lead(query) is pairs else day.desc().nulls_last()
        found = found.order_by(latest, events.c.id)
        found = found if query.after is None else found.where(_after(day, *query.after))
    else:
        found = found.order_by(*BY_REPORT, events.c.position, readings.c.id)
    return found if query.limit is None else found.limit(max(query.limit, 0))


def counting(query: EventQuery, at: At) -> Select[Any]:
    """How many there are, whatever the query's limit, and wherever it begins."""
    return _found(query, at, select(func.count()), whole=bool(_of_events(query)))


def found_by(query: EventQuery, at: At, wanted: Select[Any]) -> Select[Any]:
    """Columns of the events that a query asks for, in no order, whatever its limit."""
    return _found(query, at, wanted, whole=True).join(reports, reports.c.id == readings.c.report)


def _found(query: EventQuery, at: At, wanted: Select[Any], *, whole: bool) -> Select[Any]:
    """The lines; unless they are wanted `whole`, the leading table may stand for the events."""
    lead = _lead(query)
    found = _led(query, wanted, whole=whole).join(readings, readings.c.id == lead.c.reading)
    found = found.where(line_holds(at, _id(lead)), *_of_events(query))
    for side, parts in (("actor", query.actor), ("recipient", query.recipient)):
        if parts and not (lead is parties and side == _side(query)):
            found = found.where(_has_party(side, parts, query))
    if query.party:
        found = found.where(_has_party(None, query.party, query))
    if query.unjudged:
        found = found.where(readings.c.judgement.is_(None))
    if query.report is not None:
        found = found.where(begins(readings.c.report, query.report))
    return found if query.until is None else found.where(lead.c.day <= query.until)


def _of_events(query: EventQuery) -> list[ColumnElement[bool]]:
    """What only the events themselves can answer."""
    wanted = (
        (events.c.act, query.act),
        (events.c.instrument, query.instrument),
        (events.c.status, query.status),
    )
    found: list[ColumnElement[bool]] = [column.in_(words) for column, words in wanted if words]
    return found + ([events.c.confidence >= query.min_confidence] if query.min_confidence > 0 else [])


def _id(lead: Any) -> Any:
    """The column of the leading table that names the event."""
    return lead.c.id if lead is events else lead.c.event


def _lead(query: EventQuery) -> Any:
    """The table that is searched first."""
    if query.between is not None:
        return pairs
    return parties if len(query.actor) == 1 or len(query.recipient) == 1 else events


def _side(query: EventQuery) -> str:
    return "actor" if len(query.actor) == 1 else "recipient"


def _led(query: EventQuery, wanted: Select[Any], *, whole: bool) -> Select[Any]:
    """From the leading table, to the events if they are wanted whole."""
    lead = _lead(query)
    if lead is not events:
        joined = and_(events.c.reading == lead.c.reading, events.c.id == lead.c.event)
        wanted = wanted.select_from(lead.join(events, joined) if whole else lead).where(*_leading(query))
    else:
        wanted = wanted.select_from(events)
    if lead is not pairs and (stage := _stage(query)) is not None:
        wanted = wanted.where(lead.c.stage == stage)
    return wanted if query.since is None else wanted.where(lead.c.last_day >= query.since)


def _leading(query: EventQuery) -> list[ColumnElement[bool]]:
    if query.between is not None:
        one, other = sorted(query.between)
        return [pairs.c.one == one, pairs.c.other == other]
    side = _side(query)
    (actor,) = query.actor if side == "actor" else query.recipient
    # one actor may be several parties of an event, through several bodies; the first of them counts
    again = exists().where(
        *(_EARLIER.c[name] == parties.c[name] for name in ("reading", "event", "side", "actor")),
        _EARLIER.c.position < parties.c.position,
    )
    return [parties.c.actor == actor, parties.c.side == side, ~again]


def _stage(query: EventQuery) -> str | None:
    """The one stage in which all wanted statuses are, by which there is an index."""
    stages = {STAGE_OF[status] for status in query.status}
    return stages.pop() if len(stages) == 1 else None


def _has_party(side: str | None, wanted: tuple[str, ...], query: EventQuery) -> ColumnElement[bool]:
    within = [] if query.since is None else [parties.c.last_day >= query.since]
    within += [] if side is None else [parties.c.side == side]
    found = select(parties.c.reading, parties.c.event).where(parties.c.actor.in_(wanted), *within)
    lead = _lead(query)
    return tuple_(lead.c.reading, _id(lead)).in_(found)


def _after(day: Any, last: date | None, line: str) -> ColumnElement[bool]:
    """What comes later, from the latest day on, undated events last, equal days by id."""
    if last is None:
        return and_(or_(day.is_(None), day == UNDATED), events.c.id > line)
    later = or_(day < last, day.is_(None), and_(day == last, events.c.id > line))
    return and_(or_(day <= last, day.is_(None)), later)
