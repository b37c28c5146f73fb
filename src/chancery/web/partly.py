"""Deals and promises of a ledger too large to work all out of: those of the latest lines, of some actors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from chancery.deals import Dealings
from chancery.deals.deeds import Deed, deeds
from chancery.ledger import EventQuery, Ledger, LedgerEvent, LedgerLink, OccurrenceQuery

MOST = 30_000  # lines


class Latest(Dealings):
    """Deals and promises as the latest `MOST` lines of some actors tell them; of all if none is named."""

    def __init__(self, ledger: Ledger, party: tuple[str, ...]) -> None:
        super().__init__(ledger)
        self._party = party

    @cached_property
    def lines(self) -> Mapping[str, LedgerEvent]:
        """The lines that are looked at, in the order of their reports."""
        latest = EventQuery(newest=True, limit=MOST)
        # each side by itself: there are indexes for that
        sides = [replace(latest, actor=(p,)) for p in self._party]
        sides += [replace(latest, recipient=(p,)) for p in self._party]
        found = {line.event.id: line for query in sides or [latest] for line in self._ledger.events(query)}
        last = sorted(found.values(), key=lambda line: line.place[0] or date.min, reverse=True)[:MOST]
        last.sort(key=lambda line: (line.report.published or date.max, line.report.file))
        return {line.event.id: line for line in last}

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """The acts they tell."""
        occurrences = self._ledger.occurrences(OccurrenceQuery(actor=self._party, since=self._first_day))
        return deeds(self.lines.values(), occurrences)

    @cached_property
    def links(self) -> tuple[LedgerLink, ...]:
        """The links between them."""
        return tuple(k for k in self._ledger.links() if {k.link.give, k.link.take} <= self.lines.keys())

    @cached_property
    def read_to(self) -> date | None:
        """The day of the latest report."""
        return next((report.published for report in self._ledger.latest_reports(1)), None)

    @property
    def since(self) -> date | None:
        """The first day of the lines that were looked at, where there are more."""
        return self._first_day if len(self.lines) >= MOST else None

    @cached_property
    def _first_day(self) -> date | None:
        return min((day for line in self.lines.values() if (day := line.place[0])), default=None)


@dataclass(frozen=True, slots=True)
class Worked:
    """Deals and promises, and since when, where earlier lines were left out."""

    dealings: Dealings
    part: bool
    since: date | None


def worked_out(ledger: Ledger, party: tuple[str, ...], *, part: bool) -> Worked:
    """All deals and promises of a ledger, or in part those of its latest lines."""
    if not part:
        whole = Dealings(ledger)
        _ = whole.deals
        return Worked(whole, part=False, since=None)
    latest = Latest(ledger, party)
    _ = latest.deals  # which need the promises
    return Worked(latest, part=True, since=latest.since)
