"""Candidates: tellings that share a key may be one act; the others are never compared.

A key holds two parties (or one, with instrument or act) and a stretch of time, or one party and a sum,
or the sentence itself. So a telling meets those of its own weeks, and the work grows with the ledger,
not its square.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from chancery.knowledge.code_data import code_tables
from chancery.reconcile.tellings import Telling

_PARTIES = 5  # of longer lists of parties the first in the alphabet give keys
_STRETCHES = 14  # a longer time than so many stretches gives keys without time
_WIDTHS = ((4, 8), (366, 32))  # days that reports may lie apart, and days of a stretch
_LEAST_WORDS = 6


def keys(telling: Telling) -> tuple[str, ...]:
    """The keys of a telling, each once."""
    return tuple(dict.fromkeys(_keys(telling)))


def _keys(telling: Telling) -> Iterator[str]:
    parties = sorted(telling.parties)[:_PARTIES]
    kind = telling.event.instrument or telling.event.act
    sign = _sign(telling)
    for when in _stretches(telling):
        for one, other in combinations(parties, 2):
            yield f"p|{one}|{other}|{sign}|{when}"
        for one in parties:
            yield f"s|{one}|{kind}|{sign}|{when}"
    for amount in telling.event.amounts:
        for one in parties:
            yield f"m|{one}|{amount.value:.1e}|{amount.currency or amount.unit}"
    if len(telling.words) >= _LEAST_WORDS:
        digest = hashlib.sha256(" ".join(sorted(telling.words)).encode()).hexdigest()[:16]
        yield f"w|{digest}"


def _sign(telling: Telling) -> str:
    """Told, refused or asked for, and friendly or hostile: what differs in it contradicts itself."""
    if telling.stage == "sought":
        return "sought"
    hostile = "hostile" if code_tables().acts[telling.event.act].hostile else "friendly"
    return f"{hostile} refused" if telling.stage == "refused" else hostile


def _stretches(telling: Telling) -> Iterator[str]:
    """Names of the stretches of time in which the act can have been, of a length that suits the act."""
    width = next(wide for most, wide in _WIDTHS if telling.length.days <= most)
    if telling.first is None or telling.last is None:
        yield "undated"
        return
    slack = telling.length.days if telling.dated else 0
    before = max(slack, telling.recalled)
    first, last = (telling.first.toordinal() - before) // width, (telling.last.toordinal() + slack) // width
    if telling.length.once:
        yield f"once|{telling.event.instrument or telling.event.act}"
    if last - first < _STRETCHES:
        for number in range(first, last + 1):
            yield f"{width}.{number}"


def day_of(telling: Telling) -> date:
    """The day by which tellings are put in order."""
    return telling.source.published or telling.last or date.max
