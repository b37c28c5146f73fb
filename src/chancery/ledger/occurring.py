"""Occurrences and differences as a ledger has them: asking."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select

from chancery.ledger import queries, schema
from chancery.ledger.entries import LedgerDifference, LedgerEvent, OccurrenceQuery, ReportEntry
from chancery.ledger.queries import At, open_at
from chancery.ledger.reviving import revived
from chancery.records import Difference, Member, Occurrence, Origin, Reason, Side, Span

_CHUNK = 400  # names in one statement


def chunks(names: Collection[Any], size: int = _CHUNK) -> Iterator[list[Any]]:
    """The names in lists short enough for one statement."""
    listed = list(names)
    for at in range(0, len(listed), size):
        yield listed[at : at + size]


def occurrences(connection: Connection, query: OccurrenceQuery, at: At) -> tuple[Occurrence, ...]:
    """The occurrences a query asks for, by their first day, else the day they were first told."""
    rows = list(connection.execute(_matching(query, at)))
    members = _members(connection, [row.occurrence for row in rows], at)
    made = [_occurrence(row, members[row.occurrence]) for row in rows if members[row.occurrence]]
    return tuple(made)


def _matching(query: OccurrenceQuery, at: At) -> Select[Any]:
    table = schema.occurrences
    day, last = func.coalesce(table.c.start_day, table.c.told), func.coalesce(table.c.end_day, table.c.told)
    found = select(table).where(open_at(table, "made_at", at), table.c.reports >= query.reports)
    for wanted in (query.actor, query.partner):
        if wanted:
            found = found.where(_has_party(wanted))
    for column, words in ((table.c.act, query.act), (table.c.instrument, query.instrument)):
        if words:
            found = found.where(column.in_(words))
    if query.ids:
        found = found.where(table.c.occurrence.in_(query.ids))
    if query.since is not None:
        found = found.where(last >= query.since)
    if query.until is not None:
        found = found.where(day <= query.until)
    return found.order_by(day.asc().nulls_last(), table.c.told.asc().nulls_last(), table.c.occurrence)


def _has_party(wanted: Sequence[str]) -> ColumnElement[bool]:
    parties = schema.occurrence_actors
    return schema.occurrences.c.id.in_(select(parties.c.occurrence).where(parties.c.actor.in_(wanted)))


def occurrence_of(connection: Connection, event: str, at: At) -> tuple[str, ...]:
    """The ids of the occurrences that an event is a telling of."""
    table = schema.members
    found = select(table.c.occurrence).where(table.c.event == event, open_at(table, "made_at", at))
    return tuple(dict.fromkeys(connection.execute(found.order_by(table.c.id)).scalars()))


def _members(connection: Connection, ids: Sequence[str], at: At) -> dict[str, list[Member]]:
    table = schema.members
    made: dict[str, list[Member]] = defaultdict(list)
    for some in chunks(ids):
        query = select(table).where(table.c.occurrence.in_(some), open_at(table, "made_at", at))
        for row in connection.execute(query.order_by(table.c.id)):
            reasons = tuple(Reason(*parts) for parts in json.loads(row.reasons))
            member = Member(row.event, row.report, row.part or None, row.score, reasons)
            made[row.occurrence].append(member)
    return made


def _occurrence(row: Row[Any], members: Iterable[Member]) -> Occurrence:
    origins = tuple(Origin(tuple(reports), reason) for reports, reason in json.loads(row.origins))
    return Occurrence(
        row.occurrence, tuple(members), origins, row.lead, row.act, row.instrument, row.status,
        tuple(json.loads(row.actors)), tuple(json.loads(row.recipients)),
        row.start_day, row.end_day, row.told,
    )  # fmt: skip


def lines(connection: Connection, events: Collection[str], at: At) -> dict[str, LedgerEvent]:
    """The lines of these ids, as they stood."""
    made: dict[str, LedgerEvent] = {}
    for some in chunks(events):
        query = queries.lines_of(schema.events, at).where(schema.events.c.id.in_(some))
        for row in connection.execute(query):
            made[row.id] = LedgerEvent(revived(row.contract), queries.entry_of(row), row.judgement_id)
    return made


def differences(connection: Connection, query: OccurrenceQuery, at: At) -> tuple[LedgerDifference, ...]:
    """Differences on the occurrences a query asks for, and on organizations it names, in their order.

    A query that names nobody gives all differences.
    """
    table = schema.differences
    about = {o.id: o for o in occurrences(connection, query, at)}
    named = [f"members:{actor}" for actor in (*query.actor, *query.partner)]
    found = select(table).where(open_at(table, "made_at", at)).order_by(table.c.id)
    if not (query.actor or query.partner):
        found = found.where(or_(table.c.subject.in_(list(about)), table.c.subject.like("members:%")))
    rows = [
        row
        for row in connection.execute(found)
        if row.subject in about or _is_roster(row.subject, named, query)
    ]
    place = {id: i for i, id in enumerate(about)}
    rows.sort(key=lambda row: (place.get(row.subject, len(place)), row.id))
    return told_differences(connection, rows, about, at)


def _is_roster(subject: str, named: Sequence[str], query: OccurrenceQuery) -> bool:
    asked = query.act or query.instrument or query.ids
    everybody = not named and not asked
    return subject.startswith("members:") and (everybody or subject in named)


def told_differences(
    connection: Connection, rows: Sequence[Row[Any]], about: dict[str, Occurrence], at: At
) -> tuple[LedgerDifference, ...]:
    """Rows of differences with their reports and passages; those whose reports do not hold are left out."""
    made = [(row, _difference(row)) for row in rows]
    reports = {side.report for _, d in made for side in d.sides}
    entries = _entries(connection, reports, at)
    texts = texts_of(connection, reports)
    return tuple(
        LedgerDifference(
            row.id, found, tuple(entries[s.report] for s in found.sides),
            tuple(s.span.of(texts[s.report]) for s in found.sides), about.get(found.subject),
        )
        for row, found in made
        if all(s.report in entries for s in found.sides)
    )  # fmt: skip


def _difference(row: Row[Any]) -> Difference:
    sides = tuple(
        Side(report, event, value, Span(start, end))
        for report, event, value, start, end in json.loads(row.sides)
    )
    return Difference(row.kind, row.field, row.subject, sides, row.reason)


def _entries(connection: Connection, reports: Collection[str], at: At) -> dict[str, ReportEntry]:
    made: dict[str, ReportEntry] = {}
    for some in chunks(reports):
        query = queries.all_reports(at).where(schema.readings.c.report.in_(some))
        made |= {row.report_id: queries.entry_of(row) for row in connection.execute(query)}
    return made


def texts_of(connection: Connection, reports: Collection[str]) -> dict[str, str]:
    """The texts of reports, by id."""
    table = schema.reports
    made: dict[str, str] = {}
    for some in chunks(reports):
        query = select(table.c.id, table.c.text).where(table.c.id.in_(some))
        made |= {row.id: row.text for row in connection.execute(query)}
    return made
