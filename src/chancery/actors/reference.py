"""Mentions without a name: pronouns, "both countries", "the two breakaway Georgian republics"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from chancery.actors.mentions import Found, by_start, ending_at, is_subject, outermost
from chancery.knowledge.actor_data import ActorKnowledge

_PERSON = frozenset(("he", "she", "him", "her", "his", "hers"))
_THING = frozenset(("it", "its"))
_PLURAL = frozenset(("they", "them", "their", "theirs"))
_OWN = frozenset(("we", "us", "our", "ours", "i", "my", "me"))
_TERRITORIAL = frozenset(("state", "partly_recognized_state", "territory", "former_state"))
_BACK = 3  # sentences a pronoun may look back


def descriptions(doc: Doc, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """Definite descriptions of several actors, or of one by its kind."""
    made: list[Found] = []
    for token in doc:
        if token.lower_ in knowledge.reference.breakaway_nouns:
            made.extend(_breakaways(doc, token, found, knowledge))
    taken = {i for f in made for i in range(f.start, f.end)}
    for token in doc:
        if token.i in taken or token.i == 0:
            continue
        if token.lower_ in knowledge.reference.pair_nouns:
            made.extend(_pair(doc, token, [*found, *made], knowledge))
        elif token.lower_ in knowledge.reference.country_nouns:
            made.extend(_country(doc, token, found, knowledge))
        elif doc[token.i - 1].lower_ in ("the", "this"):
            made.extend(_by_noun(token, found, knowledge))
    return made


def _breakaways(doc: Doc, noun: Token, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """ "the two breakaway Georgian republics": all that the named state claims, as far as named here."""
    start = noun.i
    while start and doc[start - 1].sent == noun.sent and noun.i - start < 5 and not doc[start - 1].is_punct:
        start -= 1
    span = range(start, noun.i)
    if not any(doc[i].lower_ in knowledge.reference.breakaway_modifiers for i in span):
        return []
    owner = next((f for f in found if f.start in span and f.how in ("demonym", "name")), None)
    named = {f.actor for f in found}
    claimed = [
        e.id for e in knowledge.entries.values()
        if e.claimed_by and e.id in named and (owner is None or e.claimed_by == owner.actor)
    ]  # fmt: skip
    first = next(i for i in span if doc[i].lower_ in knowledge.reference.breakaway_modifiers or (owner and i == owner.start))
    while first - 1 >= start and doc[first - 1].lower_ in ("the", "two", "three", "both"):
        first -= 1
    plural = noun.text.endswith("s")
    if (plural and len(claimed) < 2) or (not plural and len(claimed) != 1):
        return []
    return [Found(first, noun.i + 1, a, a, "description", None) for a in claimed]


def _pair(doc: Doc, noun: Token, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """ "both countries", "the two sides": the two actors named last; republics only partly recognized ones."""
    start = noun.i - 1
    if doc[start].lower_ not in ("both", "two"):
        return []
    if start and doc[start - 1].lower_ in ("the", "these", "those"):
        start -= 1
    partly = noun.lower_ in ("republics", "regions", "provinces", "territories")
    last: list[str] = []
    for f in sorted(found, key=lambda f: -f.end):
        entry = knowledge.entries.get(f.principal)
        wanted = entry is not None and (
            entry.kind == "partly_recognized_state" if partly else entry.kind in _TERRITORIAL
        )
        if f.end <= start and wanted and f.principal not in last:
            last.append(f.principal)
        if len(last) == 2:
            return [Found(start, noun.i + 1, a, a, "description", None) for a in reversed(last)]
    return []


def _country(doc: Doc, noun: Token, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """ "his country", "the country": the owner's state, or the state named last as a subject."""
    before = doc[noun.i - 1]
    if before.lower_ not in ("his", "her", "their", "its", "our", "the", "my"):
        return []
    people_only = before.lower_ in ("his", "her", "my", "our")
    found = [f for f in found if not people_only or f.agent]
    state = _last(doc, before, [f for f in found if _is_state(f, knowledge)])
    return [Found(noun.i - 1, noun.i + 1, state.principal, state.principal, "description")] if state else []


