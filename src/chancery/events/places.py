"""Where an act takes place: a named place that hangs on the act's own clause, and the state it lies in.

A place is read where the tree ties it to the act: by a preposition ("in Caracas"), as the end of a
journey, through a gathering ("at a summit in Brussels"), as what is taken or shelled, or as what a
clause with "where" describes. The state is that of the name, or of the word that says whose place it
is; a border or an embassy has none, for its words do not tell on whose side it stands. Of several places told
together it is the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from chancery.knowledge.actor_data import actor_knowledge
from chancery.knowledge.event_data import Locating
from chancery.language.mentions import Found
from chancery.records import Act, Place, Reason, Span

_LANDS = frozenset(("state", "partly_recognized_state", "territory", "former_state"))
_NAMES = frozenset(("name", "place", "capital", "seat", "acronym"))
_TOWNS = frozenset(("place", "capital"))
_UNDERGONE = frozenset(("obj", "nsubj:pass"))
_SIDES = frozenset(("obj", "nsubj", "nsubj:pass"))
_BETWEEN = frozenset(("obj", "iobj", "obl", "ccomp", "xcomp"))
_BY_THEM: frozenset[Act] = frozenset(("ASSAULT", "COERCE", "PROTEST"))
_VISITS = frozenset(("visit", "tour"))
_OBLIQUES = frozenset(("obl", "nmod", "obl:lmod", "obl:agent", "advmod"))
_DETERMINERS = frozenset(("the", "a", "an", "its", "their", "his", "her"))
_BESIDE = frozenset(("appos", "nmod", "compound", "flat", "amod"))
_OWNS = frozenset(("of", "with"))


@dataclass(frozen=True, slots=True)
class Where:
    """What tells where acts take place: the mentions (outermost), the words that name acts, and the cues."""

    found: Sequence[Found]
    triggers: frozenset[int]
    cues: Locating


def place_of(trigger: Token, act: Act, where: Where) -> tuple[Place | None, tuple[Reason, ...]]:
    """The place of the act a word names, and what spoke for it; nothing where none hangs on its clause."""
    for noun, why in _nouns(trigger, act, where):
        place = _place(noun, where)
        if place is not None:
            return place, (Reason("place", "syntax", f"{place.text!r} {why}"),)
    return None, ()


def _nouns(trigger: Token, act: Act, where: Where) -> Iterator[tuple[Token, str]]:
    """Nouns that may say where an act is, the nearest to it first, each with the reason."""
    bodily = act in where.cues.bodily
    yield from _at(trigger, where, act)
    if act == "ASSAULT":
        yield from _aimed(trigger, where)
    if bodily:
        yield from _beside(trigger, act, where)
    elif trigger.lemma_.lower() in where.cues.making:
        yield from (n for made in trigger.children if made.dep_ in _UNDERGONE for n in _by(made, where))
    yield from _shared(trigger, where, act)
    if trigger.dep_ == "acl:relcl" and any(c.lower_ == "where" for c in trigger.children):
        yield from _inward(trigger.head, f"is where {trigger.text!r} is told of", where)


def _at(word: Token, where: Where, act: Act) -> Iterator[tuple[Token, str]]:
    """Nouns tied to a word by a preposition of place, as a journey's end, or through a gathering."""
    for noun in word.children:
        if noun.dep_ == "obj" and _is_visited(word, noun, where):
            yield from _inward(noun, f"is the object of {word.text!r}", where)
        elif noun.dep_ in _OBLIQUES:
            yield from _behind(word, noun, where, act)


def _behind(word: Token, noun: Token, where: Where, act: Act) -> Iterator[tuple[Token, str]]:
    """The place that a word's phrase with a preposition says, if it says one."""
    cues, cases, lemma = where.cues, _cases(noun), noun.lemma_.lower()
    if cases & {"to", "into"} and _leads(word, where.cues, act):
        yield from _inward(noun, f"is where {word.text!r} leads", where)
    elif cases & cues.during and (lemma in cues.gatherings or noun.i in where.triggers):
        yield from ((inner, f"is where {noun.text!r} is") for inner, _ in _at(noun, where, "CONSULT"))
    elif _is_static(noun, where) and (act in cues.bodily or not _crossed(word, noun)):
        yield from _inward(noun, f"hangs with {' '.join(sorted(cases))!r} on {word.text!r}", where)


