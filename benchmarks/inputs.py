"""Random and mutated inputs: no crash, no hang over 10 s, no memory over 1 GB.

    python -m benchmarks.inputs COUNT [KIND ...] [--seed N] [--cases FOLDER]

Whole inputs are mutated (benchmarks/mutations.py), one kind after another; printed is how many were tried
and the slowest; what breaks is written into FOLDER. `benchmarks.guided` looks for new ways by coverage.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.mutations import mutated, seeds
from chancery.errors import InputError
from chancery.ingest.archives import reports_in_archive
from chancery.ingest.dictionaries import imported_actors, imported_agents, imported_holders
from chancery.ingest.gold.brat import standoff
from chancery.ingest.gold.label_studio import tasks_in
from chancery.ingest.gold.marks import Marked
from chancery.ingest.gold.rows import gold_row
from chancery.ingest.opening import reports_in
from chancery.ingest.raw import Raw
from chancery.ingest.watching import read_feeds_file
from chancery.records import Report
from chancery.settings import Settings

MOST_SECONDS: Final = 10
MOST_BYTES: Final = 1_000_000_000
_LIMITS: Final = Settings(max_report_characters=200_000, max_input_bytes=5_000_000)
_NAMES: Final = {
    "text": "a.txt", "lines": "a.jsonl", "json": "a.json", "page": "a.html", "paper": "a.pdf",
    "mail": "a.eml", "feed": "a.rss", "archive": "a.warc",
}  # fmt: skip


class Hang(Exception):
    """An input took longer than it may."""


def _check(items: Iterator[Report | InputError]) -> None:
    """What comes is a report that can be stored, or an error of one line."""
    for item in items:
        if isinstance(item, Report):
            item.text.encode("utf-8")
            assert item.text.strip()
        else:
            assert "\n" not in str(item), str(item)


def _file(kind: str) -> Callable[[bytes], None]:
    def run(content: bytes) -> None:
        raw = Raw(content, _NAMES[kind], _NAMES[kind])
        if kind == "archive":
            _check(_archive(content, raw))
        else:
            _check(reports_in(raw, _LIMITS))

    return run


def _archive(content: bytes, raw: Raw) -> Iterator[Report | InputError]:
    try:
        yield from reports_in_archive(BytesIO(content), raw, _LIMITS, reports_in)
    except InputError as error:
        yield error


@contextmanager
def _one_line() -> Iterator[None]:
    """An error on purpose is no fault, if it is told on one line."""
    try:
        yield
    except InputError as error:
        if "\n" in str(error):
            raise AssertionError(str(error)) from error


def _dictionary(reader: Callable[[str, str], Any]) -> Callable[[bytes], None]:
    def run(content: bytes) -> None:
        made = reader(content.decode("utf-8", "replace"), "x")
        assert all("\n" not in str(wrong) for wrong in made.wrong)

    return run


def _tasks(content: bytes) -> None:
    with _one_line():
        for item in tasks_in(content.decode("utf-8", "replace"), "x"):
            if isinstance(item, Marked):
                gold_row(item)


def _standoff(content: bytes) -> None:
    with _one_line():
        gold_row(standoff(content.decode("utf-8", "replace"), "lend here, Ecuador", "x", "x"))


def _feeds_file(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "feeds.toml")
        path.write_bytes(content)
        with _one_line():
            read_feeds_file(str(path))


RUNS: Final[dict[str, Callable[[bytes], None]]] = {
    **{kind: _file(kind) for kind in _NAMES},
    "actors": _dictionary(imported_actors),
    "agents": _dictionary(imported_agents),
    "holders": _dictionary(imported_holders),
    "tasks": _tasks,
    "standoff": _standoff,
    "feeds_file": _feeds_file,
}


@dataclass(slots=True)
class Outcome:
    """Of one kind: how many were tried, how long they took, and what broke."""

    tried: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    broken: list[str] = field(default_factory=list)


@contextmanager
def _bounded() -> Iterator[None]:
    def late(_signal: int, _frame: Any) -> None:
        raise Hang

    # the processor's time, not the clock's: other programs may keep this one waiting
    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def tried(kind: str, count: int, seed: int, cases: Path | None = None) -> Outcome:
    """That many mutated inputs of a kind, every tenth of random bytes or of another kind."""
    outcome, every = Outcome(), seeds()
    own, all_ = every[kind], tuple(s for group in every.values() for s in group)
    chance = random.Random(f"{seed} {kind}")  # noqa: S311 (the same inputs in each run)
    for number in range(count):
        content = chance.randbytes(chance.randrange(300)) if number % 20 == 0 else chance.choice(own)
        content = mutated(content, chance, own if number % 10 else all_)
        _try(kind, content, outcome, cases)
    return outcome


def _try(kind: str, content: bytes, outcome: Outcome, cases: Path | None) -> None:
    began = time.perf_counter()
    try:
        with _bounded():
            RUNS[kind](content)
    except Exception:  # noqa: BLE001 (whatever it is, it is what is looked for)
        name = f"{kind}-{sha256(content).hexdigest()[:12]}"
        outcome.broken.append(f"{name}: {traceback.format_exc().strip().splitlines()[-1]}")
        if cases is not None:
            cases.mkdir(parents=True, exist_ok=True)
            (cases / name).write_bytes(content)
            (cases / f"{name}.trace").write_text(traceback.format_exc(), encoding="utf8")
    took = time.perf_counter() - began
    outcome.tried += 1
    outcome.seconds += took
    outcome.slowest = max(outcome.slowest, took)


def memory() -> int:
    """The most bytes this process has had at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(arguments: Sequence[str]) -> int:
    """The program; 1 where something broke."""
    warnings.simplefilter("ignore")  # libraries' own, which the program does not show either
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inputs")
    parser.add_argument("count", type=int, help="inputs of each kind")
    parser.add_argument("kinds", nargs="*", help=f"of {', '.join(RUNS)}; all of them without")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=Path, default=Path("build/cases"))
    given = parser.parse_args(arguments)
    broken = 0
    for kind in given.kinds or RUNS:
        found = tried(kind, given.count, given.seed, given.cases)
        broken += len(found.broken)
        each = 1000 * found.seconds / max(found.tried, 1)
        print(
            f"{kind:12} {found.tried:9,} tried, {each:7.2f} ms each, slowest {found.slowest:6.2f} s, "
            f"{len(found.broken)} broke, {memory() / 1e6:,.0f} MB at most",
            flush=True,
        )
        for words in found.broken[:20]:
            print("   ", words, flush=True)
    return 1 if broken or memory() > MOST_BYTES else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
