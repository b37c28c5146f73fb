"""`chancery exchange`: the price list, what was given to states and what they gave for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from chancery.cli import values
from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.rows import FORMATS, FormatOption, write_csv, write_jsonl
from chancery.cli.screen import Column, Screen, note, safe, screen, table
from chancery.errors import UsageError
from chancery.records import INSTRUMENTS, Instrument
from chancery.wording.deal_rows import EXCHANGE_COLUMNS, exchange_rows, gift_words
from chancery.wording.lines import Names, named

if TYPE_CHECKING:
    from chancery.deals import Closeness, Exchange, Gift, Market

Several = list[str] | None
_GIVE = "loan,grant,arms,energy,payment,debt_relief,investment,humanitarian,technology"
_WIDTHS = (
    Column("", width=12), Column("", ratio=5), Column("", ratio=2), Column("", width=11, keep=True),
)  # fmt: skip


GiveOption = Annotated[
    str, typer.Option("--give", metavar="WORD,WORD", help="Instruments given, with commas between.")
]
TakeOption = Annotated[str, typer.Option("--take", metavar="WORD,WORD", help="Instruments had for them.")]
GiverOption = Annotated[
    Several,
    typer.Option("--giver", metavar="ID", help="Who gives (default: who is told to). May be repeated."),
]
StateOption = Annotated[
    Several, typer.Option("--state", metavar="ID", help="Who does the favour. May be repeated.")
]
WhomOption = Annotated[
    Several, typer.Option("--whom", metavar="ID", help="For whom, e.g. whom recognized. May be repeated.")
]
NearOption = Annotated[
    str, typer.Option("--near", metavar="DAYS", help="How near untied gifts must lie in time.")
]
PlotOption = Annotated[
    str | None, typer.Option("--plot", metavar="FILE", help="Draw it into a .png, .svg or .html file.")
]


def show_exchange(
    give: GiveOption = _GIVE,
    take: TakeOption = "recognition",
    giver: GiverOption = None,
    state: StateOption = None,
    whom: WhomOption = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Favours from YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Favours until YYYY-MM-DD.")] = None,
    near: NearOption = "730",
    plot: PlotOption = None,
    format: FormatOption = "table",
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Lists what states did, such as recognize, when, whether withdrawn, and what stands beside it.

    A gift is tied by words of a report ("stated"), told in one sentence with the favour ("together"), or only
    near in time and from a giver known from the former ("near"). Whether gifts lie nearer than chance
    would have them is tested by permutation where enough states allow it.
    """
    from chancery.deals import Dealings, MarketQuery, closeness

    shape = values.one_of("--format", format, FORMATS)
    drawn = None if plot is None else _place(plot)
    days = values.count("--near", near, least=0) or 0
    first, last = values.days(since, until)
    with opened(ledger, as_of) as book:
        names = book.actor_names()
        query = MarketQuery(
            give=_words("--give", give),
            take=_words("--take", take),
            givers=_ids("--giver", giver, names),
            states=_ids("--state", state, names),
            whom=_ids("--whom", whom, names),
            since=first,
            until=last,
            near=timedelta(days=days),
        )
        dealings = Dealings(book)
        found = dealings.market(query)
        read_to = dealings.read_to
    if not found.exchanges:
        note("no favour of this kind in this ledger")
    _print(found, names, shape)
    if shape == "table" and found.exchanges:
        _print_test(closeness(found), screen())
        screen().show(
            safe(f"Read up to {read_to}. `near` is no tie: order in time alone is no exchange.", "dim")
        )
    if drawn is not None and found.exchanges:
        from chancery.deals.plotting import draw

        draw(found, names, drawn)
        note(f"drawn into {drawn}")


def _words(option: str, given: str) -> tuple[Instrument, ...]:
    words = [w for w in given.split(",") if w.strip()]
    if not words:
        raise UsageError(f"{option} names nothing; allowed are {', '.join(get_args(Instrument))}")
    return tuple(dict.fromkeys(values.one_of(option, w, INSTRUMENTS) for w in words))


