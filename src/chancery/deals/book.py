"""A ledger's dealings, worked out once a question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property

from chancery.deals.deeds import Deed, deeds
from chancery.deals.gathering import deals
from chancery.deals.markets import Market, MarketQuery, market
from chancery.deals.promises import promises
from chancery.deals.sums import Told, told_sums
from chancery.ledger import Ledger, LedgerEvent, LedgerLink
from chancery.records import Actor, Deal, Promise


class Dealings:
    """Promises, deals and prices of a ledger as it stands. Every method may raise what `Ledger` raises."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.text = cache(ledger.text)

    @cached_property
    def lines(self) -> Mapping[str, LedgerEvent]:
        """All lines by event id."""
        return {line.event.id: line for line in self._ledger.events()}

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """The acts they tell."""
        return deeds(self.lines.values(), self._ledger.occurrences())

    @cached_property
    def links(self) -> tuple[LedgerLink, ...]:
        """The links between lines."""
        return self._ledger.links()

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """The actors by id."""
        return self._ledger.actors()

    @cached_property
    def read_to(self) -> date | None:
        """The day of the latest report: what is known, is known up to then."""
        return max((r.published for r in self._ledger.reports() if r.published), default=None)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """What was promised, planned and offered."""
        return promises(self.deeds, self.links, self.text, self.read_to)

    @cached_property
    def deals(self) -> tuple[Deal, ...]:
        """The deals."""
        return deals(self.deeds, self.links, self.promises, self.text, self.read_to)

    @cached_property
    def sums(self) -> tuple[Told, ...]:
        """Every sum of money that a line of dealings tells."""
        return tuple(told_sums(self.deeds, self.text))

    def market(self, query: MarketQuery) -> Market:
        """The price list."""
        return market(self.deeds, self.links, self.actors, query, self.text)
