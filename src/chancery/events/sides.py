"""The two sides of a bargain in the tree: which act stands under a word, above it, or beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from chancery.records import Act, Event, Instrument

MATERIAL: frozenset[Instrument] = frozenset(
    ("loan", "grant", "payment", "arms", "energy", "debt_relief", "investment", "humanitarian", "technology")
)
FAVOURS: frozenset[Instrument] = frozenset(
    ("recognition", "vote", "membership", "military_access", "relations")
)
GIFTS: frozenset[Act] = frozenset(("AID", "COOPERATE", "CONCEDE", "RETREAT", "SUPPORT", "AGREE"))
HOSTILE: frozenset[Act] = frozenset(
    ("SANCTION", "COERCE", "ASSAULT", "ACCUSE", "THREATEN", "MOBILIZE", "PROTEST", "REJECT")
)
DONE = frozenset(("occurred", "ongoing"))
ASKED = frozenset(("requested", "demanded"))
_WORDS_ABOUT: frozenset[Act] = frozenset(("REQUEST", "AGREE", "THREATEN", "ACCUSE"))
_COMPLEMENTS = frozenset(("xcomp", "ccomp", "obj", "obl", "nmod", "acl", "csubj", "nsubj:pass"))
_MOST_STEPS = 6


@dataclass(frozen=True)
class Told:
    """A document and its acts, by the word that names each; words of doubles name the act they went into."""

    doc: Doc
    acts: Mapping[int, Event]

    @cached_property
    def word_of(self) -> dict[str, int]:
        """The trigger's position by event id: the word at which the act's own span begins."""
        return {
            e.id: i for i, e in sorted(self.acts.items(), reverse=True) if self.doc[i].idx == e.trigger.start
        }

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The acts in reading order, each once."""
        return tuple(self.acts[i] for i in sorted(self.word_of.values()))

    def within(self, tokens: Iterable[Token]) -> list[Event]:
        """The acts that these words name, in order, each once."""
        found = (self.acts[t.i] for t in tokens if t.i in self.acts)
        return list({e.id: e for e in found}.values())

    def under(self, head: Token, barred: Iterable[int] = ()) -> Event | None:
        """The act nearest to the head of a clause or phrase, level by level; never through `barred`."""
        without = set(barred)
        level = [head]
        while level:
            hit = next((self.acts[t.i] for t in level if t.i in self.acts and t.i not in without), None)
            if hit is not None:
                return hit
            level = [c for t in level for c in t.children if c.i not in without]
        return None

    def above(self, inner: Token, inside: set[int]) -> Event | None:
        """The act that a clause or phrase hangs on: on the way up, or in the clause above outside it."""
        at = inner
        for _ in range(_MOST_STEPS):
            if at.head == at:
                return None
            at = at.head
            if at.i in inside:
                continue
            if at.i in self.acts:
                return self.acts[at.i]
            if at.pos_ in ("VERB", "AUX", "NOUN", "ADJ"):
                hit = self.under(at, inside)
                if hit is not None:
                    return hit
        return None

    def deed(self, event: Event, inside: set[int], before: int | None = None) -> Event:
        """ "asks Brussels to halt it": the deed that a request, promise or warning is about, where named.

        `before` is where to stop looking where the tree is silent.
        """
        if event.act not in _WORDS_ABOUT:
            return event
        word = self.doc[self.word_of[event.id]]
        for child in word.children:
            if child.i not in inside and child.dep_.partition(":")[0] in _COMPLEMENTS:
                hit = self._at_or_below(child, inside)
                if hit is not None and hit.id != event.id and hit.act != "REQUEST":
                    return self.deed(hit, inside) if hit.act != event.act else hit
        if event.act not in ("REQUEST", "AGREE") or before is None:
            return event
        between = [e for e in self.within(self.doc[word.i + 1 : before]) if e.sentence == event.sentence]
        return between[-1] if between else event

    def _at_or_below(self, head: Token, barred: set[int]) -> Event | None:
        """The act a word names, or one of the words right under it."""
        named = (self.acts.get(t.i) for t in (head, *head.children) if t.i not in barred)
        return next((e for e in named if e is not None), None)

    def joined_to(self, event: Event, inside: set[int] | None = None) -> Iterator[Event]:
        """The act and those coordinated with it that stand alike ("cash and visas")."""
        yield event
        word = self.doc[self.word_of[event.id]]
        for other in self.within(word.conjuncts):
            apart = inside is not None and self.word_of[other.id] not in inside
            if other.id != event.id and other.act == event.act and other.status == event.status and not apart:
                yield other

    def before(self, sentence: Words) -> Words | None:
        """The sentence before, past empty ones."""
        while sentence.start:
            sentence = self.doc[sentence.start - 1].sent
            if sentence.text.strip():
                return sentence
        return None

    def depth(self, event: Event) -> int:
        """How many steps the act's word stands under the root of its sentence."""
        at, steps = self.doc[self.word_of[event.id]], 0
        while at.head != at:
            at, steps = at.head, steps + 1
        return steps

    def highest(self, events: Iterable[Event], *, last: bool = False) -> Event | None:
        """Of some acts the one nearest the root; of equals the first, or the last."""
        ordered = list(events)[::-1] if last else list(events)
        return min(ordered, key=self.depth, default=None)


def parties(event: Event) -> tuple[set[str], set[str]]:
    """Who does it and to whom, as ids."""
    return {p.id for p in event.actors}, {p.id for p in event.recipients}


def answers(gift: Event, favour: Event) -> bool:
    """Whether two acts may be sides of one bargain: who was given to does the favour, and not to itself."""
    givers, takers = parties(gift)
    doers, _ = parties(favour)
    return bool(takers & doers) and not givers & doers
