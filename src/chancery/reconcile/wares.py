"""Goods that a passage names, and where two reports part on them: which model, how many.

They are found by the words of the passage alone, so that what a report lists in passing counts too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from chancery.events.numbers import number, number_pattern
from chancery.knowledge.quantity_data import quantities
from chancery.records import DifferenceKind, Span

_MARKS = re.compile(r"[^0-9A-Z]")
_FORM = re.compile(r"([A-Z]+)(\d+)(\w*)")
_BROAD = frozenset(("arms", "troops", "energy", "food", "medical", "relief"))  # too broad to set apart


@dataclass(frozen=True, slots=True)
class Ware:
    """A thing named in a passage: its words, model ("Su-30MK2") if told, kind, and number if told."""

    words: str
    model: str | None
    kind: str
    count: int | None
    span: Span

    @property
    def told(self) -> str:
        """Model or words, with the number."""
        return self.words if self.count is not None else f"{self.words} (no number)"


def wares(text: str, within: Span) -> tuple[Ware, ...]:
    """The things named in a passage: those with a model, then kinds of which no model is named there."""
    passage = within.of(text)
    found = list(_models(passage, within.start))
    kinds = {ware.kind for ware in found}
    found.extend(w for w in _kinds(passage, within.start) if w.kind not in kinds)
    return tuple(found)


def _models(passage: str, offset: int) -> Iterator[Ware]:
    for pattern, kind in quantities().designations:
        for match in pattern.finditer(passage):
            count, start = _count(passage, match.start())
            end = match.end()
            yield Ware(passage[start:end], match[0], kind, count, Span(offset + start, offset + end))


def _kinds(passage: str, offset: int) -> Iterator[Ware]:
    for pattern, kind in _nouns():
        match = pattern.search(passage)
        if match is not None:
            count, start = _count(passage, match.start())
            span = Span(offset + start, offset + match.end())
            yield Ware(passage[start : match.end()], None, kind, count, span)


@cache
def _nouns() -> tuple[tuple[re.Pattern[str], str], ...]:
    kinds: dict[str, list[str]] = {}
    for words, kind in quantities().goods_nouns.items():
        if kind not in _BROAD:
            kinds.setdefault(kind, []).append(r"\s".join(re.escape(w) for w in words))
    return tuple(
        (re.compile(rf"\b(?:{'|'.join(sorted(nouns, key=len, reverse=True))})s?\b", re.IGNORECASE), kind)
        for kind, nouns in kinds.items()
    )


def _count(passage: str, at: int) -> tuple[int | None, int]:
    """The number right before a place, and where it begins; else no number and the place itself."""
    told = _before().search(passage, 0, at)
    value = number(told["number"]) if told else None
    if told is None or value is None or value != int(value) or 1900 <= value <= 2100:
        return None, at
    return int(value), told.start("number")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w$€£¥.,/–-])(?P<number>{number_pattern()})(?:\s+[A-Z]?[\w-]+){{0,2}}\s+$", re.IGNORECASE
    )


Parting = tuple[Ware, Ware, DifferenceKind, str]


def parted(ours: Sequence[Ware], theirs: Sequence[Ware]) -> Iterator[Parting]:
    """Pairs of wares of one kind on which two reports part, each ware in one pair at most."""
    free = [w for w in theirs if not any(_same_model(w, o) for o in ours)]
    for ware in ours:
        equal = next((w for w in theirs if _same_model(w, ware)), None)
        if equal is not None:
            if ware.count is not None and equal.count is not None and ware.count != equal.count:
                yield ware, equal, "misreading", f"the numbers differ: {ware.count} and {equal.count}"
            continue
        near = sorted((w for w in free if w.kind == ware.kind), key=lambda w: _distance(ware, w))
        for other in near[:1]:
            found = _parting(ware, other)
            if found is not None:
                free.remove(other)
                yield ware, other, *found


def _same_model(one: Ware, other: Ware) -> bool:
    return one.model is not None and other.model is not None and _bare(one.model) == _bare(other.model)


def _bare(model: str) -> str:
    return _MARKS.sub("", model.upper())


def _distance(one: Ware, other: Ware) -> int:
    """Unlike models come last."""
    if one.model is None or other.model is None:
        return 1
    return 0 if _parting(one, other) else 2


def _parting(one: Ware, other: Ware) -> tuple[DifferenceKind, str] | None:
    """How two wares of one kind part; None where they are simply two things, or nothing sets them apart."""
    if one.model is None and other.model is None:
        return None
    if one.model is None or other.model is None:
        named, loose = (one, other) if one.model else (other, one)
        return "scope", f"one names {named.model}, the other only {loose.words}"
    return _models_part(_bare(one.model), _bare(other.model))


def _models_part(a: str, b: str) -> tuple[DifferenceKind, str] | None:
    one, other = _FORM.fullmatch(a), _FORM.fullmatch(b)
    if one is None or other is None or one[1] != other[1]:
        return None
    if one[2] == other[2]:
        return "scope", f"{a} and {b} are one model, told more or less exactly"
    if one[2].startswith(other[2]) or other[2].startswith(one[2]):
        return "misreading", f"{a} and {b} differ by a digit: two models, or one of them miswritten"
    return None
