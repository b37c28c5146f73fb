"""Counts over a ledger, worked out by its database: how many lines of which kind, and with whom."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, distinct, extract, func, select

from chancery.ledger.entries import EventQuery
from chancery.ledger.matching import found_by
from chancery.ledger.queries import At, line_holds
from chancery.ledger.schema import events, parties, readings

By = Literal["act", "instrument", "stage", "status", "year"]


def _column(by: By) -> ColumnElement[Any]:
    if by == "year":
        return extract("year", events.c.day).label("year")
    return events.c[by]


def tally(query: EventQuery, by: tuple[By, ...], at: At) -> Select[Any]:
    """How many of the lines a query asks for share the same values."""
    columns = [_column(each) for each in by]
    return found_by(query, at, select(*columns, func.count())).group_by(*columns)


def counterparts(actor: str, limit: int, at: At) -> Select[Any]:
    """Who stands in lines beside an actor, in how many, and the latest day; the most frequent first."""
    own = select(parties.c.reading, parties.c.event).where(parties.c.actor == actor).distinct().subquery()
    other = parties.alias("other")
    number = func.count(distinct(events.c.id))
    beside = (
        select(other.c.actor, number.label("number"), func.max(events.c.last_day).label("last_day"))
        .select_from(own)
        .join(other, and_(other.c.reading == own.c.reading, other.c.event == own.c.event))
        .join(events, and_(events.c.reading == own.c.reading, events.c.id == own.c.event))
        .join(readings, readings.c.id == events.c.reading)
    )
    found = beside.where(other.c.actor != actor, other.c.side != "holder", line_holds(at))
    return found.group_by(other.c.actor).order_by(number.desc(), other.c.actor).limit(limit)
