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
    LedgerFull,
    LedgerLocked,
    LedgerMissing,
    LedgerTooNew,
    LedgerUnusable,
)
from chancery.ledger import searching
from chancery.ledger.guards import add_guards
from chancery.ledger.room import no_room
from chancery.ledger.schema import PROGRAM, SCHEMA, meta, metadata
from chancery.ledger.upgrading import stamp, upgrade

# By SQLite's names of errors, and PostgreSQL's (classes of) SQLSTATE codes
_LOCKED = ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01", "40001", "57014")
_FULL = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "53100")
_FAILED = "SQLITE_IOERR"  # at a limit or quota too, which SQLite does not tell from a broken disk
_DAMAGED_THERE = ("42P01", "42703", "XX001", "XX002")
_DAMAGED = (
    "SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR", "SQLITE_FORMAT", "SQLITE_SCHEMA", *_DAMAGED_THERE
)  # fmt: skip
_WRITERS = 0x6368616E  # the advisory lock that writers on a server take in turn ("chan")
_CACHE_KILOBYTES = 65_536
_PAGE_BYTES = 8192  # an event's JSON and words fit; with SQLite's 4096 much of each page stays empty


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
        return _server(place, url, busy_seconds)
    if url.database and "uri" not in url.query:
        _look_at(url.database, named(place), create=create)
    engine = create_engine(url, connect_args={"timeout": busy_seconds})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _server(place: str, url: URL, busy_seconds: float) -> Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        engine = create_engine(url)
    except (ImportError, NoSuchModuleError) as error:
        why = f"no driver for {url.drivername} is installed"
        raise LedgerUnusable(named(place), why) from error
    if url.get_backend_name() == "postgresql":
        engine = engine.execution_options(busy_seconds=busy_seconds)
        event.listen(engine, "begin", _begin_on_server)
    return engine


def _begin_on_server(connection: Connection) -> None:
    """Writers take turns, as they do in SQLite; whoever waits too long gives up."""
    options = connection.get_execution_options()
    if options.get("writes", False):
        milliseconds = max(1, int(1000 * options.get("busy_seconds", 5.0)))
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {milliseconds}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


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
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")


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
    code = str(getattr(error, "sqlite_errorname", "") or getattr(error, "sqlstate", "") or "")
    if code.startswith(_LOCKED):
        return LedgerLocked(place)
    if code.startswith(_FULL) or (code.startswith(_FAILED) and no_room(located(place).database or "")):
        return LedgerFull(place)
    if code.startswith(_DAMAGED):
        return LedgerCorrupt(place, _first_line(error))
    return LedgerUnusable(place, _first_line(error))


def _first_line(error: BaseException | None) -> str:
    return str(error).splitlines()[0] if str(error or "") else "unknown failure"


def make_ready(engine: Engine, place: str, *, create: bool, busy_seconds: float) -> int | None:
    """Check that the database is a ledger; an empty one becomes one, an older one is upgraded.

    Gives the schema that it had where it was upgraded. Raises `LedgerMissing`, `LedgerCorrupt`,
    `LedgerTooNew`, and what `told` raises.
    """
    with told(place):
        with engine.connect() as connection:
            there = bool(inspect(connection).get_table_names())
            found = _schema_of(connection, named(place)) if there else None
        if found is None:
            if not create:
                raise LedgerMissing(named(place))
            _create(engine, busy_seconds)
            with engine.connect() as connection:
                found = _schema_of(connection, named(place))
        return None if found == SCHEMA else _upgrade(engine, named(place))


def _create(engine: Engine, busy_seconds: float) -> None:
    if engine.dialect.name == "sqlite":
        _write_ahead(engine, busy_seconds)
    with engine.execution_options(writes=True).begin() as connection:
        if inspect(connection).get_table_names():
            return  # another process was quicker
        metadata.create_all(connection)
        add_guards(connection, metadata.tables)
        searching.add_index(connection)
        rows = [{"key": "program", "value": PROGRAM}, {"key": "schema", "value": str(SCHEMA)}]
        connection.execute(insert(meta), rows)
        stamp(connection)


def _upgrade(engine: Engine, place: str) -> int | None:
    """In one transaction: whoever is stopped on the way leaves the older ledger as it was."""
    with engine.execution_options(writes=True).begin() as connection:
        found = _schema_of(connection, place)
        if found == SCHEMA:
            return None  # another process was quicker
        upgrade(connection, found)
    return found


def _write_ahead(engine: Engine, busy_seconds: float) -> None:
    """WAL: readers go on while one writes. Kept in the file; it cannot be set in a transaction.

    SQLite does not wait for its lock here as it does elsewhere, so we ask again until the time
    is up: two programs may be making the same ledger.
    """
    last = monotonic() + busy_seconds
    raw = engine.raw_connection()
    try:
        raw.cursor().execute(f"PRAGMA page_size = {_PAGE_BYTES}")  # heeded while the file is empty
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


def _schema_of(connection: Connection, place: str) -> int:
    """The number of the ledger's schema. Raises `LedgerCorrupt`, `LedgerTooNew`."""
    if "meta" not in inspect(connection).get_table_names():
        raise LedgerCorrupt(place, "it is another program's database")
    facts = {row.key: row.value for row in connection.execute(select(meta.c.key, meta.c.value))}
    if facts.get("program") != PROGRAM:
        raise LedgerCorrupt(place, "it is another program's database")
    found = str(facts.get("schema"))
    if not (found.isdecimal() and int(found)):
        raise LedgerCorrupt(place, f"its schema number is {found!r}")
    if int(found) > SCHEMA:
        raise LedgerTooNew(place, int(found), SCHEMA)
    return int(found)
