"""What a measure gives: figures in the order they are read, and the misses in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Tokens = tuple[int, int]  # a half-open stretch, of words or of characters


@dataclass(frozen=True, slots=True)
class Figure:
    """A share of something (F1 among them), or a plain count."""

    name: str
    value: float | int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures, and each miss as one line."""

    figures: tuple[Figure, ...]
    misses: tuple[str, ...]

    def __getitem__(self, name: str) -> float:
        """The figure of that name. Raises `KeyError`."""
        for figure in self.figures:
            if figure.name == name:
                return figure.value
        raise KeyError(name)


def share(part: float, whole: float) -> float:
    """A part of a whole; nothing of nothing is 0."""
    return part / whole if whole else 0.0


def precision_recall(right: int, said: int, gold: int, prefix: str = "") -> tuple[Figure, ...]:
    """Precision, recall, F1 and the three counts they come from."""
    return (
        Figure(f"{prefix}precision", share(right, said)),
        Figure(f"{prefix}recall", share(right, gold)),
        Figure(f"{prefix}F1", share(2 * right, said + gold)),
        Figure(f"{prefix}right", right),
        Figure(f"{prefix}found", said),
        Figure(f"{prefix}gold", gold),
    )


def accuracy(right: int, whole: int, prefix: str = "") -> tuple[Figure, ...]:
    """Accuracy and the two counts it comes from."""
    return (
        Figure(f"{prefix}accuracy", share(right, whole)),
        Figure(f"{prefix}right", right),
        Figure(f"{prefix}gold", whole),
    )


def paired(said: Sequence[Tokens], gold: Sequence[Tokens]) -> list[tuple[int, int]]:
    """Positions (said, gold) of stretches that overlap, each in one pair at most, in reading order."""
    free = sorted(range(len(gold)), key=lambda g: gold[g])
    pairs: list[tuple[int, int]] = []
    for s in sorted(range(len(said)), key=lambda i: said[i]):
        hit = next((g for g in free if said[s][0] < gold[g][1] and gold[g][0] < said[s][1]), None)
        if hit is not None:
            free.remove(hit)
            pairs.append((s, hit))
    return pairs
