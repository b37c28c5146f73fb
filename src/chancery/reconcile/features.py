"""What speaks for two tellings being one act: each feature with its points; their sum decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf, isclose

from chancery.knowledge.reconcile_data import reconcile_data
from chancery.reconcile.tellings import Telling
from chancery.reconcile.words import shared
from chancery.records import Amount, Goods, Reason

Found = tuple[str, str, float]  # the feature, what it saw, and how much of the feature's points (0 to 1)

COPIED = 0.8  # sentences that share so many of their words are one sentence
_LEAST_COPIED = 6
_SAME_SUM = 0.02
# How many days the reports of undated acts lie apart, at most
_TOLD = (("told_same_day", 1), ("told_same_week", 7), ("told_apart", 30), ("told_far", inf))
_LOOSE = ("offered", "possible", "conditional")


def scored(one: Telling, two: Telling) -> tuple[float, tuple[Reason, ...]]:
    """The sum of points, and each feature that gave or took some."""
    weights = reconcile_data().features.weights
    reasons = [
        Reason("same act", feature, detail, round(share * weights[feature], 2))
        for look in FEATURES
        for feature, detail, share in look(one, two)
    ]
    often = round((one.length.often + two.length.often) / 2, 2)
    if often:
        reasons.append(Reason("same act", "often", "how often the same parties do so anew", -often))
    return sum(r.score or 0.0 for r in reasons), tuple(reasons)


def _parties(one: Telling, two: Telling) -> Iterator[Found]:
    if one.mutual or two.mutual:
        a, b = one.parties, two.parties
        if a & b:
            whole = len(a) > 1 and len(b) > 1
            feature = ("both_sides" if a == b else "overlapping_sides") if whole else "one_side"
            third = feature == "overlapping_sides"  # who mediates is often named as a party
            yield feature, ", ".join(sorted(a & b)), 0.5 if third else 1.0
            if len(a | b) == 1:
                yield "half_told", "nobody tells the other side", 1.0
        return
    sides = ((one.actors, two.actors), (one.recipients, two.recipients))
    met = [bool(a & b) for a, b in sides]
    words = ", ".join(sorted((one.actors & two.actors) | (one.recipients & two.recipients)))
    if all(met):
        yield "both_sides" if all(a == b for a, b in sides) else "overlapping_sides", words, 1.0
    elif any(met):
        yield "one_side", words, 1.0
        if not all(a or b for a, b in sides):
            yield "half_told", "nobody tells the other side", 1.0
        elif _unplaced(one, two):
            yield "open_side", "only one tells the other side", 1.0


def _both_sides(one: Telling, two: Telling) -> bool:
    """Whether the same parties stand on both sides, or two of them between whom it has no direction."""
    if one.mutual or two.mutual:
        return len(one.parties & two.parties) > 1
    return bool(one.actors & two.actors and one.recipients & two.recipients)


def _unplaced(one: Telling, two: Telling) -> bool:
    """Whether neither time nor the other side ties two acts of a kind that is known by that side."""
    if not {one.event.instrument, two.event.instrument} & reconcile_data().told_by_whom:
        return False
    a, b = one.source.published, two.source.published
    return not (one.dated or two.dated) and (a is None or b is None or abs((b - a).days) > 1)


def _act(one: Telling, two: Telling) -> Iterator[Found]:
    a, b = one.event.act, two.event.act
    if a == b:
        yield "act", a, 1.0
    elif one.stage == two.stage == "sought" and one.event.instrument == two.event.instrument:
        yield "act_near", f"{a} and {b}, both asked for", 1.0
    else:
        near = (a, b) in reconcile_data().near
        yield "act_near" if near else "act_apart", f"{a} and {b}", 1.0


def _instrument(one: Telling, two: Telling) -> Iterator[Found]:
    a, b = one.event.instrument, two.event.instrument
    if a is None or b is None:
        return
    if a == b:
        yield "instrument", a, 1.0
    else:
        near = (a, b) in reconcile_data().near
        yield "instrument_near" if near else "instrument_apart", f"{a} and {b}", 1.0


def _stage(one: Telling, two: Telling) -> Iterator[Found]:
    if one.stage == two.stage:
        yield "stage", one.stage, 1.0
    if is_loose(one) and is_loose(two):
        yield "loose", f"{one.event.status} and {two.event.status}", 1.0


def is_loose(telling: Telling) -> bool:
    """Whether it only offers, or holds possible, what is offered on many days: talks, an agreement."""
    event = telling.event
    return event.act in reconcile_data().loosely_told and event.status in _LOOSE


def _time(one: Telling, two: Telling) -> Iterator[Found]:
    if _once(one, two):
        yield "once", "done once", 1.0
    elif one.dated and two.dated:
        yield from _dates(one, two)
    elif one.dated or two.dated:
        if gap(one, two):
            return
        yield "within", "the day of the other report fits", 1.0
    elif one.source.published and two.source.published:
        apart = abs((one.source.published - two.source.published).days)
        yield next(feature for feature, most in _TOLD if apart <= most), f"reports {apart} days apart", 1.0


def _once(one: Telling, two: Telling) -> bool:
    """Whether the act is done once between two parties whom both name, and not both date it."""
    named = all((one.actors & two.actors, one.recipients & two.recipients))
    told = {one.stage, two.stage} <= {"done", "ahead"}
    return told and named and one.length.once and two.length.once and not (one.dated and two.dated)


def _dates(one: Telling, two: Telling) -> Iterator[Found]:
    apart = gap(one, two)
    if apart:
        yield "days_apart", f"{apart} days", 1.0
        return
    longest = max(_days(one), _days(two))
    feature = "day" if longest <= 7 else "month" if longest <= 93 else "year"
    yield feature, f"both between {max(_first(one), _first(two))} and {min(_last(one), _last(two))}", 1.0


def _first(telling: Telling) -> str:
    return telling.first.isoformat() if telling.first else ""


def _last(telling: Telling) -> str:
    return telling.last.isoformat() if telling.last else ""


def _days(telling: Telling) -> int:
    return (telling.last - telling.first).days + 1 if telling.first and telling.last else 0


def gap(one: Telling, two: Telling) -> int:
    """Days between the two stretches of time; 0 where they meet or one has none."""
    if one.first is None or two.first is None or one.last is None or two.last is None:
        return 0
    return max((two.first - one.last).days, (one.first - two.last).days, 0)


def _amounts(one: Telling, two: Telling) -> Iterator[Found]:
    for a in one.event.amounts:
        for b in two.event.amounts:
            if same_sum(a, b):
                yield "amount", f"{a.text} and {b.text}", 1.0
                return


def same_sum(one: Amount, two: Amount) -> bool:
    """Whether two amounts are the same in value (within 2%) and currency or unit."""
    alike = isclose(one.value, two.value, rel_tol=_SAME_SUM)
    return alike and (one.currency, one.unit) == (two.currency, two.unit)


def _goods(one: Telling, two: Telling) -> Iterator[Found]:
    pairs = [(a, b) for a in one.event.goods for b in two.event.goods]
    for a, b in pairs:
        if _item(a) == _item(b):
            yield "goods", f"{a.item} and {b.item}", 1.0
            return
    for a, b in pairs:
        if a.category and a.category == b.category:
            yield "goods_kind", a.category, 1.0
            return


def _item(goods: Goods) -> str:
    return goods.item.casefold()


def _agents(one: Telling, two: Telling) -> Iterator[Found]:
    if one.agents & two.agents:
        yield "agent", ", ".join(sorted(one.agents & two.agents)), 1.0
    elif one.agents and two.agents:
        yield "agent_apart", f"{', '.join(sorted(one.agents))} and {', '.join(sorted(two.agents))}", 1.0


def _place(one: Telling, two: Telling) -> Iterator[Found]:
    a, b = one.event.place, two.event.place
    if a is None or b is None:
        return
    if a.text.casefold() == b.text.casefold():
        yield "place", a.text, 1.0
    elif a.country and b.country and a.country != b.country:
        yield "place_apart", f"{a.text} and {b.text}", 1.0


def _words(one: Telling, two: Telling) -> Iterator[Found]:
    if one.head and one.head == two.head:
        yield "head", f"{one.event.trigger_text!r} and {two.event.trigger_text!r}", 1.0
    share = shared(one.words, two.words)
    if one.source.report == two.source.report and one.event.sentence == two.event.sentence:
        return  # one sentence shares all its words with itself
    if share:
        yield "words", ", ".join(sorted(one.words & two.words)), share
    loosely = one.event.act in reconcile_data().brief or not _both_sides(one, two)
    if one.names and two.names and not one.names & two.names and loosely:
        yield "names_apart", f"{', '.join(sorted(one.names))} and {', '.join(sorted(two.names))}", 1.0
    if copied(one, two):
        yield "copied", "nearly the same sentence", 1.0
    elif _is_more(one, two):
        yield "anew", "one of them is one more of its kind", 1.0


def _is_more(one: Telling, two: Telling) -> bool:
    """Whether one has "another" where the other has not, or both have on other days, of other numbers."""
    a, b = one.source.published, two.source.published
    apart = a is None or b is None or abs((b - a).days) > 1
    more = (one.anew or two.anew) if apart else one.anew != two.anew
    return more and not one.numbers & two.numbers


def copied(one: Telling, two: Telling) -> bool:
    """Whether the two sentences are one but for a few words."""
    long = min(len(one.words), len(two.words)) >= _LEAST_COPIED
    return long and shared(one.words, two.words) >= COPIED


FEATURES: tuple[Callable[[Telling, Telling], Iterator[Found]], ...] = (
    _parties, _act, _instrument, _stage, _time, _amounts, _goods, _agents, _place, _words,
)  # fmt: skip
