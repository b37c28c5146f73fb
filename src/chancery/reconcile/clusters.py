"""Tellings become occurrences: each joins the occurrence that it fits best, or founds one.

The state is a table of what stands; new tellings join it without redoing the rest. What people have said
(`Rulings`) goes before every feature and every contradiction.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, count

from chancery.knowledge.reconcile_data import reconcile_data
from chancery.reconcile.blocking import day_of, keys
from chancery.reconcile.contradictions import contradiction
from chancery.reconcile.features import scored
from chancery.reconcile.tellings import Telling
from chancery.records import Member, Reason

_MOST_KEY = 300  # of a fuller block the latest count: older ones have joined others by then
_MOST_CANDIDATES = 64
_MOST_MEMBERS = 24  # of a larger occurrence the first and the latest members are compared

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rulings:
    """What people say of pairs of events: one act (True) or two (False); of two rulings the later holds."""

    pairs: dict[frozenset[str], tuple[bool, str]] = field(default_factory=dict)
    by_event: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, events: Iterable[str], who: str, *, merge: bool) -> None:
        """Put a ruling on record; rulings come in the order they were made."""
        for one, other in combinations(dict.fromkeys(events), 2):
            self.pairs[frozenset((one, other))] = merge, who
            self.by_event[one].add(other)
            self.by_event[other].add(one)

    def on(self, one: str, other: str) -> tuple[bool, str] | None:
        """The ruling on a pair, and whose it is."""
        return self.pairs.get(frozenset((one, other)))


@dataclass(frozen=True, slots=True)
class Placed:
    """A telling in an occurrence, with what joined it."""

    occurrence: str
    telling: Telling
    score: float | None
    reasons: tuple[Reason, ...]

    @property
    def member(self) -> Member:
        """The record of it."""
        event = self.telling.event.id
        return Member(event, self.telling.source.report, self.telling.part, self.score, self.reasons)


class Book:
    """Occurrences as far as they are known here, and the index by which new tellings find them."""

    def __init__(self, rulings: Rulings | None = None) -> None:
        self.rulings = rulings or Rulings()
        self.placed: dict[Key, Placed] = {}
        self.of: dict[str, list[Placed]] = defaultdict(list)
        self._blocks: dict[str, list[Key]] = defaultdict(list)
        self._events: dict[str, list[Key]] = defaultdict(list)

    def put(self, placed: Placed) -> None:
        """Take in a telling that has its place."""
        key = placed.telling.key
        if key in self.placed:
            return
        self.placed[key] = placed
        self.of[placed.occurrence].append(placed)
        self._events[key[0]].append(key)
        for block in keys(placed.telling):
            self._blocks[block].append(key)

    def join(self, tellings: Iterable[Telling]) -> list[Placed]:
        """Find each its place, in the order of their reports' days. Those that have one keep it."""
        made = []
        for telling in sorted(tellings, key=lambda t: (day_of(t), t.source.report, t.event.trigger)):
            if telling.key not in self.placed:
                placed = self._place(telling)
                self.put(placed)
                made.append(placed)
        return made

    def _place(self, telling: Telling) -> Placed:
        ruled = self._ruled(telling)
        if ruled is not None:
            return ruled
        best: tuple[float, str, tuple[Reason, ...]] | None = None
        for occurrence in self._candidates(telling):
            found = self._fits(telling, self.of[occurrence])
            if found is not None and (best is None or found[0] > best[0]):
                best = found[0], occurrence, found[1]
        if best is None:
            return Placed(self._free_id(telling), telling, None, ())
        return Placed(best[1], telling, round(best[0], 2), best[2])

    def _free_id(self, telling: Telling) -> str:
        """An id for a new occurrence: a founder that has left its own finds that name taken."""
        return next(id for n in count() if not self.of.get(id := occurrence_id(telling, n)))

    def _ruled(self, telling: Telling) -> Placed | None:
        """Where a person has put it: with an event that it is one act with."""
        event = telling.event.id
        partners = sorted(self.rulings.by_event.get(event, ()))
        for partner in partners:
            ruling = self.rulings.on(event, partner)
            if ruling is None or not ruling[0]:
                continue
            homes = [self.placed[key] for key in self._events.get(partner, ())]
            homes.sort(key=lambda p: p.telling.part != telling.part)
            for home in homes:
                if not self._forbidden(telling, self.of[home.occurrence]):
                    reason = Reason("same act", f"person {ruling[1]}", f"merged with {partner}")
                    return Placed(home.occurrence, telling, None, (reason,))
        return None

    def _forbidden(self, telling: Telling, members: Sequence[Placed]) -> bool:
        """Whether a person has said that it is another act than one of these."""
        apart = (self.rulings.on(telling.event.id, m.telling.event.id) for m in members)
        return any(ruling is not None and not ruling[0] for ruling in apart)

    def _candidates(self, telling: Telling) -> list[str]:
        """Occurrences that share keys with it; of very many those that share most, of these the latest."""
        met: dict[str, int] = {}
        for block in keys(telling):
            found = [self.placed[key].occurrence for key in self._blocks.get(block, ())[-_MOST_KEY:]]
            for occurrence in dict.fromkeys(reversed(found)):
                met[occurrence] = met.get(occurrence, 0) + 1
        if len(met) > _MOST_CANDIDATES:
            return sorted(met, key=lambda occurrence: -met[occurrence])[:_MOST_CANDIDATES]
        return list(met)

    def _fits(self, telling: Telling, members: Sequence[Placed]) -> tuple[float, tuple[Reason, ...]] | None:
        """The best member's points and reasons, unless the occurrence as a whole is another act."""
        if self._forbidden(telling, members):
            return None
        features = reconcile_data().features
        compared = _some(members)
        if any(contradiction(telling, m.telling) for m in compared):
            return None
        scores = [scored(telling, m.telling) for m in compared]
        best = max(scores, key=lambda found: found[0])
        fit = sum(points for points, _ in scores) / len(scores)
        return best if best[0] >= features.join and fit >= features.fit else None


def _some(members: Sequence[Placed]) -> Sequence[Placed]:
    half = _MOST_MEMBERS // 2
    return members if len(members) <= _MOST_MEMBERS else (*members[:half], *members[-half:])


def occurrence_id(telling: Telling, number: int = 0) -> str:
    """The id of the occurrence that this telling founds; `number` counts those that it has founded before."""
    event, part = telling.key
    words = f"{event}:{part}" + (f":{number}" if number else "")
    return "o" + hashlib.sha256(words.encode()).hexdigest()[:10]
