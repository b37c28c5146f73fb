"""A second opinion on what a word names: the lexicon's, beside the model's.

Where both agree the line rests on two sources. A word the model only half believes is taken up where
the lexicon knows it; its act is corrected where the model is unsure. The model stays the proposer: a
word it never suspected names no act.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from chancery.knowledge.event_data import ActWord, EventCues
from chancery.language import ActProposal, Scored

SUSPECTED_AT = 0.3  # probability from which a word of the lexicon names its act
UNSURE = 0.8  # the model's act below this probability yields to the lexicon's
_VERBAL = frozenset(("VERB", "AUX"))
_NOMINAL = frozenset(("NOUN", "PROPN"))


def act_word(token: Token, cues: EventCues) -> ActWord | None:
    """The lexicon's entry for a word used as the entry lists it."""
    table = cues.verbs if token.pos_ in _VERBAL else cues.nouns if token.pos_ in _NOMINAL else {}
    return table.get(token.lemma_.lower()) or table.get(token.lower_)


def second_opinions(
    doc: Doc, proposals: Iterable[ActProposal], cues: EventCues, at_least: float
) -> list[ActProposal]:
    """The proposals to believe, with acts and instruments put right by the lexicon."""
    return [
        _corrected(p, entry)
        for p in proposals
        for entry in (act_word(doc[p.token], cues),)
        if p.score >= (SUSPECTED_AT if entry else at_least)
    ]


def _corrected(p: ActProposal, entry: ActWord | None) -> ActProposal:
    if entry is None:
        return p
    acts, instruments = p.acts, p.instruments
    if acts[0].label != entry.act and acts[0].score < UNSURE:
        acts = (_score(acts, entry.act), *(a for a in acts if a.label != entry.act))
    same = acts[0].label == entry.act
    if (
        same
        and entry.instrument
        and instruments[0].label != entry.instrument
        and instruments[0].score < UNSURE
    ):
        instruments = (
            _score(instruments, entry.instrument),
            *(i for i in instruments if i.label != entry.instrument),
        )
    return replace(p, acts=acts, instruments=instruments)


def _score(labels: Sequence[Scored], wanted: str) -> Scored:
    return next((s for s in labels if s.label == wanted), Scored(wanted, 0.0))