def _is_state(found: Found, knowledge: ActorKnowledge) -> bool:
    entry = knowledge.entries.get(found.principal)
    return entry is not None and entry.kind in _TERRITORIAL


def _by_noun(noun: Token, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """ "the alliance": the organization named last that is called so."""
    for f in sorted(found, key=lambda f: -f.end):
        entry = knowledge.entries.get(f.actor)
        if f.end < noun.i and entry is not None and entry.kind == "igo" and noun.lower_ in entry.nouns:
            return [Found(noun.i - 1, noun.i + 1, f.actor, f.principal, "description", f.sector)]
    return []


def _last(doc: Doc, at: Token, found: Iterable[Found]) -> Found | None:
    """The nearest mention before `at` within a few sentences, subjects first within a sentence."""
    sentences = [s for s in doc.sents if s.start <= at.i][-_BACK:]
    for sentence in reversed(sentences):
        here = [f for f in found if sentence.start <= f.start < sentence.end and f.end <= at.i]
        subjects = [f for f in here if is_subject(doc[f.end - 1]) or is_subject(doc[f.start])]
        if subjects:
            return subjects[-1] if sentence.end > at.i else subjects[0]
        if here:
            return here[-1]
    return None


def pronouns(doc: Doc, found: list[Found]) -> list[Found]:
    """Personal pronouns by the last fitting mention; "we" by who speaks. Plural ones may be several."""
    outer = outermost(found)
    persons = [f for f in outer if f.agent]
    made: list[Found] = []
    for token in doc:
        word = token.lower_
        if token.pos_ not in ("PRON", "DET") and word not in _OWN:
            continue
        targets: list[Found] = []
        if word in _PERSON:
            targets = _single(_last(doc, token, persons) or _following(doc, token, persons))
        elif word in _THING:
            targets = _single(_last(doc, token, [f for f in outer if f.how != "demonym"]))
        elif word in _PLURAL:
            targets = _group(doc, _last(doc, token, outer), outer)
        elif word in _OWN and not (word == "us" and token.text == "US"):
            targets = _single(_speaker(doc, token, outer))
        made.extend(
            Found(token.i, token.i + 1, t.actor, t.principal, "pronoun", t.sector, t.agent, t.role)
            for t in targets
        )
    return made


def _single(found: Found | None) -> list[Found]:
    return [found] if found else []


def _following(doc: Doc, at: Token, found: list[Found]) -> Found | None:
    """ "When he was visiting Moscow, Chavez suggested": the subject that follows in the sentence."""
    end = at.sent.end
    here = [f for f in found if at.i < f.start < end and is_subject(doc[f.end - 1])]
    return here[0] if here else None


def _group(doc: Doc, last: Found | None, found: list[Found]) -> list[Found]:
    """The mentions coordinated with the last one."""
    if last is None:
        return []
    group = [last]
    while True:
        at = group[0].start
        before = doc[at - 1].lower_ if at else ""
        joined = ending_at(found, at - 1) if before in ("and", ",") else None
        if joined is None or joined in group:
            break
        group.insert(0, joined)
    return group


def _speaker(doc: Doc, at: Token, found: list[Found]) -> Found | None:
    """Who says a quotation: the subject of a verb of saying in this sentence or beside it."""
    sentences = list(doc.sents)
    here = next((n for n, s in enumerate(sentences) if s.start <= at.i < s.end), None)
    if here is None:
        return None
    for sentence in (sentences[here], *sentences[here + 1 : here + 2], *sentences[max(0, here - 1) : here]):
        for token in sentence:
            if token.lemma_ in ("say", "tell", "add", "declare", "announce", "state", "note", "stress", "promise", "recall"):
                subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
                fits = [f for f in found if subject is not None and f.start <= subject.i < f.end]
                if fits and fits[0].agent:
                    return fits[0]
    return None


def resolved(doc: Doc, found: list[Found], knowledge: ActorKnowledge) -> list[Found]:
    """Descriptions first, then pronouns, which may stand for them."""
    described = descriptions(doc, found, knowledge)
    return by_start([*described, *pronouns(doc, [*found, *described])])
