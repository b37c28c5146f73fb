"""Whose promise, plan, demand or hope an act is, where the model names nobody: by the verb above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from chancery.knowledge.event_data import Holding
from chancery.language.mentions import Found
from chancery.records import Event, Reason

_MOST_STEPS = 4
_OWN = frozenset(("promised", "planned", "offered", "refused"))
_OWNERS = frozenset(("nmod:poss", "amod", "compound"))
_CLAUSES = (
    "xcomp",
    "ccomp",
    "obj",
    "obl",
    "conj",
    "acl",
    "acl:relcl",
    "advcl",
    "nmod",
    "nsubj:pass",
    "parataxis",
)


def with_holders(
    doc: Doc, events: Mapping[int, Event], found: Sequence[Found], holding: Sequence[Holding]
) -> dict[int, Event]:
    """The events, those without a holder completed where a verb of holding governs them.

    `found` is the outermost mentions.
    """
    made = dict(events)
    for at, event in events.items():
        if not event.held_by:
            made[at] = _completed(doc[at], event, events, found, holding)
    return made


def _completed(
    trigger: Token,
    event: Event,
    events: Mapping[int, Event],
    found: Sequence[Found],
    holding: Sequence[Holding],
) -> Event:
    at = trigger
    for _ in range(_MOST_STEPS):
        if at.head == at or at.dep_ not in _CLAUSES:
            break
        at = at.head
        noun = at.pos_ == "NOUN"
        words = [h.nouns if noun else h.verbs for h in holding if event.status in h.status]
        if not any(at.lemma_.lower() in w for w in words):
            continue
        holders = _by_event(events.get(at.i)) or (_owners(at, found) if noun else _subjects(at, found))
        if holders:
            why = Reason("held_by", "syntax", f"{'owner' if noun else 'subject'} of {at.text!r}")
            return replace(event, held_by=holders, reasons=(*event.reasons, why))
    if event.status in _OWN:
        own = Reason("held_by", "rule", f"who acts holds what is {event.status}")
        return replace(event, held_by=_by_event(event), reasons=(*event.reasons, own))
    return event


def _by_event(event: Event | None) -> tuple[str, ...]:
    return tuple(party.id for party in event.actors) if event else ()


def _subjects(verb: Token, found: Sequence[Found]) -> tuple[str, ...]:
    """Principals named in the verb's subject, or in the one it shares by coordination or control."""
    at = verb
    for _ in range(3):
        subject = next((c for c in at.children if c.dep_ == "nsubj"), None)
        if subject is not None:
            hits = [f for f in found if f.start <= subject.i < f.end]
            return tuple(dict.fromkeys(f.principal for f in hits))
        participle = at.dep_ == "advcl" and at.tag_ == "VBG"
        if not (participle or at.dep_ in ("conj", "xcomp")) or at.head == at:
            break
        at = at.head
    return ()


def _owners(noun: Token, found: Sequence[Found]) -> tuple[str, ...]:
    """Principals whose promise, plan or offer a noun tells: "Russia's promise", "an offer from Poland"."""
    for child in noun.children:
        by = {c.lower_ for c in child.children if c.dep_ == "case"}
        if child.dep_ in _OWNERS or (child.dep_ == "nmod" and by & {"by", "from", "of"}):
            hits = [f for f in found if f.start <= child.i < f.end]
            if hits:
                return tuple(dict.fromkeys(f.principal for f in hits))
    return ()
