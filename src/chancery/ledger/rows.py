"""Readings into rows: tuples in the order of each table's columns, ready for the driver.

The driver is fed directly: SQLAlchemy's conversion of each value would be most of the time of
storing. So the values are made here as each database takes them, days as ISO text (`Loader`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import product
from math import isfinite
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DataError, DBAPIError

from chancery.ledger import schema
from chancery.ledger.columns import Instant, countable, storable
from chancery.ledger.encoding import as_json
from chancery.records import STAGE_OF, Event, Mention, Reading, Report, Span, Speaker

Row = tuple[Any, ...]
UNDATED = date.min  # stands for no day where a key has to have one
_MANY = 500  # rows that are worth the shorter way to the driver

_TABLES = (
    schema.actors, schema.mentions, schema.titles, schema.events, schema.parties, schema.pairs,
    schema.speakers, schema.amounts, schema.goods, schema.links, schema.findings,
)  # fmt: skip


@dataclass(slots=True)
class Loader:
    """Rows of several readings, put into their tables in few statements, parents first."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {t.name: [] for t in _TABLES})

    def take(self, number: int, reading: Reading) -> None:
        """Add the rows of one reading under its number."""
        _take_around(self.rows, number, reading)
        _take_events(self.rows, (number, reading.report.id), reading.events, reading.report)

    def put(self, connection: Connection) -> None:
        """Insert what was taken. Raises SQLAlchemy's `DBAPIError`.

        Nearly always all words can be stored as they are, and looking through each would be much of
        the time; where the driver finds one that cannot, all are made storable.
        """
        try:
            with part_of(connection):
                for table in _TABLES:
                    _insert(connection, table, self.rows[table.name])
        except (UnicodeError, DataError):
            for table in _TABLES:
                insert(connection, table, self.rows[table.name])


@contextmanager
def part_of(connection: Connection) -> Iterator[None]:
    """A part of the caller's transaction that leaves nothing behind where it fails."""
    connection.exec_driver_sql("SAVEPOINT part")
    try:
        yield
    except BaseException:
        # SQLite ends the whole transaction by itself where the disk is full
        with suppress(DBAPIError):
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT part")
            connection.exec_driver_sql("RELEASE SAVEPOINT part")
        raise
    connection.exec_driver_sql("RELEASE SAVEPOINT part")


def insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that hold a value for each column of the table, in order, made storable."""
    dialect = connection.dialect.name
    instants = [i for i, c in enumerate(table.columns) if isinstance(c.type, Instant)]
    _insert(connection, table, [_storable(row, instants, dialect) for row in rows])


def _storable(row: Row, instants: Sequence[int], dialect: str) -> Row:
    made: list[Any] = [storable(v, dialect) if v.__class__ is str else v for v in row]
    for i, value in enumerate(made):
        if value.__class__ is date:
            made[i] = value.isoformat()
        elif value is not None and i in instants and dialect == "sqlite":
            made[i] = value.strftime("%Y-%m-%d %H:%M:%S.%f")  # as SQLAlchemy keeps them there
    return tuple(made)


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    if len(rows) >= _MANY:
        _insert_many(connection, table, rows)
    elif rows:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        connection.exec_driver_sql(_statement(table, mark), rows)


def _insert_many(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Past SQLAlchemy, which looks at each row; PostgreSQL takes them as one stream."""
    dialect = connection.dialect
    cursor: Any = connection.connection.cursor()
    try:
        if dialect.name == "sqlite":
            cursor.executemany(_statement(table, "?"), rows)
        else:
            with cursor.copy(f"COPY {table.name} ({_names(table)}) FROM STDIN") as stream:
                for row in rows:
                    stream.write_row(row)
    except dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(None, None, error, dialect.loaded_dbapi.Error, dialect=dialect) from error
    finally:
        cursor.close()


def next_number(connection: Connection, table: Table) -> int:
    """The number after the highest; writers take turns, so nobody else gets it."""
    highest = connection.execute(select(func.max(table.c.id))).scalar_one()
    return 1 if highest is None else int(highest) + 1


@cache
def _statement(table: Table, mark: str) -> str:
    marks = ", ".join([mark] * len(table.columns))
    return f"INSERT INTO {table.name} ({_names(table)}) VALUES ({marks})"  # noqa: S608 (our own names)


def _names(table: Table) -> str:
    return ", ".join(f'"{c.name}"' for c in table.columns)


def _take_around(rows: dict[str, list[Row]], number: int, reading: Reading) -> None:
    """All that a reading has beside its events."""
    base = (number, reading.report.id)
    text = reading.report.text
    rows["actors"] += [
        (*base, i, a.id, a.name, a.kind, a.affiliation, a.sector) for i, a in enumerate(reading.actors)
    ]
    rows["mentions"] += [
        (*base, i, m.span.start, m.span.end, m.text, m.actor, m.principal, m.how, m.sector, m.agent, m.role)
        for i, m in enumerate(reading.mentions)
    ]
    rows["titles"] += [(*base, i, *row) for i, row in enumerate(_titles(reading))]
    rows["links"] += [
        (*base, i, k.kind, k.give, k.take, *_chars(k.span), k.span.of(text), k.explicit, k.reason)
        for i, k in enumerate(reading.links)
    ]
    rows["findings"] += [
        (*base, i, f.kind, f.message, *_chars(f.span), f.span.of(text) if f.span else None, f.event)
        for i, f in enumerate(reading.findings)
    ]


