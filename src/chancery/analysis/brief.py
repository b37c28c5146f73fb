"""The brief: what a ledger holds, at a glance. Values only; the command line and pages render it.

Recognitions, what came of them, and money are those of `chancery exchange` and `chancery deals`: each act
once, however many reports tell it. The other counts are of reported acts, and `Brief.counted` says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from chancery.analysis.stages import STAGE_OF, Word, word_for
from chancery.deals import Dealings, Exchange, MarketQuery, Told, Total, lines_of, totals
from chancery.ledger import Ledger, LedgerEvent, OccurrenceQuery
from chancery.records import INSTRUMENTS, Event, Instrument, Status

OPEN: tuple[Status, ...] = (
    "promised",
    "offered",
    "planned",
    "expected",
    "conditional",
    "possible",
)
_OWN_WORD: tuple[Status, ...] = ("promised", "offered", "planned")
COUNTED = "acts as reported; an act told by two reports counts twice, but for recognitions and money"
_PRICES = MarketQuery(
    give=tuple(i for i in INSTRUMENTS if i != "recognition"), take=("recognition",)
)  # whatever a report ties to a recognition


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both inclusive."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is. `published` spans the reports' days, `told` the days they tell of.

    `retold` counts acts that several reports tell, `borne_out` those of them with several origins.
    """

    reports: int
    events: int
    findings: int
    published: Period | None
    told: Period | None
    retold: int
    borne_out: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Acts by how far they have come."""

    done: int = 0
    ahead: int = 0
    sought: int = 0
    refused: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.done + self.ahead + self.sought + self.refused


@dataclass(frozen=True, slots=True)
class Pair:
    """Dealings of two actors: `forth` from `one` to `other`, `back`, and `together`.

    `together` holds joint acts that name no recipient; `last` is the latest day an act began or,
    undated, was published.
    """

    one: str
    other: str
    forth: Counts
    back: Counts
    together: Counts
    last: date | None

    @property
    def total(self) -> int:
        """All acts between the two."""
        return self.forth.total + self.back.total + self.together.total


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """How often an instrument is told of; `None` are acts without one."""

    instrument: Instrument | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Promise:
    """An act that is announced in some way and that this report does not tell as done.

    `held_by` is who promises, plans or expects it: as told, else the actor where it promises,
    offers or plans. Whether another report tells of its fulfilment is not looked at here.
    """

    line: LedgerEvent
    status: Status
    held_by: tuple[str, ...]
    word: Word


@dataclass(frozen=True, slots=True)
class Brief:
    """A ledger at a glance. `names` gives every actor's name by id.

    `recognitions` are the states' own, those that were done first, by day; with each stands what reports tie
    to it, and not what is only near in time. `about_recognition` are all other acts about it. `money` are the
    sums of acts that harm nobody, the largest first in each currency.
    """

    totals: Totals
    pairs: tuple[Pair, ...]
    instruments: tuple[InstrumentLine, ...]
    money: tuple[Told, ...]
    sums: tuple[Total, ...]
    promises: tuple[Promise, ...]
    recognitions: tuple[Exchange, ...]
    about_recognition: tuple[LedgerEvent, ...]
    names: Mapping[str, str]
    counted: str = COUNTED


def brief(ledger: Ledger) -> Brief:
    """The brief of a ledger. Raises what `Ledger` raises."""
    dealings = Dealings(ledger)
    lines, actors = ledger.events(), dealings.actors
    names = {id: actor.name for id, actor in actors.items()}
    recognitions = _recognitions(dealings, names)
    covered = {line.event.id for e in recognitions for line in lines_of(e.favour)}
    money = sorted(dealings.sums, key=lambda t: (t.amount.currency or "", -t.amount.value, t.deed.id))
    return Brief(
        totals=_totals(ledger, lines),
        pairs=_pairs(lines),
        instruments=_instruments(lines),
        money=tuple(money),
        sums=totals(money),
        promises=_promises(lines),
        recognitions=recognitions,
        about_recognition=tuple(
            n for n in lines if n.event.instrument == "recognition" and n.event.id not in covered
        ),
        names=names,
    )


def _recognitions(dealings: Dealings, names: Mapping[str, str]) -> tuple[Exchange, ...]:
    found = [
        replace(e, gifts=tuple(gift for gift in e.gifts if gift.how != "near"))
        for e in dealings.market(_PRICES).exchanges
    ]
    first: dict[str, tuple[bool, date]] = {}
    for exchange in found:
        favour = exchange.favour
        when = (favour.stage != "done", favour.day or favour.withdrawn or date.max)
        first[favour.state] = min(when, first.get(favour.state, when))

    def order(exchange: Exchange) -> tuple[bool, date, str, bool, date]:
        favour = exchange.favour
        own = (favour.stage != "done", favour.day or date.min)
        return (*first[favour.state], names.get(favour.state, favour.state), *own)

    return tuple(sorted(found, key=order))


def _totals(ledger: Ledger, lines: Iterable[LedgerEvent]) -> Totals:
    reports, retold = ledger.reports(), ledger.occurrences(OccurrenceQuery(reports=2))
    events = [line.event for line in lines]
    times = [event.time for event in events if event.time]
    return Totals(
        reports=len(reports),
        events=len(events),
        findings=len(ledger.findings()),
        published=_period([r.published for r in reports if r.published]),
        told=_period([day for time in times for day in (time.start, time.end)]),
        retold=len(retold),
        borne_out=sum(len(occurrence.origins) > 1 for occurrence in retold),
    )


def _period(days: list[date]) -> Period | None:
    return Period(min(days), max(days)) if days else None


def _counts(events: Iterable[Event]) -> Counts:
    counter = Counter(STAGE_OF[event.status] for event in events)
    return Counts(counter["done"], counter["ahead"], counter["sought"], counter["refused"])


def _day(line: LedgerEvent) -> date | None:
    return line.event.time.start if line.event.time else line.report.published


def _pairs(lines: Iterable[LedgerEvent]) -> tuple[Pair, ...]:
    """The pairs with most dealings first."""
    found: dict[tuple[str, str], list[tuple[str, LedgerEvent]]] = defaultdict(list)
    for line in lines:
        for one, other, way in sorted(set(_ways(line.event))):
            found[one, other].append((way, line))
    pairs = [_pair(one, other, told) for (one, other), told in found.items()]
    return tuple(sorted(pairs, key=lambda p: (-p.total, p.one, p.other)))


def _ways(event: Event) -> Iterator[tuple[str, str, str]]:
    """The pairs an event joins, ids in alphabetical order, and which way it goes."""
    givers, takers = [p.id for p in event.actors], [p.id for p in event.recipients]
    for giver, taker in product(givers, takers):
        if giver < taker:
            yield giver, taker, "forth"
        elif taker < giver:
            yield taker, giver, "back"
    if not takers:
        yield from ((a, b, "together") for a, b in product(givers, givers) if a < b)


def _pair(one: str, other: str, told: list[tuple[str, LedgerEvent]]) -> Pair:
    ways = {
        way: _counts(line.event for its, line in told if its == way) for way in ("forth", "back", "together")
    }
    days = [day for _, line in told if (day := _day(line))]
    last = max(days, default=None)
    return Pair(one, other, ways["forth"], ways["back"], ways["together"], last)


def _instruments(lines: Iterable[LedgerEvent]) -> tuple[InstrumentLine, ...]:
    """The most frequent first."""
    found: dict[Instrument | None, list[Event]] = defaultdict(list)
    for line in lines:
        found[line.event.instrument].append(line.event)
    counted = [InstrumentLine(name, _counts(events)) for name, events in found.items()]
    return tuple(sorted(counted, key=lambda i: (-i.counts.total, i.instrument or "~")))


def _promises(lines: Iterable[LedgerEvent]) -> tuple[Promise, ...]:
    return tuple(
        Promise(line, line.event.status, _holders(line.event), word_for(line))
        for line in lines
        if line.event.status in OPEN
    )


def _holders(event: Event) -> tuple[str, ...]:
    if event.held_by or event.status not in _OWN_WORD:
        return event.held_by
    return tuple(dict.fromkeys(party.id for party in event.actors))
