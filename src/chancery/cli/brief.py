"""`chancery brief`: a ledger at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from chancery.cli import values
from chancery.cli.accounts import about_rows, account_rows
from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.screen import Column, Screen, safe, screen, status_text, table
from chancery.wording.deal_rows import total_words
from chancery.wording.lines import (
    NOBODY,
    Names,
    act_words,
    day_words,
    deed,
    named,
    on_whose_word,
    period,
)

if TYPE_CHECKING:
    from chancery.analysis import Brief, Counts, Pair, Period, Promise
    from chancery.deals import Told

ACCOUNT = (
    Column("", width=13), Column("", ratio=4), Column("", ratio=3), Column("", width=11, keep=True),
)  # fmt: skip
Rows = Sequence[Sequence[str | Text]]


def show_brief(
    rows: Annotated[str, typer.Option(metavar="N", help="Rows of each list; 0 is all.")] = "10",
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Shows a ledger at a glance.

    Recognitions and what came of them, promises, money, dealings of pairs, instruments. Lines that
    rest on one event end with its id, for `chancery show`.
    """
    most = values.count("--rows", rows, least=0)
    from chancery.analysis import brief

    with opened(ledger, as_of) as book:
        print_brief(brief(book), screen(), most)


def print_brief(brief: Brief, out: Screen, most: int | None) -> None:
    """The brief as text; lists stop after `most` rows (0 or `None`: never) and say so."""
    _print_totals(brief, out)
    _print_recognitions(brief, out)
    _print_promises(brief, out, most)
    _print_money(brief, out, most)
    _print_pairs(brief, out, most)
    _print_instruments(brief, out, most)


def _heading(out: Screen, words: str) -> None:
    out.show("", safe(words, "bold"))


def _list(out: Screen, columns: Sequence[Column], rows: Rows, most: int | None) -> None:
    shown = rows[:most] if most else rows
    out.show(table(columns, shown))
    if len(shown) < len(rows):
        out.show(safe(f"and {len(rows) - len(shown)} more (--rows 0 shows all)", "dim"))


def _print_totals(brief: Brief, out: Screen) -> None:
    totals = brief.totals
    out.show(
        safe(
            f"{_many(totals.reports, 'report')}{_over(totals.published, ', published')}; "
            f"{_many(totals.events, 'event')}{_over(totals.told, ', telling of')}; "
            f"{_many(totals.findings, 'doubt')}",
            "bold",
        )
    )
    out.show(safe(f"Counted are {brief.counted}.", "dim"))
    if totals.retold:
        acts = f"{_many(totals.retold, 'act')} told by several reports"
        out.show(safe(f"{acts}, {totals.borne_out} of them by several independent origins.", "dim"))


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _over(period: Period | None, words: str) -> str:
    if period is None:
        return ""
    if period.first == period.last:
        return f"{words} {day_words(period.first)}"
    return f"{words} {day_words(period.first)} to {day_words(period.last)}"


def _print_recognitions(brief: Brief, out: Screen) -> None:
    if not brief.recognitions and not brief.about_recognition:
        return
    _heading(out, "RECOGNITIONS: who, whom, when; what it got, what is only promised; on whose word")
    for state, of in groupby(brief.recognitions, key=lambda e: e.favour.state):
        out.show(safe(brief.names.get(state, state), "bold"))
        out.show(table(ACCOUNT, account_rows(list(of), brief.names)))
    if brief.about_recognition:
        rows = about_rows(brief.about_recognition, brief.names)
        out.show(safe("Also about recognition", "bold"), table(ACCOUNT, rows))


def _print_promises(brief: Brief, out: Screen, most: int | None) -> None:
    if not brief.promises:
        return
    _heading(out, "NOT YET DONE, as told: promised, offered, planned, expected, conditional, possible")
    rows = [_promise_row(p, brief.names) for p in brief.promises]
    columns = (
        Column("held by"), Column("how"), Column("what"), Column("on whose word"),
        Column("event", keep=True),
    )  # fmt: skip
    _list(out, columns, rows, most)


