"""`chancery log`: what came into the ledger and what was corrected, the latest first."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli import values
from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.rows import write_jsonl
from chancery.cli.screen import Column, note, screen, table
from chancery.wording.facts import judged_words

if TYPE_CHECKING:
    from chancery.ledger import LogEntry

SHAPES = ("table", "jsonl")


def show_log(
    limit: Annotated[str, typer.Option(metavar="N", help="The N latest entries; 0 is all.")] = "50",
    format: Annotated[
        str, typer.Option("--format", metavar="table|jsonl", help="How to print them.")
    ] = "table",
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Lists what happened to the ledger, the latest first.

    Reports that came in; reports that another version of the reader read anew, with how many lines
    are new, gone or read otherwise; judgements, and when they ceased to hold. Times are UTC.
    """
    from chancery.wording.objects import log_object

    shape = values.one_of("--format", format, SHAPES)
    most = values.count("--limit", limit, least=0) or None
    with opened(ledger, as_of) as book:
        entries = list(islice(book.log(), most))
    if not entries:
        note("nothing has happened to this ledger yet")
    elif shape == "jsonl":
        write_jsonl(log_object(entry) for entry in entries)
    else:
        columns = (Column("when (UTC)", keep=True), Column("what"), Column("report"), Column("more"))
        rows = [(f"{e.at:%Y-%m-%d %H:%M:%S}", e.kind, _report(e), _more(e)) for e in entries]
        screen().show(table(columns, rows))


def _report(entry: LogEntry) -> str:
    if entry.report is not None:
        return entry.report.title or entry.report.file
    return ", ".join(entry.judgement.events) if entry.judgement else ""


def _more(entry: LogEntry) -> str:
    if entry.judgement is not None:
        on = f"{entry.judgement.events[0]}: " if entry.judgement.report else ""
        return f"judgement {entry.judgement.id} on {on}{judged_words(entry.judgement)}"
    if entry.kind == "added":
        return f"{entry.lines} lines, by {entry.version}"
    return f"{entry.lines} lines, {entry.gone} gone, {entry.changed} read otherwise, by {entry.version}"
