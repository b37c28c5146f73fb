"""Questions to a ledger, as SQL. Only what holds answers; words are always bound parameters.

What holds is what was open `at` an instant; `None` is now.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, and_, exists, func, or_, select

from chancery.ledger.entries import ReportEntry
from chancery.ledger.schema import actors, events, judged, judgements, readings, reports

At = datetime | None

ENTRY = (
    readings.c.report.label("report_id"),
    readings.c.file,
    readings.c.title,
    reports.c.publisher,
    readings.c.published,
    readings.c.url,
    readings.c.language,
    readings.c.read_at,
    readings.c.version,
    readings.c.judgement.label("judgement_id"),
)
BY_REPORT = (readings.c.published.asc().nulls_last(), readings.c.file, readings.c.report)
# Nearly all readings are: their index by judgement must not lead
_BY_READER = (readings.c.judgement + 0).is_(None)
_LAST_CHARACTER = "\U0010ffff"


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


def open_at(table: Table, start: str, at: At) -> ColumnElement[bool]:
    """Whether a row with an instant `start` and `closed_at` held."""
    if at is None:
        return table.c.closed_at.is_(None)
    return and_(table.c[start] <= at, or_(table.c.closed_at.is_(None), table.c.closed_at > at))


def _reading_holds(at: At) -> ColumnElement[bool]:
    return open_at(readings, "read_at", at)


def line_holds(at: At, event: ColumnElement[str] = events.c.id) -> ColumnElement[bool]:
    """A person's line, or a reader's that nobody has judged; `event` is the column with its id."""
    judged_so = exists().where(
        judgements.c.event == event,
        judgements.c.report == readings.c.report,
        open_at(judgements, "made_at", at),
    )
    return and_(_reading_holds(at), or_(readings.c.judgement.is_not(None), ~judged_so))


def all_reports(at: At) -> Select[Any]:
    """Every report with its open reading, by day of publication, then file."""
    query = select(*ENTRY).join(reports, reports.c.id == readings.c.report)
    return query.where(_reading_holds(at), _BY_READER).order_by(*BY_REPORT)


def latest_reports(limit: int, skip: int, at: At) -> Select[Any]:
    """Reports, the latest published first."""
    query = all_reports(at).order_by(None)
    newest = query.order_by(readings.c.published.desc().nulls_last(), readings.c.id.desc())
    return newest.limit(limit).offset(skip)


def report_at(report: str, at: At) -> Select[Any]:
    """One report with the reading of it that held."""
    query = select(*ENTRY).join(reports, reports.c.id == readings.c.report)
    return query.where(readings.c.report == report, _reading_holds(at), readings.c.judgement.is_(None))


def report_as_told(report: str) -> Select[Any]:
    """A report's text, with what its open reading was told of it."""
    query = select(reports.c.text, *ENTRY).join(reports, reports.c.id == readings.c.report)
    return query.where(
        readings.c.report == report, readings.c.closed_at.is_(None), readings.c.judgement.is_(None)
    )


def _with_report(table: Table) -> Select[Any]:
    # `text` and others may stand in both; the report's own words are never asked for here
    query = select(*table.c, *ENTRY).join(readings, readings.c.id == table.c.reading)
    return query.join(reports, reports.c.id == readings.c.report)


def lines_of(table: Table, at: At, report: str | None = None) -> Select[Any]:
    """The open rows of a table, each with its report, in the order of reports and of their text.

    Those of one report alone, if it is named.
    """
    holds = line_holds(at) if table is events else _reading_holds(at)
    found = _with_report(table).where(holds).order_by(*BY_REPORT, table.c.position, readings.c.id)
    return found if report is None else found.where(readings.c.report == report)


def titles_of(table: Table, at: At, surnames: Collection[str] | None) -> Select[Any]:
    """What was learned of people, in the order of reports; of these surnames alone if any are named."""
    found = lines_of(table, at)
    return found if surnames is None else found.where(table.c.surname.in_(surnames))


def titles_in(table: Table, of: Collection[str]) -> Select[Any]:
    """What was learned until now of people in office for these actors."""
    return lines_of(table, None).where(table.c.actor.in_(of))


