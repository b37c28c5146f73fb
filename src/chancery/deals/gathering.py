"""Deals: the acts of one dealing across reports, with what was given in return.

What is given makes the deal. Acts between the same parties that name the same ware or the same sum, or
that reports tell as one act, are one dealing; two wares told in one breath are two. Returns are what links
tie to it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chancery.deals.deeds import DONE, HOSTILE, MATERIAL, Deed, deed_of
from chancery.deals.evidence import grade
from chancery.deals.promises import content_of
from chancery.deals.schedules import schedule_of
from chancery.deals.sides import sides
from chancery.deals.stages import EXITS, in_order, reached, stage_of, steps_of
from chancery.deals.wares import is_same_sum, is_same_ware, parted
from chancery.knowledge.deal_data import deal_words
from chancery.ledger import LedgerEvent, LedgerLink
from chancery.records import (
    Act,
    Amount,
    Deal,
    DealStage,
    Event,
    Fulfilment,
    Goods,
    Instrument,
    Link,
    LinkKind,
    Promise,
    Share,
)

DEALT: frozenset[Instrument] = MATERIAL | {"prisoners", "military_access", "territory"}
_BARGAINS: frozenset[LinkKind] = frozenset(("in_return_for", "unrequited", "condition"))
_ENDING: frozenset[Act] = frozenset(("SANCTION", "REJECT"))
_APART = timedelta(days=730)  # the same ware again later is another dealing
_RATED: Mapping[DealStage, Fulfilment] = {
    "funded": "kept",
    "complete": "kept",
    "delivering": "in_progress",
    "suspended": "stalled",
    "withdrawn": "broken",
    "cancelled": "broken",
    "lapsed": "broken",
}
_BEFORE = 40  # characters before a name
_ID = 10  # hex digits


@dataclass(frozen=True, slots=True)
class _Ware:
    """One act as far as one ware goes; all of it where it names none or one."""

    deed: Deed
    goods: tuple[Goods, ...]


def deals(
    deeds: Sequence[Deed],
    links: Iterable[LedgerLink],
    promised: Iterable[Promise],
    texts: Callable[[str], str],
    read_to: date | None,
) -> tuple[Deal, ...]:
    """Every deal, by the day it was first told of."""
    told = deed_of(deeds)
    bargains = [(k.link, *ends) for k in links if k.link.kind in _BARGAINS for ends in _ends(k.link, told)]
    by_deed: dict[str, list[tuple[Link, Deed]]] = defaultdict(list)
    for link, give, take in bargains:
        by_deed[give.id].append((link, take))
    giving = set(by_deed)
    taken = {take.id for _, _, take in bargains} - giving
    groups = _groups(
        [d for d in deeds if d.id not in taken and (d.id in giving or _is_dealing(d) or _is_end(d))], giving
    )
    ratings = {event: p.fulfilment for p in promised for event in p.tellings}
    made = (_deal(group, by_deed, ratings, texts, read_to) for group in groups)
    return tuple(sorted(made, key=lambda d: (d.first_told or date.max, d.id)))


def _ends(link: Link, told: Mapping[str, Sequence[Deed]]) -> Iterator[tuple[Deed, Deed]]:
    """The acts a link ties; of compound acts those whose parties deal with each other. No threats."""
    pairs = [(g, t) for g in told.get(link.give, ()) for t in told.get(link.take, ()) if g.id != t.id]
    fitting = [(g, t) for g, t in pairs if _deal_together(g, t)] or pairs
    yield from (
        (g, t)
        for g, t in fitting
        if not (link.kind == "condition" and {g.act, t.act} & HOSTILE) and not _harm_done(g) | _harm_done(t)
    )


def _harm_done(deed: Deed) -> bool:
    """Harm told as done ("the captured soldier") describes the goods; it is no side of a bargain."""
    return deed.act in HOSTILE and deed.status in DONE


def _deal_together(give: Deed, take: Deed) -> bool:
    return bool(set(give.recipients) & set(take.actors) or set(take.recipients) & set(give.actors))


def _is_dealing(deed: Deed) -> bool:
    """Goods, money, people or land between two parties, harming neither."""
    two = len({*deed.actors, *deed.recipients}) > 1 or bool(deed.goods or deed.amounts)
    return deed.kind in DEALT and deed.act not in HOSTILE and two and bool(deed.actors or deed.recipients)


def _is_end(deed: Deed) -> bool:
    """Whether it only suspends, cancels or refuses a dealing ("froze the loan")."""
    ended = deed.act in _ENDING and deed.kind in DEALT
    return ended and any(stage_of(line.event) in EXITS for line in deed.lines)


def _groups(deeds: Iterable[Deed], giving: Collection[str]) -> list[list[_Ware]]:
    """Dealings: acts joined by parties and ware or sum, within two years of the group's last.

    What only ends a dealing (and gives nothing in a bargain itself) makes none.
    """
    groups: list[list[_Ware]] = []
    by_party: dict[str, list[list[_Ware]]] = defaultdict(list)
    for deed in deeds:
        if _is_end(deed) and deed.id not in giving:
            _end(deed, by_party)
            continue
        for ware in _wares(deed):
            near = (g for who in (*deed.actors, *deed.recipients) for g in by_party[who][-50:])
            group = next((g for g in near if any(_is_one(w, ware) for w in g)), None)
            if group is None:
                group = []
                groups.append(group)
                for who in dict.fromkeys((*deed.actors, *deed.recipients)):
                    by_party[who].append(group)
            group.append(ware)
    return groups


def _end(deed: Deed, by_party: Mapping[str, list[list[_Ware]]]) -> None:
    """Add an end to the dealing it ends: that of its wares or sums, else the only open one of its kind.

    A refusal that names neither may be of an offer that no report tells; it joins nothing.
    """
    near = {id(g): g for who in (*deed.actors, *deed.recipients) for g in by_party.get(who, ())[-50:]}
    for ware in _wares(deed):
        if ware.goods or deed.amounts:
            fitting = [g for g in near.values() if any(_is_one(w, ware) for w in g)]
        elif reached(steps_of(deed)) == "refused":
            fitting = []
        else:
            fitting = [g for g in near.values() if _is_open(g) and any(_is_like(w.deed, deed) for w in g)]
        if len(fitting) == 1:
            fitting[0].append(ware)


def _is_open(group: Sequence[_Ware]) -> bool:
    return reached(in_order(step for ware in group for step in steps_of(ware.deed))) != "complete"


def _is_like(one: Deed, other: Deed) -> bool:
    """Of one kind between the same two or more parties, within two years."""
    parties = {*one.actors, *one.recipients}
    same = len(parties) > 1 and parties == {*other.actors, *other.recipients}
    return same and one.kind == other.kind and _is_near(one, other)


def _is_near(one: Deed, other: Deed) -> bool:
    return one.day is not None and other.day is not None and abs(other.day - one.day) <= _APART


def _wares(deed: Deed) -> Iterator[_Ware]:
    if len(deed.goods) < 2 or deed.kind not in MATERIAL:
        yield _Ware(deed, deed.goods)
        return
    for goods in deed.goods:
        yield _Ware(deed, (goods,))


def _is_one(one: _Ware, other: _Ware) -> bool:
    a, b = one.deed, other.deed
    if a.id == b.id:
        return one.goods == other.goods
    parties = {*a.actors, *a.recipients}, {*b.actors, *b.recipients}
    fits = parties[0] <= parties[1] or parties[1] <= parties[0]
    if not fits or not _is_near(a, b):
        return False
    if any(is_same_ware(g, h) for g in one.goods for h in other.goods):
        return True
    sums = any(is_same_sum(x, y) for x in a.amounts for y in b.amounts if x.currency)
    return sums and a.kind == b.kind and parties[0] == parties[1]


def _deal(
    group: Sequence[_Ware],
    by_deed: Mapping[str, Sequence[tuple[Link, Deed]]],
    ratings: Mapping[str, Fulfilment],
    texts: Callable[[str], str],
    read_to: date | None,
) -> Deal:
    given = list({w.deed.id: w.deed for w in group}.values())
    goods = [g for w in group for g in w.goods]
    ties = [tie for deed in given for tie in by_deed.get(deed.id, ())]
    returns = list({take.id: take for _, take in ties}.values())
    gift = _share(given, goods, texts, by_ware=True)
    shares = _each_others(gift, [_share([take], list(take.goods), texts) for take in returns], ties)
    gift = shares[0]
    lines = [line for deed in (*given, *returns) for line in deed.lines]
    parties = tuple(dict.fromkeys(i for s in shares for i in (*s.givers, *s.takers)))
    published = [line.report.published for line in lines if line.report.published]
    named = gift.id + "".join(sorted(g.item for g in group[0].goods))
    return Deal(
        id="d" + hashlib.sha256(named.encode()).hexdigest()[:_ID],
        parties=parties,
        shares=shares,
        links=tuple(dict.fromkeys(link for link, _ in ties)),
        stage=gift.stage,
        fulfilment=_rating(gift, ratings),
        evidence=grade([*given, *returns], parties),
        schedule=schedule_of([line for deed in given for line in deed.lines], texts),
        differs=tuple(_differences(group)),
        first_told=min(published, default=None),
        last_told=max(published, default=None),
        read_to=read_to,
    )


def _share(
    deeds: Sequence[Deed], goods: Sequence[Goods], texts: Callable[[str], str], *, by_ware: bool = False
) -> Share:
    """One side. `by_ware`: it is one ware of its acts; a sum told for several wares is none of this one's."""
    lead = max(deeds, key=_tells_best)
    steps = in_order(step for deed in deeds for step in steps_of(deed))
    line = next(n for n in lead.lines if n.event.id == lead.id)
    days = [d.start for d in deeds if d.start], [d.end for d in deeds if d.end]
    brokers = _brokers(line, texts(line.report.id))
    givers, takers = ([i for i in side if i not in brokers] for side in sides(lead))
    return Share(
        id=lead.id,
        givers=tuple(givers),
        takers=tuple(takers),
        act=lead.act,
        instrument=lead.kind,
        words=content_of(line, texts(line.report.id)),
        amounts=_once(a for deed in deeds if not by_ware or len(deed.goods) < 2 for a in deed.amounts),
        goods=tuple({(g.item, g.count): g for g in goods}.values()),
        stage=reached(steps),
        stages=steps,
        start=min(days[0], default=None),
        end=max(days[1], default=None),
        events=tuple(line.event.id for deed in deeds for line in deed.lines),
    )


