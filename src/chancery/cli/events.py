"""`chancery events`: the lines of the ledger, filtered; as table, CSV or JSON lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from chancery.cli import values
from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.rows import FORMATS, write_csv, write_jsonl
from chancery.cli.screen import Column, note, safe, screen, status_text, table
from chancery.errors import UsageError
from chancery.records import ACTS, INSTRUMENTS, STATUSES
from chancery.wording.lines import NOBODY, Names, act_words, on_whose_word, period, side
from chancery.wording.rows import EVENT_COLUMNS, Cell, event_row

if TYPE_CHECKING:
    from chancery.ledger import Ledger, LedgerEvent, ReportEntry

Several = list[str] | None


def list_events(
    actor: Annotated[
        Several,
        typer.Option("--actor", metavar="ID", help="Done by: an id or name. May be repeated."),
    ] = None,
    recipient: Annotated[
        Several, typer.Option("--recipient", metavar="ID", help="Done to or for. May be repeated.")
    ] = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="A B", help="Between two actors, either way or jointly."),
    ] = None,
    act: Annotated[
        Several,
        typer.Option("--act", metavar="ACT", help="AID, SANCTION ... May be repeated."),
    ] = None,
    instrument: Annotated[
        Several,
        typer.Option("--instrument", metavar="WORD", help="loan, arms ... May be repeated."),
    ] = None,
    status: Annotated[
        Several,
        typer.Option("--status", metavar="WORD", help="occurred, promised ... May be repeated."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="On or after YYYY-MM-DD; undated acts by report's day."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="On or before YYYY-MM-DD, likewise.")
    ] = None,
    report: Annotated[
        str | None, typer.Option(metavar="ID", help="Told by this report: id, its start, or file.")
    ] = None,
    min_confidence: Annotated[str, typer.Option(metavar="X", help="At least this sure, from 0 to 1.")] = "0",
    limit: Annotated[str | None, typer.Option(metavar="N", help="At most N events.")] = None,
    format: Annotated[
        str, typer.Option("--format", metavar="table|csv|jsonl", help="How to print them.")
    ] = "table",
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Lists events of the ledger, filtered.

    They come by day of publication, then file, then place in the text. Each filter narrows the
    list; repeating one widens it ("--act AID --act SANCTION" is either). CSV has one row an event,
    its columns are in docs/cli.md, and it is safe to open in a spreadsheet.
    """
    from chancery.ledger import EventQuery

    shape = values.one_of("--format", format, FORMATS)
    query = EventQuery(
        act=values.each_of("--act", act, ACTS),
        instrument=values.each_of("--instrument", instrument, INSTRUMENTS),
        status=values.each_of("--status", status, STATUSES),
        since=values.day("--since", since),
        until=values.day("--until", until),
        min_confidence=values.share("--min-confidence", min_confidence),
        limit=values.count("--limit", limit),
    )
    if query.since and query.until and query.since > query.until:
        raise UsageError(f"--since {since} is later than --until {until}; nothing lies between")
    with opened(ledger, as_of) as book:
        names = book.actor_names()
        asked = replace(
            query,
            actor=tuple(values.actor_id("--actor", a, names) for a in actor or ()),
            recipient=tuple(values.actor_id("--recipient", r, names) for r in recipient or ()),
            report=None if report is None else _report(report, book.reports()),
            between=_pair(between, names),
        )
        _print(book, book.events(asked), names, shape)


def _report(given: str, reports: tuple[ReportEntry, ...]) -> str:
    """The one report meant by an id, its beginning, or a file's name."""
    found = {r.id for r in reports if r.id.startswith(given) or r.file == given} if given else set()
    if len(found) > 1:
        raise UsageError(f"--report {given!r} fits several reports: {', '.join(sorted(found))}")
    if not found:
        files = [r.file for r in reports]
        hint = values.meant(given, files)
        raise UsageError(
            f"--report {given!r} is no report of this ledger{hint}; `chancery reports` lists all"
        )
    return found.pop()


def _pair(between: tuple[str, str] | None, names: Names) -> tuple[str, str] | None:
    if between is None:
        return None
    one, other = (values.actor_id("--between", given, names) for given in between)
    if one == other:
        raise UsageError(f"--between {one} {other} names one actor twice; name two")
    return one, other


def _print(ledger: Ledger, lines: tuple[LedgerEvent, ...], names: Names, shape: str) -> None:
    if not lines:
        note("no event of this ledger fits")
    if shape == "csv":
        write_csv(EVENT_COLUMNS, _rows(ledger, lines))
    elif shape == "jsonl":
        write_jsonl(_objects(ledger, lines))
    elif lines:
        print_events(lines, names)


def _rows(ledger: Ledger, lines: tuple[LedgerEvent, ...]) -> Iterator[dict[str, Cell]]:
    text = cache(ledger.text)
    for line in lines:
        yield event_row(line, line.event.sentence.of(text(line.report.id)))


def _objects(ledger: Ledger, lines: tuple[LedgerEvent, ...]) -> Iterator[dict[str, object]]:
    """The contract's event, with its report and the sentence's words."""
    from chancery.contract import event_to_json

    text = cache(ledger.text)
    for line in lines:
        r = line.report
        report = {
            "id": r.id,
            "file": r.file,
            "title": r.title,
            "publisher": r.publisher,
            "published": r.published,
            "language": r.language,
        }
        words = line.event.sentence.of(text(r.id))
        yield {"report": report, **event_to_json(line.event), "sentence_text": words}


def print_events(lines: Sequence[LedgerEvent], names: Names) -> None:
    """The events as a table of a glance each."""
    columns = (
        Column("event", keep=True), Column("when"), Column("who"), Column("what"),
        Column("to whom"), Column("status"), Column("on whose word"),
    )  # fmt: skip
    rows = [
        (
            line.event.id,
            _when(line),
            side(line.event.actors, names) or NOBODY,
            _what(line),
            side(line.event.recipients, names),
            status_text(line.event.status),
            safe(on_whose_word(line, names), "dim"),
        )
        for line in lines
    ]
    screen().show(table(columns, rows))


def _when(line: LedgerEvent) -> Text:
    """The act's time, else the report's day, marked as such."""
    if line.event.time:
        return safe(period(line.event.time))
    published = line.report.published
    return safe(f"told {published}", "dim") if published else safe("")


def _what(line: LedgerEvent) -> str:
    things = (*(a.text for a in line.event.amounts), *(g.text for g in line.event.goods))
    return ", ".join((act_words(line.event.act, line.event.instrument), *dict.fromkeys(things)))
