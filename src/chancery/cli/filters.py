"""The options that choose events, for every command that lists or writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli import values
from chancery.errors import UsageError
from chancery.records import ACTS, INSTRUMENTS, STATUSES
from chancery.wording.lines import Names

if TYPE_CHECKING:
    from chancery.ledger import EventQuery, Ledger, ReportEntry

Several = list[str] | None

ActorOption = Annotated[
    Several,
    typer.Option("--actor", metavar="ID", help="Done by: an id or name. May be repeated."),
]
RecipientOption = Annotated[
    Several, typer.Option("--recipient", metavar="ID", help="Done to or for. May be repeated.")
]
BetweenOption = Annotated[
    tuple[str, str] | None,
    typer.Option("--between", metavar="A B", help="Between two actors, either way or jointly."),
]
ActOption = Annotated[
    Several, typer.Option("--act", metavar="ACT", help="AID, SANCTION ... May be repeated.")
]
InstrumentOption = Annotated[
    Several,
    typer.Option("--instrument", metavar="WORD", help="loan, arms ... May be repeated."),
]
StatusOption = Annotated[
    Several,
    typer.Option("--status", metavar="WORD", help="occurred, promised ... May be repeated."),
]
SinceOption = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="On or after YYYY-MM-DD; undated acts by report's day."),
]
UntilOption = Annotated[str | None, typer.Option(metavar="DAY", help="On or before YYYY-MM-DD, likewise.")]
ReportOption = Annotated[
    str | None, typer.Option(metavar="ID", help="Told by this report: id, its start, or file.")
]
ConfidenceOption = Annotated[str, typer.Option(metavar="X", help="At least this sure, from 0 to 1.")]
LimitOption = Annotated[str | None, typer.Option(metavar="N", help="At most N events.")]


def query_of(
    *,
    act: Several,
    instrument: Several,
    status: Several,
    since: str | None,
    until: str | None,
    min_confidence: str,
    limit: str | None,
) -> EventQuery:
    """What the options that need no ledger ask. Raises `UsageError`."""
    from chancery.ledger import EventQuery

    first, last = values.days(since, until)
    return EventQuery(
        act=values.each_of("--act", act, ACTS),
        instrument=values.each_of("--instrument", instrument, INSTRUMENTS),
        status=values.each_of("--status", status, STATUSES),
        since=first,
        until=last,
        min_confidence=values.share("--min-confidence", min_confidence),
        limit=values.count("--limit", limit),
    )


def in_ledger(
    query: EventQuery,
    book: Ledger,
    names: Names,
    *,
    actor: Several,
    recipient: Several,
    report: str | None,
    between: tuple[str, str] | None,
) -> EventQuery:
    """The query with what the options name in this ledger. Raises `UsageError`."""
    return replace(
        query,
        actor=tuple(values.actor_id("--actor", a, names) for a in actor or ()),
        recipient=tuple(values.actor_id("--recipient", r, names) for r in recipient or ()),
        report=None if report is None else _report(report, book.reports()),
        between=_pair(between, names),
    )


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