def _brokers(line: LedgerEvent, text: str) -> frozenset[str]:
    """ "mediated by Turkey and the Emirates": who only brings the parties together."""
    found: set[str] = set()
    end = -1  # of the broker named last
    parties = [(p.span, p.id) for p in (*line.event.actors, *line.event.recipients) if p.span is not None]
    for span, id in sorted(parties):
        before = text[max(0, span.start - _BEFORE) : span.start].casefold().replace(" the ", " ").split()
        named = " ".join(before).endswith(tuple(deal_words().sources.brokering))
        listed = 0 <= end <= span.start and text[end : span.start].strip(" ,") in (
            "and",
            "and the",
            "",
            "the",
        )
        if named or listed:
            found.add(id)
            end = span.end
    return frozenset(found)


def _each_others(
    gift: Share, returns: Sequence[Share], ties: Sequence[tuple[Link, Deed]]
) -> tuple[Share, ...]:
    """The sides, where a report says "in exchange" and both givers are told: each is given to the other's.

    Only what no report tells is filled so, and only between one giver and one other.
    """
    if len(returns) != 1 or not any(k.explicit and k.kind == "in_return_for" for k, _ in ties):
        return gift, *returns
    (back,) = returns
    two = len(gift.givers) == len(back.givers) == 1 and gift.givers != back.givers
    if not two or not set(gift.takers) <= set(back.givers) or not set(back.takers) <= set(gift.givers):
        return gift, back
    return replace(gift, takers=back.givers), replace(back, takers=gift.givers)


