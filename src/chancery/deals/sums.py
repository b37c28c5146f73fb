"""Totals that say what they count: by stage, instrument, currency and parties; and what they leave out.

A sum that is the sum of others ("more than $200 million in all") is never added to its parts. Sums of
different stages are never added: what is ordered, licensed, delivered and paid are counted apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from chancery.deals.deeds import HOSTILE, Deed
from chancery.deals.sides import sides
from chancery.deals.stages import reached, steps_of
from chancery.knowledge.deal_data import deal_words
from chancery.records import Amount, Bound, DealStage, Instrument

Counted = Literal["sought", "promised", "ordered", "licensed", "delivered", "paid", "ended"]
_COUNTED: dict[DealStage, Counted] = {
    "considered": "sought",
    "requested": "sought",
    "offered": "promised",
    "agreed_in_principle": "promised",
    "initialled": "ordered",
    "signed": "ordered",
    "ratified": "licensed",
    "delivering": "delivered",
    "complete": "delivered",
    "funded": "paid",
}
_MONEY: frozenset[Instrument] = frozenset(("loan", "grant", "payment", "debt_relief", "investment"))
_BESIDE = 40  # characters before and after a sum in which a word makes it a sum of sums


@dataclass(frozen=True, slots=True)
class Told:
    """One sum of one act. `umbrella` is the word that makes it a sum of sums, if any."""

    deed: Deed
    amount: Amount
    counted: Counted
    umbrella: str | None


@dataclass(frozen=True, slots=True)
class Total:
    """Sums of one currency, instrument and stage from the same givers to the same takers, added up.

    `bounded` of them are only bounds or rounded; `left_out` are sums of sums that were not added.
    """

    givers: tuple[str, ...]
    takers: tuple[str, ...]
    instrument: Instrument | None
    counted: Counted
    currency: str
    total: float
    sums: tuple[Told, ...]
    bounded: int
    left_out: tuple[Told, ...]


def told_sums(deeds: Iterable[Deed], texts: Callable[[str], str]) -> list[Told]:
    """Every sum of money of acts that harm nobody, each value of an act once."""
    return [
        Told(deed, amount, counted_as(deed), _umbrella(deed, amount, texts))
        for deed in deeds
        if deed.act not in HOSTILE
        for amount in deed.amounts
        if amount.currency is not None
    ]


def totals(found: Iterable[Told]) -> tuple[Total, ...]:
    """Totals by what they count; the same sum told of two acts of one account counts once."""
    accounts: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for told in found:
        deed, (givers, takers) = told.deed, sides(told.deed)
        accounts[
            tuple(sorted(givers)), tuple(sorted(takers)), deed.instrument, told.counted, told.amount.currency
        ].append(told)
    return tuple(_total(sums) for _, sums in sorted(accounts.items(), key=str))


def _total(sums: list[Told]) -> Total:
    first = sums[0]
    added = {(t.amount.value, t.amount.bound, t.deed.day): t for t in reversed(sums) if t.umbrella is None}
    kept = tuple(sorted(added.values(), key=lambda t: (str(t.deed.day), t.amount.value)))
    loose: set[Bound | None] = {None}
    givers, takers = sides(first.deed)
    return Total(
        givers=givers,
        takers=takers,
        instrument=first.deed.instrument,
        counted=first.counted,
        currency=first.amount.currency or "",
        total=sum(t.amount.value for t in kept),
        sums=kept,
        bounded=sum(t.amount.bound not in loose for t in kept),
        left_out=tuple(t for t in sums if t.umbrella is not None),
    )


def counted_as(deed: Deed) -> Counted:
    """What a sum of this act counts as: money given is paid, goods given are delivered."""
    counted = _COUNTED.get(reached(steps_of(deed)), "ended")
    if counted == "delivered" and deed.instrument in _MONEY:
        return "paid"
    if counted == "paid" and deed.instrument not in _MONEY and deed.goods:
        return "delivered"
    return counted


def _umbrella(deed: Deed, amount: Amount, texts: Callable[[str], str]) -> str | None:
    line = next(n for n in deed.lines if amount in n.event.amounts)
    text = texts(line.report.id)
    beside = text[max(0, amount.span.start - _BESIDE) : amount.span.end + _BESIDE]
    worded = _pattern().search(beside)
    found = " ".join(worded.group().casefold().split()) if worded else None
    return found or ("over several goods" if len(deed.goods) > 2 and amount.bound == "over" else None)


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in deal_words().umbrella)
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
