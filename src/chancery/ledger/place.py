"""Where a ledger is kept: from a path or URL to a database, and its errors in our words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from chancery.errors import (
    LedgerCorrupt,
    LedgerError,
    LedgerLocked,
    LedgerMissing,
    LedgerTooNew,
    LedgerUnusable,
)
from chancery.ledger.schema import PROGRAM, SCHEMA, meta, metadata

_LOCKED = ("SQLITE_BUSY", "SQLITE_LOCKED")
_DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR", "SQLITE_FORMAT", "SQLITE_SCHEMA")


def located(place: str) -> URL:
    """The database at `place`, a path or an SQLAlchemy URL. Raises `LedgerUnusable`."""
    if "://" not in place:
        return URL.create("sqlite", database=os.path.abspath(place))
    try:
        return make_url(place)
    except (ArgumentError, ValueError) as error:
        raise LedgerUnusable("that address", "it is not a database URL") from error


def named(place: str) -> str:
    """The place as a message may show it: a URL without its password."""
    return located(place).render_as_string(hide_password=True) if "://" in place else place


def engine_at(place: str, *, create: bool, busy_seconds: float) -> Engine:
    """An engine for the ledger at `place`; the file itself is not opened yet.

    Raises `LedgerMissing` and `LedgerUnusable`, before SQLite could make a file by mere looking.
    """
    url = located(place)
    if url.get_backend_name() != "sqlite":
        return _server(place, url)
    if url.database and "uri" not in url.query:
        _look_at(url.database, named(place), create=create)
    engine = create_engine(url, connect_args={"timeout": busy_seconds})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _server(place: str, url: URL) -> Engine:
    try:
        return create_engine(url)
    except (ImportError, NoSuchModuleError) as error:
        why = f"no driver for {url.drivername} is installed"
        raise LedgerUnusable(named(place), why) from error


def _look_at(path: str, shown: str, *, create: bool) -> None:
    if "\0" in path:
        raise LedgerUnusable(repr(shown), "a file name cannot hold a NUL character")
    if os.path.isdir(path):
        raise LedgerUnusable(shown, "it is a directory")
    if os.path.exists(path):
        if not os.path.isfile(path):
            raise LedgerUnusable(shown, "it is not a plain file")
    elif not create:
        raise LedgerMissing(shown)
    elif not os.path.isdir(os.path.dirname(os.path.abspath(path))):
        raise LedgerUnusable(shown, "its folder does not exist")


def _prepare(connection: Any, _record: object) -> None:
    """Leave transactions to `_begin`: sqlite3 would open them late and without the write lock."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once, so that two writers queue instead of failing half-way."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def told(place: str) -> Iterator[None]:
    """Database errors inside, as `LedgerError`s that name the place."""
    try:
        yield
    except DBAPIError as error:
        raise _in_our_words(named(place), error.orig) from error
    except sqlite3.Error as error:
        raise _in_our_words(named(place), error) from error


def _in_our_words(place: str, error: BaseException | None) -> LedgerError:
    code = str(getattr(error, "sqlite_errorname", ""))
    if code.startswith(_LOCKED):
        return LedgerLocked(place)
    if code.startswith(_DAMAGED):
        return LedgerCorrupt(place, str(error))
    return LedgerUnusable(place, str(error).splitlines()[0] if str(error) else "unknown failure")


def make_ready(engine: Engine, place: str, *, create: bool, busy_seconds: float) -> None:
    """Check that the database is a ledger of a schema we know; an empty one becomes one.

    Raises `LedgerMissing`, `LedgerCorrupt`, `LedgerTooNew`, and what `told` raises.
    """
    with told(place):
        with engine.connect() as connection:
            if inspect(connection).get_table_names():
                _check(connection, named(place))
                return
        if not create:
            raise LedgerMissing(named(place))
        _create(engine, busy_seconds)
        with engine.connect() as connection:
            _check(connection, named(place))


def _create(engine: Engine, busy_seconds: float) -> None:
    if engine.dialect.name == "sqlite":
        _write_ahead(engine, busy_seconds)
    with engine.execution_options(writes=True).begin() as connection:
        if inspect(connection).get_table_names():
            return  # another process was quicker
        metadata.create_all(connection)
        rows = [{"key": "program", "value": PROGRAM}, {"key": "schema", "value": str(SCHEMA)}]
        connection.execute(insert(meta), rows)


def _write_ahead(engine: Engine, busy_seconds: float) -> None:
    """WAL: readers go on while one writes. Kept in the file; it cannot be set in a transaction.

    SQLite does not wait for its lock here as it does elsewhere, so we ask again until the time
    is up: two programs may be making the same ledger.
    """
    last = monotonic() + busy_seconds
    raw = engine.raw_connection()
    try:
        while not _in_wal(raw.cursor(), patient=monotonic() < last):
            sleep(0.01)
    finally:
        raw.close()


def _in_wal(cursor: Any, *, patient: bool) -> bool:
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if patient and str(error.sqlite_errorname).startswith(_LOCKED):
            return False
        raise
    return True


def _check(connection: Connection, place: str) -> None:
    if "meta" not in inspect(connection).get_table_names():
        raise LedgerCorrupt(place, "it is another program's database")
    facts = {row.key: row.value for row in connection.execute(select(meta.c.key, meta.c.value))}
    if facts.get("program") != PROGRAM:
        raise LedgerCorrupt(place, "it is another program's database")
    found = str(facts.get("schema"))
    if not found.isdecimal():
        raise LedgerCorrupt(place, f"its schema number is {found!r}")
    if int(found) > SCHEMA:
        raise LedgerTooNew(place, int(found), SCHEMA)
