"""Words of time, money, measures and goods as typed tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass as plain_dataclass
from functools import cache
from typing import Annotated

from pydantic import BeforeValidator
from pydantic.dataclasses import dataclass

from chancery.knowledge.loading import STRICT, Texts, Words, check, load_list, read_yaml
from chancery.records import Bound


def _month_day(value: object) -> tuple[int, int]:
    month, _, day = str(value).partition("-")
    return int(month), int(day)


MonthDay = Annotated[tuple[int, int], BeforeValidator(_month_day)]


@dataclass(config=STRICT, slots=True)
class TimeWords:
    """Months and weekdays in order; seasons, parts of periods, decades, ordinals and holidays by word."""

    months: Texts
    month_short: Texts
    weekdays: Texts
    seasons: dict[str, int]
    thirds: dict[str, int]
    decades: dict[str, int]
    ordinals: dict[str, int]
    holidays: dict[str, MonthDay]
    easter: dict[str, int]
    ahead: Words
    apart: Words


@dataclass(config=STRICT, slots=True)
class TimePattern:
    """A pattern of a time expression and the resolver that reads its groups."""

    name: str
    reads: str
    pattern: str
    given: bool = False
    before_noun: bool = False


@dataclass(config=STRICT, slots=True)
class NumberWords:
    """Numbers in words by what they do: stand, multiply, or tell a size alone."""

    small: dict[str, int]
    tens: dict[str, int]
    fractions: dict[str, float]
    magnitudes: dict[str, int]
    letters: dict[str, int]
    orders: dict[str, int]


@dataclass(config=STRICT, slots=True)
class Currency:
    """An ISO 4217 code with its symbols and words; `parts` are words of its hundredth."""

    code: str
    symbols: Texts
    words: Texts
    unsure: Texts = ()
    parts: Texts = ()


@dataclass(config=STRICT, slots=True)
class Magnitudes:
    """Bounds by word, units of what is not money, and verbs of change between sums."""

    bounds: dict[str, Bound]
    units: dict[str, str]
    changes: Texts


@dataclass(config=STRICT, slots=True)
class GoodsWords:
    """Nouns and designation patterns by category."""

    nouns: dict[str, Texts]
    designations: dict[str, Texts]


@plain_dataclass(frozen=True, slots=True)
class Quantities:
    """All tables, with the compiled forms the events room searches by."""

    times: TimeWords
    time_patterns: tuple[TimePattern, ...]
    numbers: NumberWords
    currencies: tuple[Currency, ...]
    magnitudes: Magnitudes
    goods_nouns: Mapping[tuple[str, ...], str]
    designations: tuple[tuple[re.Pattern[str], str], ...]
    any_designation: re.Pattern[str]  # whether a text has one at all


@cache
def quantities() -> Quantities:
    """Loads and checks the files, once. Raises `KnowledgeError`."""
    goods = check("events/goods.yaml", "the file", read_yaml("events/goods.yaml"), GoodsWords)
    return Quantities(
        check("events/times.yaml", "the file", read_yaml("events/times.yaml"), TimeWords),
        load_list("events/time_patterns.yaml", TimePattern),
        check("events/numbers.yaml", "the file", read_yaml("events/numbers.yaml"), NumberWords),
        load_list("events/currencies.yaml", Currency),
        check("events/magnitudes.yaml", "the file", read_yaml("events/magnitudes.yaml"), Magnitudes),
        {tuple(n.split()): c for c, nouns in goods.nouns.items() for n in nouns},
        tuple((_designation(p), c) for c, ps in goods.designations.items() for p in ps),
        _designation("|".join(f"(?:{p})" for ps in goods.designations.values() for p in ps)),
    )


def _designation(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})s?(?!\w)")