def _promise_row(promise: Promise, names: Names) -> tuple[str | Text, ...]:
    event = promise.line.event
    when = f", {period(event.time)}" if event.time else ""
    return (
        named(promise.held_by, names),
        status_text(promise.status),
        deed(event, names) + when,
        on_whose_word(promise.line, names),
        event.id,
    )


def _print_money(brief: Brief, out: Screen, most: int | None) -> None:
    if not brief.money:
        return
    _heading(out, "MONEY: each sum of an act once, however often it is told")
    rows = [_money_row(m, brief.names) for m in sorted(brief.money, key=lambda m: -m.amount.value)]
    columns = (
        Column("amount"), Column("from, to"), Column("what"), Column("counted as"),
        Column("when"), Column("told", right=True), Column("event", keep=True),
    )  # fmt: skip
    _list(out, columns, rows, most)
    sums = [total_words(s, brief.names) for s in brief.sums if len(s.sums) > 1]
    if sums:
        out.show(safe("added up where parties, what and stage are the same:", "dim"))
        _list(out, tuple(Column("") for _ in sums[0]), sums, most)


def _money_row(told: Told, names: Names) -> tuple[str | Text, ...]:
    from chancery.deals import is_same_sum, sides

    act, amount = told.deed, told.amount
    lines = [n for n in act.lines if any(is_same_sum(a, amount) for a in n.event.amounts)]
    time = next((n.event.time for n in lines if n.event.time), None)
    return (
        f"{amount.text} ({told.umbrella})" if told.umbrella else amount.text,
        _from_to(*sides(act), names),
        act_words(act.act, act.instrument),
        told.counted,
        period(time) if time else "",
        f"{len(lines)}x",
        lines[0].event.id,
    )


def _from_to(givers: Iterable[str], takers: Iterable[str], names: Names) -> str:
    to = named(takers, names)
    return f"{named(givers, names) or NOBODY}{f' to {to}' if to else ''}"


_STAGES = tuple(Column(s, right=True) for s in ("done", "ahead", "sought", "refused"))


def _stages(counts: Iterable[Counts]) -> tuple[str, ...]:
    told = list(counts)
    sums = (
        sum(c.done for c in told),
        sum(c.ahead for c in told),
        sum(c.sought for c in told),
        sum(c.refused for c in told),
    )
    return tuple(str(s) if s else "" for s in sums)


def _print_pairs(brief: Brief, out: Screen, most: int | None) -> None:
    if not brief.pairs:
        return
    _heading(out, "DEALINGS between two actors: events done, ahead, sought, refused")
    rows = list(_pair_rows(brief.pairs, brief.names))
    columns = (
        Column("between"), Column("all", right=True), *_STAGES,
        Column("there", right=True), Column("back", right=True), Column("joint", right=True),
        Column("latest", keep=True),
    )  # fmt: skip
    _list(out, columns, rows, most)


def _pair_rows(pairs: Iterable[Pair], names: Names) -> Iterator[tuple[str, ...]]:
    for pair in pairs:
        ways = (pair.forth, pair.back, pair.together)
        yield (
            named((pair.one, pair.other), names),
            str(pair.total),
            *_stages(ways),
            *(str(way.total) if way.total else "" for way in ways),
            _iso(pair.last),
        )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _print_instruments(brief: Brief, out: Screen, most: int | None) -> None:
    if not brief.instruments:
        return
    _heading(out, "INSTRUMENTS: what the events give, ask or withhold")
    rows = [
        (
            (line.instrument or "none named").replace("_", " "),
            str(line.counts.total),
            *_stages([line.counts]),
        )
        for line in brief.instruments
    ]
    _list(out, (Column("instrument"), Column("all", right=True), *_STAGES), rows, most)
