"""Lines and reports a page at a time, for people and programs that turn leaves, as SQL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select, tuple_

from chancery.errors import CursorUnknown
from chancery.ledger.entries import EventQuery
from chancery.ledger.matching import matching
from chancery.ledger.queries import ENTRY, At, line_holds
from chancery.ledger.schema import events, findings, pairs, parties, readings, reports

FEW = 5000


def frequencies(query: EventQuery) -> list[Select[Any]]:
    """How many lines each side that a query names has, and its pair; none beyond `often` is counted."""
    sides = [ids for ids in (query.actor, query.recipient, query.party) if ids]
    asked = [select(parties.c.reading).where(parties.c.actor.in_(ids)) for ids in sides]
    between = [query.between] if query.between else []
    if len(query.actor) == len(query.recipient) == 1:
        between.append((query.actor[0], query.recipient[0]))
    for one, other in map(sorted, between):
        asked.append(select(pairs.c.reading).where(pairs.c.one == one, pairs.c.other == other))
    return [select(func.count()).select_from(some.limit(often(query)).subquery()) for some in asked]


def often(query: EventQuery) -> int:
    """From how many lines on a page is soon found among all lines: more where few of them are wanted."""
    return FEW * 10 if query.act or query.instrument or query.status or query.report else FEW


def page_of(query: EventQuery, at: At, size: int, after: str | None, *, walk: bool = False) -> Select[Any]:
    """The next events a query asks for, in the order they came in; `after` as `place_of` told it.

    What comes in later comes last, so that no page skips or repeats a line. `walk` goes from line to
    line, which is quicker than finding all first where the actors stand in very many. Raises `CursorUnknown`.
    """
    whole = replace(query, limit=None, newest=False)
    if walk:
        anybody = replace(whole, actor=(), recipient=(), party=(), between=None)
        found = matching(anybody, at).where(*_sides(query)).order_by(None)
    else:
        found = matching(whole, at).order_by(None)
    if after is not None:
        number, colon, event = after.partition(":")
        if not (colon and number.isascii() and number.isdigit() and len(number) < 19):
            raise CursorUnknown(after)
        found = found.where(tuple_(events.c.reading, events.c.id) > tuple_(int(number), event))
    return found.order_by(events.c.reading, events.c.id).limit(size)


def _sides(query: EventQuery) -> list[ColumnElement[bool]]:
    """That the actors of a query stand in a line, looked at line by line."""
    asked = [
        _stands(ids, side)
        for side, ids in (("actor", query.actor), ("recipient", query.recipient), (None, query.party))
        if ids
    ]
    if query.between is not None:
        one, other = sorted(query.between)
        own = (pairs.c.reading == events.c.reading, pairs.c.event == events.c.id)
        asked.append(exists().where(*own, pairs.c.one == one, pairs.c.other == other))
    return asked


def _stands(ids: tuple[str, ...], side: str | None) -> ColumnElement[bool]:
    found = exists().where(parties.c.reading == events.c.reading, parties.c.event == events.c.id)
    found = found.where((parties.c.actor + "").in_(ids))  # not by the actors' index, but by the line's
    return found if side is None else found.where(parties.c.side == side)


def place_of(row: Row[Any]) -> str:
    """Where a row stands in the order of `page_of`."""
    return f"{row.reading}:{row.id}"


def latest_unsure(below: float, limit: int, at: At) -> Select[Any]:
    """Lines as the reader reads them, less sure than `below` or with a doubt on them, the latest first."""
    doubted = exists().where(findings.c.reading == events.c.reading, findings.c.event == events.c.id)
    unsure = or_(events.c.confidence < below, doubted)
    return latest_lines(at, limit).where(readings.c.judgement.is_(None), unsure)


def latest_lines(at: At, limit: int) -> Select[Any]:
    """Lines from the latest reading on, by id within one."""
    found = select(events.c.id, events.c.reading, events.c.contract, *ENTRY).select_from(events)
    found = found.join(readings, readings.c.id == events.c.reading)
    found = found.join(reports, reports.c.id == readings.c.report).where(line_holds(at))
    return found.order_by(events.c.reading.desc(), events.c.id).limit(limit)
