"""Lines and reports a page at a time, for people and programs that turn leaves, as SQL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, exists, or_, select, tuple_

from chancery.errors import CursorUnknown
from chancery.ledger.entries import EventQuery
from chancery.ledger.matching import matching
from chancery.ledger.queries import ENTRY, At, line_holds
from chancery.ledger.schema import events, findings, readings, reports


def page_of(query: EventQuery, at: At, size: int, after: str | None) -> Select[Any]:
    """The next events a query asks for, in the order they came in; `after` as `place_of` told it.

    What comes in later comes last, so that no page skips or repeats a line. Raises `CursorUnknown`.
    """
    found = matching(replace(query, limit=None, newest=False), at).order_by(None)
    if after is not None:
        number, colon, event = after.partition(":")
        if not (colon and number.isascii() and number.isdigit() and len(number) < 19):
            raise CursorUnknown(after)
        found = found.where(tuple_(events.c.reading, events.c.id) > tuple_(int(number), event))
    return found.order_by(events.c.reading, events.c.id).limit(size)


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
