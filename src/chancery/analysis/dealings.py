"""The dealings of one actor, or of two: how many of what kind, how far they came, with whom, latest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from chancery.ledger import By, Counterpart, EventQuery, Ledger, LedgerEvent
from chancery.records import Instrument, Stage

MOST_BESIDE = 40
_CROSSED: tuple[By, ...] = ("instrument", "stage")


@dataclass(frozen=True, slots=True)
class Dealings:
    """What a query finds, counted and in part.

    `by_instrument` counts lines by stage, the most frequent instrument first (`None` is none);
    `by_year` by the year in which they began; `latest` are some lines, the latest days first.
    """

    total: int
    by_instrument: Mapping[Instrument | None, Mapping[Stage, int]]
    by_year: Mapping[int, int]
    latest: tuple[LedgerEvent, ...]


def dealings(ledger: Ledger, query: EventQuery, shown: int) -> Dealings:
    """The dealings that a query finds, with the `shown` latest."""
    crossed: dict[Instrument | None, dict[Stage, int]] = defaultdict(dict)
    for (instrument, stage), number in ledger.tally(query, _CROSSED).items():
        crossed[instrument][stage] = number
    ordered = sorted(crossed.items(), key=lambda item: (-sum(item[1].values()), item[0] or "~"))
    years = {int(year): number for (year,), number in ledger.tally(query, ("year",)).items() if year}
    return Dealings(
        total=sum(sum(stages.values()) for stages in crossed.values()),
        by_instrument=dict(ordered),
        by_year=dict(sorted(years.items())),
        latest=ledger.events(replace(query, newest=True, limit=shown)),
    )


def counterparts(ledger: Ledger, actor: str) -> tuple[Counterpart, ...]:
    """With whom an actor deals, the most frequent first, at most `MOST_BESIDE`."""
    return ledger.counterparts(actor, MOST_BESIDE)