def _ids(option: str, given: Several, names: Names) -> tuple[str, ...]:
    return tuple(values.actor_id(option, g, names) for g in given or ())


def _place(given: str) -> Path:
    from chancery.deals.plotting import ENDINGS

    place = Path(given)
    if place.suffix.casefold() not in ENDINGS:
        raise UsageError(f"--plot {given!r} does not end in {', '.join(ENDINGS)}")
    if not place.parent.is_dir():
        raise UsageError(f"--plot {given!r}: there is no folder {str(place.parent)!r}")
    return place


def _print(found: Market, names: Names, shape: str) -> None:
    rows = (row for exchange in found.exchanges for row in exchange_rows(exchange, names))
    if shape == "csv":
        write_csv(EXCHANGE_COLUMNS, rows)
    elif shape == "jsonl":
        write_jsonl(rows)
    else:
        _print_states(found, names, screen())


def _print_states(found: Market, names: Names, out: Screen) -> None:
    plain: list[tuple[str, str, str, str]] = []
    for state, of in groupby(found.exchanges, key=lambda e: e.favour.state):
        exchanges = list(of)
        if any(e.gifts for e in exchanges):
            out.show(safe(names.get(state, state), "bold"))
            out.show(table(_WIDTHS, [row for e in exchanges for row in _rows(e, names)]))
        else:
            plain += [_favour_row(e, names, name=names.get(state, state)) for e in exchanges]
    if plain:
        if len(plain) < len(found.exchanges):
            out.show("", safe("Nothing told beside it", "bold"))
        out.show(
            table(
                (Column("when", width=12), Column("who"), Column("what"), Column("event", keep=True)), plain
            )
        )


def _rows(exchange: Exchange, names: Names) -> Iterator[tuple[str, str, str, str]]:
    yield _favour_row(exchange, names)
    for heading, gifts in _headed(exchange.gifts):
        for gift in gifts:
            yield heading, gift_words(gift, names), _how(gift), gift.deed.id
            heading = ""  # noqa: PLW2901 (told once)


def _favour_row(exchange: Exchange, names: Names, name: str | None = None) -> tuple[str, str, str, str]:
    favour = exchange.favour
    day = str(favour.day) if favour.day else "day not told" if favour.stage == "done" else ""
    what = f"{favour.instrument} of {named(favour.whom, names)}" if favour.whom else favour.instrument
    ended = f", withdrawn {favour.withdrawn}" if favour.ended else ""
    stage = "" if favour.stage == "done" else f" ({favour.lead.status.replace('_', ' ')})"
    if name is not None:
        return day, name, f"{what}{stage}{ended}", favour.lead.id
    return day, f"{what}{stage}{ended}", "", favour.lead.id


def _headed(gifts: Sequence[Gift]) -> Iterator[tuple[str, list[Gift]]]:
    """Gifts under what they are to the state: received, promised, sought; and what it gave itself."""
    for heading, stage in (
        ("received", "done"), ("promised", "ahead"), ("sought", "sought"), ("refused", "refused"),
    ):  # fmt: skip
        fitting = [g for g in gifts if not g.by_state and g.stage == stage]
        if fitting:
            yield heading, fitting
    own = [g for g in gifts if g.by_state]
    if own:
        yield "gave", own


def _how(gift: Gift) -> str:
    when = str(gift.deed.day) if gift.deed.day else "undated"
    distance = f", {abs(gift.days)} days {gift.order}" if gift.days else ""
    unmet = ", not requited" if gift.kind == "unrequited" else ""
    return f"{when}{distance}; {gift.how}{unmet}"


def _print_test(found: Closeness, out: Screen) -> None:
    if found.refused is not None:
        words = f"No test of closeness in time: {found.refused}."
    else:
        words = (
            f"Median distance of favour and nearest gift: {found.median:g} days over n = {found.n} states; "
            f"{found.expected:g} where days are exchanged among states; p = {found.p:.4f} "
            f"({found.permutations} permutations, one-sided)."
        )
    out.show("", safe(words, "dim"))
