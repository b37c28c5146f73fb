"""Where reviewers differ, and how far they agree: Krippendorff's alpha, field by field.

Units are lines that at least two of them have judged. `line` is whether there is an act at all;
the other fields are compared where it stays. Values are nominal; sets and intervals count as one value.
Krippendorff, Content Analysis (2004), chapter 11; computed by the package `krippendorff`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import krippendorff
import numpy as np

from chancery.ledger import FIELDS, Judgement, in_words

LINE = "line"
_KEPT, _REJECTED = "an act", "no act"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two reviewers on one field of one line, in words."""

    report: str
    event: str
    field: str
    one: str
    one_says: str
    other: str
    other_says: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha by field, `None` where nothing can be compared; with how many lines it rests on."""

    reviewers: tuple[str, ...]
    lines: int
    alpha: Mapping[str, float | None]
    compared: Mapping[str, int]
    disagreements: tuple[Disagreement, ...]


_Said = dict[str, dict[str, str]]  # line's id to reviewer to value


def agreement(judgements: Sequence[Judgement], reviewers: Sequence[str] = ()) -> Agreement:
    """The agreement of all reviewers, or of those named, over the judgements that hold."""
    on_lines = [j for j in judgements if j.report is not None]
    asked = tuple(reviewers) or tuple(sorted({j.reviewer for j in on_lines}))
    by_line: dict[str, dict[str, Judgement]] = {}
    for judgement in on_lines:
        if judgement.reviewer in asked:
            by_line.setdefault(judgement.events[0], {})[judgement.reviewer] = judgement
    twice = {event: said for event, said in by_line.items() if len(said) > 1}
    tables = {field: _said(twice, field) for field in (LINE, *FIELDS)}
    return Agreement(
        reviewers=asked,
        lines=len(twice),
        alpha={field: _alpha(said, asked) for field, said in tables.items()},
        compared={field: len(said) for field, said in tables.items()},
        disagreements=tuple(d for field, said in tables.items() for d in _differing(twice, field, said)),
    )


def _said(twice: Mapping[str, Mapping[str, Judgement]], field: str) -> _Said:
    """What each reviewer says, on the lines where two have something to say."""
    said = {
        event: {who: value for who, j in of.items() if (value := _value(j, field)) is not None}
        for event, of in twice.items()
    }
    return {event: of for event, of in said.items() if len(of) > 1}


def _value(judgement: Judgement, field: str) -> str | None:
    if field == LINE:
        return _KEPT if judgement.after else _REJECTED
    return in_words(judgement.after, field) if judgement.after else None


def _alpha(said: _Said, reviewers: Sequence[str]) -> float | None:
    """Nominal alpha; 1 where all say one and the same, which leaves the coefficient undefined."""
    if not said:
        return None
    codes: dict[str, int] = {}
    data = np.full((len(reviewers), len(said)), np.nan)
    for column, of in enumerate(said.values()):
        for who, value in of.items():
            data[reviewers.index(who), column] = codes.setdefault(value, len(codes))
    if len(codes) < 2:
        return 1.0
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))


def _differing(twice: Mapping[str, Mapping[str, Judgement]], field: str, said: _Said) -> list[Disagreement]:
    found = []
    for event, of in said.items():
        report = next(iter(twice[event].values())).report or ""
        for (one, one_says), (other, other_says) in combinations(sorted(of.items()), 2):
            if one_says != other_says:
                found.append(Disagreement(report, event, field, one, one_says, other, other_says))
    return found