def _inward(noun: Token, why: str, where: Where) -> Iterator[tuple[Token, str]]:
    """A noun of a place, or the place that such a noun is in: "at a mosque in Kano"."""
    sure = _land(noun, where) is not None or _is_loc(noun)
    if sure:
        yield noun, why
    for inner in noun.children:
        if inner.dep_ in _OBLIQUES and _is_static(inner, where):
            yield from _inward(inner, why, where)
    if not sure:
        yield noun, why


def _leads(word: Token, cues: Locating, act: Act) -> bool:
    """Whether a word tells a journey; to send or give a thing back somewhere is not done there."""
    moved = act == "MOBILIZE" or not any(c.dep_ in ("obj", "nsubj:pass") for c in word.children)
    return word.lemma_.lower() in cues.journeys and moved


def _is_static(noun: Token, where: Where) -> bool:
    """Whether a noun's preposition says where something is; "at" a state is anger, not a place."""
    cases, cues = _cases(noun), where.cues
    if cases & cues.at == {"at"}:
        return not any(f.how == "name" for f in _mentions(noun, where))
    if cases & cues.at:
        return True
    return bool(cases & cues.also) and (noun.lemma_.lower() in cues.spots or _is_loc(noun))


def _is_visited(verb: Token, noun: Token, where: Where) -> bool:
    """What is visited is a place; what is attacked is one only where a town or region is named."""
    if verb.lemma_.lower() not in where.cues.visited:
        return False
    town = any(f.how in _TOWNS for f in _mentions(noun, where))
    return town or verb.lemma_.lower() in _VISITS or noun.lemma_.lower() in where.cues.spots


def _crossed(verb: Token, noun: Token) -> bool:
    """Whether a noun stands between a verb and a phrase behind it: the phrase may well be that noun's."""
    return noun.i > verb.i and any(c.dep_ in _BETWEEN and verb.i < c.i < noun.i for c in verb.children)


def _aimed(trigger: Token, where: Where) -> Iterator[tuple[Token, str]]:
    """Towns and regions that an attack is on, and where the thing is that it is on."""
    falls = trigger.lemma_.lower() in where.cues.falls
    for noun in trigger.children:
        if noun.dep_ not in _OBLIQUES or not _cases(noun) & where.cues.aimed:
            continue
        why = f"is what {trigger.text!r} is on"
        for at, told in _inward(noun, why, where):
            land = _land(at, where)
            if at != noun or falls or (land and land.how in _TOWNS):
                yield at, told


def _beside(trigger: Token, act: Act, where: Where) -> Iterator[tuple[Token, str]]:
    """Places beside those a deed is done to or by: "killed five men in Idlib", "police in Lyon arrest"."""
    told = [trigger, trigger.head] if _is_light(trigger, where) else [trigger]
    for noun in (child for word in told for child in word.children if child != trigger):
        own = not any(f.how == "name" for f in _mentions(noun, where))
        if noun.dep_ in _UNDERGONE or (noun.dep_ == "nsubj" and own and act in _BY_THEM):
            yield from _by(noun, where)


def _by(noun: Token, where: Where) -> Iterator[tuple[Token, str]]:
    for inner in noun.children:
        if inner.dep_ in _OBLIQUES and _is_static(inner, where):
            yield from _inward(inner, f"stands by {noun.text!r}", where)


def _is_light(noun: Token, where: Where) -> bool:
    """Whether a verb that is no act of its own has this noun for its subject or object: "hold a strike"."""
    return noun.dep_ in _SIDES and noun.head.pos_ == "VERB" and noun.head.i not in where.triggers


def _shared(trigger: Token, where: Where, act: Act) -> Iterator[tuple[Token, str]]:
    """Places of a word that tells the act together with the trigger: a light verb, a verb joined to it."""
    head = trigger.head
    if _is_light(trigger, where) or (trigger.dep_ == "obj" and _is_new(trigger)):
        yield from _at(head, where, "CONSULT")
    if trigger.dep_ == "conj" and not _has_subject(trigger):
        yield from (n for n in _at(head, where, act) if n[0].i < head.i)
    for child in trigger.children:
        if _goes_on(child, trigger, act, where):
            yield from _at(child, where, act)