def begins(column: Any, words: str) -> ColumnElement[bool]:
    """As a range, for which any index serves; `LIKE` needs one of its own."""
    return and_(column >= words, column <= words + _LAST_CHARACTER)


def beginning_with(prefix: str, limit: int, at: At) -> Select[Any]:
    """The open events whose id begins with `prefix`; an event of just that id comes first."""
    found = lines_of(events, at).where(begins(events.c.id, prefix))
    return found.order_by(None).order_by(events.c.id).limit(limit)


def line(event: str) -> Select[Any]:
    """The line of that id as it stands."""
    return lines_of(events, None).where(events.c.id == event)


def line_as_read(event: str, at: At) -> Select[Any]:
    """The line of that id as the reader reads it, whatever people have made of it."""
    query = _with_report(events).where(events.c.id == event, _reading_holds(at))
    return query.where(readings.c.judgement.is_(None))


def latest_actors(at: At) -> Select[Any]:
    """Each actor as the latest reading that held names it.

    Goes from id to id through an index: there are few actors in very many rows.
    """
    ids = select(func.min(actors.c.id).label("id")).cte("ids", recursive=True)
    following = select(func.min(actors.c.id)).where(actors.c.id > ids.c.id).scalar_subquery()
    ids = ids.union_all(select(following).where(ids.c.id.is_not(None)))
    latest = (
        select(actors.c.reading)
        .join(readings, readings.c.id == actors.c.reading)
        .where(actors.c.id == ids.c.id, _reading_holds(at))
        .order_by(actors.c.reading.desc())
        .limit(1)
        .scalar_subquery()
    )
    named = select(actors).join(ids, and_(actors.c.id == ids.c.id, actors.c.reading == latest))
    return named.order_by(actors.c.reading, actors.c.position)


def judgements_that_held(at: At) -> Select[Any]:
    """The judgements that held, in the order they were made."""
    return judgements_made().where(open_at(judgements, "made_at", at))


def judgements_in(report: str, at: At) -> Select[Any]:
    """The judgements on lines of one report that held, in the order they were made."""
    return judgements_that_held(at).where(judgements.c.report == report)


def judgements_made(at: At = None) -> Select[Any]:
    """All judgements made until then, in that order."""
    query = select(judgements).order_by(judgements.c.id)
    return query if at is None else query.where(judgements.c.made_at <= at)


def judgements_on(event: str, at: At) -> Select[Any]:
    """All judgements made until then on a line, or on a set that it is in."""
    in_set = judgements.c.id.in_(select(judged.c.judgement).where(judged.c.event == event))
    return judgements_made(at).where(or_(judgements.c.event == event, in_set))


def readings_made(at: At) -> Select[Any]:
    """Every reading by a reader until then, the latest first."""
    query = select(readings.c.id, *ENTRY).join(reports, reports.c.id == readings.c.report)
    query = query.where(_BY_READER).order_by(readings.c.read_at.desc(), readings.c.id.desc())
    return query if at is None else query.where(readings.c.read_at <= at)


def reading_before(report: str, reading: int) -> Select[Any]:
    """The number of the report's reading before that one."""
    earlier = (readings.c.report == report) & (readings.c.id < reading) & readings.c.judgement.is_(None)
    return select(func.max(readings.c.id)).where(earlier)


def judged_in(numbers: Collection[int]) -> Select[Any]:
    """The events of merges and splits, in order."""
    query = select(judged.c.judgement, judged.c.event).where(judged.c.judgement.in_(numbers))
    return query.order_by(judged.c.judgement, judged.c.position)


def judged_alike(reviewer: str, on: Collection[str]) -> Select[Any]:
    """Numbers of a reviewer's merges and splits that hold on just these events."""
    inside = func.count().filter(judged.c.event.in_(on))
    whole = and_(func.count() == len(on), inside == len(on))
    query = select(judgements.c.id).join(judged, judged.c.judgement == judgements.c.id)
    query = query.where(judgements.c.reviewer == reviewer, judgements.c.closed_at.is_(None))
    return query.group_by(judgements.c.id).having(whole)
