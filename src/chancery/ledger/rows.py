"""Readings into rows: tuples in the order of each table's columns, ready for the driver.

The driver is fed directly: SQLAlchemy's conversion of each value would be most of the time of
storing. So the values are made here as each database takes them (`Loader`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from itertools import product
from math import isfinite
from typing import Any

from sqlalchemy import Connection, Date, Table, func, select

from chancery.contract import event_to_json
from chancery.ledger import schema
from chancery.ledger.columns import Instant, countable, storable
from chancery.records import STAGE_OF, Event, Mention, Reading, Span, Speaker

Row = tuple[Any, ...]
UNDATED = date.min  # stands for no day where a key has to have one

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
        for name, row in _rows(number, reading):
            self.rows[name].append(row)

    def put(self, connection: Connection) -> None:
        """Insert what was taken. Raises SQLAlchemy's `DBAPIError`."""
        for table in _TABLES:
            insert(connection, table, self.rows[table.name])


def insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that hold a value for each column of the table, in order."""
    if not rows:
        return
    dialect = connection.dialect.name
    clean = partial(storable, dialect=dialect)
    if dialect == "sqlite":
        made = [_ascii_or(clean, row) for row in _days_as_text(table, rows)]
    else:
        made = [tuple([clean(v) if v.__class__ is str else v for v in row]) for row in rows]
    connection.exec_driver_sql(_statement(table, "?" if dialect == "sqlite" else "%s"), made)


def _ascii_or(clean: Callable[[str], str], row: Row) -> Row:
    return tuple([v if v.__class__ is not str or v.isascii() else clean(v) for v in row])


def _days_as_text(table: Table, rows: Sequence[Row]) -> Iterable[Row]:
    """As SQLAlchemy keeps days and instants in SQLite: ISO text."""
    at = [i for i, c in enumerate(table.columns) if isinstance(c.type, (Date, Instant))]
    if not at:
        yield from rows
        return
    for row in rows:
        made = list(row)
        for i in at:
            value = made[i]
            if value.__class__ is date:
                made[i] = value.isoformat()
            elif value is not None:
                made[i] = value.strftime("%Y-%m-%d %H:%M:%S.%f")
        yield tuple(made)


def next_number(connection: Connection, table: Table) -> int:
    """The number after the highest; writers take turns, so nobody else gets it."""
    highest = connection.execute(select(func.max(table.c.id))).scalar_one()
    return 1 if highest is None else int(highest) + 1


@cache
def _statement(table: Table, mark: str) -> str:
    names = ", ".join(f'"{c.name}"' for c in table.columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join([mark] * len(table.columns))})"  # noqa: S608 (our own names)


def _rows(number: int, reading: Reading) -> Iterator[tuple[str, Row]]:
    """Each row with its table's name."""
    base = (number, reading.report.id)
    text, published = reading.report.text, reading.report.published
    for i, a in enumerate(reading.actors):
        yield "actors", (*base, i, a.id, a.name, a.kind, a.affiliation, a.sector)
    for i, m in enumerate(reading.mentions):
        span = (m.span.start, m.span.end)
        yield "mentions", (*base, i, *span, m.text, m.actor, m.principal, m.how, m.sector, m.agent, m.role)
    for i, row in enumerate(_titles(reading)):
        yield "titles", (*base, i, *row)
    for i, event in enumerate(reading.events):
        yield from event_rows(base, i, event, text, published)
    for i, k in enumerate(reading.links):
        span = (k.span.start, k.span.end)
        yield "links", (*base, i, k.kind, k.give, k.take, *span, k.span.of(text), k.explicit, k.reason)
    for i, f in enumerate(reading.findings):
        words = f.span.of(text) if f.span else None
        yield "findings", (*base, i, f.kind, f.message, *_chars(f.span), words, f.event)


def event_rows(
    base: tuple[int, str], position: int, event: Event, text: str, published: date | None
) -> Iterator[tuple[str, Row]]:
    """One event and its parts. `published` dates it where it has no time of its own."""
    day = event.time.start if event.time else published
    last = event.time.end if event.time else published
    yield "events", (*base, position, *_event(event, text), STAGE_OF[event.status], day, last)
    under = (*base, event.id)
    for row in _parties(event):
        yield "parties", (*under, *row, last)
    for one, other in pairs_of(event):
        yield "pairs", (one, other, last or UNDATED, base[0], event.id)
    for i, s in enumerate(event.speakers):
        yield "speakers", (*under, i, s.text, s.actor, s.cue, s.span.start, s.span.end)
    for i, a in enumerate(event.amounts):
        values = (_finite(a.value), a.currency, a.unit, _finite(a.low), _finite(a.high), a.bound)
        yield "amounts", (*under, i, a.text, *values, a.span.start, a.span.end)
    for i, g in enumerate(event.goods):
        kept = (g.text, countable(g.count), g.item, g.category, g.span.start, g.span.end)
        yield "goods", (*under, i, *kept)


def pairs_of(event: Event) -> set[tuple[str, str]]:
    """Whom an event joins: each actor with each recipient; joint actors where there is no recipient."""
    givers, takers = [p.id for p in event.actors], [p.id for p in event.recipients]
    joined = product(givers, takers or givers)
    return {(a, b) if a < b else (b, a) for a, b in joined if a != b}


def _event(event: Event, text: str) -> Row:
    time, place, codes = event.time, event.place, event.codes
    when = (time.text, time.start, time.end, time.precision) if time else (None, None, None, None)
    # NaN would pass for null in SQLite; the column refuses null
    confidence = event.confidence if isfinite(event.confidence) else None
    return (
        event.id, event.trigger.start, event.trigger.end, event.trigger_text,
        event.sentence.start, event.sentence.end, event.sentence.of(text),
        event.act, event.instrument, event.status,
        *when, *((place.text, place.country) if place else (None, None)),
        codes.plover_event, codes.plover_mode, codes.cameo, codes.quad, codes.intensity,
        confidence, as_json(event),
    )  # fmt: skip


def as_json(event: Event) -> str:
    """The whole event; ASCII only, so that even what columns cannot hold comes back as it was."""
    return _ENCODE(event_to_json(event))


_ENCODE: Callable[[object], str] = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode


def _finite(value: float | None) -> float | None:
    return value if value is None or isfinite(value) else None


def _chars(span: Span | None) -> Row:
    return (None, None) if span is None else (span.start, span.end)


def _parties(event: Event) -> Iterator[Row]:
    for side, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for i, p in enumerate(parties):
            yield i, side, p.id, p.sector, p.agent, p.text or None, *_chars(p.span)
    for i, holder in enumerate(event.held_by):
        yield i, "holder", holder, None, None, None, None, None


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
