"""A large ledger: `python -m benchmarks.ledger [--events N] [--more N] [--place PLACE]`.

Loads synthetic events into an empty ledger, some more into the filled one, and prints events a
second by the clock and by this process's own processor time (on a busy machine they part), sizes on
disk, and how long typical questions take: the median of several, each with all its answers as
records. Making the events is not counted. PLACE may be a PostgreSQL URL.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from benchmarks.events import ACTORS, synthetic
from chancery.ledger import EventQuery, Ledger, Stored, open_ledger
from chancery.records import STAGE_OF, Reading

EACH = 10  # events a report
OPEN = tuple(status for status, stage in STAGE_OF.items() if stage == "ahead")
LAST = date(2024, 8, 21)


@dataclass(slots=True)
class Watch:
    """Seconds by the clock and of this process's processor time, since it was made."""

    wall: float
    work: float

    @classmethod
    def started(cls) -> Watch:
        """A watch that runs from now."""
        return cls(time.perf_counter(), time.process_time())

    def read(self) -> tuple[float, float]:
        """Seconds of both."""
        return time.perf_counter() - self.wall, time.process_time() - self.work

    def forget(self, since: Watch) -> None:
        """Leave out what passed since the other was started."""
        wall, work = since.read()
        self.wall += wall
        self.work += work


def load(road: Callable[[Iterable[Reading]], Iterable[Stored]], readings: Iterator[Reading]) -> str:
    """Store readings by one of the ledger's ways; how fast it was, in words."""
    watch = Watch.started()

    def uncounted() -> Iterator[Reading]:
        while True:
            made = Watch.started()
            reading = next(readings, None)
            watch.forget(made)
            if reading is None:
                return
            yield reading

    stored = sum(outcome.events for outcome in road(uncounted()))
    wall, work = watch.read()
    return f"{stored:,} events: {stored / wall:,.0f} a second, {stored / work:,.0f} a second of processor"


Question = tuple[str, Callable[[Ledger], object]]


def questions() -> Iterator[Question]:
    """What analysts ask, in words and as queries."""
    ten = {"since": date(2010, 1, 1), "until": date(2019, 12, 31)}
    for one, other in ((0, 1), (5, 20), (40, 90)):
        pair = EventQuery(between=(ACTORS[one], ACTORS[other]), **ten)
        page = replace(pair, newest=True, limit=100)
        words = f"pair {one + 1} and {other + 1} of {len(ACTORS)} over ten years"
        yield f"{words}, all", lambda n, q=pair: n.events(q)
        yield f"{words}, a page of 100", lambda n, q=page: n.events(q)
        yield f"{words}, how many", lambda n, q=pair: n.count(q)
    waiting = EventQuery(status=OPEN, newest=True, limit=50)
    yield "open promises, the latest 50", lambda n: n.events(waiting)
    for actor in (0, 10, 100):
        promises = replace(waiting, actor=(ACTORS[actor],))
        yield f"open promises of actor {actor + 1}, the latest 50", lambda n, q=promises: n.events(q)
        month = EventQuery(actor=(ACTORS[actor],), since=date(2024, 7, 22), until=LAST)
        yield f"actor {actor + 1}'s last month", lambda n, q=month: n.events(q)
    yield "one report's events", lambda n: n.events(EventQuery(report=_some().report.id))
    yield "one event by the beginning of its id", lambda n: n.event(_some().events[3].id[:9])
    yield "the actors' names", lambda n: n.actor_names()


def _some() -> Reading:
    return next(synthetic(EACH, EACH))


def ask(ledger: Ledger, rounds: int) -> Iterator[tuple[str, int, float, float]]:
    """Each question, how many answers it has, and the median of clock and processor milliseconds."""
    for words, question in questions():
        walls, works, answer = [], [], None
        for _ in range(rounds):
            watch = Watch.started()
            answer = question(ledger)
            wall, work = watch.read()
            walls.append(wall)
            works.append(work)
        count = len(answer) if isinstance(answer, (tuple, dict)) else 1
        yield words, count, 1000 * statistics.median(walls), 1000 * statistics.median(works)


def _size(place: str) -> int:
    """Bytes of a ledger's files."""
    return sum(p.stat().st_size for p in Path(place).parent.glob(f"{Path(place).name}*"))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--more", type=int, default=50_000, help="loaded afterwards, into what is there")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--place", help="a ledger that is not there yet (default: a temporary file)")
    options = parser.parse_args()
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        place = options.place or str(Path(folder) / "large.db")
        with open_ledger(place, create=True) as ledger:
            print(f"loaded {load(ledger.bulk_load, synthetic(options.events, EACH))}", flush=True)
            if "://" not in place:
                size = _size(place)
                print(f"on disk {size / 1e6:,.0f} MB, {size / options.events:,.0f} bytes an event")
            more = synthetic(options.more, EACH, seed=8)
            print(f"loaded beside them {load(ledger.bulk_load, more)}", flush=True)
            for words, count, clock, work in ask(ledger, options.rounds):
                print(f"{clock:8.1f} ms ({work:.1f} of processor)  {count:6,} answers  {words}", flush=True)
    print(f"load of the machine {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
