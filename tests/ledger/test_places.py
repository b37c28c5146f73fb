"""Where a ledger may be kept, and what is said of places where it may not."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from chancery.errors import (
    LedgerCorrupt,
    LedgerError,
    LedgerLocked,
    LedgerMissing,
    LedgerTooNew,
    LedgerUnusable,
)
from chancery.ledger import Ledger, open_ledger
from chancery.ledger.schema import SCHEMA
from tests.factories import full_reading, make_reading, make_report
from tests.ledger.rows import ask


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A file: these tests are about files."""
    return str(tmp_path / "chancery.db")


def run(place: str, *statements: str) -> None:
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_no_ledger_is_not_made_by_looking(place: str) -> None:
    with pytest.raises(LedgerMissing, match="chancery read FILE --ledger"):
        open_ledger(place)
    assert not Path(place).exists()


def test_an_empty_file_is_no_ledger_until_asked_to_be(place: str) -> None:
    Path(place).touch()
    with pytest.raises(LedgerMissing):
        open_ledger(place)
    with open_ledger(place, create=True) as ledger:
        assert ledger.reports() == ()


def test_creating_twice_keeps_what_is_there(place: str) -> None:
    with open_ledger(place, create=True) as ledger:
        ledger.store(full_reading())
    with open_ledger(place, create=True) as ledger:
        assert len(ledger.events()) == 2


def test_a_url_is_a_place_too(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'by-url.db'}"
    with pytest.raises(LedgerMissing):
        open_ledger(url)
    with open_ledger(url, create=True) as ledger:
        assert ledger.store(full_reading()).outcome == "new"


@pytest.mark.parametrize("name", ["a?b#c%20d.db", "ledger of 2009.db", ":memory:", "Ж'\".db"])
def test_odd_file_names_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    with open_ledger(name, create=True) as ledger:
        ledger.store(full_reading())
    assert (tmp_path / name).is_file()


def test_the_file_is_in_wal_mode_with_foreign_keys_and_a_schema_number(ledger: Ledger, place: str) -> None:
    assert ask(place, "PRAGMA journal_mode") == [("wal",)]
    assert ask(place, "SELECT value FROM meta WHERE key = 'schema'") == [(str(SCHEMA),)]
    with ledger._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 5000


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnusable, match="it is a directory"):
        open_ledger(str(tmp_path), create=True)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnusable, match="its folder does not exist"):
        open_ledger(str(tmp_path / "nowhere" / "chancery.db"), create=True)


def test_a_file_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    with pytest.raises(LedgerUnusable):
        open_ledger(str(tmp_path / "file" / "chancery.db"), create=True)


def test_a_device() -> None:
    with pytest.raises(LedgerUnusable, match="not a plain file"):
        open_ledger(os.devnull, create=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(LedgerUnusable):
        open_ledger(str(tmp_path / "chancery.db"), create=True)
    tmp_path.chmod(0o700)


def test_a_ledger_that_cannot_be_written(ledger: Ledger) -> None:
    """Read-only as SQLite sees it: root may write to any file, so the tests ask SQLite itself."""
    with ledger._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(LedgerUnusable, match="readonly"):
        ledger.store(full_reading())


@pytest.mark.parametrize("place", ["nonsense://", "://", "nonsense://host/db", "a\0b.db", ""])
def test_what_is_no_place_at_all(place: str) -> None:
    with pytest.raises(LedgerUnusable):
        open_ledger(place, create=True)


def test_a_password_is_not_shown() -> None:
    with pytest.raises(LedgerUnusable) as caught:
        open_ledger("nonsense://envoy:secret@host/db")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("content", [b"Ruritania recognized Graustark.\n" * 40, os.urandom(9000)])
def test_what_is_no_database(place: str, content: bytes) -> None:
    Path(place).write_bytes(content)
    for create in (False, True):
        with pytest.raises(LedgerCorrupt, match="not a chancery ledger or is damaged"):
            open_ledger(place, create=create)
    assert Path(place).read_bytes() == content


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE songs (title TEXT)",),
        ("CREATE TABLE meta (key TEXT, value TEXT)",),
        ("CREATE TABLE meta (other TEXT)",),
        (
            "CREATE TABLE meta (key TEXT, value TEXT)",
            "INSERT INTO meta VALUES ('program', 'tunes'), ('schema', '1')",
        ),
    ],
)
def test_another_programs_database_is_left_alone(place: str, statements: tuple[str, ...]) -> None:
    run(place, *statements)
    before = Path(place).read_bytes()
    with pytest.raises(LedgerCorrupt):
        open_ledger(place, create=True)
    assert Path(place).read_bytes() == before


