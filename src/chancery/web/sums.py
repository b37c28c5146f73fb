"""Sums in a search: "$1 billion", "1bn", "more than 100m euros", "> $2bn", as numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import inf, nextafter

from chancery.events.amounts import amounts_in
from chancery.events.numbers import alternatives, digit_pattern
from chancery.knowledge.quantity_data import quantities
from chancery.ledger import AmountQuery
from chancery.records import Amount

ALIKE = 0.005  # of a sum told without a bound: rounding
ABOUT = 0.1  # of a sum told as "about"
_SIGNS = {">=": "at least ", "<=": "up to ", ">": "over ", "<": "under "}
_SIGN = re.compile(r"(>=|<=|>|<)\s*(?=[^\w\s<>]?\d)")
_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)
_SOME = " dollars"  # a sum needs a currency to be read; this one is put in and taken out again


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search asks for: words, and a sum if there is one, with its words in `told`."""

    words: str
    amount: AmountQuery | None = None
    told: str | None = None


def sought(wanted: str) -> Sought:
    """A search's words and the first sum in it. A bare number is no sum; "100m" is, of any currency."""
    asked = _SIGN.sub(lambda sign: _SIGNS[sign[1]], wanted)
    found, bare = amounts_in(asked), False
    if not found:
        asked, number = _bare().subn(rf"\1{_SOME}", asked)
        found, bare = amounts_in(asked) if number else (), True
    if not found:
        return Sought(wanted)
    first = found[0]
    words = f"{_BETWEEN.sub('', asked[: first.span.start])} {asked[first.span.end :]}"
    told = first.text
    if bare:
        words, told = words.replace(_SOME, ""), told.replace(_SOME, "")
    return Sought(" ".join(words.split()), _query(first, bare=bare), told)


@cache
def _bare() -> re.Pattern[str]:
    table = quantities().numbers
    short = alternatives([*table.magnitudes, *table.letters])
    return re.compile(rf"\b({digit_pattern()}[ ]?(?:{short})\b)(?![ ]?-)", re.IGNORECASE)


def _query(amount: Amount, *, bare: bool) -> AmountQuery:
    currency = None if bare else amount.currency
    low, high = _bounds(amount)
    return AmountQuery(low, high, currency, amount.unit)


def _bounds(amount: Amount) -> tuple[float | None, float | None]:
    value = amount.value
    if amount.low is not None and amount.high is not None:
        return amount.low, amount.high
    if amount.bound == "over":
        return nextafter(value, inf), None
    if amount.bound == "under":
        return None, nextafter(value, -inf)
    if amount.bound == "at_least":
        return value, None
    if amount.bound == "up_to":
        return None, value
    part = ABOUT if amount.bound == "about" else ALIKE
    return value - abs(value) * part, value + abs(value) * part
