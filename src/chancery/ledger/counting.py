"""Counts over a ledger, worked out by its database: how many lines of which kind, and with whom."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, distinct, extract, func, select

from chancery.ledger.entries import EventQuery
from chancery.ledger.matching import found_by
from chancery.ledger.queries import At, line_holds
from chancery.ledger.schema import events, judgements, parties, readings

By = Literal["act", "instrument", "stage", "status", "year", "month"]


def _column(by: By) -> ColumnElement[Any]:
    if by == "year":
        return extract("year", events.c.day).label("year")
    if by == "month":
        return extract("month", events.c.day).label("month")
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


def ties(query: EventQuery, limit: int, at: At) -> Select[Any]:
    """From which actor to which recipient the lines a query asks for go, and how many."""
    lines = found_by(query, at, select(events.c.reading, events.c.id)).subquery()
    giver, taker = parties.alias("giver"), parties.alias("taker")
    number = func.count(distinct(lines.c.id)).label("number")
    found = (
        select(giver.c.actor.label("giver"), taker.c.actor.label("taker"), number)
        .select_from(lines)
        .join(giver, and_(giver.c.reading == lines.c.reading, giver.c.event == lines.c.id))
        .join(taker, and_(taker.c.reading == lines.c.reading, taker.c.event == lines.c.id))
        .where(giver.c.side == "actor", taker.c.side == "recipient", giver.c.actor != taker.c.actor)
    )
    return found.group_by(giver.c.actor, taker.c.actor).order_by(number.desc(), "giver", "taker").limit(limit)


def places(query: EventQuery, limit: int, at: At) -> Select[Any]:
    """Where the lines a query asks for took place, as worded, and how many; the most frequent first."""
    where = (events.c.place_text, events.c.place_country)
    number = func.count().label("number")
    found = found_by(query, at, select(*where, number)).where(events.c.place_text.is_not(None))
    return found.group_by(*where).order_by(number.desc(), *where).limit(limit)


def state() -> Select[Any]:
    """Numbers that are others after each reading stored, and each judgement made or closed."""
    held = select(func.count()).where(judgements.c.closed_at.is_(None)).scalar_subquery()
    return select(
        select(func.coalesce(func.max(readings.c.id), 0)).scalar_subquery(),
        select(func.coalesce(func.max(judgements.c.id), 0)).scalar_subquery(),
        held,
    )
