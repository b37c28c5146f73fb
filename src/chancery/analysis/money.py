"""The money the reports tell of: each distinct amount, and sums only of what may be summed.

Two tellings are one amount where act, instrument, parties, status, currency, value and bound
agree and their times do not part. An undated telling joins a dated one only if there is just one
it could be; otherwise it stands for itself. Amounts in units ("barrels") are not money.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from chancery.analysis.stages import Stage, stage_of
from chancery.ledger import LedgerEvent
from chancery.records import Act, Amount, Bound, Event, Instrument, Status, Time

COUNTED = (
    "distinct amounts as reported; the same amount told again counts once, "
    "and a part told beside its whole counts as well"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One place in the reports where an amount is named."""

    line: LedgerEvent
    amount: Amount


@dataclass(frozen=True, slots=True)
class Money:
    """One distinct amount: who to whom, by what act, how far it has come, and where it is told."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    act: Act
    instrument: Instrument | None
    status: Status
    stage: Stage
    currency: str
    value: float
    bound: Bound | None
    time: Time | None
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class MoneySum:
    """Amounts of one act, status and currency between the same parties, added up.

    `amounts` says how many; `bounded` how many of them are only bounds or rounded ("over",
    "about"); `counted` says in words what was added.
    """

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    act: Act
    status: Status
    stage: Stage
    currency: str
    total: float
    amounts: int
    bounded: int
    counted: str = COUNTED


def money_in(lines: Iterable[LedgerEvent]) -> tuple[Money, ...]:
    """Every distinct amount of money, by currency, then the largest first."""
    tellings = [Telling(n, a) for n in lines for a in n.event.amounts if a.currency is not None]
    tellings.sort(key=_likeness)
    alike = (list(group) for _, group in groupby(tellings, key=_likeness))
    found = [_money(told) for group in alike for told in _by_time(group)]
    return tuple(sorted(found, key=lambda m: (m.currency, -m.value)))


def sums_of(money: Iterable[Money]) -> tuple[MoneySum, ...]:
    """Sums within one act, status and currency of the same parties; nothing else is added up."""
    ordered = sorted(money, key=_account)
    return tuple(_sum(list(group)) for _, group in groupby(ordered, key=_account))


def _parties(event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides' ids, each in alphabetical order: the order of naming makes no other amount."""
    givers, takers = {p.id for p in event.actors}, {p.id for p in event.recipients}
    return tuple(sorted(givers)), tuple(sorted(takers))


def _likeness(telling: Telling) -> tuple[object, ...]:
    event, amount = telling.line.event, telling.amount
    words = (event.act, event.instrument or "", event.status, amount.currency or "")
    return (*_parties(event), *words, amount.value, amount.bound or "")


def _account(money: Money) -> tuple[object, ...]:
    return (money.actors, money.recipients, money.act, money.status, money.currency)


def _by_time(tellings: list[Telling]) -> Iterator[list[Telling]]:
    """Tellings alike in all but time, parted where their times cannot be the same."""
    groups: list[list[Telling]] = []
    undated = [t for t in tellings if t.line.event.time is None]
    for telling in tellings:
        if telling.line.event.time is not None:
            _join(groups, telling)
    if len(groups) == 1:
        groups[0].extend(undated)
    elif undated:
        groups.append(undated)
    yield from groups


def _join(groups: list[list[Telling]], telling: Telling) -> None:
    for group in groups:
        if all(_may_be_one(telling.line.event.time, other.line.event.time) for other in group):
            group.append(telling)
            return
    groups.append([telling])


def _may_be_one(one: Time | None, other: Time | None) -> bool:
    return one is None or other is None or (one.start <= other.end and other.start <= one.end)


def _money(tellings: list[Telling]) -> Money:
    first = tellings[0]
    event, amount = first.line.event, first.amount
    actors, recipients = _parties(event)
    return Money(
        actors=actors,
        recipients=recipients,
        act=event.act,
        instrument=event.instrument,
        status=event.status,
        stage=stage_of(event),
        currency=amount.currency or "",
        value=amount.value,
        bound=amount.bound,
        time=next((t.line.event.time for t in tellings if t.line.event.time), None),
        tellings=tuple(tellings),
    )


def _sum(money: list[Money]) -> MoneySum:
    first = money[0]
    return MoneySum(
        actors=first.actors,
        recipients=first.recipients,
        act=first.act,
        status=first.status,
        stage=first.stage,
        currency=first.currency,
        total=sum(m.value for m in money),
        amounts=len(money),
        bounded=sum(m.bound is not None for m in money),
    )
