"""The price list: what was given to states and what they gave for it, in what order, how surely.

A gift stands beside a favour because words of a report tie the two (`stated`), because one sentence tells
that the same party gave and received (`together`), or only because a giver known from the former gave
near it in time (`near`). These are never mixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from chancery.deals.deeds import HOSTILE, Deed, deed_of
from chancery.deals.favours import Favour, Texts, favours, lines_of
from chancery.deals.sides import buys, is_asking
from chancery.deals.stages import reached, steps_of
from chancery.ledger import LedgerLink
from chancery.records import STAGE_OF, Act, Actor, DealStage, Instrument, LinkKind, Stage

How = Literal["stated", "together", "near"]
Order = Literal["before", "after", "same", "unknown"]
_TIES: frozenset[LinkKind] = frozenset(("in_return_for", "unrequited", "condition"))
_JOINT: frozenset[Act] = frozenset(("COOPERATE", "AGREE", "SUPPORT", "CONSULT"))
NEAR = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class MarketQuery:
    """What is asked: instruments given and taken, who gives, who takes, for whom, and days of the favour.

    `near` is how far from a favour a gift that no report ties to it may lie.
    """

    give: tuple[Instrument, ...]
    take: tuple[Instrument, ...]
    givers: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    near: timedelta = NEAR


@dataclass(frozen=True, slots=True)
class Gift:
    """What a state was given, promised or sought; or (`by_state`) what it gave itself.

    `days` counts from the favour to the gift, negative before it; None where either is undated.
    """

    deed: Deed
    givers: tuple[str, ...]
    stage: Stage
    reached: DealStage
    how: How
    kind: LinkKind | None
    reason: str
    by_state: bool
    days: int | None

    @property
    def order(self) -> Order:
        """Whether it came before or after the favour, by days."""
        if self.days is None:
            return "unknown"
        return "before" if self.days < 0 else "after" if self.days else "same"

    @property
    def confidence(self) -> float:
        """The surest of its tellings, 0 to 1."""
        return max(line.event.confidence for line in self.deed.lines)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A favour and what stands beside it."""

    favour: Favour
    gifts: tuple[Gift, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Market:
    """All favours asked for, each with its gifts; `givers` are those known to give for such favours."""

    exchanges: tuple[Exchange, ...]
    givers: tuple[str, ...]


def market(
    deeds: Sequence[Deed],
    links: Iterable[LedgerLink],
    actors: Mapping[str, Actor],
    query: MarketQuery,
    texts: Texts,
) -> Market:
    """The price list of a ledger; `texts` gives a report's text by id."""
    found = [f for f in favours(deeds, actors, query.take, query.whom, texts) if _is_asked(f, query)]
    ties = _Ties(deeds, links)
    tied = {id(f): [g for g in ties.gifts(f) if _is_gift(g.deed, query)] for f in found}
    known = {g for gifts in tied.values() for gift in gifts if not gift.by_state for g in gift.givers}
    givers = tuple(sorted(set(query.givers) or known))
    return Market(tuple(_exchanges(found, tied, deeds, givers, query)), givers)


def _is_asked(favour: Favour, query: MarketQuery) -> bool:
    day = favour.day or favour.withdrawn
    if query.states and favour.state not in query.states:
        return False
    if query.since is not None and (day is None or day < query.since):
        return False
    return query.until is None or (day is not None and day <= query.until)


def _is_gift(deed: Deed, query: MarketQuery) -> bool:
    return deed.kind in query.give and deed.act not in HOSTILE


class _Ties:
    """The links of a ledger, by the acts at either end."""

    def __init__(self, deeds: Sequence[Deed], links: Iterable[LedgerLink]) -> None:
        told = deed_of(deeds)
        self._ends: dict[str, list[tuple[Deed, LedgerLink]]] = defaultdict(list)
        for entry in links:
            if entry.link.kind in _TIES:
                for one, other in ((entry.link.give, entry.link.take), (entry.link.take, entry.link.give)):
                    self._ends[one] += [(deed, entry) for deed in told.get(other, ())]

    def gifts(self, favour: Favour) -> Iterator[Gift]:
        """What reports tie to a favour, each act once, the most plainly tied first."""
        met: set[str] = set()
        ends = [end for line in lines_of(favour) for end in self._ends.get(line.event.id, ())]
        for deed, entry in sorted(ends, key=lambda end: not end[1].link.explicit):
            side = _side(favour.state, deed)
            if side is not None and deed.id not in met:
                met.add(deed.id)
                how: How = "stated" if entry.link.explicit else "together"
                yield _gift(favour, deed, how, entry.link.kind, entry.link.reason, by_state=side == "by")


def _side(state: str, deed: Deed) -> Literal["to", "by"] | None:
    """Where a state stands in an act: it got it, did it, or (`None`) the act is another's."""
    if state in deed.recipients or (not deed.recipients and state not in deed.actors):
        return "to"
    if state in deed.actors:
        joint = deed.act == "AGREE" or (deed.act in _JOINT and not deed.recipients)
        return "to" if is_asking(deed) or buys(deed) or joint else "by"
    return None


def _gift(
    favour: Favour, deed: Deed, how: How, kind: LinkKind | None, reason: str, *, by_state: bool
) -> Gift:
    asked = deed.act == "REQUEST"
    other = deed.recipients if favour.state in deed.actors else deed.actors
    givers = deed.actors if by_state else tuple(i for i in other if i != favour.state)
    days = None if deed.day is None or favour.day is None else (deed.day - favour.day).days
    stage: Stage = "sought" if asked and STAGE_OF[deed.status] != "refused" else STAGE_OF[deed.status]
    return Gift(deed, givers, stage, reached(steps_of(deed)), how, kind, reason, by_state, days)


def _exchanges(
    found: Sequence[Favour],
    tied: Mapping[int, list[Gift]],
    deeds: Iterable[Deed],
    givers: Collection[str],
    query: MarketQuery,
) -> Iterator[Exchange]:
    by_state: dict[str, list[Deed]] = defaultdict(list)
    for deed in deeds:
        if _is_gift(deed, query):
            for actor in {*deed.actors, *deed.recipients}:
                by_state[actor].append(deed)
    for favour in found:
        gifts = tied[id(favour)]
        met = {g.deed.id for g in gifts} | {d.id for d in favour.deeds}
        near = _near(favour, (d for d in by_state[favour.state] if d.id not in met), givers, query.near)
        ordered = sorted((*gifts, *near), key=lambda g: (g.deed.day or date.max, g.deed.id))
        yield Exchange(favour, tuple(_without_requests(ordered)))


def _without_requests(gifts: Sequence[Gift]) -> Iterator[Gift]:
    """The asking is left out where the same sentence names what was asked for as an act of its own."""
    named = {_place(g) for g in gifts if g.deed.act != "REQUEST"}
    for gift in gifts:
        if gift.deed.act != "REQUEST" or gift.how != "near" or _place(gift) not in named:
            yield gift


def _place(gift: Gift) -> tuple[object, ...]:
    line = gift.deed.lines[0]
    return line.report.id, line.event.sentence, gift.deed.instrument


def _near(
    favour: Favour, deeds: Iterable[Deed], givers: Collection[str], within: timedelta
) -> Iterator[Gift]:
    """Dealings of the state with a known giver, or with nobody named, near the favour in time."""
    for deed in deeds:
        side = _side(favour.state, deed)
        others = {*deed.actors, *deed.recipients} - {favour.state}
        if side is None or not givers or not (others & set(givers) or not others):
            continue
        gift = _gift(favour, deed, "near", None, "", by_state=side == "by")
        if gift.days is None or abs(gift.days) <= within.days:
            yield gift
