"""What was promised, planned or offered, and what became of it.

Silence is not breach: without a line that tells of it, a promise stays unrated, and says up to which day
the ledger has been read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chancery.deals.deeds import HOSTILE, Deed, day_of
from chancery.deals.evidence import grade, is_official
from chancery.deals.following import Followed, follow
from chancery.deals.schedules import schedule_of
from chancery.deals.stages import in_order, reached, stage_of
from chancery.ledger import LedgerEvent, LedgerLink
from chancery.records import Act, Fulfilment, Promise, PromiseKind, Status, Step

KINDS: Mapping[Status, PromiseKind] = {"promised": "promise", "planned": "plan", "offered": "offer"}
OPEN: frozenset[Fulfilment] = frozenset(("not_yet_rated", "in_progress", "stalled", "kept_in_part"))
_AGAIN = timedelta(days=60)  # the same words within it are one promise told again
_LOOSE: frozenset[Act] = frozenset(("SUPPORT", "CONSULT", "COOPERATE", "AGREE"))
_CONTENT = 90  # characters of a content's words

Texts = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Telling:
    line: LedgerEvent
    deed: Deed
    kind: PromiseKind
    promisors: tuple[str, ...]
    promisees: tuple[str, ...]


def promises(
    deeds: Sequence[Deed], links: Iterable[LedgerLink], texts: Texts, read_to: date | None
) -> tuple[Promise, ...]:
    """Every promise, plan and offer of a deed that harms nobody, by the day it was made."""
    by_promisor: dict[str, list[Deed]] = defaultdict(list)
    for deed in deeds:
        for actor in deed.actors:
            by_promisor[actor].append(deed)
    conditions = _conditions(links)
    made = [
        _promise(group, by_promisor, conditions, texts, read_to) for group in _told_again(_tellings(deeds))
    ]
    return tuple(sorted(made, key=lambda p: (p.made or date.max, p.id)))


def is_overdue(promise: Promise) -> bool:
    """Whether its day has passed, as far as the ledger is read, and it is neither kept nor broken."""
    due = promise.schedule and promise.schedule.due
    return bool(due and promise.read_to and due < promise.read_to and promise.fulfilment in OPEN)


def silent_for(promise: Promise) -> timedelta | None:
    """How long no report has told of it, up to the ledger's last; None where days are not known."""
    if promise.last_told is None or promise.read_to is None:
        return None
    return promise.read_to - promise.last_told


