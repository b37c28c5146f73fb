"""`chancery reconcile` and `chancery differences`: reports beside each other."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.padding import Padding

from chancery.cli import values
from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.rows import FORMATS, FormatOption, write_csv, write_jsonl
from chancery.cli.screen import note, safe, screen
from chancery.records import DIFFERENCE_KINDS, INSTRUMENTS
from chancery.wording.lines import Names
from chancery.wording.occurrence_rows import DIFFERENCE_COLUMNS, difference_rows
from chancery.wording.occurrences import KINDS, subject_words

if TYPE_CHECKING:
    from chancery.ledger import Ledger, LedgerDifference, LedgerEvent

Several = list[str] | None


def set_beside(ledger: Ledger, *, quiet: bool = True) -> None:
    """Reconcile what is new or has changed; nothing is loaded where nothing has."""
    if ledger.reconciled():
        return
    from chancery.reconcile import reconcile

    done = reconcile(ledger)
    if not quiet and done.joined:
        note(f"{done.joined} of {done.placed} tellings are of acts already told")


def reconcile_reports(
    again: Annotated[
        bool, typer.Option("--again", help="Place every line anew, as after a change of the weights.")
    ] = False,
    ledger: LedgerOption = None,
) -> None:
    """Sets the reports of a ledger beside each other.

    Lines that tell the same act become one occurrence; reports that go back to one source become one
    origin; and where accounts part, that is kept with both passages. Reading and judging do this by
    themselves for what is new. Merges and splits by people always win.
    """
    from chancery.reconcile import reconcile

    with opened(ledger) as book:
        bar = sys.stderr.isatty()
        done = reconcile(book, again=again, tell=_progress if bar else None)
        acts = len(book.occurrences())
        note(
            f"{book.place}: {done.reports} reports looked at, {done.placed} tellings placed, "
            f"{done.joined} of them with acts already told; {acts} acts in all"
        )


def _progress(done: int, of: int) -> None:
    print(f"\r{done} of {of} reports", end="" if done < of else "\n", file=sys.stderr, flush=True)


def list_differences(
    actor: Annotated[
        Several, typer.Option("--actor", metavar="ID", help="On acts with this party. May be repeated.")
    ] = None,
    partner: Annotated[
        Several, typer.Option("--with", metavar="ID", help="And with this other party. May be repeated.")
    ] = None,
    kind: Annotated[
        Several,
        typer.Option("--kind", metavar="KIND", help=f"{', '.join(DIFFERENCE_KINDS)}. May be repeated."),
    ] = None,
    instrument: Annotated[
        Several, typer.Option("--instrument", metavar="WORD", help="loan, arms ... May be repeated.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Acts on or after YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Acts on or before YYYY-MM-DD.")] = None,
    limit: Annotated[str | None, typer.Option(metavar="N", help="At most N differences.")] = None,
    format: FormatOption = "table",
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Lists where accounts of one act part, with both passages.

    Each difference names its kind: update over time, different scope, rounding or currency, same origin
    (copies of one story that are not quite alike), dispute between parties, probable misreading (by a
    report, or by us). Both sides stay in the ledger; a kind is a proposal to whoever reads it.
    """
    from chancery.ledger import OccurrenceQuery

    shape = values.one_of("--format", format, FORMATS)
    kinds = values.each_of("--kind", kind, DIFFERENCE_KINDS)
    first, last = values.days(since, until)
    most = values.count("--limit", limit)
    with opened(ledger, as_of) as book:
        names = book.actor_names()
        query = OccurrenceQuery(
            actor=tuple(values.actor_id("--actor", a, names) for a in actor or ()),
            partner=tuple(values.actor_id("--with", p, names) for p in partner or ()),
            instrument=values.each_of("--instrument", instrument, INSTRUMENTS),
            since=first,
            until=last,
        )
        found = [d for d in book.differences(query) if not kinds or d.difference.kind in kinds][:most]
        lines = book.lines({d.occurrence.lead for d in found if d.occurrence})
    _print(found, lines, names, shape)


def _print(
    found: Sequence[LedgerDifference], lines: Mapping[str, LedgerEvent], names: Names, shape: str
) -> None:
    if not found:
        note("the accounts of this ledger part nowhere, as far as that was asked")
    if shape == "csv":
        write_csv(DIFFERENCE_COLUMNS, (row for d in found for row in difference_rows(d, lines, names)))
    elif shape == "jsonl":
        write_jsonl(_objects(found, lines, names))
    else:
        for each in found:
            _show(each, lines, names)


def _objects(
    found: Sequence[LedgerDifference], lines: Mapping[str, LedgerEvent], names: Names
) -> Iterator[dict[str, object]]:
    for each in found:
        d = each.difference
        sides = [
            {
                "report": side.report,
                "publisher": report.publisher,
                "published": report.published,
                "event": side.event,
                "value": side.value,
                "span": [side.span.start, side.span.end],
                "passage": passage,
            }
            for side, report, passage in zip(d.sides, each.reports, each.passages, strict=True)
        ]
        about = subject_words(each, lines, names)
        yield {
            "kind": d.kind,
            "field": d.field,
            "subject": d.subject,
            "about": about,
            "reason": d.reason,
            "sides": sides,
        }


def _show(found: LedgerDifference, lines: Mapping[str, LedgerEvent], names: Names) -> None:
    out, d = screen(), found.difference
    out.show(
        safe(f"{subject_words(found, lines, names)}", "bold"),
        Padding(safe(f"{d.field}: {KINDS[d.kind]}; {d.reason} ({d.subject})", "yellow"), (0, 0, 0, 2)),
    )
    for side, report, passage in zip(d.sides, found.reports, found.passages, strict=True):
        told = f", {report.published}" if report.published else ""
        event = f", {side.event}" if side.event else ""
        out.show(
            Padding(
                safe(f"{report.publisher or report.file}{told}{event}: {side.value}", "cyan"), (0, 0, 0, 2)
            ),
            Padding(safe(passage, "dim"), (0, 0, 0, 4)),
        )
    out.show("")
