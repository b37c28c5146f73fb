"""Deals for the layouts that count deals: what is given, with every line that tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from chancery.analysis.layouts.cells import SEPARATOR
from chancery.analysis.layouts.chosen import Chosen, day_of
from chancery.deals import Dealings
from chancery.ledger import LedgerEvent
from chancery.records import Deal, Share


@dataclass(frozen=True, slots=True)
class Dealt:
    """A deal and the lines that tell what is given in it, by their days, undated ones last."""

    deal: Deal
    lines: tuple[LedgerEvent, ...]

    @property
    def gift(self) -> Share:
        """What is given."""
        return self.deal.shares[0]

    @property
    def lead(self) -> LedgerEvent:
        """The line that tells it best."""
        return next(line for line in self.lines if line.event.id == self.gift.id)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Ids of each giver with each taker."""
        return tuple(product(self.gift.givers, self.gift.takers))


def deals_of(chosen: Chosen) -> Iterator[Dealt]:
    """The deals of a ledger of which the chosen lines tell; each with all its lines."""
    asked = {line.event.id for line in chosen.lines}
    dealings = Dealings(chosen.ledger)
    for deal in dealings.deals:
        told = dict.fromkeys(deal.shares[0].events)
        if asked & told.keys():
            lines = (dealings.lines[id] for id in told)
            yield Dealt(deal, tuple(sorted(lines, key=_order)))


def _order(line: LedgerEvent) -> tuple[bool, str, str]:
    day = day_of(line)
    return day is None, str(day or ""), line.event.id


def two_sided(dealt: Dealt) -> str | None:
    """Why a layout of givers and takers leaves the deal out, if it does."""
    return None if dealt.pairs else "no giver or no taker told"


def remarks(dealt: Dealt) -> str:
    """What such layouts have no column for: sums, stage, evidence, where reports part, on whose word, ids."""
    deal = dealt.deal
    lines = {line.event.id: line for line in dealt.lines}.values()
    return SEPARATOR.join((
        *(a.text for a in dealt.gift.amounts),
        *(f"in return: {share.words}" for share in deal.shares[1:]),
        f"stage {deal.stage}, {deal.fulfilment}, evidence {deal.evidence}".replace("_", " "),
        *deal.differs,
        *_once(_word_of(line) for line in lines),
        *_once(_told_by(line) for line in lines),
        f"deal {deal.id}, lines {' '.join(line.event.id for line in lines)}",
    ))  # fmt: skip


def _word_of(line: LedgerEvent) -> str:
    said = ", ".join(s.text for s in line.event.speakers)
    return f"on the word of {said}" if said else ""


def _told_by(line: LedgerEvent) -> str:
    published = line.report.published
    return ", ".join(filter(None, (line.report.publisher, published.isoformat() if published else None)))


def _once(words: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(word for word in words if word)
