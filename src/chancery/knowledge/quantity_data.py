"""Words of time, money, measures and goods as typed tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass as plain_dataclass
from functools import cache

from pydantic.dataclasses import dataclass

from chancery.knowledge.loading import STRICT, Texts, check, load_list, read_yaml
from chancery.records import Bound


@dataclass(config=STRICT, slots=True)
class TimeWords:
    """Months and weekdays in order, and number words."""

    months: Texts
    month_short: Texts
    weekdays: Texts
    numbers: dict[str, int]


@dataclass(config=STRICT, slots=True)
class Currency:
    """An ISO 4217 code with its symbols and words."""

    code: str
    symbols: Texts
    words: Texts


@dataclass(config=STRICT, slots=True)
class Magnitudes:
    """Factors by word and letter, bounds by word, units of what is not money."""

    words: dict[str, int]
    letters: dict[str, int]
    bounds: dict[str, Bound]
    units: dict[str, str]


@dataclass(config=STRICT, slots=True)
class GoodsWords:
    """Nouns and designation patterns by category."""

    nouns: dict[str, Texts]
    designations: dict[str, Texts]


@plain_dataclass(frozen=True, slots=True)
class Quantities:
    """All tables, with the compiled forms the events room searches by."""

    times: TimeWords
    currencies: tuple[Currency, ...]
    magnitudes: Magnitudes
    goods_nouns: Mapping[tuple[str, ...], str]
    designations: tuple[tuple[re.Pattern[str], str], ...]


@cache
def quantities() -> Quantities:
    """Loads and checks the files, once. Raises `KnowledgeError`."""
    goods = check("events/goods.yaml", "the file", read_yaml("events/goods.yaml"), GoodsWords)
    return Quantities(
        check("events/times.yaml", "the file", read_yaml("events/times.yaml"), TimeWords),
        load_list("events/currencies.yaml", Currency),
        check("events/magnitudes.yaml", "the file", read_yaml("events/magnitudes.yaml"), Magnitudes),
        {tuple(n.split()): c for c, nouns in goods.nouns.items() for n in nouns},
        tuple((re.compile(f"(?:{p})s?"), c) for c, ps in goods.designations.items() for p in ps),
    )
