"""What a ledger survives: `python -m benchmarks.faults [--rounds N] [--reports N] [--place PLACE] [--load]`.

A child process stores ready-made readings and writes the id of each report to a pipe once the ledger has
confirmed it; the parent kills it (SIGKILL) at a moment drawn by chance, and starts the next, which
goes on. After each kill the ledger is opened and looked through: a report that was confirmed and is
not there is lost; one with two open readings, or with other lines than were read, is doubled. Every
third round the readings are those of a newer version. The ledger's file is checked at the end.
With `--load` a child loads all reports at once (`Ledger.bulk_load`), each round those of another archive.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, func, select

from benchmarks.events import synthetic
from chancery.ledger import open_ledger, schema
from chancery.ledger.place import located
from chancery.records import Reading

EVENTS_EACH = 6


@dataclass(slots=True)
class Figures:
    """What the rounds came to."""

    rounds: int = 0
    kills: int = 0
    finished: int = 0
    confirmed: set[str] = field(default_factory=set)
    stored: int = 0
    lost: int = 0
    doubled: int = 0
    torn: int = 0

    def told(self) -> str:
        """In one line."""
        return (
            f"{self.rounds} rounds, {self.kills} kills, {self.finished} ended by themselves; "
            f"{len(self.confirmed)} reports confirmed, {self.stored} in the ledger, "
            f"{self.lost} lost, {self.doubled} doubled, {self.torn} in part"
        )


def readings(number: int, version: str) -> Iterator[Reading]:
    """The reports of a run, the same each time."""
    return synthetic(number * EVENTS_EACH, EVENTS_EACH, version=version)


def store(place: str, number: int, version: str) -> None:
    """The child: store what is not there yet, and say what was confirmed."""
    with open_ledger(place, create=True, busy_seconds=60) as ledger:
        for reading in readings(number, version):
            if not ledger.holds(reading.report, version):
                ledger.store(reading)
            os.write(1, f"{reading.report.id}\n".encode())


def load(place: str, number: int, seed: str) -> None:
    """The child that loads an archive: an empty line says that it is under way, then all comes at once."""
    with open_ledger(place, create=True, busy_seconds=60) as ledger:
        os.write(1, b"\n")
        archive = synthetic(number * EVENTS_EACH, EVENTS_EACH, seed=int(seed))
        for stored in ledger.bulk_load(archive):
            os.write(1, f"{stored.report}\n".encode())


def one_round(job: str, place: str, number: int, which: str, patience: float) -> tuple[set[str], bool]:
    """Start a child and kill it after so many seconds; what it confirmed, and whether it was killed.

    `job` is `--child` to store the readings of version `which`, or `--loader` to load archive `which`.
    """
    command = [sys.executable, "-m", "benchmarks.faults", job, place, str(number), which]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:  # noqa: S603 (ourselves)
        assert child.stdout is not None
        first = child.stdout.readline()  # it is under way; importing is no fault to be tried
        time.sleep(patience)
        child.send_signal(signal.SIGKILL)
        told = (first + child.stdout.read()).decode().split("\n")
        code = child.wait()
    return {line for line in told[:-1] if line}, code == -signal.SIGKILL


def look(place: str, figures: Figures) -> None:
    """Count what is lost, doubled or there in part. Lines of every open reading must be whole."""
    engine = create_engine(located(place))
    r, e = schema.readings, schema.events
    with engine.connect() as connection:
        opened = Counter(connection.execute(select(r.c.report).where(r.c.closed_at.is_(None))).scalars())
        lines = select(r.c.id, func.count(e.c.id)).join(e, e.c.reading == r.c.id).group_by(r.c.id)
        whole = [tuple(row) for row in connection.execute(lines)]
        every = connection.execute(select(func.count()).select_from(r)).scalar_one()
    engine.dispose()
    figures.stored = len(opened)
    figures.lost += len(figures.confirmed - opened.keys())
    figures.doubled += sum(count > 1 for count in opened.values())
    figures.torn += sum(count != EVENTS_EACH for _, count in whole) + every - len(whole)


def run(place: str, rounds: int, number: int, longest: float, *, loads: bool = False) -> Figures:
    """The loop. `longest` is the most seconds a child is left to work."""
    seed, job = 7, "--loader" if loads else "--child"
    draw, figures = random.Random(seed), Figures()  # noqa: S311 (a reproducible draw)
    for turn in range(rounds):
        which = str(turn) if loads else f"reader-{turn // 3}"
        confirmed, killed = one_round(job, place, number, which, draw.uniform(0, longest))
        figures.rounds += 1
        figures.kills += killed
        figures.finished += not killed
        figures.confirmed |= confirmed
        look(place, figures)
    return figures


def main() -> None:
    """The command line."""
    job = {"--child": store, "--loader": load}.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if job is not None:
        job(sys.argv[2], int(sys.argv[3]), sys.argv[4])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--longest", type=float, default=0.5, help="seconds")
    parser.add_argument("--load", action="store_true", help="load archives whole")
    parser.add_argument("--place", help="a ledger that is not there yet (default: a temporary file)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = options.place or str(Path(folder) / "faults.db")
        figures = run(place, options.rounds, options.reports, options.longest, loads=options.load)
        print(figures.told())
        if "://" not in place:
            with closing(sqlite3.connect(place)) as connection:
                print(f"integrity check: {connection.execute('PRAGMA integrity_check').fetchone()[0]}")


if __name__ == "__main__":
    main()
