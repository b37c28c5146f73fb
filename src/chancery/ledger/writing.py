"""Readings into a ledger: all of a batch, in one transaction of the caller's, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from chancery.errors import LedgerRefused
from chancery.ledger import schema
from chancery.ledger.carrying import carry_over
from chancery.ledger.columns import storable
from chancery.ledger.entries import Outcome, Stored
from chancery.ledger.rows import Loader, insert, next_number
from chancery.records import Reading


@dataclass(frozen=True, slots=True)
class _Known:
    """What the ledger has on the reports of a batch, by report id."""

    texts: dict[str, str]
    readings: dict[str, Any]


def store(connection: Connection, readings: Sequence[Reading], runs: dict[str, int]) -> list[Stored]:
    """Store readings of different reports. The caller commits; before that nothing is in the ledger.

    `runs` remembers the number of the caller's run by version of the reader. Raises
    `LedgerRefused` where a report's text is not the one stored under its id.
    """
    now = datetime.now(UTC)
    known = _known(connection, [reading.report.id for reading in readings])
    _keep_reports(connection, readings, known.texts, now)
    stored, wanted = [], []
    for reading in readings:
        current = known.readings.get(reading.report.id)
        if current is not None and _same(connection, current, reading):
            number = _count_events(connection, current.id)
            stored.append(Stored("unchanged", reading.report.id, number))
            continue
        outcome: Outcome = "new" if current is None else "reread"
        stored.append(Stored(outcome, reading.report.id, len(reading.events)))
        wanted.append(reading if current is None else _succeeding(connection, current, reading, now))
    _open_readings(connection, wanted, runs, now)
    return stored


def _known(connection: Connection, reports: list[str]) -> _Known:
    texts, table = schema.reports, schema.readings
    found = connection.execute(select(texts.c.id, texts.c.text).where(texts.c.id.in_(reports)))
    query = select(table.c.id, table.c.report, table.c.version, table.c.published, table.c.read_at)
    query = query.where(table.c.report.in_(reports), table.c.closed_at.is_(None))
    current = connection.execute(query.where(table.c.judgement.is_(None)))
    return _Known({r.id: r.text for r in found}, {r.report: r for r in current})


def _keep_reports(
    connection: Connection, readings: Sequence[Reading], texts: dict[str, str], now: datetime
) -> None:
    """Add the reports, or check that they are those we have: a report's text never changes."""
    rows = []
    for report in (reading.report for reading in readings):
        found = texts.get(report.id)
        if found is None:
            rows.append((report.id, report.publisher, report.text, now))
        elif found != storable(report.text, connection.dialect.name):
            raise LedgerRefused(report.id, "the ledger has another text under that id")
    insert(connection, schema.reports, rows)


def _same(connection: Connection, current: Row[Any], reading: Reading) -> bool:
    """Same version, and no other date of publication: that one moves "last month" and its like."""
    published = reading.report.published
    same_day = published is None or published == current.published
    return bool(current.version == storable(reading.version, connection.dialect.name) and same_day)


def _count_events(connection: Connection, reading: int) -> int:
    wanted = schema.events.c.reading == reading
    query = select(func.count()).select_from(schema.events).where(wanted)
    return int(connection.execute(query).scalar_one())


def _succeeding(connection: Connection, current: Row[Any], reading: Reading, now: datetime) -> Reading:
    """The reading that follows on `current`, which is closed, with what people's judgements tell of it."""
    ends = max(now, current.read_at)  # a clock that was set back makes no reading end before it began
    table = schema.readings
    connection.execute(update(table).where(table.c.id == current.id).values(closed_at=ends))
    told = carry_over(connection, reading, ends)
    return replace(reading, findings=(*reading.findings, *told))


def _open_readings(
    connection: Connection, readings: Sequence[Reading], runs: dict[str, int], now: datetime
) -> None:
    if not readings:
        return
    for version in dict.fromkeys(reading.version for reading in readings):
        _keep_run(connection, version, runs, now)
    number, loader, rows = next_number(connection, schema.readings), Loader(), []
    for i, reading in enumerate(readings, number):
        report = reading.report
        told = (report.file, report.title, report.published, report.url, report.language)
        rows.append((i, report.id, reading.version, now, None, *told, runs[reading.version], None))
        loader.take(i, reading)
    insert(connection, schema.readings, rows)
    loader.put(connection)


def _keep_run(connection: Connection, reader: str, runs: dict[str, int], now: datetime) -> None:
    """Number a run with that reader; one numbered in a transaction that failed is not there."""
    table = schema.runs
    known = table.c.id == runs.get(reader)
    if reader in runs and connection.execute(select(table.c.id).where(known)).first():
        return
    runs[reader] = next_number(connection, table)
    insert(connection, table, [(runs[reader], now, reader, program_version())])


def program_version() -> str:
    """The version of chancery that is installed."""
    try:
        return metadata.version("chancery")
    except metadata.PackageNotFoundError:
        return "source"
