"""Occurrences and differences into a ledger: appended, closed when others take their place, never changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, and_, func, or_, select, update

from chancery.ledger import queries, schema
from chancery.ledger.entries import LedgerEvent, NewMember, PlacedLine, RosterEntry, Unreconciled
from chancery.ledger.occurring import chunks, texts_of
from chancery.ledger.reviving import revived
from chancery.ledger.rows import insert, next_number
from chancery.records import Difference, Event, Link, Mention, Occurrence, Span

_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


class Desk:
    """The part of a ledger in which reports are set beside each other, within one transaction of a writer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._now = datetime.now(UTC)

    def unreconciled(self) -> Unreconciled:
        """What has changed since the last reconciliation that was finished; all, where there was none."""
        table = schema.reconciliations
        last = self._connection.execute(select(table).order_by(table.c.id.desc()).limit(1)).one_or_none()
        newest = self._connection.execute(select(func.max(schema.readings.c.id))).scalar_one() or 0
        since, seen = (last.made_at, last.reading) if last else (_BEFORE_ALL, 0)
        reports = dict.fromkeys(r.report for r in self._connection.execute(_read_since(seen)))
        judged = list(self._connection.execute(_judged_since(since)))
        reports |= dict.fromkeys(row.report for row in judged if row.report)
        sets = [row.id for row in judged if row.report is None]
        events = [r.event for some in chunks(sets) for r in self._connection.execute(queries.judged_in(some))]
        return Unreconciled(tuple(reports), tuple(dict.fromkeys(events)), newest, self._now)

    def everything(self) -> Unreconciled:
        """The whole ledger, as if it had never been reconciled."""
        newest = self._connection.execute(select(func.max(schema.readings.c.id))).scalar_one() or 0
        reports = tuple(r.report for r in self._connection.execute(_read_since(0)))
        return Unreconciled(reports, (), newest, self._now)

    def finish(self, done: Unreconciled, version: str) -> None:
        """Put on record that all of it is reconciled."""
        number = next_number(self._connection, schema.reconciliations)
        insert(self._connection, schema.reconciliations, [(number, done.at, version, done.reading)])

    def open_anew(self) -> None:
        """Close all that reconciling has made; it counts as never done, even if who does it is stopped."""
        number = next_number(self._connection, schema.reconciliations)
        insert(self._connection, schema.reconciliations, [(number, _BEFORE_ALL, "", 0)])
        for table in (schema.members, schema.occurrences, schema.rosters, schema.differences):
            closing = update(table).where(table.c.closed_at.is_(None)).values(closed_at=self._now)
            self._connection.execute(closing)

    def standing(self, reports: Collection[str]) -> list[PlacedLine]:
        """The lines of reports as they stand, each as often as it has places, or once without one."""
        query = queries.lines_of(schema.events, None)
        found = {}
        for some in chunks(reports):
            for row in self._connection.execute(query.where(schema.events.c.report.in_(some))):
                found[row.id] = row
        placed = self._placed(schema.members.c.report, reports)
        by_event: dict[str, list[Row[Any]]] = {}
        for member in placed:
            by_event.setdefault(member.event, []).append(member)
        return [
            _line(row, member)
            for row in found.values()
            for member in _or_none([m for m in by_event.get(row.id, ()) if m.reading == row.reading])
        ]

    def places(self, reports: Collection[str]) -> dict[int, str]:
        """The numbers of all places that events of these reports have, with their occurrences."""
        return {row.id: row.occurrence for row in self._placed(schema.members.c.report, reports)}

    def places_of(self, events: Collection[str]) -> set[str]:
        """The occurrences in which these events have a place."""
        return {row.occurrence for row in self._placed(schema.members.c.event, events)}

    def _placed(self, column: Any, values: Collection[str]) -> list[Row[Any]]:
        table = schema.members
        return [
            row
            for some in chunks(values)
            for row in self._connection.execute(
                select(table).where(column.in_(some), table.c.closed_at.is_(None))
            )
        ]

    def met_by(self, keys: Collection[str]) -> set[str]:
        """The occurrences that have a member under one of these keys."""
        members, table = schema.members, schema.member_keys
        query = select(members.c.occurrence).join(table, table.c.member == members.c.id).distinct()
        query = query.where(members.c.closed_at.is_(None))
        return {
            row.occurrence
            for some in chunks(keys)
            for row in self._connection.execute(query.where(table.c.key.in_(some)))
        }

    def members_of(self, occurrences: Collection[str]) -> list[PlacedLine]:
        """The tellings of these occurrences, in the order in which they joined."""
        members = schema.members
        on = and_(schema.events.c.reading == members.c.reading, schema.events.c.id == members.c.event)
        columns = [c.label(f"m_{c.name}") for c in members.c]
        query = queries.lines_of(schema.events, None).join(members, on).add_columns(*columns)
        query = query.where(members.c.closed_at.is_(None)).order_by(None).order_by(members.c.id)
        return [
            _line(row, row, "m_")
            for some in chunks(occurrences)
            for row in self._connection.execute(query.where(members.c.occurrence.in_(some)))
        ]

    def close_members(self, numbers: Collection[int]) -> None:
        """These places are given up."""
        self._close(schema.members, schema.members.c.id, numbers)

    def add_members(self, made: Sequence[NewMember]) -> None:
        """Tellings take their places."""
        number = next_number(self._connection, schema.members)
        rows: list[tuple[Any, ...]] = []
        keys: list[tuple[str, int]] = []
        for i, new in enumerate(made, number):
            m = new.member
            reasons = json.dumps([[r.field, r.source, r.detail, r.score] for r in m.reasons])
            rows.append(
                (
                    i,
                    new.occurrence,
                    m.event,
                    m.part or "",
                    m.report,
                    new.reading,
                    m.score,
                    reasons,
                    self._now,
                    None,
                )
            )
            keys.extend((key, i) for key in new.keys)
        insert(self._connection, schema.members, rows)
        insert(self._connection, schema.member_keys, keys)

    def settle(self, gone: Collection[str], made: Sequence[Occurrence]) -> None:
        """Occurrences as they are now, in place of what they were; those in `gone` are no more."""
        self._close(schema.occurrences, schema.occurrences.c.occurrence, {*gone, *(o.id for o in made)})
        number = next_number(self._connection, schema.occurrences)
        rows: list[tuple[Any, ...]] = []
        parties: list[tuple[str, int, str]] = []
        for i, o in enumerate(made, number):
            origins = json.dumps([[list(origin.reports), origin.reason] for origin in o.origins])
            reports = len({m.report for m in o.members})
            rows.append(
                (
                    i, o.id, o.lead, o.act, o.instrument, o.status, o.start, o.end, o.told,
                    json.dumps(o.actors), json.dumps(o.recipients), origins, reports, self._now, None,
                )
            )  # fmt: skip
            parties.extend({(a, i, "actor") for a in o.actors} | {(r, i, "recipient") for r in o.recipients})
        insert(self._connection, schema.occurrences, rows)
        insert(self._connection, schema.occurrence_actors, sorted(parties))

    def part(self, subjects: Collection[str], made: Sequence[Difference]) -> None:
        """Differences on these subjects as they are now; those that stay as they were are left open."""
        table = schema.differences
        standing = {
            (row.subject, row.kind, row.field, row.reason, row.sides): row.id
            for some in chunks(subjects)
            for row in self._connection.execute(
                select(table).where(table.c.subject.in_(some), table.c.closed_at.is_(None))
            )
        }
        wanted = dict.fromkeys((d.subject, d.kind, d.field, d.reason, _sides(d)) for d in made)
        self._close(table, table.c.id, [id for told, id in standing.items() if told not in wanted])
        number = next_number(self._connection, table)
        fresh = [told for told in wanted if told not in standing]
        rows = [(i, *told, self._now, None) for i, told in enumerate(fresh, number)]
        insert(self._connection, table, rows)

    def _close(self, table: Table, column: Any, values: Collection[Any]) -> None:
        for some in chunks(values):
            closing = update(table).where(column.in_(some), table.c.closed_at.is_(None))
            self._connection.execute(closing.values(closed_at=self._now))

    def texts(self, reports: Collection[str]) -> dict[str, str]:
        """The texts of reports, by id."""
        return texts_of(self._connection, reports)

    def told(self, reports: Collection[str]) -> dict[str, list[Event]]:
        """The events of each report, as they stand."""
        made: dict[str, list[Event]] = {}
        for some in chunks(reports):
            query = queries.lines_of(schema.events, None).where(schema.events.c.report.in_(some))
            for row in self._connection.execute(query):
                made.setdefault(row.report_id, []).append(revived(row.contract))
        return made

    def links(self, reports: Collection[str]) -> dict[str, list[Link]]:
        """The links of each report."""
        made: dict[str, list[Link]] = {}
        for some in chunks(reports):
            query = queries.lines_of(schema.links, None).where(schema.links.c.report.in_(some))
            for row in self._connection.execute(query):
                span = Span(row.span_start, row.span_end)
                link = Link(row.kind, row.give, row.take, span, row.explicit, row.reason)
                made.setdefault(row.report_id, []).append(link)
        return made

    def mentions(self, reports: Collection[str]) -> dict[str, list[Mention]]:
        """Names of actors in each report, in its order."""
        table = schema.mentions
        made: dict[str, list[Mention]] = {}
        for some in chunks(reports):
            query = queries.lines_of(table, None).where(table.c.report.in_(some))
            for row in self._connection.execute(query):
                span = Span(row.span_start, row.span_end)
                mention = Mention(span, row.text, row.actor, row.principal, row.how)
                made.setdefault(row.report_id, []).append(mention)
        return made

    def list_members(self, reports: Collection[str], made: Sequence[RosterEntry]) -> None:
        """The lists of members that these reports give, in place of those they gave."""
        table = schema.rosters
        self._close(table, table.c.report, reports)
        number = next_number(self._connection, table)
        readings = self._open_readings({r.report for r in made})
        rows = [
            (
                i, readings[r.report], r.report, r.organization, json.dumps(r.members),
                r.span.start, r.span.end, self._now, None,
            )
            for i, r in enumerate(made, number)
        ]  # fmt: skip
        insert(self._connection, table, rows)

    def _open_readings(self, reports: Collection[str]) -> Mapping[str, int]:
        table = schema.readings
        query = select(table.c.report, table.c.id).where(
            table.c.closed_at.is_(None), table.c.judgement.is_(None)
        )
        return {
            row.report: row.id
            for some in chunks(reports)
            for row in self._connection.execute(query.where(table.c.report.in_(some)))
        }

    def lists_members(self, reports: Collection[str]) -> bool:
        """Whether any of these reports is on record with a list of members."""
        table = schema.rosters
        return any(
            self._connection.execute(
                select(table.c.id).where(table.c.report.in_(some), table.c.closed_at.is_(None)).limit(1)
            ).first()
            for some in chunks(reports)
        )

    def rosters(self, organization: str) -> list[RosterEntry]:
        """All lists of an organization's members, by the reports' days."""
        table, readings = schema.rosters, schema.readings
        query = select(table, readings.c.published).join(readings, readings.c.id == table.c.reading)
        query = query.where(table.c.organization == organization, table.c.closed_at.is_(None))
        rows = self._connection.execute(query.order_by(readings.c.published.asc().nulls_last(), table.c.id))
        return [
            RosterEntry(
                row.report, row.published, row.organization,
                tuple((id, words) for id, words in json.loads(row.members)),
                Span(row.span_start, row.span_end),
            )
            for row in rows
        ]  # fmt: skip


