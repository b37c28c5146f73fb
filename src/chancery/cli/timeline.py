"""`chancery timeline`: what happened between actors, each act once, whoever told it how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from chancery.cli import values
from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.rows import FORMATS, FormatOption, write_csv, write_jsonl
from chancery.cli.screen import Column, note, safe, screen, status_text, table
from chancery.cli.timeline_page import timeline_page
from chancery.errors import UsageError
from chancery.records import ACTS, INSTRUMENTS, Occurrence
from chancery.wording.lines import Names
from chancery.wording.occurrence_rows import OCCURRENCE_COLUMNS, occurrence_row
from chancery.wording.occurrences import occurrence_words, origins_words, sources_words, when

if TYPE_CHECKING:
    from chancery.ledger import LedgerEvent, OccurrenceQuery

Several = list[str] | None


def show_timeline(
    actor: Annotated[
        Several, typer.Option("--actor", metavar="ID", help="Acts with this party. May be repeated.")
    ] = None,
    partner: Annotated[
        Several, typer.Option("--with", metavar="ID", help="And with this other party. May be repeated.")
    ] = None,
    act: Annotated[
        Several, typer.Option("--act", metavar="ACT", help="AID, SANCTION ... May be repeated.")
    ] = None,
    instrument: Annotated[
        Several, typer.Option("--instrument", metavar="WORD", help="loan, arms ... May be repeated.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="On or after YYYY-MM-DD; undated acts by report's day.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="On or before YYYY-MM-DD, likewise.")
    ] = None,
    reports: Annotated[str, typer.Option(metavar="N", help="Told by at least N reports.")] = "1",
    limit: Annotated[str | None, typer.Option(metavar="N", help="At most N acts.")] = None,
    format: FormatOption = "table",
    html: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write it as a page of its own, for a browser.")
    ] = None,
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Tells what happened between actors, in order, each act once.

    Reports that tell the same act are one line, with the number of independent origins: copies of one
    story and reports of one publisher count once. A line ends with the id of the event that tells
    it best, for `chancery show`, which lists the others.
    """
    from chancery.ledger import OccurrenceQuery

    shape = values.one_of("--format", format, FORMATS)
    first, last = values.days(since, until)
    most = values.count("--limit", limit)
    with opened(ledger, as_of) as book:
        names = book.actor_names()
        query = OccurrenceQuery(
            actor=tuple(values.actor_id("--actor", a, names) for a in actor or ()),
            partner=tuple(values.actor_id("--with", p, names) for p in partner or ()),
            act=values.each_of("--act", act, ACTS),
            instrument=values.each_of("--instrument", instrument, INSTRUMENTS),
            since=first,
            until=last,
            reports=values.count("--reports", reports) or 1,
        )
        found = book.occurrences(query)[:most]
        lines = book.lines({m.event for o in found for m in o.members})
        if html is not None:
            texts = {r: book.text(r) for r in {m.report for o in found for m in o.members}}
            _write(html, timeline_page(_title(query, names), found, lines, texts, names))
            return
    _print(found, lines, names, shape)


def _title(query: OccurrenceQuery, names: Names) -> str:
    parts = [", ".join(names.get(id, id) for id in ids) for ids in (query.actor, query.partner) if ids]
    return " and ".join(parts) or "All acts"


def _write(file: str, words: str) -> None:
    try:
        Path(file).write_text(words, encoding="utf8", errors="backslashreplace")
    except (OSError, ValueError) as error:
        raise UsageError(f"--html {file!r} cannot be written ({error})") from error
    note(f"{file}: the timeline, as a page for a browser")


def _print(found: Sequence[Occurrence], lines: Mapping[str, LedgerEvent], names: Names, shape: str) -> None:
    if not found:
        note("no act of this ledger fits")
    if shape == "csv":
        write_csv(OCCURRENCE_COLUMNS, (occurrence_row(o, lines, names) for o in found))
    elif shape == "jsonl":
        write_jsonl(_object(o, lines, names) for o in found)
    elif found:
        screen().show(_table(found, lines, names))


def _table(found: Sequence[Occurrence], lines: Mapping[str, LedgerEvent], names: Names) -> Table:
    columns = (
        Column("when", width=16), Column("what", ratio=4), Column("status", width=11),
        Column("origins", width=12), Column("told by", ratio=2), Column("event", keep=True),
    )  # fmt: skip
    rows = [
        (
            safe(when(o, lines)),
            safe(occurrence_words(o, lines, names)),
            status_text(o.status),
            safe(origins_words(o)),
            safe(sources_words(o, lines), "dim"),
            safe(o.lead),
        )
        for o in found
    ]
    return table(columns, rows)


def _object(occurrence: Occurrence, lines: Mapping[str, LedgerEvent], names: Names) -> dict[str, object]:
    return {
        "occurrence": occurrence.id,
        "lead": occurrence.lead,
        "act": occurrence.act,
        "instrument": occurrence.instrument,
        "status": occurrence.status,
        "actors": list(occurrence.actors),
        "recipients": list(occurrence.recipients),
        "start": occurrence.start,
        "end": occurrence.end,
        "told": occurrence.told,
        "words": occurrence_words(occurrence, lines, names),
        "origins": [{"reports": list(o.reports), "reason": o.reason} for o in occurrence.origins],
        "members": [
            {
                "event": m.event,
                "report": m.report,
                "part": m.part,
                "score": m.score,
                "reasons": [{"source": r.source, "detail": r.detail, "score": r.score} for r in m.reasons],
            }
            for m in occurrence.members
        ],
    }
