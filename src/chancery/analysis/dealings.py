"""The dealings of one actor, or of two: how many of what kind, how far they came, with whom, latest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from chancery.ledger import By, Counterpart, EventQuery, Ledger, LedgerEvent
from chancery.records import Instrument, Stage

MOST_BESIDE = 40
_CROSSED: tuple[By, ...] = ("instrument", "stage", "year")


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
    crossed: dict[Instrument | None, Counter[Stage]] = defaultdict(Counter)
    years: Counter[int] = Counter()
    for (instrument, stage, year), number in ledger.tally(query, _CROSSED).items():
        crossed[instrument][stage] += number
        if year:
            years[int(year)] += number
    ordered = sorted(crossed.items(), key=lambda item: (-item[1].total(), item[0] or "~"))
    return Dealings(
        total=sum(stages.total() for stages in crossed.values()),
        by_instrument={instrument: dict(stages) for instrument, stages in ordered},
        by_year=dict(sorted(years.items())),
        latest=_latest(ledger, query, shown),
    )


def _latest(ledger: Ledger, query: EventQuery, shown: int) -> tuple[LedgerEvent, ...]:
    """Of an actor on either side, each side is asked for by itself: there are indexes for that.

    Lines in which it only holds a promise of others are not among them.
    """
    newest = replace(query, newest=True, limit=shown)
    if len(query.party) != 1 or query.actor or query.recipient:
        return ledger.events(newest)
    sides = (replace(newest, party=(), actor=query.party), replace(newest, party=(), recipient=query.party))
    found = {line.event.id: line for side in sides for line in ledger.events(side)}
    ordered = sorted(found.values(), key=lambda line: line.event.id)
    ordered.sort(key=lambda line: line.place[0] or date.min, reverse=True)
    return tuple(ordered[:shown])


def counterparts(ledger: Ledger, actor: str) -> tuple[Counterpart, ...]:
    """With whom an actor deals, the most frequent first, at most `MOST_BESIDE`."""
    return ledger.counterparts(actor, MOST_BESIDE)
