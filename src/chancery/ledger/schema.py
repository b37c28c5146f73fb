"""The tables of a ledger. Every line knows its reading and its report, its span and its words.

What one filters on is a column; the whole event is kept besides as contract JSON, so that it
comes back exactly. Nothing is deleted: triggers hold that against our own mistakes too.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.types import TypeDecorator

SCHEMA = 1
PROGRAM = "chancery"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST = 2**63 - 1


def storable(words: str) -> str:
    """The words with lone surrogates (they have no UTF-8) as U+FFFD, one for one: offsets hold."""
    return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", words)


class Words(TypeDecorator[str]):
    """Text as it came, made storable."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """SQLAlchemy's hook on the way in."""
        return None if value is None else storable(value)


class Instant(TypeDecorator[datetime]):
    """A moment, always in UTC, on databases with and without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """SQLAlchemy's hook on the way out."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Count(TypeDecorator[int]):
    """A whole number; one beyond 64 bits is left to the event's JSON, which keeps it exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """SQLAlchemy's hook on the way in."""
        return value if value is not None and abs(value) <= _LARGEST else None


metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", String(255), nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Words, primary_key=True),
    Column("publisher", Words),
    Column("text", Words, nullable=False),
    Column("added_at", Instant, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report", Words, ForeignKey("reports.id"), nullable=False),
    Column("version", Words, nullable=False),
    Column("read_at", Instant, nullable=False),
    Column("closed_at", Instant),
    # As they were told when it was read: the same text may come again under another file name.
    Column("file", Words, nullable=False),
    Column("title", Words),
    Column("published", Date),
    Column("url", Words),
    Column("language", Words, nullable=False),
    UniqueConstraint("id", "report"),
)
_OPEN = text("closed_at IS NULL")
Index("one_open_reading", readings.c.report, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)


def _span(prefix: str = "span", *, nullable: bool = False) -> tuple[Column[int], Column[int]]:
    """Two columns: characters of the report's text, from (inclusive) and to (exclusive)."""
    return (
        Column(f"{prefix}_start", Integer, nullable=nullable),
        Column(f"{prefix}_end", Integer, nullable=nullable),
    )


def _of_reading(name: str, *columns: Any, key: str = "position") -> Table:
    """A table whose rows belong to one reading of one report."""
    return Table(
        name,
        metadata,
        Column("reading", Integer, primary_key=True, autoincrement=False),
        Column("report", Words, nullable=False),
        Column("position", Integer, primary_key=key == "position", autoincrement=False),
        *columns,
        ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
    )


def _of_event(name: str, *columns: Any) -> Table:
    """A table whose rows belong to one event of one reading."""
    return Table(
        name,
        metadata,
        Column("reading", Integer, primary_key=True, autoincrement=False),
        Column("report", Words, nullable=False),
        Column("event", Words, primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *columns,
        ForeignKeyConstraint(["reading", "event"], ["events.reading", "events.id"]),
        ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
    )


actors = _of_reading(
    "actors",
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("affiliation", Words),
    Column("sector", String(8)),
    key="id",
)

mentions = _of_reading(
    "mentions",
    *_span(),
    Column("text", Words, nullable=False),
    Column("actor", Words, nullable=False),
    Column("principal", Words, nullable=False),
    Column("how", String(32), nullable=False),
    Column("sector", String(8)),
    Column("agent", Words),
    Column("role", Words),
)

events = _of_reading(
    "events",
    Column("id", Words, primary_key=True),
    *_span("trigger"),
    Column("trigger_text", Words, nullable=False),
    *_span("sentence"),
    Column("sentence_text", Words, nullable=False),
    Column("act", String(16), nullable=False),
    Column("instrument", String(32)),
    Column("status", String(16), nullable=False),
    Column("time_text", Words),
    Column("time_start", Date),
    Column("time_end", Date),
    Column("time_precision", String(16)),
    Column("place_text", Words),
    Column("place_country", Words),
    Column("plover_event", String(32), nullable=False),
    Column("plover_mode", String(64)),
    Column("cameo", String(8)),
    Column("quad", Integer, nullable=False),
    Column("intensity", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("contract", Text, nullable=False),
    key="id",
)
Index("events_by_id", events.c.id)
Index("events_by_kind", events.c.act, events.c.instrument, events.c.status)

parties = _of_event(
    "parties",
    Column("side", String(16), primary_key=True),  # actor | recipient | holder
    Column("actor", Words, nullable=False),
    Column("sector", String(8)),
    Column("agent", Words),
    Column("text", Words),
    *_span(nullable=True),
)
Index("parties_by_actor", parties.c.actor, parties.c.side)

speakers = _of_event(
    "speakers",
    Column("text", Words, nullable=False),
    Column("actor", Words),
    Column("cue", Words),
    *_span(),
)

amounts = _of_event(
    "amounts",
    Column("text", Words, nullable=False),
    Column("value", Float),  # null where it is not finite; the JSON keeps it
    Column("currency", Words),
    Column("unit", Words),
    Column("low", Float),
    Column("high", Float),
    Column("bound", String(16)),
    *_span(),
)

goods = _of_event(
    "goods",
    Column("text", Words, nullable=False),
    Column("count", Count),
    Column("item", Words, nullable=False),
    Column("category", Words),
    *_span(),
)

links = _of_reading(
    "links",
    Column("kind", String(16), nullable=False),
    Column("give", Words, nullable=False),
    Column("take", Words, nullable=False),
    *_span(),
    Column("text", Words, nullable=False),
    Column("explicit", Boolean, nullable=False),
    Column("reason", Words, nullable=False),
    ForeignKeyConstraint(["reading", "give"], ["events.reading", "events.id"]),
    ForeignKeyConstraint(["reading", "take"], ["events.reading", "events.id"]),
)

findings = _of_reading(
    "findings",
    Column("kind", Words, nullable=False),
    Column("message", Words, nullable=False),
    *_span(nullable=True),
    Column("text", Words),
    Column("event", Words),
)


def _never(name: str, when: str) -> str:
    """A SQLite trigger that refuses what a ledger never does."""
    refusal = f"SELECT RAISE(ABORT, 'a ledger only grows: {name}')"
    return f"CREATE TRIGGER {name} BEFORE {when} BEGIN {refusal}; END"


_WRITTEN_ONCE = "id, report, version, read_at, file, title, published, url, language"
_GUARDS = (
    *(_never(f"{name}_stay", f"DELETE ON {name}") for name in metadata.tables if name != "meta"),
    *(
        _never(f"{name}_unchanged", f"UPDATE ON {name}")
        for name in metadata.tables
        if name not in ("meta", "readings")
    ),
    _never("readings_unchanged", f"UPDATE OF {_WRITTEN_ONCE} ON readings"),
    _never("readings_close_once", "UPDATE OF closed_at ON readings WHEN OLD.closed_at IS NOT NULL"),
)


@event.listens_for(metadata, "after_create")
def _add_guards(_metadata: MetaData, connection: Connection, **_options: object) -> None:
    if connection.dialect.name == "sqlite":
        for guard in _GUARDS:
            connection.exec_driver_sql(guard)