def _goes_on(child: Token, trigger: Token, act: Act, where: Where) -> bool:
    """Whether a verb below tells more of the same deed: joined to it, a participle, or its infinitive."""
    joined = child.dep_ == "conj" and child.pos_ == trigger.pos_
    participle = child.dep_ == "advcl" and not any(c.dep_ == "mark" for c in child.children)
    within = child.dep_ == "xcomp" and act in where.cues.bodily and child.i not in where.triggers
    return (joined or participle or within) and not _has_subject(child)


def _is_new(noun: Token) -> bool:
    """Whether a noun is told for the first time: "signed an agreement", not "signed the agreement"."""
    return not any(c.dep_ == "nmod:poss" or c.lower_ in ("the", "this", "that") for c in noun.children)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_.partition(":")[0] in ("nsubj", "csubj") for c in verb.children)


def _cases(noun: Token) -> frozenset[str]:
    return frozenset(c.lower_ for c in noun.children if c.dep_ == "case")


def _mentions(token: Token, where: Where) -> list[Found]:
    return [f for f in where.found if f.start <= token.i < f.end]


def _place(noun: Token, where: Where) -> Place | None:
    """The place a noun names by itself, or by the name beside a noun of places."""
    named = _land(noun, where)
    if named is not None:
        return _over(noun.doc, *_widened(noun, named.start, named.end, where.cues), named.principal)
    if _mentions(noun, where):
        return None  # an organization, a person, a people
    if noun.lemma_.lower() in where.cues.spots:
        return _spot(noun, where)
    return _unlisted(noun, where) if _is_loc(noun) else None


def _land(noun: Token, where: Where) -> Found | None:
    """The mention at a noun, where it is a land's name or a place in one."""
    kinds = actor_knowledge()
    return next(
        (f for f in _mentions(noun, where) if f.how in _NAMES and kinds.actor(f.principal).kind in _LANDS),
        None,
    )


def _spot(noun: Token, where: Where) -> Place | None:
    """A noun of places with its name: the name, if one is told, else the words that say whose place it is."""
    beside = [c for c in noun.children if c.dep_.partition(":")[0] in _BESIDE]
    owners = {f.principal for c in beside for f in _mentions(c, where)}
    alone = next(iter(owners)) if len(owners) == 1 and noun.lemma_.lower() not in where.cues.between else None
    state = alone if alone and actor_knowledge().actor(alone).kind in _LANDS else None
    for child in beside:
        if child.dep_ == "nmod" and not _cases(child) <= {"of"}:
            continue
        town = next((f for f in _mentions(child, where) if f.how in _TOWNS), None)
        if town is not None:
            return _over(noun.doc, *_widened(child, town.start, town.end, where.cues), town.principal)
        if _is_loc(child) and not _mentions(child, where):
            return _over(noun.doc, *_entity(child), state)
    return _over(noun.doc, *_phrase(noun, beside), state) if owners else None


def _phrase(noun: Token, beside: Sequence[Token]) -> tuple[int, int]:
    """A noun with the names beside it, without preposition and article."""
    first = min([noun.i, *(c.left_edge.i for c in beside)])
    while first < noun.i and (noun.doc[first].dep_ == "case" or noun.doc[first].lower_ in _DETERMINERS):
        first += 1
    behind = [c.i for c in beside if c.i > noun.i and _cases(c) & _OWNS]
    return first, max([noun.i, *behind]) + 1


def _unlisted(noun: Token, where: Where) -> Place:
    """A name the model takes for a place and no list has; its state only where it is told beside it."""
    start, end = _entity(noun)
    told = [f.principal for c in noun.children if c.i >= end for f in [_land(c, where)] if f is not None]
    return _over(noun.doc, start, end, told[0] if len(told) == 1 else None)


def _is_loc(token: Token) -> bool:
    return token.ent_type_ == "LOC"


def _entity(token: Token) -> tuple[int, int]:
    """The whole of the name a word is in."""
    return next(
        ((e.start, e.end) for e in token.doc.ents if e.start <= token.i < e.end), (token.i, token.i + 1)
    )


def _widened(noun: Token, start: int, end: int, cues: Locating) -> tuple[int, int]:
    """A name with the word of direction before it: "eastern Congo"."""
    while start > noun.sent.start and noun.doc[start - 1].lower_ in cues.directions:
        start -= 1
    return start, end


def _over(doc: Doc, start: int, end: int, country: str | None) -> Place:
    words = doc[start:end]
    return Place(words.text, country, Span(words.start_char, words.end_char))
