"""What an export takes out of a ledger: events, with all that a layout may ask about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import permutations, product
from typing import Literal

from chancery.ledger import EventQuery, Ledger, LedgerEvent, LedgerLink, ReportEntry
from chancery.records import Actor, Event, Party

_OURS = re.compile("e([0-9a-f]{10})")

Told = Literal["day", "week", "month", "quarter", "year", "range", "told"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The lines of an export, the reports that tell them, and links whose two ends are among them.

    `text` gives a report's text by its id; `whole` says that no filter left anything out.
    """

    lines: tuple[LedgerEvent, ...]
    reports: Mapping[str, ReportEntry]
    links: tuple[LedgerLink, ...]
    actors: Mapping[str, Actor]
    text: Callable[[str], str]
    ledger: Ledger
    whole: bool

    def sentence(self, line: LedgerEvent) -> str:
        """The words of the sentence that tells an event."""
        return line.event.sentence.of(self.text(line.report.id))

    def name(self, actor: str) -> str:
        """An actor's name, its id where the ledger has none."""
        found = self.actors.get(actor)
        return found.name if found else actor


def choose(ledger: Ledger, query: EventQuery) -> Chosen:
    """What a query asks of a ledger."""
    lines = ledger.events(query)
    whole = query == EventQuery()
    reports = {r.id: r for r in ledger.reports()}
    told = dict.fromkeys(line.report.id for line in lines)
    ids = {line.event.id for line in lines}
    links = tuple(k for k in ledger.links() if k.link.give in ids and k.link.take in ids)
    kept = reports if whole else {id: reports[id] for id in told if id in reports}
    return Chosen(lines, kept, links, ledger.actors(), cache(ledger.text), ledger, whole)


def day_of(line: LedgerEvent) -> date | None:
    """First day of the act's time, else the day its report was published."""
    return line.event.time.start if line.event.time else line.report.published


def precision_of(line: LedgerEvent) -> Told | None:
    """How precise `day_of` is; `told` where the report's day stands in for the act's."""
    if line.event.time:
        return line.event.time.precision
    return "told" if line.report.published else None


def dyads(event: Event) -> Iterator[tuple[Party, Party]]:
    """Who acts towards whom: each actor with each recipient, joint actors each way."""
    if event.recipients:
        yield from product(event.actors, event.recipients)
    else:
        yield from ((a, b) for a, b in permutations(event.actors, 2) if a.id != b.id)


def one_sided(line: LedgerEvent) -> str | None:
    """Why a layout of dyads leaves the line out, if it does."""
    return None if any(True for _ in dyads(line.event)) else "one party only"


def undated(line: LedgerEvent) -> str | None:
    """Why a layout that needs a day leaves the line out, if it does."""
    return None if day_of(line) else "no day, nor has the report"


def number_of(event: str) -> int:
    """A whole number below 2**40 for layouts whose ids are numbers; of an id of ours, its digits.

    An id that is not of ours (`e` and ten hexadecimal digits) is hashed into as many bits.
    """
    ours = _OURS.fullmatch(event)
    digits = ours[1] if ours else sha256(event.encode("utf8", "surrogatepass")).hexdigest()[:10]
    return int(digits, 16)
