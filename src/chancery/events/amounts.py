"""Sums of money and measures: the wording kept beside value, bounds, currency or unit.

Single sums are found first, then joined where the words between them say so: two ends of a range
("$3-5 billion", "between A and B"), or dollars and cents. "From A to B" behind a verb of change, and
"by A to B", are two sums. A number without currency or unit is no sum, and words that tell only a
size ("several hundred thousand dollars") have no value and are none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from chancery.events.numbers import alternatives, digit_pattern, number, number_pattern, trailing_factor
from chancery.knowledge.quantity_data import Quantities, quantities
from chancery.records import Amount, Bound, Span

_GAP = r"[ \t\u00a0]"
_RANGE = re.compile(rf"{_GAP}?[-–—]{_GAP}?|{_GAP}+(?:up{_GAP}+)?to{_GAP}+", re.IGNORECASE)
_AND = re.compile(rf"{_GAP}+and{_GAP}+", re.IGNORECASE)
_PARTS = re.compile(rf"{_GAP}+(?:and{_GAP}+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_BY = re.compile(r"\bby\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_HEAVY = 1000  # from here on a number is told in full: "$200,000 to $4 million"
_LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number with what stands around it; `raw` is without the magnitude behind the digits."""

    start: int
    end: int
    value: float
    raw: float
    currency: str | None
    unit: str | None
    part: bool = False
    low: float | None = None
    high: float | None = None

    @property
    def measured(self) -> bool:
        """Whether it has a currency or a unit."""
        return self.currency is not None or self.unit is not None


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The compiled patterns with the meanings of what they capture."""

    single: re.Pattern[str]
    order: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    changes: frozenset[str]
    codes: dict[str, str]
    unsure: dict[str, str]
    parts: dict[str, str]


def _known(table: Quantities) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Sure words and symbols, unsure words, and words of hundredth parts, each with its code."""
    codes: dict[str, str] = {}
    unsure: dict[str, str] = {}
    parts: dict[str, str] = {}
    for c in table.currencies:
        codes |= {w.lower(): c.code for w in (c.code, *c.symbols, *c.words)}
        unsure |= {w.lower(): c.code for w in c.unsure}
        parts |= {w.lower(): c.code for w in c.parts}
    return codes, unsure, parts


@cache
def _grammar() -> _Grammar:
    table = quantities()
    codes, unsure, parts = _known(table)
    symbols = alternatives(s for c in table.currencies for s in c.symbols)
    isos = alternatives(c.code for c in table.currencies)
    letters = alternatives(table.numbers.letters)
    magnitude = alternatives(table.numbers.magnitudes)
    sign = rf"(?:(?-i:[kM])?(?-i:{isos})|(?:{isos})(?=\$)|{symbols})"
    names = [w for c in table.currencies for w in (*c.words, *c.unsure, *c.parts)]
    words = alternatives([*names, *table.magnitudes.units])
    single = (
        rf"(?<![\w.%])(?<!\d,)(?:(?:(?<!['’])|(?![A-Za-z]))(?P<sign>{sign})\$?{_GAP}?)?"
        rf"(?:(?P<lettered>{digit_pattern()})(?P<letter>{letters})(?![a-z0-9])|(?P<number>{number_pattern()}))"
        rf"(?:{_GAP}?(?P<iso>(?-i:[kM])?(?-i:{isos}))\b(?:{_GAP}(?P<later>{magnitude})\b)?(?!{_GAP}?\d)"
        rf"|(?(sign)(?!)|{_GAP}?(?P<tail>{symbols}|%)(?!\w)(?!{_GAP}?\d))"
        rf"|{_GAP}?-?{_GAP}?(?P<unit>{words})\b)?"
    )
    order = (
        rf"\b(?P<order>{alternatives(table.numbers.orders)})\s+of\s+(?P<size>{magnitude}|thousands|hundreds)"
        rf"\s+of\s+(?P<unit>{alternatives([*codes, *unsure])})\b"
    )
    bounds = alternatives(table.magnitudes.bounds)
    return _Grammar(
        re.compile(single, re.IGNORECASE),
        re.compile(order, re.IGNORECASE),
        re.compile(rf"(?<![\w-])(?P<bound>{bounds})(?:\s+(?:an?|the|some))?\s*$", re.IGNORECASE),
        re.compile(r"\s+(?P<bound>or so|or more)\b|(?P<plus>\+)", re.IGNORECASE),
        frozenset(table.magnitudes.changes),
        codes, unsure, parts,
    )  # fmt: skip


def find_amounts(doc: Doc) -> tuple[Amount, ...]:
    """All sums with a currency or a unit, in reading order."""
    return amounts_in(doc.text)


def amounts_in(text: str) -> tuple[Amount, ...]:
    """All sums of a text."""
    grammar = _grammar()
    sums = sorted((*_singles(text, grammar), *_orders(text, grammar)), key=lambda s: (s.start, -s.end))
    return tuple(_amount(text, s, grammar) for s in _joined(text, sums, grammar) if s.measured)


def currency_of(words: str) -> tuple[str, float] | None:
    """The currency that words name alone, and their part of its unit: cents are hundredths."""
    word, grammar = " ".join(words.lower().split()), _grammar()
    for table, factor in ((grammar.codes, 1.0), (grammar.unsure, 1.0), (grammar.parts, 0.01)):
        if word in table:
            return table[word], factor
    return None


def _singles(text: str, grammar: _Grammar) -> Iterable[_Sum]:
    for match in grammar.single.finditer(text):
        made = _single(match, grammar)
        if made is not None:
            yield made


