"""What forbids two tellings to be one act unless people say so: party, sign, amount, time."""

from __future__ import annotations

from collections.abc import Callable

from chancery.knowledge.code_data import code_tables
from chancery.knowledge.reconcile_data import reconcile_data
from chancery.reconcile.features import gap, is_loose
from chancery.reconcile.tellings import Telling
from chancery.records import Amount

_EXCHANGE = 3  # times that one of two currencies that are worth about as much can be worth the other
_TOLERANCE = 0.05  # sums that lie closer are one sum, rounded


def contradiction(one: Telling, two: Telling) -> str | None:
    """The first contradiction between two tellings, in words."""
    return next((words for look in _LOOKS if (words := look(one, two)) is not None), None)


def _sign(one: Telling, two: Telling) -> str | None:
    if (one.stage == "refused") != (two.stage == "refused"):
        return "one says that it was not done or refused"
    if (one.stage == "sought") != (two.stage == "sought"):
        return "asking for it is not doing it"
    acts = code_tables().acts
    if acts[one.event.act].hostile != acts[two.event.act].hostile and one.stage != "sought":
        return f"{one.event.act} is not {two.event.act}"
    return None


def _possible(one: Telling, two: Telling) -> str | None:
    """What is only possible or conditional is not yet what was done."""
    loose = ("possible", "conditional")
    stages = {one.stage, two.stage}
    if stages == {"ahead", "done"} and (one.event.status in loose or two.event.status in loose):
        return "one calls it possible only"
    if stages == {"ahead", "done"} and (is_loose(one) or is_loose(two)):
        return "one only offers it"
    if stages == {"ahead", "done"} and one.source.report == two.source.report:
        return "one report has one done and one ahead"
    if stages == {"ahead", "done"}:
        ahead, done = (one, two) if one.stage == "ahead" else (two, one)
        told, did = ahead.source.published, done.last
        if told is not None and did is not None and did < told and done.dated:
            return "one was done before the other was ahead"
        since = done.source.published
        if (
            done.event.status in ("occurred", "ongoing")
            and told is not None
            and since is not None
            and since < told
        ):
            return "a later report has it ahead still"
    return None


def _parties(one: Telling, two: Telling) -> str | None:
    if one.mutual or two.mutual:
        a, b = one.parties, two.parties
        if len(a) > 1 and len(b) > 1 and not (a <= b or b <= a):
            return f"between {_listed(a)} or {_listed(b)}"
        return None if a & b or not a or not b else f"by {_listed(a)} or {_listed(b)}"
    for name, a, b in (("by", one.actors, two.actors), ("to", one.recipients, two.recipients)):
        if a and b and not a & b:
            return f"{name} {_listed(a)} or {_listed(b)}"
    return _turned(one, two)


def _turned(one: Telling, two: Telling) -> str | None:
    """Whoever does it in one account has it done to them in the other, and no side is the same."""
    if one.actors & two.actors or one.recipients & two.recipients:
        return None
    turned = (one.actors & two.recipients) | (two.actors & one.recipients)
    return f"{_listed(turned)} does it or has it done to them" if turned else None


def _listed(ids: frozenset[str]) -> str:
    return ", ".join(sorted(ids))


def _amounts(one: Telling, two: Telling) -> str | None:
    for unit in {a.currency for a in one.event.amounts if a.currency}:
        ours = [a for a in one.event.amounts if a.currency == unit]
        theirs = [a for a in two.event.amounts if a.currency == unit]
        if theirs and not any(compatible(a, b) for a in ours for b in theirs):
            return f"{ours[0].text} or {theirs[0].text}"
    return _elsewhere(one, two)


def _elsewhere(one: Telling, two: Telling) -> str | None:
    """Two sums in two currencies that are worth about as much, too far apart to be one sum."""
    alike = reconcile_data().alike_currencies
    ours, theirs = ([a for a in t.event.amounts if a.currency in alike] for t in (one, two))
    pairs = [(a, b) for a in ours for b in theirs]
    if not pairs or any(a.currency == b.currency or _near(a.value, b.value) for a, b in pairs):
        return None
    return f"{ours[0].text} or {theirs[0].text}"


def _near(a: float, b: float) -> bool:
    return max(abs(a), abs(b)) <= _EXCHANGE * min(abs(a), abs(b))


def compatible(one: Amount, two: Amount) -> bool:
    """Whether two amounts can be one: equal but for rounding, or one within the bounds of the other."""
    if abs(one.value - two.value) <= _TOLERANCE * max(abs(one.value), abs(two.value)):
        return True
    return _within(one, two.value) or _within(two, one.value)


def _within(amount: Amount, value: float) -> bool:
    """Whether a bound lets the value be; an open bound reaches half as far again."""
    low = amount.low if amount.low is not None else amount.value
    high = amount.high if amount.high is not None else amount.value
    if amount.bound in ("over", "at_least"):
        high = max(high, amount.value * 1.5)
    elif amount.bound in ("under", "up_to"):
        low = min(low, amount.value / 1.5)
    elif amount.bound == "about":
        low, high = min(low, amount.value * 0.9), max(high, amount.value * 1.1)
    return low <= value <= high


def _time(one: Telling, two: Telling) -> str | None:
    apart = gap(one, two)
    allowed = max(one.length.days, two.length.days) if one.dated and two.dated else 0
    if one.dated != two.dated:
        allowed = (two if one.dated else one).recalled
    if one.length.once and two.length.once and one.stage != "sought":
        allowed = max(allowed, one.length.days)
    return f"{apart} days apart" if apart > allowed else None


_LOOKS: tuple[Callable[[Telling, Telling], str | None], ...] = (_parties, _sign, _possible, _amounts, _time)
