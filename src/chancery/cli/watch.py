"""`chancery watch`: what feeds list goes into the ledger, round after round, or once for cron."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli import values
from chancery.cli.opening import LedgerOption, NoOriginalsOption, originals_for, tell_upgrade
from chancery.cli.reading import Done, ReadsReports, read_all, watched
from chancery.cli.screen import note

if TYPE_CHECKING:
    from chancery.ingest.watching import Watcher
    from chancery.ledger import Ledger, Originals
    from chancery.settings import Settings


def watch_feeds(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file that lists feeds (TOML).")],
    once: Annotated[bool, typer.Option("--once", help="One round and no more, for cron.")] = False,
    memory: Annotated[
        str | None, typer.Option(metavar="FILE", help="What was read already (default FILE.memory.json).")
    ] = None,
    ledger: LedgerOption = None,
    knowledge: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="Read with your own actors, names and people too.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch also from this machine and its own network.")
    ] = False,
    no_originals: NoOriginalsOption = False,
) -> None:
    """Reads what feeds (RSS, Atom) list into the ledger, again and again.

    docs/inputs.md has the file's form. Feeds are asked whether there is anything new, not for all of it;
    robots.txt is kept; a host is asked every five seconds at most. A watch that is stopped goes on where
    it was. Each round ends with a line on standard error. With --once the program ends after one round,
    with exit code 3 if something could not be read.
    """
    from dataclasses import replace

    from chancery.ingest.watching import read_feeds_file

    settings = replace(values.settings_with(ledger, knowledge), allow_private=allow_private)
    if no_originals:
        settings = replace(settings, originals="none")
    feeds = read_feeds_file(file)
    kept = Path(memory) if memory else feeds.path.with_name(f"{feeds.path.name}.memory.json")
    code = _watch(_watcher(feeds, kept, settings), settings, once=once)
    if code:
        raise typer.Exit(code)


def _watcher(feeds: object, kept: Path, settings: Settings) -> Watcher:
    from chancery.ingest.fetching import fetcher_for
    from chancery.ingest.watching import FeedsFile, Manners, Watcher, open_memory

    assert isinstance(feeds, FeedsFile)
    fetcher = fetcher_for(settings)
    return Watcher(feeds, open_memory(kept), fetcher, Manners(fetcher), settings)


def _watch(watcher: Watcher, settings: Settings, *, once: bool) -> int:
    from chancery.ledger import open_ledger
    from chancery.pipeline import Reader

    with open_ledger(settings.ledger, create=True) as book:
        tell_upgrade(book)
        reader, originals = Reader(settings, book.learned), originals_for(settings)
        while True:
            began = time.monotonic()
            code = _round(watcher, reader, book, originals)
            if once:
                return code
            pause = max(watcher.file.every_minutes * 60 - (time.monotonic() - began), 0.0)
            at = datetime.now(UTC) + timedelta(seconds=pause)
            note(f"next round at {at:%H:%M} UTC; Ctrl-C ends the watch")
            time.sleep(pause)


def _round(watcher: Watcher, reader: ReadsReports, book: Ledger, originals: Originals | None) -> int:
    """One round; the exit code is that of its worst error."""
    code, new = 0, 0
    with watched(read_all(watcher.round(), reader, book, originals=originals), bar=True) as moving:
        for outcome in moving:
            if isinstance(outcome, Done):
                new += outcome.stored is not None and outcome.stored.outcome == "new"
            else:
                code = max(code, outcome.exit_code)
    told = watcher.tally
    note(
        f"{told.feeds} feeds ({told.unchanged} unchanged, {told.resting} resting, {told.failed} failed), "
        f"{told.entries} new entries, {told.reports} reports, {new} of them new in {book.place}"
    )
    return code
