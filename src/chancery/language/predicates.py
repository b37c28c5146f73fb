"""Predicates with PropBank arguments, where they are asked for (`load(arguments=True)`).

An argument is given by its head word, as the dependency-based CoNLL-2009 task does; labels are
PropBank's (ARG0, ARG1, ARGM-TMP ...), senses are not told apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from chancery.language.model import ChunkScores, EmbeddedModel

_KEY = "chancery.predicates"


@dataclass(frozen=True, slots=True)
class Argument:
    """The head word of an argument, its label, and the label's probability."""

    token: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb or noun that takes arguments; `score` is the probability that it is one."""

    token: int
    score: float
    arguments: tuple[Argument, ...]


def predicates(scores: ChunkScores, model: EmbeddedModel, bounds: list[tuple[int, int]]) -> list[Predicate]:
    """Predicates of one chunk; `bounds` are its sentences, and arguments stay inside the predicate's."""
    of, labels = scores.of, model.labels["argument"]
    odds = of["predicate"][1:, 1] - of["predicate"][1:, 0]
    found = []
    for begin, end in bounds:
        words = of["argument_word"][begin + 1 : end + 1]
        for i in range(begin, end):
            if odds[i] > 0:
                seen = np.einsum("i,rij->rj", of["argument_predicate"][i + 1], model.forms["argument"])
                found.append(_predicate(i, float(odds[i]), words @ seen.T, begin, labels))
    return found


def _predicate(
    at: int, odds: float, rows: npt.NDArray[np.float32], begin: int, labels: list[str]
) -> Predicate:
    chances = np.exp(rows - rows.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    best = chances.argmax(axis=1)
    arguments = tuple(
        Argument(begin + int(w), labels[best[w]], float(chances[w, best[w]]))
        for w in np.nonzero(best)[0]
        if begin + w != at
    )
    return Predicate(at, float(1 / (1 + np.exp(-odds))), arguments)


def moved(predicate: Predicate, chunk: list[int]) -> Predicate:
    """The predicate with token positions of the document."""
    arguments = tuple(Argument(chunk[a.token], a.label, a.score) for a in predicate.arguments)
    return Predicate(chunk[predicate.token], predicate.score, arguments)


def set_predicates(doc: Doc, found: tuple[Predicate, ...]) -> None:
    """Attaches predicates to a document."""
    doc.user_data[_KEY] = found


def predicates_of(doc: Doc) -> tuple[Predicate, ...]:
    """The document's predicates in their order; none where they were not asked for."""
    found = doc.user_data.get(_KEY)
    return found if isinstance(found, tuple) else ()
