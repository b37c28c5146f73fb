"""What happened to a ledger, and when: its feed of additions and corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from chancery.ledger import queries, schema
from chancery.ledger.entries import Judgement, LogEntry
from chancery.ledger.judging import judgement_of
from chancery.ledger.queries import At

_Entry = tuple[datetime, Callable[[], LogEntry]]  # when it was, and what makes it


def judgements(connection: Connection, query: Select[Any], at: At = None) -> tuple[Judgement, ...]:
    """The judgements that a query on their table gives."""
    rows = list(connection.execute(query))
    sets: dict[int, list[str]] = {row.id: [] for row in rows if row.event is None}
    for numbers in _chunks(list(sets)):
        for found in connection.execute(queries.judged_in(numbers)):
            sets[found.judgement].append(found.event)
    return tuple(judgement_of(row, tuple(sets.get(row.id, ())), at) for row in rows)


def _chunks(numbers: list[int], size: int = 500) -> Iterator[list[int]]:
    for at in range(0, len(numbers), size):
        yield numbers[at : at + size]


def log(connection: Connection, at: At, skip: int) -> Iterator[LogEntry]:
    """All entries up to an instant but the `skip` latest, the latest first, each made when it is asked for.

    Among the latest `skip` there are so many readings at least as there are more than judgements.
    """
    judged = list(_judgements(connection, at))
    passed = max(skip - len(judged), 0)
    streams = (_readings(connection, at, passed), judged)
    found = merge(*streams, key=lambda entry: entry[0], reverse=True)
    for _, make in islice(found, skip - passed, None):
        yield make()


def _readings(connection: Connection, at: At, skip: int) -> Iterator[_Entry]:
    for row in connection.execute(queries.readings_made(at).offset(skip)):
        yield row.read_at, partial(_read, connection, row)


def _read(connection: Connection, row: Row[Any]) -> LogEntry:
    before = connection.execute(queries.reading_before(row.report_id, row.id)).scalar_one_or_none()
    lines = _lines(connection, row.id)
    earlier = {} if before is None else _lines(connection, before)
    return LogEntry(
        at=row.read_at,
        kind="added" if before is None else "reread",
        report=queries.entry_of(row),
        version=row.version,
        lines=len(lines),
        gone=len(earlier.keys() - lines.keys()),
        changed=sum(lines[event] != told for event, told in earlier.items() if event in lines),
    )


def _lines(connection: Connection, reading: int) -> dict[str, str]:
    """A reading's lines as they are told, by id."""
    table = schema.events
    query = select(table.c.id, table.c.contract).where(table.c.reading == reading)
    return {row.id: row.contract for row in connection.execute(query)}


def _judgements(connection: Connection, at: At) -> Iterator[_Entry]:
    made = judgements(connection, queries.judgements_made(at), at)
    entries: dict[str, Any] = {j.report: None for j in made if j.report}
    for report in entries:
        row: Row[Any] | None = connection.execute(queries.report_as_told(report)).one_or_none()
        entries[report] = queries.entry_of(row) if row is not None else None
    told = []
    for judgement in made:
        entry = entries.get(judgement.report or "")
        told.append(LogEntry(judgement.made_at, "judged", entry, judgement=judgement))
        if judgement.closed_at is not None:
            told.append(LogEntry(judgement.closed_at, "closed", entry, judgement=judgement))
    for entry in sorted(told, key=lambda entry: entry.at, reverse=True):
        yield entry.at, partial(_same, entry)


def _same(entry: LogEntry) -> LogEntry:
    return entry