def _take_events(
    rows: dict[str, list[Row]], base: tuple[int, str], events: Sequence[Event], report: Report
) -> None:
    """The events and their parts. The day of publication dates those without a time of their own."""
    published = report.published.isoformat() if report.published else None
    take_event, take_pair = rows["events"].append, rows["pairs"].append
    for position, event in enumerate(events):
        start, end = _days(event)
        day, last = (start, end) if event.time else (published, published)
        stage = STAGE_OF[event.status]
        take_event((*base, position, *_event(event, report.text, start, end), stage, day, last))
        under = (*base, event.id)
        _take_parties(rows["parties"], under, event, (last, stage, day))
        for one, other in pairs_of(event):
            take_pair((one, other, last or _UNDATED, base[0], event.id, day))
        if event.speakers or event.amounts or event.goods:
            _take_parts(rows, under, event)


_UNDATED = UNDATED.isoformat()


def _days(event: Event) -> tuple[str | None, str | None]:
    time = event.time
    if time is None:
        return None, None
    start = time.start.isoformat()
    return start, start if time.end == time.start else time.end.isoformat()


def _take_parties(rows: list[Row], under: Row, event: Event, ends: Row) -> None:
    for side, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for i, p in enumerate(parties):
            start, end = _chars(p.span)
            rows.append((*under, i, side, p.id, p.sector, p.agent, p.text or None, start, end, *ends))
    for i, holder in enumerate(event.held_by):
        rows.append((*under, i, "holder", holder, None, None, None, None, None, *ends))


def _take_parts(rows: dict[str, list[Row]], under: Row, event: Event) -> None:
    rows["speakers"] += [
        (*under, i, s.text, s.actor, s.cue, *_chars(s.span)) for i, s in enumerate(event.speakers)
    ]
    for i, a in enumerate(event.amounts):
        values = (_finite(a.value), a.currency, a.unit, _finite(a.low), _finite(a.high), a.bound)
        rows["amounts"].append((*under, i, a.text, *values, *_chars(a.span)))
    rows["goods"] += [
        (*under, i, g.text, countable(g.count), g.item, g.category, *_chars(g.span))
        for i, g in enumerate(event.goods)
    ]


def pairs_of(event: Event) -> set[tuple[str, str]]:
    """Whom an event joins: each actor with each recipient; joint actors where there is no recipient."""
    if len(event.actors) == len(event.recipients) == 1:  # as nearly always
        a, b = event.actors[0].id, event.recipients[0].id
        return {(a, b) if a < b else (b, a)} if a != b else set()
    givers, takers = [p.id for p in event.actors], [p.id for p in event.recipients]
    joined = product(givers, takers or givers)
    return {(a, b) if a < b else (b, a) for a, b in joined if a != b}


def _event(event: Event, text: str, start: str | None, end: str | None) -> Row:
    time, place, codes = event.time, event.place, event.codes
    # NaN would pass for null in SQLite; the column refuses null
    confidence = event.confidence if isfinite(event.confidence) else None
    return (
        event.id, event.trigger.start, event.trigger.end, event.trigger_text,
        event.sentence.start, event.sentence.end, event.sentence.of(text),
        event.act, event.instrument, event.status,
        time and time.text, start, end, time and time.precision,
        place and place.text, place and place.country,
        codes.plover_event, codes.plover_mode, codes.cameo, codes.quad, codes.intensity,
        confidence, as_json(event),
    )  # fmt: skip


def _finite(value: float | None) -> float | None:
    return value if value is None or isfinite(value) else None


def _chars(span: Span | None) -> Row:
    return (None, None) if span is None else (span.start, span.end)


def _titles(reading: Reading) -> Iterator[Row]:
    """Persons whom a title introduces: what the report teaches of who holds which office."""
    for m in reading.mentions:
        if m.how in ("office", "apposition") and m.role and m.agent and m.agent != m.role:
            surname = m.agent.split()[-1]
            word = _word(m, reading.events)
            names = (m.text, m.agent, surname, m.role, m.principal, m.sector)
            yield m.span.start, m.span.end, *names, None if word is None else word.text


def _word(mention: Mention, events: Sequence[Event]) -> Speaker | None:
    """The speaker nearest to the words that a title stands in; nobody is its own witness."""
    for event in events:
        if event.sentence.covers(mention.span):
            for speaker in reversed(event.speakers):
                if not speaker.span.overlaps(mention.span):
                    return speaker
    return None