def _conditions(links: Iterable[LedgerLink]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for entry in links:
        if entry.link.kind == "condition":
            found[entry.link.give].append(entry.link.take)
    return {give: tuple(takes) for give, takes in found.items()}


def _tellings(deeds: Iterable[Deed]) -> list[_Telling]:
    made = []
    for deed in deeds:
        for line in deed.lines:
            kind = KINDS.get(line.event.status)
            promisors = _promisors(line, deed)
            if kind is None or line.event.act in HOSTILE or line.event.act == "REQUEST" or not promisors:
                continue
            others = tuple(i for i in deed.recipients if i not in promisors)
            made.append(_Telling(line, deed, kind, promisors, others))
    return made


def _promisors(line: LedgerEvent, deed: Deed) -> tuple[str, ...]:
    """Who stands by it: the holders among its actors, else its actors, else its holders."""
    doers = tuple(dict.fromkeys(p.id for p in line.event.actors)) or deed.actors
    if len(deed.actors) == 1 and deed.actors[0] in doers:
        return deed.actors
    held = tuple(i for i in line.event.held_by if i in doers)
    return held or doers or line.event.held_by


def _told_again(tellings: Iterable[_Telling]) -> list[list[_Telling]]:
    """Tellings of one promise: of one deed, or alike in all that they say and close in time."""
    alike: dict[object, list[_Telling]] = defaultdict(list)
    for told in tellings:
        alike[_likeness(told)].append(told)
    groups: list[list[_Telling]] = []
    for same in alike.values():
        same.sort(key=lambda t: (t.line.report.published or date.max, t.line.event.trigger))
        for told in same:
            if groups and groups[-1][0] in same and _again(groups[-1][-1], told):
                groups[-1].append(told)
            else:
                groups.append([told])
    return groups


def _likeness(told: _Telling) -> object:
    event = told.line.event
    sums = frozenset((a.value, a.currency or a.unit) for a in event.amounts)
    things = frozenset(g.item.casefold() for g in event.goods)
    return told.promisors, told.promisees, event.act, event.instrument, sums, things


def _again(one: _Telling, other: _Telling) -> bool:
    if one.deed.id == other.deed.id:
        return True
    days = (one.line.report.published, other.line.report.published)
    return None not in days and abs(days[1] - days[0]) <= _AGAIN  # type: ignore[operator]


def _promise(
    group: Sequence[_Telling],
    by_promisor: Mapping[str, list[Deed]],
    conditions: Mapping[str, tuple[str, ...]],
    texts: Texts,
    read_to: date | None,
) -> Promise:
    first = group[0]
    event = first.line.event
    lines = [told.line for told in group]
    schedule = schedule_of(lines, texts)
    made = _made(first.line)
    around = [d for who in first.promisors for d in by_promisor[who]]
    deeds = tuple({told.deed.id: told.deed for told in group}.values())
    found = follow(deeds, first.promisors, first.promisees, around, made, schedule)
    steps = in_order([*_own_steps(lines), *found.stages])
    published = [n.report.published for n in (*lines, *found.lines) if n.report.published]
    return Promise(
        id=event.id,
        kind=first.kind,
        promisors=first.promisors,
        promisees=first.promisees,
        act=event.act,
        instrument=event.instrument,
        content=content_of(first.line, texts(first.line.report.id)),
        amounts=tuple({(a.value, a.currency): a for n in lines for a in n.event.amounts}.values()),
        goods=tuple({g.item: g for n in lines for g in n.event.goods}.values()),
        word_of=tuple(s.text for s in event.speakers),
        official=is_official(lines, first.promisors),
        made=made,
        schedule=schedule,
        conditions=tuple(c for n in lines for c in conditions.get(n.event.id, ())),
        tellings=tuple(n.event.id for n in lines),
        stage=reached(steps),
        fulfilment=_rated(first, schedule is not None, found),
        steps=found.steps,
        evidence=grade(deeds, (*first.promisors, *first.promisees)),
        last_told=max(published, default=None),
        read_to=read_to,
    )


def _own_steps(lines: Iterable[LedgerEvent]) -> Iterable[Step]:
    for line in lines:
        stage = stage_of(line.event)
        if stage is not None:
            yield Step(stage, _made(line), line.event.id, line.report.id)


def _made(line: LedgerEvent) -> date | None:
    """The day of the promise: that of its report, unless the report dates it earlier."""
    told, time = line.report.published, line.event.time
    if time is not None and (told is None or time.end < told):
        return time.start
    return told


def content_of(line: LedgerEvent, text: str) -> str:
    """What is promised, in the report's words: from the word that names it, as far as a line holds."""
    event = line.event
    words = " ".join(text[event.trigger.start : max(event.sentence.end, event.trigger.end)].split())
    if len(words) <= _CONTENT:
        return words.rstrip(' .,;”"')
    return words[:_CONTENT].rsplit(" ", 1)[0].rstrip(" .,;") + " ..."


def _rated(first: _Telling, scheduled: bool, found: Followed) -> Fulfilment:
    event = first.line.event
    if found.fulfilment != "not_yet_rated":
        return found.fulfilment
    named = event.instrument or event.goods or event.amounts or first.promisees
    return "untestable" if event.act in _LOOSE and not named and not scheduled else "not_yet_rated"


__all__ = ["KINDS", "OPEN", "Texts", "content_of", "day_of", "is_overdue", "promises", "silent_for"]
