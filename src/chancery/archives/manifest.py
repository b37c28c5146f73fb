"""The manifest: which report is in which chunk, which chunk is done, and what was set aside.

It is an SQLite file in `_chancery` inside the dataset. A chunk is a run of new reports in the order of the
input, cut by rules that look at nothing else: so a chunk holds the same reports, however often a run was
broken off and whoever reads it. A chunk is done or not; what it made is kept in `parts` until the
dataset is written (`publishing.py`).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from chancery.errors import ArchiveInUse, ArchiveOther, ArchiveUnusable

_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS chunks (
    number INTEGER PRIMARY KEY, reports INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,
    version TEXT, done_at TEXT, seconds REAL, read INTEGER, characters INTEGER, events INTEGER,
    generation INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS seen (report INTEGER PRIMARY KEY, chunk INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS set_aside (
    place TEXT NOT NULL, problem TEXT NOT NULL, chunk INTEGER, PRIMARY KEY (place, problem)
) STRICT;
"""
PRIVATE = "_chancery"  # Spark, Arrow and their like pass over names that begin so


@dataclass(frozen=True, slots=True)
class Aside:
    """A record that is not in the dataset: where it stands, and why."""

    where: str
    problem: str


@dataclass(frozen=True, slots=True)
class Coded:
    """What one chunk made: each table as Parquet, counts, and what was set aside."""

    number: int
    tables: Mapping[str, bytes]
    read: int
    characters: int
    events: int
    seconds: float
    version: str
    asides: tuple[Aside, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of a dataset, over all runs; `seconds` are those of its workers together."""

    chunks: int
    reports: int
    characters: int
    events: int
    seconds: float
    set_aside: int


class Manifest:
    """Opened by one run at a time. Use it as a context manager."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out / PRIVATE
        self.parts = self.folder / "parts"
        try:
            self.parts.mkdir(parents=True, exist_ok=True)
            self._lock = sqlite3.connect(self.folder / "lock.db", timeout=0, isolation_level=None)
            self._base = sqlite3.connect(self.folder / "manifest.db", isolation_level=None)
        except (OSError, sqlite3.OperationalError) as refused:
            raise ArchiveUnusable(str(out), str(refused)) from refused

    def __enter__(self) -> Self:
        """Raises `ArchiveInUse`, `ArchiveUnusable`."""
        try:
            self._lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as held:
            self._close()
            raise ArchiveInUse(str(self.out)) from held
        except sqlite3.DatabaseError as broken:
            self._close()
            raise ArchiveUnusable(str(self.out), str(broken)) from broken
        try:
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=FULL")
            self._base.executescript(_SCHEMA)
        except sqlite3.DatabaseError as broken:
            self._close()
            raise ArchiveUnusable(str(self.out), str(broken)) from broken
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def _close(self) -> None:
        self._base.close()
        self._lock.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def agree(self, about: Mapping[str, str]) -> None:
        """Keep how the dataset is read, or check that it was read so. Raises `ArchiveOther`."""
        kept = dict(self._base.execute("SELECT key, value FROM about"))
        for key, value in about.items():
            if kept.get(key, value) != value:
                raise ArchiveOther(str(self.out), key, kept[key], value)
        with self._writing():
            self._base.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)", about.items())

    def chunk_of(self, report: int) -> int | None:
        """The chunk a report was put into, by the number its id is."""
        row = self._base.execute("SELECT chunk FROM seen WHERE report = ?", (report,)).fetchone()
        return None if row is None else int(row[0])

    def next_number(self) -> int:
        """The number of the next new chunk."""
        return int(self._base.execute("SELECT coalesce(max(number) + 1, 0) FROM chunks").fetchone()[0])

    def undone(self) -> dict[int, int]:
        """How many reports each chunk has that is planned and not done."""
        return dict(self._base.execute("SELECT number, reports FROM chunks WHERE done_at IS NULL"))

    def plan(self, number: int, reports: Sequence[int], first: str, last: str) -> None:
        """Put reports into a new chunk; `first` and `last` tell where they stand in the input."""
        with self._writing():
            self._base.executemany("INSERT INTO seen VALUES (?, ?)", ((r, number) for r in reports))
            self._base.execute(
                "INSERT INTO chunks (number, reports, first, last) VALUES (?, ?, ?, ?)",
                (number, len(reports), first, last),
            )

    def shrink(self, number: int, reports: Sequence[int]) -> None:
        """Let go of the reports of a chunk that the input lacks now, so that they may come again."""
        with self._writing():
            self._base.execute("DELETE FROM seen WHERE chunk = ?", (number,))
            self._base.executemany("INSERT INTO seen VALUES (?, ?)", ((r, number) for r in reports))
            self._base.execute("UPDATE chunks SET reports = ? WHERE number = ?", (len(reports), number))

    def set_aside(self, asides: Iterable[Aside], chunk: int | None = None) -> None:
        """Keep what could not be read; the same is kept once."""
        rows = [(a.where, a.problem, chunk) for a in asides]
        if rows:
            with self._writing():
                self._base.executemany("INSERT OR IGNORE INTO set_aside VALUES (?, ?, ?)", rows)

    def finish(self, coded: Coded) -> None:
        """Keep what a chunk made, whole or not at all."""
        self._keep_part(coded)
        with self._writing():
            self._base.executemany(
                "INSERT OR IGNORE INTO set_aside VALUES (?, ?, ?)",
                [(a.where, a.problem, coded.number) for a in coded.asides],
            )
            self._base.execute(
                "UPDATE chunks SET version = ?, done_at = ?, seconds = ?,"
                " read = ?, characters = ?, events = ? WHERE number = ? AND done_at IS NULL",
                (
                    coded.version, datetime.now(UTC).isoformat(timespec="seconds"), coded.seconds,
                    coded.read, coded.characters, coded.events, coded.number,
                ),
            )  # fmt: skip

    def _keep_part(self, coded: Coded) -> None:
        """A folder with a file a table; it gets its name when all of it is on the disk."""
        final, making = self.part(coded.number), self.parts / f".{coded.number}"
        for folder in (final, making):
            shutil.rmtree(folder, ignore_errors=True)  # of a run that was broken off
        making.mkdir()
        for name, content in coded.tables.items():
            write_through(making / f"{name}.parquet", content)
        sync_folder(making)
        making.rename(final)
        sync_folder(self.parts)

    def part(self, number: int) -> Path:
        """The folder of what a chunk made."""
        return self.parts / f"{number:08d}"

    def unpublished(self) -> list[int]:
        """Chunks that are done and not yet in the dataset, in order."""
        rows = self._base.execute(
            "SELECT number FROM chunks WHERE done_at IS NOT NULL AND generation IS NULL ORDER BY number"
        )
        return [int(row[0]) for row in rows]

    def generation(self) -> int:
        """The number of the next set of files."""
        return int(self._base.execute("SELECT coalesce(max(generation) + 1, 0) FROM chunks").fetchone()[0])

    def published(self, chunks: Sequence[int], generation: int) -> None:
        """Note that these chunks are in the dataset."""
        with self._writing():
            self._base.executemany(
                "UPDATE chunks SET generation = ? WHERE number = ?", ((generation, n) for n in chunks)
            )

    def asides(self) -> list[Aside]:
        """All that was set aside, by place."""
        rows = self._base.execute("SELECT place, problem FROM set_aside ORDER BY chunk, rowid")
        return [Aside(str(where), str(problem)) for where, problem in rows]

    def totals(self) -> Totals:
        """Counts of all runs."""
        row = self._base.execute(
            "SELECT count(*), coalesce(sum(read), 0), coalesce(sum(characters), 0), coalesce(sum(events), 0),"
            " coalesce(sum(seconds), 0.0), (SELECT count(*) FROM set_aside) FROM chunks"
            " WHERE done_at IS NOT NULL"
        ).fetchone()
        return Totals(*row)


def write_through(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until names in a folder are on the disk, where the system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
