"""`chancery export`: events in the layouts that others load."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
from chancery.cli.screen import note
from chancery.errors import UsageError

if TYPE_CHECKING:
    from chancery.analysis.layouts import Exported


def export_events(
    target: Annotated[str, typer.Argument(metavar="OUT", help="The file or folder to make.")],
    layout: Annotated[
        str, typer.Option("--layout", metavar="NAME", help="csv, polecat ...; docs/exports.md has all.")
    ],
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
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
    mark: Annotated[
        bool, typer.Option("--mark", help="Begin text files with a byte order mark, as Excel wants.")
    ] = False,
    raw_cells: Annotated[
        bool,
        typer.Option("--raw-cells", help="Do not put an apostrophe before cells that begin like formulas."),
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over what is there.")] = False,
) -> None:
    """Writes events in a layout that other programs load.

    The filters are those of `chancery events`. What a layout cannot hold is stated in
    docs/exports.md; events that have no place in it are left out and counted on standard error. The
    rows of sipri and aidata are deals: every deal that a chosen event tells of. A file is whole or
    not there.
    """
    from chancery.analysis.layouts import Style, export
    from chancery.knowledge.layout_data import LAYOUT_NAMES

    name = values.one_of("--layout", layout, LAYOUT_NAMES)
    query = query_of(
        act=act, instrument=instrument, status=status, since=since, until=until,
        min_confidence=min_confidence, limit=limit,
    )  # fmt: skip
    if not Path(target).name:
        raise UsageError(f"OUT {target!r} names no file; give a path such as {name}.out")
    with opened(ledger, as_of) as book:
        names = book.actor_names()
        asked = in_ledger(
            query, book, names, actor=actor, recipient=recipient, report=report, between=between
        )
        style = Style(mark=mark, guard=not raw_cells)
        _tell(export(book, name, Path(target), asked, style=style, replacing=replace))


def _tell(done: Exported) -> None:
    for file, records in done.files.items():
        note(f"{file}: {records:,} {'record' if records == 1 else 'records'}")
    for reason, number in done.left_out.items():
        note(f"left out: {number:,} {done.counted if number == 1 else f'{done.counted}s'}: {reason}")