def test_a_newer_schema(ledger: Ledger, place: str) -> None:
    ledger.close()
    run(place, "UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(LedgerTooNew, match=f"schema 99, this one knows {SCHEMA}"):
        open_ledger(place)


def test_a_schema_number_that_is_none(ledger: Ledger, place: str) -> None:
    ledger.close()
    run(place, "UPDATE meta SET value = 'x' WHERE key = 'schema'")
    with pytest.raises(LedgerCorrupt, match="schema number is 'x'"):
        open_ledger(place)


def test_a_lost_table(ledger: Ledger, place: str) -> None:
    run(place, "PRAGMA foreign_keys = OFF", "DROP TABLE mentions", "DROP TABLE amounts")
    with pytest.raises(LedgerCorrupt, match="no such table"):
        ledger.store(full_reading())
    assert ledger.reports() == ()


def test_pages_overwritten(ledger: Ledger, place: str) -> None:
    for number in range(30):
        report = make_report(f"Report {number}. " + "Words. " * 900)
        ledger.store(make_reading(full_reading().events, report=report))
    ledger.close()
    data = bytearray(Path(place).read_bytes())
    data[8192:] = os.urandom(len(data) - 8192)
    Path(place).write_bytes(data)
    with pytest.raises(LedgerCorrupt), open_ledger(place) as damaged:
        damaged.events()


@pytest.mark.parametrize("contract", ["", "{}", "{not json"])
def test_an_event_that_cannot_be_read_back(ledger: Ledger, place: str, contract: str) -> None:
    ledger.store(full_reading())
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("DROP TRIGGER events_unchanged")
        connection.execute("UPDATE events SET contract = ?", (contract,))
        connection.commit()
    with pytest.raises(LedgerCorrupt, match="event a1"):
        ledger.events()


def test_locked_while_another_writes_readers_go_on(place: str) -> None:
    with open_ledger(place, create=True) as ledger:
        ledger.store(full_reading())
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with open_ledger(place, busy_seconds=0.05) as ledger:
            assert len(ledger.events()) == 2
            with pytest.raises(LedgerLocked, match="nothing was stored"):
                ledger.store(full_reading("2"))
        other.execute("ROLLBACK")
    with open_ledger(place) as ledger:
        assert ledger.store(full_reading("2")).outcome == "reread"


@pytest.mark.parametrize("create", [False, True])
def test_locked_for_reading_too(ledger: Ledger, place: str, create: bool) -> None:
    ledger.close()
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerLocked):
            open_ledger(place, create=create, busy_seconds=0.05)


def test_making_a_ledger_waits_for_another_who_makes_it(place: str) -> None:
    with closing(sqlite3.connect(place, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerLocked):
            open_ledger(place, create=True, busy_seconds=0.05)
        release = threading.Timer(0.2, other.execute, ["ROLLBACK"])
        release.start()
        with open_ledger(place, create=True) as ledger:
            assert ledger.reports() == ()
        release.join()


STORING = """
import sys
from chancery.ledger import open_ledger
from tests.factories import full_reading, make_reading, make_report

with open_ledger(sys.argv[1], create=True, busy_seconds=20) as ledger:
    for number in range(10):
        report = make_report(f"{sys.argv[2]} {number % 5} " + "Words of a report. " * 9)
        ledger.store(make_reading(full_reading().events, report=report))
"""


def test_several_programs_at_once(place: str) -> None:
    """Each makes the ledger if need be and stores five reports, twice: all are there, once."""
    paths = os.pathsep.join((str(Path(__file__).parents[2]), *sys.path))

    def start(name: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", STORING, place, name]
        return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths})

    running = [start(name) for name in ("one", "two", "three")]
    assert [process.wait() for process in running] == [0, 0, 0]
    with open_ledger(place) as ledger:
        assert len(ledger.reports()) == 15
        assert len(ledger.events()) == 30


def test_closing_twice_and_going_on(ledger: Ledger) -> None:
    ledger.close()
    ledger.close()


def test_every_refusal_is_a_ledger_error_of_one_line() -> None:
    for error in (LedgerMissing("x"), LedgerUnusable("x", "y"), LedgerTooNew("x", 2, 1)):
        assert isinstance(error, LedgerError)
        assert error.exit_code == 5
        assert "\n" not in str(error)
