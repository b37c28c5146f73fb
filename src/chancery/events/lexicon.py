"""A second opinion on what a word names: the lexicon's, beside the model's.

Where both agree the line rests on two sources. A word the model only half believes is taken up where
the lexicon knows it; its act is corrected where the model is unsure. A phrase ("lifted the embargo")
says more than its word and counts whatever the model says. The model stays the proposer: a word it
never suspected names no act.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from chancery.events.phrases import forms, governing, phrase
from chancery.knowledge.event_data import ActWord, EventCues, Phrase
from chancery.language import ActProposal, Scored

SUSPECTED_AT = 0.3  # probability from which a word of the lexicon names its act
UNSURE = 0.8  # the model's act below this probability yields to the lexicon's
_VERBAL = frozenset(("VERB", "AUX"))
_NOMINAL = frozenset(("NOUN", "PROPN"))


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the lexicon says of a word: by itself, or by its phrase (`firm`), which counts more."""

    act: str
    instrument: str | None
    told: str
    firm: bool = False


def act_word(token: Token, cues: EventCues) -> ActWord | None:
    """The lexicon's entry for a word used as the entry lists it."""
    table = cues.verbs if token.pos_ in _VERBAL else cues.nouns if token.pos_ in _NOMINAL else {}
    return table.get(token.lemma_.lower()) or table.get(token.lower_)


def opinion(token: Token, cues: EventCues, said: str) -> Opinion | None:
    """The lexicon's word on a trigger that the model thinks names the act `said`."""
    found = phrase(token, cues.phrases)
    if found is not None and _speaks(found, said):
        return _by_phrase(found, token.lemma_)
    above = governing(token)
    over = phrase(above, cues.phrases) if above is not None else None
    if over is not None and not over.own and over.with_ & forms(token) and above is not None:
        return _by_phrase(over, f"{above.lemma_} {token.lemma_}")
    entry = act_word(token, cues)
    if entry is None:
        return None
    told = f"{token.lemma_}: {entry.act}" + (f", {entry.instrument}" if entry.instrument else "")
    return Opinion(entry.act, entry.instrument, told)


def _speaks(found: Phrase, said: str) -> bool:
    return not found.instead_of or said in found.instead_of or said == found.act


def _by_phrase(found: Phrase, words: str) -> Opinion:
    told = f"{words}, phrase: {found.act}" + (f", {found.instrument}" if found.instrument else "")
    return Opinion(found.act, found.instrument, told, firm=True)


def second_opinions(
    doc: Doc, proposals: Iterable[ActProposal], cues: EventCues, at_least: float
) -> list[ActProposal]:
    """The proposals to believe, with acts and instruments put right by the lexicon."""
    told = [(p, opinion(doc[p.token], cues, p.acts[0].label)) for p in proposals]
    believed = [_corrected(p, said) for p, said in told if p.score >= (SUSPECTED_AT if said else at_least)]
    return _of_one_phrase(doc, believed, cues)


def _corrected(p: ActProposal, said: Opinion | None) -> ActProposal:
    if said is None:
        return p
    acts, instruments = p.acts, p.instruments
    if acts[0].label != said.act and (said.firm or acts[0].score < UNSURE):
        acts = _first(acts, said.act)
    same = acts[0].label == said.act
    if same and said.instrument and (said.firm or instruments[0].score < UNSURE):
        instruments = _first(instruments, said.instrument)
    return replace(p, acts=acts, instruments=instruments)


def _first(labels: Sequence[Scored], wanted: str) -> tuple[Scored, ...]:
    """The labels with the wanted one in front."""
    front = next((s for s in labels if s.label == wanted), Scored(wanted, 0.0))
    return (front, *(s for s in labels if s.label != wanted))


def _of_one_phrase(doc: Doc, believed: list[ActProposal], cues: EventCues) -> list[ActProposal]:
    """A noun that only completes its verb ("imposed [sanctions]") tells that act, not another."""
    by_word = {p.token: p for p in believed}
    return [_as_verb(doc[p.token], p, by_word, cues) for p in believed]


def _as_verb(
    token: Token, p: ActProposal, by_word: Mapping[int, ActProposal], cues: EventCues
) -> ActProposal:
    above = governing(token)
    verb = by_word.get(above.i) if above is not None else None
    if above is None or verb is None:
        return p
    found = phrase(above, cues.phrases)
    if found is None or found.own or not found.with_ & forms(token) or verb.acts[0].label != found.act:
        return p
    roles = {**p.roles, **{r: verb.roles.get(r) or p.roles.get(r, ()) for r in ("actor", "recipient")}}
    return replace(p, acts=verb.acts, instruments=verb.instruments, statuses=verb.statuses, roles=roles)