def _tells_best(deed: Deed) -> tuple[bool, bool, bool, float]:
    return not _is_end(deed), all(sides(deed)), bool(deed.amounts), deed.lead.confidence


def _once(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    return tuple({(a.value, a.currency, a.unit): a for a in amounts}.values())


def _rating(gift: Share, ratings: Mapping[str, Fulfilment]) -> Fulfilment:
    """What the promises in it have become, the last told; else what its stage says by itself."""
    rated = [ratings[event] for event in gift.events if event in ratings]
    told = [r for r in rated if r != "not_yet_rated"]
    return told[-1] if told else _RATED.get(gift.stage, "not_yet_rated")


def _differences(group: Sequence[_Ware]) -> Iterator[str]:
    yield from parted(
        (line.report.file, g) for w in group for line in w.deed.lines for g in _own(w, line.event)
    )
    statuses = {line.event.status: line.report.file for w in group for line in w.deed.lines}
    if len(statuses) > 1:
        yield "told as " + "; ".join(f"{s.replace('_', ' ')} ({file})" for s, file in statuses.items())


def _own(ware: _Ware, event: Event) -> Iterator[Goods]:
    """The goods of a telling that are this ware."""
    yield from (g for g in event.goods if any(is_same_ware(g, h) for h in ware.goods))