def _single(match: re.Match[str], grammar: _Grammar) -> _Sum | None:
    words = match["number"] or match["lettered"]
    value = number(words)
    if value is None:
        return None
    raw = value / trailing_factor(words)
    value *= quantities().numbers.letters[match["letter"].lower()] if match["letter"] else 1
    value *= quantities().numbers.magnitudes[match["later"].lower()] if match["later"] else 1
    currency, unit, part, times = _measure(match, grammar, value)
    if currency is None and unit is None and match["letter"]:
        return None
    end = match.end() if currency or unit else match.end("number")
    value = round(value * times, 6)
    start = match.start("sign") if match["sign"] else max(match.start("number"), match.start("lettered"))
    return _Sum(start, end, value, raw, currency, unit, part)


def _measure(
    match: re.Match[str], grammar: _Grammar, value: float
) -> tuple[str | None, str | None, bool, float]:
    """Currency, unit, whether it is a hundredth part, and the factor its words bring."""
    sign = " ".join((match["sign"] or match["iso"] or "").split())
    word = " ".join((match["unit"] or match["tail"] or "").lower().split())
    if sign:
        times = (
            {"k": 1e3, "M": 1e6}.get(sign[0], 1)
            if len(sign) == 4 and sign[1:] in grammar.codes.values()
            else 1
        )
        return grammar.codes[(sign[1:] if times > 1 else sign).lower()], None, False, times
    if word in grammar.parts:
        return grammar.parts[word], None, True, 0.01
    if word in grammar.codes or (word in grammar.unsure and value >= 1e6):
        return grammar.codes.get(word) or grammar.unsure[word], None, False, 1
    return None, quantities().magnitudes.units.get(word), False, 1


def _orders(text: str, grammar: _Grammar) -> Iterable[_Sum]:
    """ "Tens of millions of dollars": at least ten million, less than a hundred million."""
    table = quantities().numbers
    for m in grammar.order.finditer(text):
        size = m["size"].lower()
        factor = table.magnitudes.get(size) or table.magnitudes[size.removesuffix("s")]
        low = float(table.orders[m["order"].lower()] * factor)
        unit = " ".join(m["unit"].lower().split())
        code = (grammar.codes | grammar.unsure | grammar.parts)[unit]
        yield _Sum(m.start(), m.end(), low, low, code, None, low=low, high=low * 10)


def _joined(text: str, sums: Iterable[_Sum], grammar: _Grammar) -> list[_Sum]:
    """Ranges and dollars with cents as one sum each; what lies inside another is dropped."""
    made: list[_Sum] = []
    for s in sums:
        if made and s.start < made[-1].end:
            continue
        both = _pair(text, made[-1], s, grammar) if made else None
        if both is not None:
            made[-1] = both
        else:
            made.append(s)
    return made


def _pair(text: str, a: _Sum, b: _Sum, grammar: _Grammar) -> _Sum | None:
    between = text[a.end : b.start]
    if a.currency and b.part and b.currency == a.currency and not a.part and _PARTS.fullmatch(between):
        return replace(a, end=b.end, value=round(a.value + b.value, 6))
    if a.low is not None or b.low is not None or not _is_range(text, a, between, grammar):
        return None
    if not (b.measured or (a.measured and b.value != b.raw)) or {a.currency, b.currency} - {
        None,
        a.currency or b.currency,
    }:
        return None
    if (a.currency and b.unit) or (a.unit and a.unit != b.unit) or a.part != (b.part and a.measured):
        return None
    low, high = _low_end(a, b), b.value
    if low >= high:
        return None
    middle, currency, unit = (low + high) / 2, a.currency or b.currency, a.unit or b.unit
    return _Sum(a.start, b.end, middle, a.raw, currency, unit, low=low, high=high)


def _is_range(text: str, a: _Sum, between: str, grammar: _Grammar) -> bool:
    ahead = text[max(0, a.start - _LOOK_BACK) : a.start]
    if _AND.fullmatch(between):
        return bool(_BETWEEN.search(ahead))
    if not _RANGE.fullmatch(between) or _BY.search(ahead):
        return False
    if _FROM.search(ahead):
        return grammar.changes.isdisjoint(re.findall(r"\w+", ahead.lower())[-4:])
    return a.measured or "to" not in between or not ahead.rstrip().lower().endswith(tuple(grammar.changes))


def _low_end(a: _Sum, b: _Sum) -> float:
    """The first number with the factor of the second, where it has none of its own."""
    bare = a.value == a.raw and a.raw < _HEAVY and not a.part and a.raw <= b.raw
    if b.part and not a.measured:
        return a.value * 0.01
    return round(a.value * (b.value / b.raw), 6) if bare and b.raw and not b.part else a.value


def _amount(text: str, s: _Sum, grammar: _Grammar) -> Amount:
    before = grammar.before.search(text, max(0, s.start - _LOOK_BACK), s.start)
    behind = grammar.behind.match(text, s.end)
    bound: Bound | None = None
    start, end = s.start, s.end
    if before is not None:
        bound, start = (
            quantities().magnitudes.bounds[" ".join(before["bound"].lower().split())],
            before.start(),
        )
    elif behind is not None:
        word = "or more" if behind["plus"] else " ".join(behind["bound"].lower().split())
        bound, end = quantities().magnitudes.bounds[word], behind.end()
    span = Span(start, end)
    if s.high is not None:
        return Amount(span.of(text), s.value, s.currency, s.unit, s.low, s.high, bound, span)
    low, high = _bounds(s.value, bound)
    return Amount(span.of(text), s.value, s.currency, s.unit, low, high, bound, span)


def _bounds(value: float, bound: Bound | None) -> tuple[float | None, float | None]:
    """What the words bound: "over 200" has a low end only."""
    if bound in ("over", "at_least"):
        return value, None
    if bound in ("under", "up_to"):
        return None, value
    return None, None
