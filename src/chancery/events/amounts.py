"""Sums of money and measures: the wording kept beside value, bounds, currency or unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from chancery.knowledge.quantity_data import Quantities, quantities
from chancery.records import Amount, Bound, Span

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DASH = r"\s*(?:-|–|to|and)\s*"


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The compiled pattern with the meanings of what it captures."""

    pattern: re.Pattern[str]
    codes: dict[str, str]
    factors: dict[str, int]
    bounds: dict[str, Bound]
    units: dict[str, str]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@cache
def _grammar() -> _Grammar:
    table: Quantities = quantities()
    symbols = {s: c.code for c in table.currencies for s in c.symbols}
    words = {w.lower(): c.code for c in table.currencies for w in c.words}
    isos = {c.code: c.code for c in table.currencies}
    m = table.magnitudes
    size = rf"(?:\s*(?P<word{{n}}>{_any(list(m.words))})\b|(?P<letter{{n}}>{_any(list(m.letters))})\b)?"
    sign = rf"(?:{_any(list(symbols))}|\b(?:{_any(list(isos))})\s?)"
    pattern = (
        rf"(?:(?P<bound>\b(?:{_any(list(m.bounds))}))\s+)?"
        rf"(?P<sign>{sign})?\s?(?P<low>{_NUMBER}){size.format(n=1)}"
        rf"(?:{_DASH}(?:{sign})?(?P<high>{_NUMBER}){size.format(n=2)})?"
        rf"(?:[\s-](?P<unit>{_any(list(words))}|{_any(list(m.units))})\b)?"
    )
    return _Grammar(
        re.compile(pattern, re.IGNORECASE),
        {k.lower(): v for k, v in (symbols | words | isos).items()},
        {k.lower(): v for k, v in (m.letters | m.words).items()},
        m.bounds,
        m.units,
    )


def find_amounts(doc: Doc) -> tuple[Amount, ...]:
    """All sums with a currency or a unit, in reading order. A bare number is none."""
    grammar = _grammar()
    made = (_amount(m, grammar) for m in grammar.pattern.finditer(doc.text))
    return tuple(a for a in made if a is not None)


def _amount(match: re.Match[str], grammar: _Grammar) -> Amount | None:
    sign, unit = (match["sign"] or "").strip().lower(), (match["unit"] or "").lower()
    currency = grammar.codes.get(sign) or grammar.codes.get(unit)
    measure = grammar.units.get(unit) if currency is None else None
    if currency is None and measure is None:
        return None
    factor_high = _factor(match, 2, grammar)
    factor_low = _factor(match, 1, grammar) or (factor_high if match["high"] else None)
    low = _value(match["low"], factor_low)
    high = _value(match["high"], factor_high or factor_low) if match["high"] else None
    start = (
        match.start("bound")
        if match["bound"]
        else match.start("sign")
        if match["sign"]
        else match.start("low")
    )
    text = match.string[start : match.end()].strip()
    bound = grammar.bounds.get(" ".join((match["bound"] or "").lower().split()))
    span = Span(start, start + len(text))
    if high is not None and high > low:
        return Amount(text, (low + high) / 2, currency, measure, low, high, None, span)
    lows, highs = _bounds(low, bound)
    return Amount(text, low, currency, measure, lows, highs, bound, span)


def _factor(match: re.Match[str], n: int, grammar: _Grammar) -> int | None:
    found = match[f"word{n}"] or match[f"letter{n}"]
    return grammar.factors[found.lower()] if found else None


def _value(number: str, factor: int | None) -> float:
    return round(float(number.replace(",", "")) * (factor or 1), 6)


def _bounds(value: float, bound: Bound | None) -> tuple[float | None, float | None]:
    """What the words bound: "over 200" has a low end only."""
    if bound in ("over", "at_least"):
        return value, None
    if bound in ("under", "up_to"):
        return None, value
    return None, None
