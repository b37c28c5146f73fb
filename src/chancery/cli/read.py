"""`chancery read`: reports into the ledger, or just their reading."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from chancery.cli import values
from chancery.cli.beside import set_beside
from chancery.cli.events import print_events
from chancery.cli.opening import NoOriginalsOption, originals_for, tell_upgrade
from chancery.cli.reading import Done, read_all, surer, watched
from chancery.cli.reports import READ_LANGUAGES, language_words
from chancery.cli.rows import write_jsonl
from chancery.cli.screen import Column, note, screen, table
from chancery.errors import ChanceryError, InputError, UsageError
from chancery.records import Report

if TYPE_CHECKING:
    from chancery.ledger import Ledger
    from chancery.settings import Settings

Shape = Literal["table", "jsonl"]
SHAPES: tuple[Shape, ...] = ("table", "jsonl")


def read_files(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="Text, HTML, PDF, mail, feeds, JSON, JSONL, WARC; folders; -."
        ),
    ],
    published: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Day of publication, YYYY-MM-DD, where a file has none."),
    ] = None,
    format: Annotated[
        str,
        typer.Option("--format", metavar="table|jsonl", help="jsonl: one JSON object a report."),
    ] = "table",
    no_ledger: Annotated[
        bool, typer.Option("--no-ledger", help="Only print what was read; keep nothing.")
    ] = False,
    ledger: Annotated[
        str | None, typer.Option(metavar="PLACE", help="The ledger (default chancery.db).")
    ] = None,
    knowledge: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="Read with your own actors, names and people too.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch also from this machine and its own network.")
    ] = False,
    no_originals: NoOriginalsOption = False,
    min_confidence: Annotated[
        str,
        typer.Option(metavar="X", help="Print only events at least this sure, 0 to 1."),
    ] = "0",
) -> None:
    """Reads reports into the ledger and prints what they tell.

    A table shows the events of a single report (or of all, with --no-ledger), and of several
    reports one row each. The ledger keeps every event, however unsure.

    What kind a file is, its first bytes or its ending tell; a folder is read with the folders in it; - is
    standard input. The bytes of pages, papers and mails are kept beside the ledger (docs/ledger.md).

    Notes and errors go to standard error. An input that cannot be read is told there, the others
    are still read, and the program ends with exit code 3. Texts in other languages than English
    are kept and marked, not read.
    """
    if no_ledger and ledger is not None:
        raise UsageError("--no-ledger and --ledger exclude each other; give one of them")
    job = _Job(
        tuple(files),
        values.day("--published", published),
        values.one_of("--format", format, SHAPES),
        values.share("--min-confidence", min_confidence),
        replace(values.settings_with(ledger, knowledge), allow_private=allow_private),
        keep=not no_ledger,
        originals=not (no_ledger or no_originals),
    )
    code = job.run()
    if code:
        raise typer.Exit(code)


@dataclass(frozen=True, slots=True)
class _Job:
    """One call of `chancery read`."""

    files: tuple[str, ...]
    published: date | None
    shape: Shape
    least: float
    settings: Settings
    keep: bool
    originals: bool

    def run(self) -> int:
        """Read all; the exit code is that of the worst error."""
        from chancery.ingest import load

        items = load(self.files, published=self.published, settings=self.settings)
        broken, rest = _until_report(items)
        # an input that cannot be read makes no ledger
        opened = self._open() if rest is not None else nullcontext(None)
        with opened as ledger:
            if ledger is not None:
                tell_upgrade(ledger)
            return self._read(chain(broken, rest or ()), ledger)

    def _open(self) -> Ledger | nullcontext[None]:
        from chancery.ledger import open_ledger

        return open_ledger(self.settings.ledger, create=True) if self.keep else nullcontext(None)

    def _read(self, items: Iterable[Report | InputError], ledger: Ledger | None) -> int:
        from chancery.pipeline import Reader

        as_json = self.shape == "jsonl"
        reader = Reader(self.settings, ledger.learned if ledger else None)
        kept = originals_for(self.settings, unwanted=not self.originals)
        outcomes = read_all(items, reader, ledger, again=as_json, originals=kept)
        done: list[Done] = []
        code = 0
        with watched(outcomes, bar=not (as_json and sys.stdout.isatty())) as moving:
            for outcome in moving:
                if isinstance(outcome, ChanceryError):
                    code = max(code, outcome.exit_code)
                else:
                    self._take(outcome, done)
        if ledger is not None:
            set_beside(ledger)
        self._close(done, ledger)
        return code

    def _take(self, outcome: Done, done: list[Done]) -> None:
        if self.shape == "table":
            done.append(outcome)
        elif outcome.reading is not None:
            from chancery.contract import reading_to_json

            write_jsonl([reading_to_json(surer(outcome.reading, self.least))])

    def _close(self, done: list[Done], ledger: Ledger | None) -> None:
        if not done:
            return
        if ledger is None or len(done) == 1:
            self._print_events(done, dict(ledger.actor_names()) if ledger else {})
        else:
            print_reports(done)
        _tell(done, ledger)

    def _print_events(self, done: list[Done], names: dict[str, str]) -> None:
        names |= {a.id: a.name for d in done if d.reading for a in d.reading.actors}
        lines = [n for d in done for n in d.lines if n.event.confidence >= self.least]
        if lines:
            print_events(lines, names)
        else:
            note("no event was read" if self.least == 0.0 else "no event is that sure")


def _until_report(
    items: Iterator[Report | InputError],
) -> tuple[list[Report | InputError], Iterator[Report | InputError] | None]:
    """The inputs up to and with the first readable one, and the rest; no rest if none is."""
    seen: list[Report | InputError] = []
    for item in items:
        seen.append(item)
        if isinstance(item, Report):
            return seen, items
    return seen, None


def print_reports(done: Iterable[Done]) -> None:
    """One row a report."""
    columns = (
        Column("report", keep=True), Column("published", keep=True), Column("file"),
        Column("language"), Column("events", right=True), Column("ledger"),
    )  # fmt: skip
    rows = [
        (
            d.report.id,
            d.report.published.isoformat() if d.report.published else "",
            d.report.file,
            language_words(d.report.language),
            str(len(d.lines)),
            d.stored.outcome if d.stored else "",
        )
        for d in done
    ]
    screen().show(table(columns, rows))


def _tell(done: list[Done], ledger: Ledger | None) -> None:
    """What a person should know besides, on standard error."""
    for d in done:
        if d.report.language not in READ_LANGUAGES:
            note(f"{d.report.file}: in {d.report.language!r}, kept but not read")
        elif d.report.published is None:
            note(f"{d.report.file}: no day of publication; --published lets 'last week' be dated")
    if ledger is None:
        return
    outcomes = Counter(d.stored.outcome for d in done if d.stored)
    counted = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items())
    note(f"{ledger.place}: {counted}; `chancery brief` gives it at a glance")
