"""`chancery events`: the lines of the ledger, filtered; as table, CSV or JSON lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from rich.text import Text

from chancery.cli import values
from chancery.cli.filters import (
    ActOption,
    ActorOption,
    BetweenOption,
    ConfidenceOption,
    InstrumentOption,
    LimitOption,
    RecipientOption,
    ReportOption,
    SinceOption,
    StatusOption,
    UntilOption,
    in_ledger,
    query_of,
)
from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.rows import FORMATS, FormatOption, write_csv, write_jsonl
from chancery.cli.screen import Column, note, safe, screen, status_text, table
from chancery.wording.lines import NOBODY, Names, act_words, on_whose_word, period, side
from chancery.wording.rows import EVENT_COLUMNS, Cell, event_row

if TYPE_CHECKING:
    from chancery.ledger import Ledger, LedgerEvent


def list_events(
    actor: ActorOption = None,
    recipient: RecipientOption = None,
    between: BetweenOption = None,
    act: ActOption = None,
    instrument: InstrumentOption = None,
    status: StatusOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    report: ReportOption = None,
    min_confidence: ConfidenceOption = "0",
    limit: LimitOption = None,
    format: FormatOption = "table",
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Lists events of the ledger, filtered.

    They come by day of publication, then file, then place in the text. Each filter narrows the
    list; repeating one widens it ("--act AID --act SANCTION" is either). CSV has one row an event,
    its columns are in docs/cli.md, and it is safe to open in a spreadsheet.
    """
    shape = values.one_of("--format", format, FORMATS)
    query = query_of(
        act=act, instrument=instrument, status=status, since=since, until=until,
        min_confidence=min_confidence, limit=limit,
    )  # fmt: skip
    with opened(ledger, as_of) as book:
        names = book.actor_names()
        asked = in_ledger(
            query, book, names, actor=actor, recipient=recipient, report=report, between=between
        )
        _print(book, book.events(asked), names, shape)


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
    from chancery.wording.objects import event_object

    text = cache(ledger.text)
    for line in lines:
        yield event_object(line, text(line.report.id))


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
