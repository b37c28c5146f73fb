"""Questions to a ledger, as SQL. Only open readings answer; words are always bound parameters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, exists, func, select

from chancery.ledger.entries import EventQuery, ReportEntry
from chancery.ledger.schema import actors, events, parties, readings, reports

_ENTRY = (
    readings.c.report.label("report_id"),
    readings.c.file,
    readings.c.title,
    reports.c.publisher,
    readings.c.published,
    readings.c.url,
    readings.c.language,
    readings.c.read_at,
    readings.c.version,
)
_IN_ORDER = (readings.c.published.asc().nulls_last(), readings.c.file, readings.c.id)


def entry_of(row: Row[Any]) -> ReportEntry:
    """The report's part of a row that any of these questions gave."""
    return ReportEntry(
        id=row.report_id,
        file=row.file,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
        language=row.language,
        read_at=row.read_at,
        version=row.version,
    )


def all_reports() -> Select[Any]:
    """Every report with its open reading, by day of publication, then file."""
    query = select(*_ENTRY).join(reports, reports.c.id == readings.c.report)
    return query.where(readings.c.closed_at.is_(None)).order_by(*_IN_ORDER)


def lines_of(table: Table) -> Select[Any]:
    """The open rows of a table, each with its report, in the order of reports and of their text."""
    # `text` and others may stand in both; the report's own words are never asked for here
    query = select(*table.c, *_ENTRY).join(readings, readings.c.id == table.c.reading)
    query = query.join(reports, reports.c.id == readings.c.report)
    return query.where(readings.c.closed_at.is_(None)).order_by(*_IN_ORDER, table.c.position)


def matching(query: EventQuery) -> Select[Any]:
    """The events a query asks for."""
    found = lines_of(events)
    for side, wanted in (("actor", query.actor), ("recipient", query.recipient)):
        if wanted:
            found = found.where(_has_party(side, wanted))
    for column, words in (
        (events.c.act, query.act),
        (events.c.instrument, query.instrument),
        (events.c.status, query.status),
    ):
        if words:
            found = found.where(column.in_(words))
    found = found.where(*_within(query), events.c.confidence >= query.min_confidence)
    if query.report is not None:
        found = found.where(events.c.report.startswith(query.report, autoescape=True))
    return found if query.limit is None else found.limit(max(query.limit, 0))


def _has_party(side: str, wanted: tuple[str, ...]) -> ColumnElement[bool]:
    return exists().where(
        parties.c.reading == events.c.reading,
        parties.c.event == events.c.id,
        parties.c.side == side,
        parties.c.actor.in_(wanted),
    )


def _within(query: EventQuery) -> list[ColumnElement[bool]]:
    bounds: list[ColumnElement[bool]] = []
    if query.since is not None:
        bounds.append(func.coalesce(events.c.time_end, readings.c.published) >= query.since)
    if query.until is not None:
        bounds.append(func.coalesce(events.c.time_start, readings.c.published) <= query.until)
    return bounds


def beginning_with(prefix: str, limit: int) -> Select[Any]:
    """The open events whose id begins with `prefix`; an event of just that id comes first."""
    found = lines_of(events).where(events.c.id.startswith(prefix, autoescape=True))
    return found.order_by(None).order_by(events.c.id).limit(limit)


def latest_actors() -> Select[Any]:
    """The actors of open readings, the latest reading last."""
    query = select(actors).join(readings, readings.c.id == actors.c.reading)
    return query.where(readings.c.closed_at.is_(None)).order_by(readings.c.id, actors.c.position)
