"""Scores of coreference as the CoNLL shared tasks count them: MUC, B3, CEAFe, and their mean.

Vilain et al. 1995, Bagga and Baldwin 1998, Luo 2005 (with the similarity of entities, phi 4), Pradhan et al.
2014. No maintained implementation was to be found in the package index; the worked examples of those papers
are among the tests.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from chancery.evaluation.figures import Figure, share

Groups = Sequence[frozenset[Hashable]]


def groups(of: Mapping[Hashable, Hashable]) -> Groups:
    """The groups of a mapping from mention to group."""
    made: dict[Hashable, set[Hashable]] = {}
    for mention, group in of.items():
        made.setdefault(group, set()).add(mention)
    return [frozenset(group) for group in made.values()]


def scores(gold: Groups, said: Groups, prefix: str = "") -> tuple[Figure, ...]:
    """F1 of MUC, B3 and CEAFe, and the mean of the three."""
    each = {
        "MUC": _f1(_muc(gold, said), _muc(said, gold)),
        "B3": _f1(_b3(gold, said), _b3(said, gold)),
        "CEAFe": _ceafe(gold, said),
    }
    mean = sum(each.values()) / len(each)
    return (Figure(f"{prefix}CoNLL F1", mean), *(Figure(f"{prefix}{n}", f) for n, f in each.items()))


def _f1(recall: float, precision: float) -> float:
    return share(2 * recall * precision, recall + precision)


def _muc(gold: Groups, said: Groups) -> float:
    """The share of gold links that hold: each group less the parts that the other side breaks it into."""
    of = _homes(said)
    kept = sum(len(g) - len({of.get(m, ("alone", m)) for m in g}) for g in gold)
    return kept / links if (links := sum(len(g) - 1 for g in gold)) else 0.0


def _b3(gold: Groups, said: Groups) -> float:
    """The mean over mentions of the share of its group that stands in its group on the other side."""
    of = _homes(said)
    shares: list[float] = []
    for group in gold:
        for mention in group:
            home = said[of[mention]] if mention in of else frozenset()
            shares.append(len(group & home) / len(group))
    return sum(shares) / len(shares) if shares else 0.0


def _ceafe(gold: Groups, said: Groups) -> float:
    """F1 of the best one-to-one match of groups, likeness being 2|a and b| / (|a| + |b|)."""
    if not gold or not said:
        return 0.0
    of = _homes(said)
    likeness = np.zeros((len(gold), len(said)))
    for i, group in enumerate(gold):
        for j in _met(group, of):
            likeness[i, j] = 2 * len(group & said[j]) / (len(group) + len(said[j]))
    rows, columns = linear_sum_assignment(-likeness)
    total = float(likeness[rows, columns].sum())
    return _f1(total / len(gold), total / len(said))


def _homes(said: Groups) -> dict[Hashable, int]:
    return {mention: j for j, group in enumerate(said) for mention in group}


def _met(group: Collection[Hashable], of: Mapping[Hashable, int]) -> Iterable[int]:
    return {of[mention] for mention in group if mention in of}
