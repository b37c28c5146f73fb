"""Whether gifts lie closer to favours in time than chance would have them, by permutation.

The states keep their gifts and exchange the days of their favours. Where they stand closer than in nearly
all such orders, days alone do not explain it. Too few states allow too few orders: then nothing is said.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from chancery.deals.markets import Exchange, Market

LEAST = 8  # states with a dated favour and a dated gift; 8! orders make p-values of 1 in 40,000 possible
PERMUTATIONS = 9999


@dataclass(frozen=True, slots=True)
class Closeness:
    """The median days between favours and the gift nearest to each, and how often chance does as well.

    `n` states with a dated favour and gift; `p` one-sided, (1 + as close or closer) / (1 + permutations).
    `refused` says why nothing is claimed; then median and p are None.
    """

    n: int
    permutations: int
    median: float | None
    expected: float | None
    p: float | None
    refused: str | None


def closeness(found: Market, seed: int = 1) -> Closeness:
    """The test for a price list; the same seed gives the same figures."""
    pairs = [(days, gifts) for days, gifts in map(_dated, _by_state(found)) if days is not None and gifts]
    if len(pairs) < LEAST:
        why = f"{len(pairs)} states have a dated favour and a dated gift; the test needs {LEAST} or more"
        return Closeness(len(pairs), 0, None, None, None, why)
    days = np.array([day for day, _ in pairs])
    gaps = np.array([[min(abs(day - g) for g in gifts) for day in days] for _, gifts in pairs])
    seen = float(np.median(np.diag(gaps)))
    random = np.random.default_rng(seed)
    rows = np.arange(len(pairs))
    medians = np.array([np.median(gaps[rows, random.permutation(len(pairs))]) for _ in range(PERMUTATIONS)])
    as_close = int((medians <= seen).sum())
    return Closeness(
        len(pairs), min(PERMUTATIONS, math.factorial(len(pairs))), seen, float(np.median(medians)),
        (1 + as_close) / (1 + PERMUTATIONS), None,
    )  # fmt: skip


def _by_state(found: Market) -> list[list[Exchange]]:
    states: dict[str, list[Exchange]] = {}
    for exchange in found.exchanges:
        if exchange.favour.stage == "done":
            states.setdefault(exchange.favour.state, []).append(exchange)
    return list(states.values())


def _dated(exchanges: Sequence[Exchange]) -> tuple[int | None, list[int]]:
    """A state's first favour and the days of its gifts, told as done, as ordinals."""
    days = [e.favour.day for e in exchanges if e.favour.day is not None]
    gifts: set[date] = {
        g.deed.day
        for e in exchanges
        for g in e.gifts
        if g.deed.day is not None and not g.by_state and g.stage == "done"
    }
    return (min(days).toordinal() if days else None), sorted(day.toordinal() for day in gifts)
