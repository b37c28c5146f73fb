"""One act as all lines of the ledger tell it: an occurrence, or a line by itself where none is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chancery.deals.wares import designation
from chancery.knowledge.deal_data import deal_words
from chancery.ledger import LedgerEvent
from chancery.records import Act, Amount, Event, Goods, Instrument, Occurrence, Status

DONE: frozenset[Status] = frozenset(("occurred", "ongoing"))
NOT_DONE: frozenset[Status] = frozenset(("refused", "not_occurred"))
HOSTILE: frozenset[Act] = frozenset(
    ("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
)
MATERIAL: frozenset[Instrument] = frozenset(
    ("loan", "grant", "payment", "arms", "energy", "debt_relief", "investment", "humanitarian", "technology",
     "trade")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """One act with its tellings. `id` is that of the telling that leads.

    `part` is the one party of a compound act whose own act this is. `origins` counts independent sources.
    """

    id: str
    lines: tuple[LedgerEvent, ...]
    act: Act
    instrument: Instrument | None
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    start: date | None
    end: date | None
    told: date | None
    origins: int

    @property
    def kind(self) -> Instrument | None:
        """What is dealt in: its instrument; of an agreement on goods with a designation, what they are."""
        if self.instrument != "agreement":
            return self.instrument
        wares = deal_words().wares
        named = (g.category or "" for g in self.goods if designation(g))
        return next((wares[c] for c in named if c in wares), self.instrument)

    @property
    def lead(self) -> Event:
        """The telling that leads."""
        return next(line.event for line in self.lines if line.event.id == self.id)

    @property
    def day(self) -> date | None:
        """When it happened, else when it was first told."""
        return self.start or self.told

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Its sums, each value once."""
        found = (a for line in self.lines for a in line.event.amounts)
        return tuple({(a.value, a.currency, a.unit): a for a in found}.values())

    @property
    def goods(self) -> tuple[Goods, ...]:
        """Its goods, each item once."""
        found = (g for line in self.lines for g in line.event.goods)
        return tuple({(g.item.casefold(), g.count): g for g in found}.values())


def deeds(lines: Iterable[LedgerEvent], occurrences: Iterable[Occurrence] = ()) -> tuple[Deed, ...]:
    """The acts that lines tell, by their first day; lines in no occurrence stand for themselves."""
    by_id = {line.event.id: line for line in lines}
    made: list[Deed] = []
    covered: set[str] = set()
    for found in occurrences:
        told = tuple(by_id[m.event] for m in found.members if m.event in by_id)
        if told:
            made.append(_of_occurrence(found, told))
            covered |= {line.event.id for line in told}
    made += [_of_line(line) for id, line in by_id.items() if id not in covered]
    return tuple(sorted(made, key=lambda d: (d.day or date.max, d.id)))


def _of_occurrence(found: Occurrence, told: tuple[LedgerEvent, ...]) -> Deed:
    lead = found.lead if any(line.event.id == found.lead for line in told) else told[0].event.id
    return Deed(
        lead, told, found.act, found.instrument, found.status, found.actors, found.recipients,
        found.start, found.end, found.told, max(1, len(found.origins)),
    )  # fmt: skip


def _of_line(line: LedgerEvent) -> Deed:
    event = line.event
    start, end = (event.time.start, event.time.end) if event.time else (None, None)
    return Deed(
        event.id, (line,), event.act, event.instrument, event.status,
        tuple(dict.fromkeys(p.id for p in event.actors)),
        tuple(dict.fromkeys(p.id for p in event.recipients)),
        start, end, line.report.published, 1,
    )  # fmt: skip


def deed_of(found: Iterable[Deed]) -> Mapping[str, tuple[Deed, ...]]:
    """The acts by the id of each event that tells them; a compound event may tell several."""
    table: dict[str, list[Deed]] = {}
    for deed in found:
        for line in deed.lines:
            table.setdefault(line.event.id, []).append(deed)
    return {id: tuple(those) for id, those in table.items()}


def day_of(line: LedgerEvent) -> date | None:
    """A line's own first day, else its report's."""
    return line.event.time.start if line.event.time else line.report.published
