"""What a ledger survives: kills, a full disk, half a file, many at once; and backups meanwhile."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks import faults
from chancery.errors import EventUnknown, LedgerCorrupt, LedgerFull, LedgerUnusable
from chancery.ledger import Ledger, Ruling, Stored, open_ledger
from chancery.ledger.place import told
from chancery.records import Reading
from tests.factories import full_reading, make_event, make_reading, make_report
from tests.ledger.rows import ask


def readings(number: int) -> list[Reading]:
    return [
        make_reading([make_event(f"e{n}")], report=make_report(f"Report {n}. " + "Words. " * 300))
        for n in range(number)
    ]


def test_killed_in_a_loop_nothing_is_lost_or_doubled(place: str) -> None:
    found = faults.run(place, rounds=4, number=30, longest=0.3)
    assert found.rounds == 4
    assert found.confirmed
    assert (found.lost, found.doubled, found.torn) == (0, 0, 0), found.told()
    with open_ledger(place) as ledger:
        assert found.confirmed <= {report.id for report in ledger.reports()}


def test_killed_while_loading_archives_all_or_nothing_of_each_is_there(place: str) -> None:
    found = faults.run(place, rounds=4, number=60, longest=0.6, loads=True)
    assert (found.lost, found.doubled, found.torn) == (0, 0, 0), found.told()
    with open_ledger(place) as ledger:
        assert len(ledger.reports()) % 60 == 0


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "chancery.db")


def limited(ledger: Ledger, more_pages: int) -> None:
    """Let the file grow by so many pages and no more, as on a disk that is full."""
    with ledger._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more_pages}")


def test_a_full_disk_stops_storing_and_loses_nothing(file: str) -> None:
    confirmed: list[str] = []
    with open_ledger(file, create=True) as ledger:
        limited(ledger, 12)
        with pytest.raises(LedgerFull, match="what was confirmed is kept"):
            confirmed.extend(ledger.store(reading).report for reading in readings(60))
        assert {r.id for r in ledger.reports()} >= set(confirmed)
        stored = len(ledger.reports())
        assert 0 < stored < 60
    with open_ledger(file) as ledger:
        assert len(ledger.reports()) == stored
        for reading in readings(60):
            ledger.store(reading)
        assert len(ledger.reports()) == len(ledger.events()) == 60


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for few reports."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(tmp_path)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a disk of its own; a limit of pages stands for it above")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


@pytest.mark.parametrize("road", [Ledger.store_many, Ledger.bulk_load, None])
def test_a_disk_that_is_really_full(small_disk: Path, road: Callable[..., Iterator[Stored]] | None) -> None:
    file, confirmed = str(small_disk / "chancery.db"), list[str]()
    with open_ledger(file, create=True) as ledger:
        stored = road(ledger, readings(3000)) if road else map(ledger.store, readings(3000))
        with pytest.raises(LedgerFull, match="what was confirmed is kept"):
            confirmed.extend(s.report for s in stored)
    with open_ledger(file) as ledger:
        assert {r.id for r in ledger.reports()} >= set(confirmed)
        assert len(ledger.reports()) == len(ledger.events())
        assert confirmed or road
    assert ask(file, "PRAGMA integrity_check") == [("ok",)]


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size` bytes meanwhile, as an administrator may set it."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("road", [Ledger.store_many, Ledger.bulk_load, None])
def test_a_limit_on_files_is_told_as_want_of_room(
    file: str, road: Callable[..., Iterator[Stored]] | None
) -> None:
    confirmed = list[str]()
    with open_ledger(file, create=True) as ledger, files_at_most(1_000_000):
        stored = road(ledger, readings(3000)) if road else map(ledger.store, readings(3000))
        with pytest.raises(LedgerFull, match="what was confirmed is kept"):
            confirmed.extend(s.report for s in stored)
    with open_ledger(file) as ledger:
        assert {r.id for r in ledger.reports()} >= set(confirmed)
        assert len(ledger.reports()) == len(ledger.events())
    assert ask(file, "PRAGMA integrity_check") == [("ok",)]


def test_a_backup_beyond_a_limit_on_files_is_told_so_and_leaves_nothing(file: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with open_ledger(file, create=True) as ledger:
        list(ledger.store_many(readings(300)))
        with files_at_most(200_000), pytest.raises(LedgerFull):
            ledger.backup(str(copy))
    assert not list(tmp_path.glob("copy.db*"))


def test_a_broken_disk_is_not_told_as_want_of_room(file: str) -> None:
    with open_ledger(file, create=True) as ledger:
        broken = sqlite3.OperationalError("disk I/O error")
        broken.sqlite_errorname = "SQLITE_IOERR_READ"  # type: ignore[misc]
        with pytest.raises(LedgerUnusable, match="disk I/O error"), told(ledger.place):
            raise broken


def judge_much(ledger: Ledger) -> None:
    for n in range(200):
        ledger.judge(Ruling("accept", f"reviewer {n}", ("a1",), why="words " * 500))


def test_a_full_disk_puts_no_judgement_on_record_in_part(file: str) -> None:
    with open_ledger(file, create=True) as ledger:
        ledger.store(full_reading())
        limited(ledger, 0)
        with pytest.raises(LedgerFull):
            judge_much(ledger)
    with open_ledger(file) as ledger:
        held = ledger.judgements()
        assert len([line for line in ledger.events() if line.event.id == "a1"]) == 1
        ledger.judge(Ruling("accept", "Ann", ("a1",)))
        assert len(ledger.judgements()) == len(held) + 1


def look_through(file: str) -> None:
    with open_ledger(file) as ledger:
        assert ledger.events()
        for report in ledger.reports():
            ledger.text(report.id)


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6])
def test_half_a_file_is_told_and_left_alone(file: str, part: float) -> None:
    with open_ledger(file, create=True) as ledger:
        for reading in readings(40):
            ledger.store(reading)
    whole = Path(file).read_bytes()
    Path(file).write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(LedgerCorrupt):
        look_through(file)
    assert len(Path(file).read_bytes()) == int(len(whole) * part)


def at_once(*jobs: Callable[[], None]) -> list[BaseException]:
    """Run jobs beside each other; what went wrong."""
    wrong: list[BaseException] = []

    def safely(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001 (told to the test)
            wrong.append(error)

    threads = [threading.Thread(target=safely, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_two_readers_and_a_reviewer_while_reports_come_in(place: str) -> None:
    done = threading.Event()
    judged: set[str] = set()
    open_ledger(place, create=True).close()

    def write() -> None:
        with open_ledger(place, busy_seconds=60) as ledger:
            for reading in readings(25):
                ledger.store(reading)
        done.set()

    def ask() -> None:
        with open_ledger(place, busy_seconds=60) as ledger:
            before = 0
            while not done.is_set():
                now = len(ledger.reports())
                assert now >= before
                before = now
                ids = [line.event.id for line in ledger.events()]
                assert len(set(ids)) == len(ids)

    def review() -> None:
        with open_ledger(place, busy_seconds=60) as ledger:
            for n in range(0, 25, 2):
                while f"e{n}" not in judged:
                    try:
                        ledger.judge(Ruling("accept", "Ann", (f"e{n}",)))
                    except EventUnknown:
                        continue
                    judged.add(f"e{n}")

    assert at_once(write, ask, ask, review) == []
    with open_ledger(place) as ledger:
        assert len(ledger.events()) == 25
        assert {j.events[0] for j in ledger.judgements()} == judged
        assert len(judged) == 13


def test_two_reviewers_of_one_line_at_once(place: str) -> None:
    with open_ledger(place, create=True) as ledger:
        ledger.store(full_reading())

    def review(name: str) -> Callable[[], None]:
        def judge() -> None:
            with open_ledger(place, busy_seconds=60) as ledger:
                for _ in range(4):
                    ledger.judge(Ruling("accept", name, ("a1",)))

        return judge

    assert at_once(review("Ann"), review("Bob")) == []
    with open_ledger(place) as ledger:
        assert sorted(j.reviewer for j in ledger.judgements()) == ["Ann", "Bob"]
        assert len(ledger.judgements_on("a1")) == 8
        assert [line.event.id for line in ledger.events()] == ["a1", "b2"]


def test_a_backup_while_reports_come_in(file: str, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.db")
    with open_ledger(file, create=True) as ledger:
        for reading in readings(10):
            ledger.store(reading)

    def write() -> None:
        with open_ledger(file, busy_seconds=60) as ledger:
            for reading in readings(60)[10:]:
                ledger.store(reading)

    def copied() -> None:
        with open_ledger(file) as ledger:
            ledger.backup(copy)

    assert at_once(write, copied) == []
    with open_ledger(copy) as ledger, open_ledger(file) as first:
        kept = {r.id for r in ledger.reports()}
        assert 10 <= len(kept) <= 60
        assert kept <= {r.id for r in first.reports()}
        assert len(ledger.events()) == len(kept)
        assert ledger.store(full_reading()).outcome == "new"


def test_a_backup_that_finds_no_room_leaves_nothing(file: str, tmp_path: Path) -> None:
    with open_ledger(file, create=True) as ledger:
        ledger.store(full_reading())
        with pytest.raises(LedgerUnusable):
            ledger.backup(str(tmp_path / "no" / "copy.db"))
        with pytest.raises(LedgerUnusable, match="already"):
            ledger.backup(file)
    assert not list(tmp_path.glob("*.partial"))


def test_a_servers_backups_are_the_servers_own(ledger: Ledger, place: str, tmp_path: Path) -> None:
    if "://" in place:
        with pytest.raises(LedgerUnusable, match="whose own tools"):
            ledger.backup(str(tmp_path / "copy.db"))
