"""What depends on a condition and what is the condition, by the clause that "if" or "unless" opens.

Used where the model tells as planned or done what the sentence makes hang on something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from chancery.events.clauses import opened, places
from chancery.knowledge.event_data import LinkCue

Side = Literal["depends", "condition"]
_MODALS = frozenset(
    ("will", "would", "'ll", "'d", "shall", "wo", "can", "could", "may", "might", "should", "to")
)
_VERBAL = frozenset(("VERB", "AUX", "ADJ"))
_TEMPORAL = frozenset(("only after", "only when", "until", "as long as", "so long as", "as soon as", "once"))
_MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause of condition: the words that open it, its head, and the verb it hangs on."""

    cue: str
    head: Token
    above: Token

    @property
    def open(self) -> bool:
        """Whether it is still to be met: "signed only after the other withdrew" tells what was done."""
        return self.cue not in _TEMPORAL or _has_modal(self.above)


def conditions(doc: Doc, cues: Sequence[LinkCue]) -> tuple[Condition, ...]:
    """The open conditions of a document, longer cues before shorter ones."""
    words = [token.lower_ for token in doc]
    taken: set[int] = set()
    found: list[Condition] = []
    for cue in cues:
        if cue.kind != "condition" or cue.where != "clause":
            continue
        for start, end in places(words, cue.cue.split()):
            heads = [] if taken & set(range(start, end)) else opened(doc, start, end, cue)
            for head in heads[:1]:
                taken |= set(range(start, end))
                above = head.head.head if head.head.pos_ == "ADV" else head.head  # "as long" as ...
                condition = Condition(cue.cue, head, above)
                if above != head and condition.open and _is_clause(head):
                    found.append(condition)
    return tuple(found)


def side_of(token: Token, found: Iterable[Condition], light: frozenset[str]) -> tuple[Side, Condition] | None:
    """Whether an act is a condition, or depends on one; the nearest decides. `light` as in the cues."""
    for at in _upward(token, light):
        for condition in found:
            if at == condition.head:
                return "condition", condition
            if at == condition.above and token not in set(condition.head.subtree):
                return "depends", condition
    return None


def _upward(token: Token, light: frozenset[str]) -> Iterator[Token]:
    """The words up to which a clause's condition holds for the act: "to hold talks if ..."."""
    at = token
    yield at
    for _ in range(_MOST_STEPS):
        noun = at.dep_ in ("obj", "nsubj:pass") and at.head.lemma_.lower() in light
        if at.head == at or not (noun or at.dep_ == "xcomp" or (at.dep_ == "conj" and _shares(at))):
            return
        at = at.head
        yield at


def _shares(verb: Token) -> bool:
    return not any(c.dep_ in ("nsubj", "nsubj:pass") for c in verb.children)


def _is_clause(head: Token) -> bool:
    """Whether a verb stands in it: not "unless for humanitarian purposes"."""
    return head.pos_ in _VERBAL or any(c.dep_ in ("nsubj", "cop") for c in head.children)


def _has_modal(verb: Token) -> bool:
    at = verb
    for _ in range(_MOST_STEPS):
        if any(c.lower_ in _MODALS and c.dep_ in ("aux", "mark") for c in at.children):
            return True
        if at.dep_ not in ("xcomp", "conj") or at.head == at:
            return False
        at = at.head
    return False