def _or_none(found: list[Row[Any]]) -> Sequence[Row[Any] | None]:
    return found or (None,)


def _read_since(seen: int) -> Select[Any]:
    """Reports with a reading after that one, by their day."""
    table = schema.readings
    query = select(table.c.report, func.min(table.c.published).label("day")).where(table.c.id > seen)
    return query.group_by(table.c.report).order_by(
        func.min(table.c.published).asc().nulls_last(), table.c.report
    )


def _judged_since(since: datetime) -> Select[Any]:
    table = schema.judgements
    query = select(table.c.id, table.c.report)
    return query.where(or_(table.c.made_at >= since, table.c.closed_at >= since))


def _line(row: Row[Any], member: Row[Any] | None, prefix: str = "") -> PlacedLine:
    line = LedgerEvent(revived(row.contract), queries.entry_of(row), row.judgement_id)
    if member is None:
        return PlacedLine(line, row.sentence_text, row.reading)
    of = {
        name: getattr(member, f"{prefix}{name}") for name in ("occurrence", "id", "part", "score", "reasons")
    }
    return PlacedLine(
        line, row.sentence_text, row.reading, of["occurrence"], of["id"], of["part"] or None, of["score"],
        of["reasons"],
    )  # fmt: skip


def _sides(difference: Difference) -> str:
    sides: Iterable[list[Any]] = (
        [s.report, s.event, s.value, s.span.start, s.span.end] for s in difference.sides
    )
    return json.dumps(list(sides))
