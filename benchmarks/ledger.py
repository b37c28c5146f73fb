"""A large ledger: `python -m benchmarks.ledger [--events N] [--place PLACE]`.

Loads synthetic events in bulk and prints events a second by the clock and by this process's own
processor time (on a busy machine they part), sizes on disk, and how long typical questions take:
the median of several, each with all its answers as records. PLACE may be a PostgreSQL URL.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from benchmarks.events import ACTORS, synthetic
from chancery.ledger import EventQuery, Ledger, open_ledger
from chancery.records import STAGE_OF, Reading

EACH = 10  # events a report
CHUNK = 2000  # reports made ready before the clock runs
OPEN = tuple(status for status, stage in STAGE_OF.items() if stage == "ahead")
LAST = date(2024, 8, 21)


def load(ledger: Ledger, events: int) -> tuple[float, float, int]:
    """Store the events; seconds by the clock, by the processor, and how many were stored."""
    wall = cpu = 0.0
    stored, made = 0, synthetic(events, EACH)
    while chunk := list(islice(made, CHUNK)):
        begun, worked = time.perf_counter(), time.process_time()
        stored += sum(s.events for s in ledger.store_many(chunk))
        wall += time.perf_counter() - begun
        cpu += time.process_time() - worked
        print(f"\r{stored:,} events", end="", flush=True)
    print()
    return wall, cpu, stored


Question = tuple[str, Callable[[Ledger], object]]


def questions() -> Iterator[Question]:
    """What analysts ask, in words and as queries."""
    ten = {"since": date(2010, 1, 1), "until": date(2019, 12, 31)}
    for one, other in ((0, 1), (5, 20), (40, 90)):
        pair = EventQuery(between=(ACTORS[one], ACTORS[other]), **ten)
        yield f"pair {one + 1} and {other + 1} of 200 over ten years", lambda n, q=pair: n.events(q)
    waiting = EventQuery(status=OPEN, newest=True, limit=50)
    yield "open promises, the latest 50", lambda n: n.events(waiting)
    for actor in (0, 10, 100):
        promises = EventQuery(status=OPEN, actor=(ACTORS[actor],), newest=True, limit=50)
        yield f"open promises of actor {actor + 1}, the latest 50", lambda n, q=promises: n.events(q)
        month = EventQuery(actor=(ACTORS[actor],), since=date(2024, 7, 22), until=LAST)
        yield f"actor {actor + 1}'s last month", lambda n, q=month: n.events(q)
    yield "one event by the beginning of its id", lambda n: n.event(_some_id()[:9])
    yield "the actors' names", lambda n: n.actor_names()


def _some_id() -> str:
    reading: Reading = next(synthetic(EACH, EACH))
    return reading.events[3].id


def ask(ledger: Ledger, rounds: int) -> Iterator[tuple[str, int, float, float]]:
    """Each question, how many answers it has, and the median of clock and processor milliseconds."""
    for words, question in questions():
        walls, works, answer = [], [], None
        for _ in range(rounds):
            begun, worked = time.perf_counter(), time.process_time()
            answer = question(ledger)
            walls.append(time.perf_counter() - begun)
            works.append(time.process_time() - worked)
        count = len(answer) if isinstance(answer, (tuple, dict)) else 1
        yield words, count, 1000 * statistics.median(walls), 1000 * statistics.median(works)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--place", help="a ledger that is not there yet (default: a temporary file)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = options.place or str(Path(folder) / "large.db")
        with open_ledger(place, create=True) as ledger:
            wall, cpu, stored = load(ledger, options.events)
            print(
                f"loaded {stored:,} events: {stored / wall:,.0f} a second, "
                f"{stored / cpu:,.0f} a second of processor"
            )
            if "://" not in place:
                size = sum(p.stat().st_size for p in Path(place).parent.glob(f"{Path(place).name}*"))
                print(f"on disk {size / 1e6:,.0f} MB, {size / stored:,.0f} bytes an event")
            for words, count, clock, work in ask(ledger, options.rounds):
                print(f"{clock:8.1f} ms ({work:.1f} of processor)  {count:6,} answers  {words}")


if __name__ == "__main__":
    main()
