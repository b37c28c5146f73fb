"""Mentions of events of which nothing is known but words: which are of one event.

Documents are grouped into stories first, then mentions within a story, by average linkage. It stands for what
words alone can tell, and serves to be measured on published corpora.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from spacy.lang.en.stop_words import STOP_WORDS

from chancery.knowledge.reconcile_data import reconcile_data
from chancery.reconcile.words import stem

Matrix = npt.NDArray[np.float64]
Words = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class BareMention:
    """An event named in a document: its own words and those of its sentence (`sentence` numbers it)."""

    id: Hashable
    document: str
    sentence: int
    words: tuple[str, ...]
    around: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A mention as it is compared."""

    mention: BareMention
    head: str
    stems: frozenset[str]
    around: Words


def stories(documents: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The number of each document's story, from the words of all documents."""
    names = list(documents)
    if len(names) < 2:
        return dict.fromkeys(names, 0)
    near = _nearness([_weighed(documents[name], _rarity(documents)) for name in names])
    least = reconcile_data().features.mentions.documents
    return dict(zip(names, _grouped(near, least), strict=True))


def same_events(
    mentions: Sequence[BareMention],
    documents: Mapping[str, Sequence[str]],
    story: Mapping[str, Hashable],
) -> list[list[BareMention]]:
    """The mentions in groups of one event each; `story` says which documents are of one."""
    rarity = _rarity(documents)
    names = list(documents)
    near = _nearness([_weighed(documents[name], rarity) for name in names])
    at = {name: i for i, name in enumerate(names)}
    together: dict[Hashable, list[BareMention]] = defaultdict(list)
    for mention in mentions:
        together[story[mention.document]].append(mention)
    groups = []
    for some in together.values():
        seen = [_seen(mention, rarity) for mention in some]
        groups += _events(seen, lambda a, b: float(near[at[a], at[b]]))
    return groups


def _events(seen: Sequence[_Seen], near: Callable[[str, str], float]) -> list[list[BareMention]]:
    if len(seen) == 1:
        return [[seen[0].mention]]
    points = np.zeros((len(seen), len(seen)))
    for i, one in enumerate(seen):
        for j in range(i):
            other = seen[j]
            points[i, j] = points[j, i] = _points(one, other, near)
    numbers = _grouped(points, reconcile_data().features.mentions.join)
    groups: dict[int, list[BareMention]] = defaultdict(list)
    for each, number in zip(seen, numbers, strict=True):
        groups[number].append(each.mention)
    return list(groups.values())


def _points(one: _Seen, other: _Seen, near: Callable[[str, str], float]) -> float:
    """The sum of what speaks for two mentions being of one event."""
    weights = reconcile_data().features.mentions.weights
    a, b = one.mention, other.mention
    same_document = a.document == b.document
    beside = same_document and a.sentence == b.sentence
    words = weights["beside"] if beside else _cosine(one.around, other.around)
    story = 0.5 if same_document else near(a.document, b.document)
    points = weights["words"] * words + weights["story"] * story
    if one.head == other.head:
        points += weights["head"]
    elif one.stems & other.stems:
        points += weights["part"]
    return points + weights["named"] * ((one.head in other.around) + (other.head in one.around))


def _grouped(near: Matrix, least: float) -> list[int]:
    """Average linkage down to a nearness."""
    apart = np.clip(1 - near, 0, None)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), "average")
    return [int(number) for number in fcluster(tree, 1 - least, "distance")]


def _seen(mention: BareMention, rarity: Words) -> _Seen:
    stems = [stem(word) for word in mention.words]
    around = {s: rarity.get(s, 0.0) for s in map(stem, filter(_counts, mention.around))}
    return _Seen(mention, stems[-1] if stems else "", frozenset(stems), around)


def _counts(word: str) -> bool:
    return word.isalpha() and word.lower() not in STOP_WORDS


def _rarity(documents: Mapping[str, Sequence[str]]) -> Words:
    """How rare each word is among the documents: the logarithm of their number over its documents."""
    met = Counter(s for words in documents.values() for s in {stem(w) for w in words if _counts(w)})
    return {word: math.log(len(documents) / number) for word, number in met.items()}


def _weighed(words: Sequence[str], rarity: Words) -> Words:
    counts = Counter(stem(word) for word in words if _counts(word))
    return {word: (1 + math.log(n)) * rarity[word] for word, n in counts.items()}


def _nearness(documents: Sequence[Words]) -> Matrix:
    """The cosine of each document with each other."""
    columns = {word: i for i, word in enumerate(dict.fromkeys(w for d in documents for w in d))}
    rows = np.zeros((len(documents), max(1, len(columns))))
    for i, words in enumerate(documents):
        for word, weight in words.items():
            rows[i, columns[word]] = weight
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows /= np.where(lengths > 0, lengths, 1)
    near: Matrix = rows @ rows.T
    return near


def _cosine(one: Words, other: Words) -> float:
    lengths = math.sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
    return sum(one[w] * other[w] for w in one.keys() & other.keys()) / lengths if lengths else 0.0
