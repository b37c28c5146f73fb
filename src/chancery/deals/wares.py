"""Which goods of two acts are one ware: a designation in another spelling, or longer ("Mi-17", "MI-171")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chancery.records import Amount, Goods

_SEPARATORS = re.compile(r"[\s\-–./]+")
_DESIGNATION = re.compile(r"\b[A-Za-z]{1,6}[\s\-–]?\d{1,4}[A-Za-z0-9]{0,4}\b")


def designation(goods: Goods) -> str | None:
    """The designation a ware is told by, without separators and case: "su30mk2"; None where it has none."""
    found = _DESIGNATION.search(goods.item) or _DESIGNATION.search(goods.text)
    return _SEPARATORS.sub("", found.group()).casefold() if found else None


def is_same_ware(one: Goods, other: Goods) -> bool:
    """Whether two may be one ware: designations that are alike as far as both go, else the same words."""
    a, b = designation(one), designation(other)
    if a and b:
        return a.startswith(b) or b.startswith(a)
    return a is b is None and one.item.casefold() == other.item.casefold()


def parted(told: Iterable[tuple[str, Goods]]) -> list[str]:
    """In words, where reports (by file) name one ware otherwise or another number of it."""
    found = list(told)
    names = {g.item: file for file, g in reversed(found) if designation(g)}
    counts = {g.count: file for file, g in reversed(found) if g.count is not None}
    words = []
    if len({designation_of(name) for name in names}) > 1:
        words.append("named " + "; ".join(f"{name} ({file})" for name, file in names.items()))
    if len(counts) > 1:
        words.append("counted " + "; ".join(f"{count} ({file})" for count, file in counts.items()))
    return words


def designation_of(name: str) -> str:
    """The same for a bare name."""
    found = _DESIGNATION.search(name)
    return _SEPARATORS.sub("", found.group()).casefold() if found else name.casefold()


def is_same_sum(one: Amount, other: Amount) -> bool:
    """Whether two sums are equal in value and currency or unit."""
    return (one.value, one.currency, one.unit) == (other.value, other.currency, other.unit)
