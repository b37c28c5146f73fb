"""Where two tellings of one act part, field by field, and of what kind the difference is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chancery.reconcile.contradictions import compatible
from chancery.reconcile.features import gap, same_sum
from chancery.reconcile.tellings import Telling
from chancery.records import Amount, DifferenceKind

_EXACT = 0.005  # sums that differ by less are one
_FAR_FORWARD = {"done": 2, "ahead": 1}


@dataclass(frozen=True, slots=True)
class Parting:
    """A field on which two tellings part, what each says, of what kind it is, and why it is taken so."""

    field: str
    ours: str
    theirs: str
    kind: DifferenceKind
    reason: str


def partings(one: Telling, two: Telling) -> Iterator[Parting]:
    """All fields on which an earlier and a later telling part."""
    for look in _LOOKS:
        yield from look(one, two)


def _disputed(one: Telling, two: Telling) -> str | None:
    """Whether the two stand on the words of different parties to the act."""
    a, b = ({s.actor for s in t.event.speakers if s.actor} for t in (one, two))
    parties = one.parties | two.parties
    if a and b and not a & b and (a | b) & parties:
        return f"one has it from {', '.join(sorted(a))}, the other from {', '.join(sorted(b))}"
    return None


def _later(one: Telling, two: Telling) -> int:
    """Days by which the second report is later; 0 where either day is not told."""
    a, b = one.source.published, two.source.published
    return max((b - a).days, 0) if a and b else 0


def _status(one: Telling, two: Telling) -> Iterator[Parting]:
    a, b = one.event.status, two.event.status
    if one.stage == two.stage:
        return
    moved = _FAR_FORWARD.get(two.stage, 0) - _FAR_FORWARD.get(one.stage, 0)
    disputed = _disputed(one, two)
    if one.stage == "refused" or two.stage == "refused":
        kind: DifferenceKind = "dispute" if disputed else "update" if _later(one, two) else "misreading"
        yield Parting("status", a, b, kind, disputed or "one says that it was not done")
    elif moved > 0 and _later(one, two):
        yield Parting("status", a, b, "update", f"the later report has it {b.replace('_', ' ')}")
    elif "ongoing" not in (a, b):  # what goes on is partly done and partly ahead
        yield Parting("status", a, b, "misreading", f"reports of the same time have it {a} and {b}")


def _parties(one: Telling, two: Telling) -> Iterator[Parting]:
    sides: tuple[tuple[str, frozenset[str], frozenset[str]], ...]
    if one.mutual or two.mutual:
        sides = (("parties", one.parties, two.parties),)
    else:
        sides = (("actors", one.actors, two.actors), ("recipients", one.recipients, two.recipients))
    for field, a, b in sides:
        if not a or not b or a == b or (field == "parties" and 1 in (len(a), len(b))):
            continue
        ours, theirs = ", ".join(sorted(a)), ", ".join(sorted(b))
        if a & b:
            # whom the other names on its other side is not left out, only put otherwise
            extra = ((a - b) - two.parties) | ((b - a) - one.parties)
            if not extra:
                continue
            more = ", ".join(sorted(extra))
            yield Parting(field, ours, theirs, "scope", f"only one of them names {more}")
        else:
            disputed = _disputed(one, two)
            kind: DifferenceKind = "dispute" if disputed else "misreading"
            yield Parting(field, ours, theirs, kind, disputed or "they name nobody in common")


def _time(one: Telling, two: Telling) -> Iterator[Parting]:
    a, b = one.event.time, two.event.time
    apart = gap(one, two) if one.dated and two.dated else 0
    if not apart or a is None or b is None:
        return
    words = [f"{t.text} ({t.start}{'' if t.start == t.end else f' to {t.end}'})" for t in (a, b)]
    if two.stage == "ahead" and b.start > a.end and _later(one, two):
        found: tuple[DifferenceKind, str] = ("update", "the later report puts it off")
    elif apart == 1:
        found = ("rounding", "a day apart, as days end at other hours elsewhere")
    elif disputed := _disputed(one, two):
        found = ("dispute", disputed)
    else:
        found = ("misreading", f"{apart} days apart, and it was one act")
    yield Parting("time", words[0], words[1], *found)


def _amounts(one: Telling, two: Telling) -> Iterator[Parting]:
    """The nearest two sums of one currency that are not one; other sums are of other things."""
    ours, theirs = one.event.amounts, two.event.amounts
    pairs = [(a, b) for a in ours for b in theirs if (a.currency, a.unit) == (b.currency, b.unit)]
    if pairs:
        a, b = min(pairs, key=lambda pair: _apart(*pair))
        if not (same_sum(a, b) and _exact(a, b)):
            yield Parting("amounts", a.text, b.text, *_sums(a, b, one, two))
        return
    money = [[amount for amount in side if amount.currency] for side in (ours, theirs)]
    if all(money):
        a, b = money[0][0], money[1][0]
        yield Parting("amounts", a.text, b.text, "rounding", f"told in {a.currency} and {b.currency}")


def _apart(a: Amount, b: Amount) -> float:
    largest = max(abs(a.value), abs(b.value))
    return abs(a.value - b.value) / largest if largest else 0.0


def _exact(a: Amount, b: Amount) -> bool:
    return abs(a.value - b.value) <= _EXACT * max(abs(a.value), abs(b.value)) and a.bound == b.bound


def _sums(a: Amount, b: Amount, one: Telling, two: Telling) -> tuple[DifferenceKind, str]:
    if compatible(a, b):
        bounded = a.bound or b.bound
        return "rounding", "one is a bound that lets the other be" if bounded else "within 5% of each other"
    disputed = _disputed(one, two)
    if disputed:
        return "dispute", disputed
    ratio = max(a.value, b.value) / min(a.value, b.value) if min(a.value, b.value) > 0 else 0.0
    if ratio in (10, 100, 1000, 1_000_000):
        return "misreading", f"one is {ratio:g} times the other"
    if _later(one, two) > 1:
        return "update", "the later report gives another sum"
    return "scope", "the sums may be of different things"


def _place(one: Telling, two: Telling) -> Iterator[Parting]:
    a, b = one.event.place, two.event.place
    if a is None or b is None or not a.country or not b.country or a.country == b.country:
        return
    disputed = _disputed(one, two)
    kind: DifferenceKind = "dispute" if disputed else "misreading"
    yield Parting("place", a.text, b.text, kind, disputed or "two places in two countries")


_LOOKS: tuple[Callable[[Telling, Telling], Iterator[Parting]], ...] = (
    _status, _parties, _time, _amounts, _place,
)  # fmt: skip
