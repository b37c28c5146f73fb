"""`chancery code`: an archive into a Parquet dataset, without a ledger."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli import values
from chancery.cli.screen import note
from chancery.errors import UsageError
from chancery.settings import from_environment

if TYPE_CHECKING:
    from chancery.archives import Fields, Job, Progress, Totals, Workers

TERMINATED = 143  # what a shell reports for a program ended by SIGTERM
_EVERY = 30.0  # seconds between lines where no bar can move


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT... OUT",
        help="JSONL, CSV or Parquet (one report a line or row; .gz and .zst too), text files, "
        "folders of them; last the folder of the dataset.",
    ),
]
Processes = Annotated[
    str | None, typer.Option(metavar="N", help="Processes that read (default: one a core).")
]
Day = Annotated[
    str | None, typer.Option(metavar="DAY", help="Day of publication, YYYY-MM-DD, where a report has none.")
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Publisher, where a report names none.")]
Stretch = Annotated[
    str, typer.Option(metavar="N", help="Reports a worker reads at a stretch, and loses at worst.")
]
OnRay = Annotated[bool, typer.Option("--ray", help="Read on Ray, which is started for it here.")]
RayAddress = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Read on this Ray cluster, for instance `auto`.")
]
Reconcile = Annotated[
    bool,
    typer.Option("--reconcile", help="Then set the reports beside each other: occurrences, differences."),
]


def _field(help: str) -> typer.models.OptionInfo:
    made: typer.models.OptionInfo = typer.Option(metavar="FIELD", help=help)
    return made


def code_archive(
    paths: Paths,
    workers: Processes = None,
    published: Day = None,
    publisher: Publisher = None,
    text_field: Annotated[str, _field("The field that holds the text.")] = "text",
    date_field: Annotated[str, _field("The day of publication.")] = "published",
    title_field: Annotated[str, _field("The title.")] = "title",
    publisher_field: Annotated[str, _field("The publisher.")] = "publisher",
    name_field: Annotated[str, _field("How the report is called.")] = "name",
    url_field: Annotated[str, _field("Its address.")] = "url",
    chunk: Stretch = "256",
    ray: OnRay = False,
    ray_address: RayAddress = None,
    reconcile: Reconcile = False,
) -> None:
    """Reads an archive into a Parquet dataset, on all cores, without a ledger.

    The dataset has the tables reports, events, parties, mentions, actors, links and findings, each in a
    folder of its own, parted by month of publication. Broken off at any point, the same command goes
    on where it was; with further inputs, it adds what is new. A report that is there already, by its
    text and publisher, is not read again.

    What cannot be read is told in set_aside.jsonl, the rest is done, and the program ends with exit
    code 3.
    """
    from chancery.archives import Fields, code

    names = {
        "text": text_field, "published": date_field, "title": title_field,
        "publisher": publisher_field, "name": name_field, "url": url_field,
    }  # fmt: skip
    job = _job(paths, Fields(names, values.day("--published", published), publisher or None), chunk)
    count = values.count("--workers", workers) or _cores()
    with _ending_on_request(), _watched() as told:
        totals = code(job, _workers(count, ray_address, on_ray=ray or ray_address is not None), told)
    _tell(job, totals)
    if reconcile:
        _set_beside(job.out)
    if totals.set_aside:
        raise typer.Exit(3)


def _job(paths: list[str], fields: Fields, chunk: str) -> Job:
    from chancery.archives import Job
    from chancery.pipeline import Reader

    if len(paths) < 2:
        raise UsageError("name at least one input, and last the folder of the dataset")
    most = values.count("--chunk", chunk)
    assert most is not None
    settings = replace(from_environment(), threads=1)  # of each worker; they share the cores
    return Job(tuple(paths[:-1]), Path(paths[-1]), fields, settings, Reader(settings).version, most)


def _cores() -> int:
    """Those this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _workers(count: int, address: str | None, *, on_ray: bool) -> Workers:
    from chancery.archives import Pool

    if not on_ray:
        return lambda settings: Pool(count, settings)
    from chancery.archives.on_ray import RayWorkers

    return lambda settings: RayWorkers(count, settings, address=address)


def _tell(job: Job, t: Totals) -> None:
    note(f"{job.out}: {t.reports:,} reports, {t.events:,} events, read by {job.version}")
    if t.set_aside:
        note(f"{t.set_aside:,} set aside; {job.out / 'set_aside.jsonl'} tells which and why")


def _set_beside(out: Path) -> None:
    from chancery.archives.beside import set_beside

    found = set_beside(out)
    note(
        f"{out}: {found.tellings:,} tellings of {found.occurrences:,} acts, {found.several:,} of them "
        f"told by several reports; {found.differences:,} differences"
    )


@contextmanager
def _ending_on_request() -> Iterator[None]:
    """SIGTERM ends the run in order, as Ctrl-C does: the workers are not left behind."""

    def end(*_: object) -> None:
        raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _watched() -> Iterator[Callable[[Progress], None]]:
    """What hears how far a run is: a bar on a terminal, elsewhere a line now and then."""
    if not sys.stderr.isatty():
        yield _Lines().told
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(), TaskProgressColumn(), TextColumn("{task.description}", markup=False),
        TimeRemainingColumn(),
    )  # fmt: skip
    rate = _Rate()
    with Bar(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("loading the model", total=None)

        def told(p: Progress) -> None:
            bar.update(task, total=p.size, completed=p.position, description=rate.words(p))

        yield told


class _Rate:
    """Words for how far and how fast a run is."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def words(self, p: Progress) -> str:
        """Counts of this run, and reports a second."""
        speed = p.reports / max(time.monotonic() - self._begun, 0.001)
        aside = f", {p.set_aside:,} set aside" if p.set_aside else ""
        return f"{p.reports:,} reports, {p.events:,} events{aside}; {speed:.0f} reports/s"


class _Lines:
    """The same where no bar can move: a line every half minute, with the time that is left."""

    def __init__(self) -> None:
        self._rate = _Rate()
        self._first = self._last = time.monotonic()
        self._from: int | None = None

    def told(self, p: Progress) -> None:
        """Prints a line, if the last is old enough."""
        now = time.monotonic()
        if self._from is None:
            self._from = p.position
        if now - self._last < _EVERY:
            return
        self._last = now
        speed = (p.position - self._from) / (now - self._first)
        left = f", {(p.size - p.position) / speed / 60:.0f} minutes left" if speed > 0 else ""
        note(f"{p.position / max(p.size, 1):.0%}: {self._rate.words(p)}{left}")
