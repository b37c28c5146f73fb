"""Events as they are compared: one telling for each act that an event tells of, with what features need.

A compound event ("Nicaragua and Venezuela recognized ...") is one event in the contract; where each party's
act is its own (knowledge/reconcile/acts.yaml), it is one telling a party.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chancery.knowledge.actor_data import actor_knowledge
from chancery.knowledge.reconcile_data import Length, reconcile_data
from chancery.reconcile.words import content, is_anew, names, numbers, stem
from chancery.records import STAGE_OF, Act, Event, Party, Stage

AHEAD = 92  # days for which an act that is ahead and undated is looked for
_SOON = 30  # as many for acts that are over within days, which the same parties do again by then
_OVER = 4  # days that such an act takes at most
RECENT = 30  # days before an undated report in which what it tells as done may have been dated by another
_DONE_TO_ONCE = frozenset(("partly_recognized_state", "territory", "igo"))
_SAID: Mapping[Stage, Act] = {"sought": "REQUEST", "refused": "REJECT"}
_FAR = timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class Source:
    """The report that tells an event, as far as comparing goes."""

    report: str
    publisher: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Telling:
    """One act as one report tells it. `first` and `last` bound the days on which it can have been.

    `dated` says whether the report dates it; else the bounds come from the report's own day and the act.
    `part` is the party whose own act it is, in a compound event. `anew` is whether words near the act make
    it one more of its kind.
    """

    event: Event
    source: Source
    sentence: str
    part: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    agents: frozenset[str]
    mutual: bool
    stage: Stage
    first: date | None
    last: date | None
    dated: bool
    length: Length
    head: str
    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    anew: bool

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other: its event, and the party whose act it is."""
        return self.event.id, self.part or ""

    @property
    def recalled(self) -> int:
        """Days before its bounds in which a dated telling may lie: undated reports recall the last weeks."""
        brief = self.event.act in reconcile_data().brief
        recalls = self.stage == "done" and not self.dated and not brief
        return min(RECENT, 7 * max(self.length.days, 1)) if recalls else 0

    @property
    def parties(self) -> frozenset[str]:
        """All parties, whichever side they are on."""
        return self.actors | self.recipients


def tellings(event: Event, source: Source, sentence: str) -> tuple[Telling, ...]:
    """The tellings of one event; `sentence` is its words."""
    own = {event.act, event.instrument} & reconcile_data().own
    actors = list(dict.fromkeys(p.id for p in event.actors))
    if own and len(actors) > 1 and event.recipients:
        return tuple(_telling(event, source, sentence, actor) for actor in actors)
    return (_telling(event, source, sentence, None),)


def _telling(event: Event, source: Source, sentence: str, part: str | None) -> Telling:
    data = reconcile_data()
    stage = "sought" if event.act == "REQUEST" else STAGE_OF[event.status]
    # who asks or refuses does so on a day, however long what is asked for would take
    said = _SAID.get(stage)
    length = data.spans[said] if said and event.status != "not_occurred" else data.span_of(event)
    if length.once and not _is_once(event):
        length = replace(length, once=False)
    first, last = _bounds(event, source.published, length, stage)
    at = event.sentence.start
    doers = [p for p in event.actors if part is None or p.id == part]
    return Telling(
        event=event,
        source=source,
        sentence=sentence,
        part=part,
        actors=_ids(doers),
        recipients=_ids(event.recipients),
        agents=frozenset(a for p in (*doers, *event.recipients) if p.agent and (a := _surname(p.agent))),
        mutual=data.is_mutual(event),
        stage=stage,
        first=first,
        last=last,
        dated=event.time is not None,
        length=length,
        head=stem(event.trigger_text.split()[-1]) if event.trigger_text.split() else "",
        words=content(sentence),
        names=names(sentence),
        numbers=numbers(sentence),
        anew=is_anew(sentence, event.trigger.start - at, event.trigger.end - at),
    )


def _is_once(event: Event) -> bool:
    """Whether all to whom it is done are such as it is done to once: disputed states, organizations."""
    entries = actor_knowledge().entries
    kinds = {entries[p.id].kind if p.id in entries else None for p in event.recipients}
    return bool(kinds) and kinds <= _DONE_TO_ONCE


def _ids(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(p.id for p in parties)


def _surname(agent: str) -> str | None:
    """The last word of a person's name; nothing for bodies that are only described."""
    last = agent.rsplit(maxsplit=1)[-1]
    return last.lower() if last[:1].isupper() else None


def _bounds(
    event: Event, published: date | None, length: Length, stage: Stage
) -> tuple[date | None, date | None]:
    """The first and last day on which the act can have been, as this report tells it."""
    if event.time is not None:
        return event.time.start, event.time.end
    if published is None:
        return None, None
    whole = event.actors and event.recipients
    back = _FAR if length.once and stage == "done" and whole else timedelta(days=length.days)
    soon = _SOON if length.days <= _OVER else AHEAD
    ahead = timedelta(days=soon if stage == "ahead" else 0)
    return published - back, published + ahead
