"""A copy of a ledger's file, made while the ledger is in use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress

from sqlalchemy import Engine

from chancery.errors import LedgerCorrupt, LedgerFull, LedgerUnusable
from chancery.ledger.room import no_room

_PAGES = 4096  # copied at a time; between them writers get their turn


def copy_to(engine: Engine, place: str, destination: str) -> tuple[int, int]:
    """Copy into a file that is not there yet; how many reports, and bytes, the copy has.

    SQLite copies what is committed when it begins, and begins anew where a writer of another program comes
    between. The copy takes its name when it is whole and checked. Raises `LedgerUnusable`,
    `LedgerFull`, `LedgerCorrupt`.
    """
    if engine.dialect.name != "sqlite":
        raise LedgerUnusable(place, "it is on a server, whose own tools make its backups")
    if os.path.exists(destination):
        raise LedgerUnusable(destination, "there is a file of that name already")
    partial = f"{destination}.partial"
    try:
        reports = _copied(engine, partial)
        os.replace(partial, destination)
    except sqlite3.OperationalError as error:
        code, size = str(error.sqlite_errorname), _size(engine.url.database or partial)
        if code.startswith("SQLITE_FULL") or (code.startswith("SQLITE_IOERR") and no_room(partial, size)):
            raise LedgerFull(destination) from error
        raise LedgerUnusable(destination, str(error)) from error
    except OSError as error:
        raise LedgerUnusable(destination, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            os.remove(partial)
    return reports, os.path.getsize(destination)


def _size(path: str) -> int:
    """Bytes that a copy can come to: of the file and of what its log holds."""
    files = (path, f"{path}-wal")
    return sum(os.path.getsize(file) for file in files if os.path.exists(file))


def _copied(engine: Engine, partial: str) -> int:
    raw = engine.raw_connection()
    try:
        with suppress(FileNotFoundError):
            os.remove(partial)
        with closing(sqlite3.connect(partial)) as copy:
            source: sqlite3.Connection = raw.driver_connection  # type: ignore[assignment]
            source.backup(copy, pages=_PAGES)
            copy.execute("PRAGMA journal_mode = WAL")
            (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise LedgerCorrupt(partial, verdict)
            (reports,) = copy.execute("SELECT count(*) FROM reports").fetchone()
    finally:
        raw.close()
    return int(reports)
