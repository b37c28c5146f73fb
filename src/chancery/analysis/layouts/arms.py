"""Arms deals as SIPRI's trade register counts them: what was ordered, what was delivered, and when.

A count or year stands in brackets where it is not certain: only agreed, of the report's day, told otherwise
elsewhere, or of several suppliers or recipients together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from chancery.analysis.layouts.cells import SEPARATOR
from chancery.analysis.layouts.chosen import Chosen, day_of
from chancery.analysis.layouts.dealt import Dealt, remarks, two_sided
from chancery.analysis.layouts.files import Listed
from chancery.deals import is_same_ware, stage_of
from chancery.ledger import LedgerEvent
from chancery.records import DealStage, Event, Goods

_Part = Literal["agreed", "ordered", "delivered"]
_Bracketed = tuple[str | int | None, str | None]  # a cell and the nameless one after it

_ORDERED: frozenset[DealStage] = frozenset(("initialled", "signed", "ratified", "funded"))
_CALLED_OFF: frozenset[DealStage] = frozenset(("refused", "withdrawn", "cancelled", "lapsed"))


def no_arms_deal(dealt: Dealt) -> str | None:
    """Why a deal has no place in `sipri`, if it has none."""
    if dealt.gift.instrument != "arms":
        return "not about arms"
    parts = {part_of(line.event) for line in dealt.lines}
    if parts == {None}:
        return "neither ordered nor delivered"
    if dealt.deal.stage in _CALLED_OFF and "delivered" not in parts:
        return "called off before anything was delivered"
    return two_sided(dealt)


def part_of(event: Event) -> _Part | None:
    """What a telling counts to: sold or signed is ordered, given is delivered, promised only agreed."""
    stage = stage_of(event)
    if stage == "delivering" or (stage == "complete" and event.act == "AID"):
        return "delivered"
    if stage in _ORDERED or stage == "complete":
        return "ordered"
    return "agreed" if stage == "agreed_in_principle" else None


def sipri_rows(chosen: Chosen, deals: Iterable[Dealt]) -> Iterator[Listed]:
    """Rows of `sipri` in the order of its columns, three of which have no name."""
    for dealt in deals:
        for giver, taker in dealt.pairs:
            yield _row(dealt, chosen.name(giver), chosen.name(taker))


def _row(dealt: Dealt, giver: str, taker: str) -> Listed:
    ordered = _lines(dealt, "ordered") or _lines(dealt, "agreed")
    delivered = _lines(dealt, "delivered")
    goods = next(iter(dealt.gift.goods), None)
    shared = len(dealt.pairs) > 1
    return (
        taker, giver, *_year_of_order(ordered),
        *_count(dealt, ordered, _is_only_agreed, shared=shared),
        goods.item if goods else None, goods.category if goods else None,
        *_count(dealt, delivered, _goes_on, shared=shared),
        _years(delivered), None, remarks(dealt), None, None, None,
    )  # fmt: skip


def _lines(dealt: Dealt, part: _Part) -> list[LedgerEvent]:
    return [line for line in dealt.lines if part_of(line.event) == part]


def _is_only_agreed(line: LedgerEvent) -> bool:
    return part_of(line.event) == "agreed"


def _goes_on(line: LedgerEvent) -> bool:
    return line.event.status == "ongoing"


def _year_of_order(ordered: Sequence[LedgerEvent]) -> _Bracketed:
    """The year of the first telling that the act itself is dated in, else of the first report."""
    dated = [line for line in ordered if _is_dated(line)]
    first = next(iter(dated or ordered), None)
    day = day_of(first) if first else None
    if first is None or day is None:
        return None, None
    return _bracketed(day.year, unsure=not dated or _is_only_agreed(first))


def _count(
    dealt: Dealt, lines: Sequence[LedgerEvent], is_unsure: Callable[[LedgerEvent], bool], *, shared: bool
) -> _Bracketed:
    """The largest number that is told; nothing is added up, as two tellings may be of the same things."""
    told = [(g.count, line) for line in lines for g in _own(dealt, line.event) if g.count is not None]
    if not told:
        return None, None
    most, line = max(told, key=lambda each: each[0])
    several = len({count for count, _ in told}) > 1
    return _bracketed(most, unsure=shared or several or is_unsure(line))


def _own(dealt: Dealt, event: Event) -> Iterator[Goods]:
    """The goods of a telling that are this deal's."""
    yield from (g for g in event.goods if any(is_same_ware(g, h) for h in dealt.gift.goods))


def _years(delivered: Iterable[LedgerEvent]) -> str | int | None:
    """The years of delivery, those in brackets that only a report's day gives."""
    years: dict[int, bool] = {}
    for line in delivered:
        day = day_of(line)
        if day is not None:
            years[day.year] = years.get(day.year, False) or _is_dated(line)
    cells = [str(_bracketed(year, unsure=not dated)[0]) for year, dated in sorted(years.items())]
    return SEPARATOR.join(cells) or None


def _is_dated(line: LedgerEvent) -> bool:
    """Whether the act is dated, to the year at least."""
    time = line.event.time
    return time is not None and time.start.year == time.end.year


def _bracketed(value: int, *, unsure: bool) -> _Bracketed:
    return (f"({value})", "?") if unsure else (value, None)
