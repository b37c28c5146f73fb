"""Reading reports one after another, with or without a ledger; shared by `read` and `demo`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from chancery.cli.screen import complain
from chancery.errors import ChanceryError, InputError, LedgerRefused
from chancery.records import Reading, Report
from chancery.wording.shown import escaped

if TYPE_CHECKING:
    from chancery.ledger import Ledger, LedgerEvent, Originals, Stored


class ReadsReports(Protocol):
    """What is asked of `chancery.pipeline.Reader`."""

    @property
    def version(self) -> str:
        """Another reading, another version."""

    def read(self, report: Report) -> Reading:
        """The reading of one report."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one report; no `reading` where the ledger had it, no `stored` without one."""

    report: Report
    reading: Reading | None
    lines: tuple[LedgerEvent, ...]
    stored: Stored | None


def read_all(
    items: Iterable[Report | InputError],
    reader: ReadsReports,
    ledger: Ledger | None,
    *,
    again: bool = False,
    originals: Originals | None = None,
) -> Iterator[Done | ChanceryError]:
    """Each report as done, in order; what could not be read or stored as its error, not raised.

    A report that the ledger holds as this reader reads it is not read again, unless `again`. What it
    was taken from goes into `originals`. Raises `OriginalsUnusable`.
    """
    for item in items:
        if isinstance(item, InputError):
            yield item
            continue
        try:
            done = _done(item, reader, ledger, again=again)
        except LedgerRefused as refused:
            yield refused
            continue
        if originals is not None:
            originals.keep(item)
        yield done


def _done(report: Report, reader: ReadsReports, ledger: Ledger | None, *, again: bool) -> Done:
    if ledger is not None and not again and ledger.holds(report, reader.version):
        return _held(report, ledger)
    reading = reader.read(report)
    return Done(report, reading, _lines(reading), ledger.store(reading) if ledger else None)


def _held(report: Report, ledger: Ledger) -> Done:
    from chancery.ledger import EventQuery, Stored

    lines = ledger.events(EventQuery(report=report.id))
    return Done(report, None, lines, Stored("unchanged", report.id, len(lines)))


def _lines(reading: Reading) -> tuple[LedgerEvent, ...]:
    """The events as the ledger would list them."""
    from chancery.ledger import LedgerEvent, ReportEntry

    r = reading.report
    entry = ReportEntry(
        r.id, r.file, r.title, r.publisher, r.published, r.url, r.language,
        datetime.now(UTC), reading.version,
    )  # fmt: skip
    return tuple(LedgerEvent(event, entry) for event in reading.events)


def surer(reading: Reading, least: float) -> Reading:
    """The reading without events less sure than `least`, and without their links."""
    events = tuple(e for e in reading.events if e.confidence >= least)
    ids = {e.id for e in events}
    links = tuple(k for k in reading.links if k.give in ids and k.take in ids)
    return replace(reading, events=events, links=links)


@contextmanager
def watched(
    outcomes: Iterable[Done | ChanceryError], *, bar: bool
) -> Iterator[Iterator[Done | ChanceryError]]:
    """The same outcomes; errors are told on standard error, and a bar moves on a terminal."""
    if not (bar and sys.stderr.isatty()):
        yield _told(outcomes)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    # standard output stays as it is: Rich would send it to standard error
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("reading the model")

        def moving() -> Iterator[Done | ChanceryError]:
            count = 0
            for outcome in _told(outcomes):
                if isinstance(outcome, Done):
                    count += 1
                    file = escaped(outcome.report.file)
                    progress.update(task, description=f"{count} read, last {file}")
                yield outcome

        yield moving()


def _told(outcomes: Iterable[Done | ChanceryError]) -> Iterator[Done | ChanceryError]:
    for outcome in outcomes:
        if isinstance(outcome, ChanceryError):
            complain(str(outcome))
        yield outcome
