"""Which of a sentence's times an act has: the one the model marks, else the one its own clause holds.

A time belongs to the first act above it in the tree, and not beyond its own clause: what stands in a
clause of report, of reason or of condition dates nothing outside it, and a date before a noun ("the 2011
scheme") dates that noun and what describes it. Without a time of its own, an act shares that of a word which
tells it too: a participle beside it, a verb joined to it, the verb whose object it is for the first time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from chancery.knowledge.quantity_data import quantities
from chancery.records import Reason, Time

_MOST_STEPS = 10
_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl"))
_CLOSED = frozenset(("ccomp", "csubj", "csubj:pass"))
_DESCRIBING = frozenset(("acl", "acl:relcl"))
_BEFORE = frozenset(("nmod:poss", "compound", "nummod", "amod", "nmod", "nmod:unmarked"))


@dataclass(frozen=True, slots=True)
class _Told:
    """A time and the word of it that hangs on the sentence."""

    time: Time
    top: Token


def time_of(
    trigger: Token, marked: AbstractSet[int], times: Sequence[Time], triggers: AbstractSet[int]
) -> tuple[Time | None, tuple[Reason, ...]]:
    """The time of the act a word names, and what spoke for it; `marked` are the model's words of its time."""
    near = list(_near(trigger, times))
    for told in near:
        if marked & _tokens(trigger.doc, told.time):
            return told.time, (Reason("time", "model", f"{told.time.text!r} is marked"),)
    for told in near:
        if _governor(told.top, triggers) == trigger.i:
            return told.time, (Reason("time", "syntax", f"{told.time.text!r} hangs on {trigger.text!r}"),)
    for word in _kin(trigger):
        for told in near:
            if told.top.head == word and _is_before_noun(told.top) == (trigger.dep_ == "acl"):
                return told.time, (Reason("time", "syntax", f"{told.time.text!r} hangs on {word.text!r}"),)
    return None, ()


def _near(trigger: Token, times: Sequence[Time]) -> Iterator[_Told]:
    sentence = trigger.sent
    for time in times:
        if sentence.start_char <= time.span.start < sentence.end_char:
            words = trigger.doc.char_span(time.span.start, time.span.end, alignment_mode="expand")
            if words is not None:
                yield _Told(time, words.root)


def _tokens(doc: Doc, time: Time) -> set[int]:
    words = doc.char_span(time.span.start, time.span.end, alignment_mode="expand")
    return set(range(words.start, words.end)) if words is not None else set()


def _governor(top: Token, triggers: AbstractSet[int]) -> int | None:
    """The first trigger on the way from a time up to the end of its clause."""
    if _is_before_noun(top):
        return top.head.i if top.head.i in triggers else None
    at = top
    for _ in range(_MOST_STEPS):
        if at.head == at or (at != top and _ends_clause(at, triggers)):
            return None
        at = at.head
        if at.i in triggers:
            return at.i
    return None


def _ends_clause(token: Token, triggers: AbstractSet[int]) -> bool:
    """Whether what stands with a word says nothing of what is above it."""
    apart = quantities().times.apart
    if any(c.dep_ in ("case", "mark") and c.lower_ in apart for c in token.children):
        return True
    if token.dep_ in _CLOSED:
        return True
    if token.dep_ in _DESCRIBING:
        return token.head.i not in triggers
    if token.dep_ in ("advcl", "parataxis", "conj"):
        return any(
            c.dep_ in _SUBJECTS or (token.dep_ == "advcl" and c.dep_ == "mark") for c in token.children
        )
    return False


def _is_before_noun(top: Token) -> bool:
    """Whether a time stands before a noun and tells which one is meant."""
    bare = not any(c.dep_ == "case" and c.lower_ not in ("'s", "’s") for c in top.children)
    return top.dep_ in _BEFORE and top.head.i > top.i and top.head.pos_ in ("NOUN", "PROPN") and bare


def _kin(trigger: Token) -> Iterator[Token]:
    """Words that tell of the same happening as a trigger."""
    head = trigger.head
    given = trigger.dep_ == "obl" and any(c.dep_ == "case" and c.lower_ == "with" for c in trigger.children)
    if (trigger.dep_ in ("obj", "nsubj:pass") or given) and head.pos_ == "VERB" and _is_new(trigger):
        yield head
    if _is_participle(trigger) or trigger.dep_ == "acl":
        yield head
    yield from (c for c in trigger.children if _is_participle(c) and c.i < trigger.i)
    joined = (c for c in trigger.children if c.dep_ == "conj" and c.pos_ == "VERB" and c.tag_ == trigger.tag_)
    yield from (c for c in joined if _is_bare(c))


def _is_participle(word: Token) -> bool:
    """A participle clause without subject or conjunction: "touring the region, he met"."""
    return word.dep_ in ("advcl", "parataxis") and word.lower_.endswith("ing") and _is_bare(word)


def _is_bare(word: Token) -> bool:
    return not any(c.dep_ in _SUBJECTS or c.dep_ in ("mark", "aux") for c in word.children)


def _is_new(noun: Token) -> bool:
    """Whether a noun is told for the first time: "signed an agreement", not "signed the agreement"."""
    return not any(c.dep_ == "nmod:poss" or c.lower_ in ("the", "this", "that") for c in noun.children)
