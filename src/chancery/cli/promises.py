"""`chancery promises`: what was promised, planned or offered, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

import typer

from chancery.cli import values
from chancery.cli.filters import InstrumentOption
from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.rows import FORMATS, FormatOption, write_csv, write_jsonl
from chancery.cli.screen import Column, note, safe, screen, table
from chancery.errors import UsageError
from chancery.records import FULFILMENTS, INSTRUMENTS, PROMISE_KINDS, Promise
from chancery.wording.deal_rows import PROMISE_COLUMNS, promise_row, schedule_words, step_words
from chancery.wording.lines import NOBODY, Names, named

Several = list[str] | None
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_LENGTH = re.compile(r"(\d{1,5})([dwmy]?)")


ActorOption = Annotated[
    Several, typer.Option("--actor", metavar="ID", help="Promised by or to: an id or name. May be repeated.")
]
OverdueOption = Annotated[
    bool, typer.Option("--overdue", help="Only what is past its day and neither kept nor broken.")
]
SilentOption = Annotated[
    str | None,
    typer.Option("--silent-for", metavar="180d", help="Only open ones that no report told of for so long."),
]
KindOption = Annotated[
    Several, typer.Option("--kind", metavar="WORD", help="promise, plan or offer. May be repeated.")
]
FulfilmentOption = Annotated[
    Several,
    typer.Option("--fulfilment", metavar="WORD", help="kept, broken, not_yet_rated ... May be repeated."),
]


def list_promises(
    actor: ActorOption = None,
    overdue: OverdueOption = False,
    silent_for: SilentOption = None,
    kind: KindOption = None,
    fulfilment: FulfilmentOption = None,
    instrument: InstrumentOption = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Made on or after YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Made on or before YYYY-MM-DD.")] = None,
    limit: Annotated[str | None, typer.Option(metavar="N", help="At most N promises.")] = None,
    format: FormatOption = "table",
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Lists promises, plans and offers, and what became of them.

    Each is rated by the later lines that tell of the same deed, up to the day of the ledger's latest
    report. Silence is not breach: what no report tells of stays "not yet rated".
    """
    from chancery.deals import Dealings

    shape = values.one_of("--format", format, FORMATS)
    kinds = values.each_of("--kind", kind, PROMISE_KINDS)
    ratings = values.each_of("--fulfilment", fulfilment, FULFILMENTS)
    about = values.each_of("--instrument", instrument, INSTRUMENTS)
    first, last = values.days(since, until)
    silence = None if silent_for is None else _length("--silent-for", silent_for)
    most = values.count("--limit", limit)
    with opened(ledger, as_of) as book:
        names = book.actor_names()
        who = {values.actor_id("--actor", a, names) for a in actor or ()}
        dealings = Dealings(book)
        found = [
            p
            for p in dealings.promises
            if (not kinds or p.kind in kinds)
            and (not ratings or p.fulfilment in ratings)
            and (not about or p.instrument in about)
            and (not who or who & {*p.promisors, *p.promisees})
            and _made_within(p, first, last)
            and _is_wanted(p, silence, overdue=overdue)
        ][:most]
        _print(found, names, shape, dealings.read_to)


def _length(option: str, given: str) -> timedelta:
    found = _LENGTH.fullmatch(given.strip().casefold())
    if found is None:
        raise UsageError(f"{option} {given!r} is no length of time; write days, or 26w, 6m, 2y; e.g. 180d")
    return timedelta(days=int(found[1]) * _DAYS[found[2] or "d"])


def _made_within(promise: Promise, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    made = promise.made
    return made is not None and (first is None or made >= first) and (last is None or made <= last)


def _is_wanted(promise: Promise, silence: timedelta | None, *, overdue: bool) -> bool:
    from chancery.deals import is_overdue, silent_for
    from chancery.deals.promises import OPEN

    if overdue and not is_overdue(promise):
        return False
    if silence is None:
        return True
    quiet = silent_for(promise)
    return quiet is not None and quiet >= silence and promise.fulfilment in OPEN


def _print(found: Sequence[Promise], names: Names, shape: str, read_to: date | None) -> None:
    if not found:
        note("no promise of this ledger fits")
    if shape == "csv":
        write_csv(PROMISE_COLUMNS, (promise_row(p) for p in found))
    elif shape == "jsonl":
        write_jsonl(promise_row(p) for p in found)
    elif found:
        _print_table(found, names)
        screen().show(safe(f"Rated by what was read up to {read_to}; silence is not breach.", "dim"))


def _print_table(found: Sequence[Promise], names: Names) -> None:
    columns = (
        Column("promise", keep=True), Column("made", keep=True), Column("who", ratio=3),
        Column("what", ratio=6), Column("what became of it", ratio=3),
    )  # fmt: skip
    rows = [(p.id, str(p.made or ""), _who(p, names), _what(p), _became(p)) for p in found]
    screen().show(table(columns, rows))


def _who(promise: Promise, names: Names) -> str:
    to = f" to {named(promise.promisees, names)}" if promise.promisees else ""
    return f"{named(promise.promisors, names) or NOBODY}{to} ({promise.kind})"


def _what(promise: Promise) -> str:
    """The content, when it is due, and on whose word it stands."""
    due = f"; due {schedule_words(promise.schedule)}" if promise.schedule else ""
    word = f"; {'officially, ' if promise.official else ''}{' > '.join(promise.word_of)}"
    return f"{promise.content}{due}{word if promise.word_of else ''}"


def _became(promise: Promise) -> str:
    return "; ".join((promise.fulfilment.replace("_", " "), *(step_words(s) for s in promise.steps[-1:])))
