"""Who recognized whom, when, what it got for it, what is only promised, and on whose word.

Returns come from the ledger's links alone, each marked explicit or implicit; nothing is paired
here by guess. Recognitions of several states in one event are told apart by who is a party of the
return: what went to Nicaragua is not Venezuela's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chancery.analysis.stages import Stage, Word, stage_of, word_for
from chancery.ledger import LedgerEvent, LedgerLink
from chancery.records import Act, Actor, Event, LinkKind, Time

# Recognizing, agreeing to, or refusing it. Asking for it, talking it over or taking it back is
# an act about recognition, whose actor need not be the one that recognizes.
_RECOGNIZING: frozenset[Act] = frozenset(("SUPPORT", "AGREE", "COOPERATE", "AID", "CONCEDE", "REJECT"))
_MUTUAL: frozenset[Act] = frozenset(("AGREE", "COOPERATE", "CONSULT"))
_RECOGNIZABLE = ("partly_recognized_state", "territory")

Side = Literal["to", "by", "with", "unclear"]


@dataclass(frozen=True, slots=True)
class Recognition:
    """One report's telling that a state recognized, will, may or will not recognize `whom`.

    `towards` is to whom an agreement to recognize was given; `when` is as the report tells it.
    """

    line: LedgerEvent
    stage: Stage
    whom: tuple[str, ...]
    towards: tuple[str, ...]
    when: Time | None
    word: Word


@dataclass(frozen=True, slots=True)
class Return:
    """An act that a report links to the recognition.

    `side` is where the recognizing state stands in it: it went `to` the state, was done `by` it or
    together `with` it, or no recognizing state is a party of it (`unclear`).
    `recognitions` are the events it is linked to.
    """

    line: LedgerEvent
    kind: LinkKind
    explicit: bool
    side: Side
    stage: Stage
    word: Word
    recognitions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecognizerAccount:
    """All that the ledger holds on one recognizing state (or organization) and its price."""

    recognizer: str
    name: str
    recognitions: tuple[Recognition, ...]
    returns: tuple[Return, ...]

    def told(self, stage: Stage) -> tuple[Recognition, ...]:
        """Its recognitions of one stage: done, ahead, sought or refused."""
        return tuple(r for r in self.recognitions if r.stage == stage)

    @property
    def since(self) -> date | None:
        """The first day on which it had recognized, as far as a report dates it."""
        return min((r.when.start for r in self.told("done") if r.when), default=None)

    @property
    def received(self) -> tuple[Return, ...]:
        """What it got."""
        return self._returns("done", ("to", "with"))

    @property
    def due(self) -> tuple[Return, ...]:
        """What is only promised, offered, planned, expected or possible."""
        return self._returns("ahead", ("to", "with"))

    @property
    def sought(self) -> tuple[Return, ...]:
        """What was only asked for."""
        return self._returns("sought", ("to", "with", "by"))

    @property
    def rest(self) -> tuple[Return, ...]:
        """What else is linked: its own acts, what was refused, and what is unclear."""
        listed = (*self.received, *self.due, *self.sought)
        return tuple(r for r in self.returns if r not in listed)

    def _returns(self, stage: Stage, sides: tuple[Side, ...]) -> tuple[Return, ...]:
        return tuple(r for r in self.returns if r.stage == stage and r.side in sides)


def recognitions_in(
    lines: Iterable[LedgerEvent], links: Iterable[LedgerLink], actors: Mapping[str, Actor]
) -> tuple[RecognizerAccount, ...]:
    """One account a recognizing actor: first those that did, by date, then the others by name."""
    by_id = {line.event.id: line for line in lines}
    ends = _other_ends(links, by_id)
    told: dict[str, list[LedgerEvent]] = defaultdict(list)
    for line in filter(_is_recognition, by_id.values()):
        for recognizer in dict.fromkeys(p.id for p in line.event.actors):
            told[recognizer].append(line)
    accounts = [_account(who, of, ends, actors) for who, of in told.items()]
    return tuple(sorted(accounts, key=_did_first))


def about_recognition(lines: Iterable[LedgerEvent]) -> tuple[LedgerEvent, ...]:
    """The other acts about recognition: asked for, talked over, withdrawn, or by nobody named."""
    return tuple(
        line for line in lines if line.event.instrument == "recognition" and not _is_recognition(line)
    )


def _is_recognition(line: LedgerEvent) -> bool:
    event = line.event
    return event.instrument == "recognition" and event.act in _RECOGNIZING and bool(event.actors)


def _did_first(account: RecognizerAccount) -> tuple[bool, date, str]:
    return (not account.told("done"), account.since or date.max, account.name)


_Ends = Mapping[str, list[tuple[LedgerEvent, LedgerLink]]]


def _other_ends(links: Iterable[LedgerLink], by_id: Mapping[str, LedgerEvent]) -> _Ends:
    """For each event the events linked to it, at whichever end they stand."""
    ends: dict[str, list[tuple[LedgerEvent, LedgerLink]]] = defaultdict(list)
    for entry in links:
        give, take = by_id.get(entry.link.give), by_id.get(entry.link.take)
        if give is not None and take is not None:
            ends[give.event.id].append((take, entry))
            ends[take.event.id].append((give, entry))
    return ends


def _account(
    who: str, lines: list[LedgerEvent], ends: _Ends, actors: Mapping[str, Actor]
) -> RecognizerAccount:
    return RecognizerAccount(
        recognizer=who,
        name=actors[who].name if who in actors else who,
        recognitions=tuple(_recognition(line, actors) for line in lines),
        returns=tuple(_merged(_returns(who, lines, ends))),
    )


def _recognition(line: LedgerEvent, actors: Mapping[str, Actor]) -> Recognition:
    event = line.event
    ids = tuple(dict.fromkeys(p.id for p in event.recipients))
    whom = ids
    if event.act == "AGREE":  # its recipient is first of all the one it was agreed with
        whom = tuple(i for i in ids if i in actors and actors[i].kind in _RECOGNIZABLE)
    towards = tuple(i for i in ids if i not in whom)
    return Recognition(line, stage_of(event), whom, towards, event.time, word_for(line))


def _returns(who: str, lines: list[LedgerEvent], ends: _Ends) -> Iterator[Return]:
    for line in lines:
        others = {p.id for p in line.event.actors} - {who}
        for end, entry in ends.get(line.event.id, ()):
            side = _side(who, others, end.event)
            if side is not None and not _is_recognition(end):
                yield Return(
                    line=end,
                    kind=entry.link.kind,
                    explicit=entry.link.explicit,
                    side=side,
                    stage=stage_of(end.event),
                    word=word_for(end),
                    recognitions=(line.event.id,),
                )


def _side(who: str, others: set[str], event: Event) -> Side | None:
    """Where `who` stands in a linked act; nowhere (`None`) if it is a fellow recognizer's."""
    givers, takers = {p.id for p in event.actors}, {p.id for p in event.recipients}
    if who in takers:
        return "to"
    if who in givers:
        mutual = event.act in _MUTUAL or (not takers and len(givers) > 1)
        return "with" if mutual else "by"
    return None if others & (givers | takers) else "unclear"


def _merged(returns: Iterator[Return]) -> Iterator[Return]:
    """One line for an act linked to several of the recognitions in the same way."""
    groups: dict[tuple[str, LinkKind, bool], list[Return]] = defaultdict(list)
    for found in returns:
        groups[found.line.event.id, found.kind, found.explicit].append(found)
    for same in groups.values():
        first = same[0]
        linked = tuple(dict.fromkeys(i for r in same for i in r.recognitions))
        yield Return(
            line=first.line,
            kind=first.kind,
            explicit=first.explicit,
            side=first.side,
            stage=first.stage,
            word=first.word,
            recognitions=linked,
        )
