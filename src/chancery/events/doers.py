"""Sides put right by the tree where it is plain: a verb's own subject acts, "by" names who does it.

The model marks words of a whole paragraph; where two clauses stand side by side ("A says it, while B
denies this") it gives both subjects to both verbs. Each rule here needs a mention in a plain place of
the tree, and leaves the model's sides alone where it finds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from chancery.events.parties import WHERE, antecedent, party, slot
from chancery.knowledge.event_data import Doers
from chancery.language.mentions import Found, is_subject
from chancery.records import Act, Party, Span

_MOST_STEPS = 4
_OBJECT_OF_NOUN = frozenset(("of", "on", "against"))
_RELATIVE = frozenset(("WDT", "WP"))
_NEAR = 5  # words behind a verb within which "each other" is its object
_PARTNERS = 2
_RECIPROCAL = frozenset((("each", "other"), ("one", "another")))
_PASSIVE = frozenset(("nsubj:pass", "aux:pass", "csubj:pass"))
_SUFFERED: frozenset[Act] = frozenset(("ASSAULT", "COERCE", "SANCTION", "ACCUSE"))
_MUTUAL: frozenset[Act] = frozenset(
    ("CONSULT", "AGREE", "COOPERATE", "SUPPORT", "RETREAT", "ASSAULT", "REJECT")
)

_PAIRED: frozenset[Act] = frozenset(("CONSULT", "AGREE", "COOPERATE"))


@dataclass(frozen=True, slots=True)
class Two:
    """The parties of both sides of an act, and what the tree changed about them, in words."""

    agents: tuple[Party, ...]
    patients: tuple[Party, ...]
    why: tuple[str, ...] = ()


def settled(
    trigger: Token,
    act: Act,
    two: Two,
    found: Sequence[Found],
    cues: Doers,
    frame: frozenset[str] = frozenset(),
) -> Two:
    """The sides after all rules, in order; `frame` is where the tree puts those the act is done to."""
    two = _happened_at(trigger, act, _without_backers(trigger.doc, two, cues), found, cues)
    two = _by_complement(trigger, two, found, frame)
    two = _by_doer(trigger, act, two, found)
    two = _by_subject(trigger, two, found, cues)
    two = _by_object(trigger, act, two, found, cues)
    two = _demanded(trigger, act, two, found, cues)
    return _each_other(trigger, _together(trigger.doc, act, two, found))


def suffering(
    trigger: Token, act: Act, two: Two, found: Sequence[Found], cues: Doers, frame: frozenset[str]
) -> Two:
    """The sides where nobody known acts ("gunmen attack"): only who suffers is put right."""
    return _by_object(trigger, act, _by_complement(trigger, two, found, frame), found, cues)


def mentions_at(token: Token, found: Iterable[Found]) -> list[Found]:
    """The mentions that cover a word."""
    return [f for f in found if f.start <= token.i < f.end]


def family(token: Token) -> list[Token]:
    """A word with those coordinated with it, the first one first."""
    first = token
    for _ in range(_MOST_STEPS):
        if first.dep_ != "conj" or first.head == first:
            break
        first = first.head
    return [first, *_conjuncts(first)]


def _conjuncts(token: Token) -> Iterator[Token]:
    """Those coordinated with a word, and with them in turn."""
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i:
            yield child
            yield from _conjuncts(child)


def _named(token: Token, found: Sequence[Found]) -> list[Party]:
    """Parties at a word and at those coordinated with it; none where the word itself names nobody."""
    if not mentions_at(token, found):
        return []
    return [party(token.doc, f) for word in (token, *_conjuncts(token)) for f in mentions_at(word, found)]


def _without_backers(doc: Doc, two: Two, cues: Doers) -> Two:
    """ "the U.S.-backed forces": the backer is no party of what the forces do or suffer."""
    agents = tuple(p for p in two.agents if not _backs(doc, p, cues))
    patients = tuple(p for p in two.patients if not _backs(doc, p, cues))
    gone = [p.text for p in (*two.agents, *two.patients) if _backs(doc, p, cues)]
    return Two(agents, patients, (*two.why, *(f"{g!r} only describes another" for g in gone)))


def _happened_at(trigger: Token, act: Act, two: Two, found: Sequence[Found], cues: Doers) -> Two:
    """ "the Lima bombing": a town before such a noun was hit, and did not strike."""
    if act != "ASSAULT" or trigger.lemma_.lower() not in cues.happening:
        return two
    spots = {
        p.span
        for c in trigger.children
        if c.dep_ == "compound"
        for f in mentions_at(c, found)
        if f.how in ("place", "capital")
        for p in [party(trigger.doc, f)]
    }
    moved = tuple(p for p in two.agents if p.span in spots)
    if not moved:
        return two
    kept = tuple(p for p in two.agents if p not in moved)
    return Two(
        kept, two.patients or moved, (*two.why, f"{moved[0].text!r} is where {trigger.text!r} happened")
    )


def _backs(doc: Doc, of: Party, cues: Doers) -> bool:
    words = doc.char_span(of.span.start, of.span.end) if of.span else None
    if words is None or words.end + 1 >= len(doc):
        return False
    return doc[words.end].text in ("-", "–") and doc[words.end + 1].lower_ in cues.backing


def _by_complement(trigger: Token, two: Two, found: Sequence[Found], frame: frozenset[str]) -> Two:
    """ "sanctions on Iran for arming others": who stands where the act puts its recipients, and no more.

    Only those the model names too; what else it names then lies in a clause or phrase beside it.
    """
    slots = [antecedent(c) or c for c in trigger.children if slot(c) in frame]
    spans = {p.span for s in slots for p in _named(s, found)}
    kept = tuple(p for p in two.patients if p.span in spans)
    if not kept or len(kept) == len(two.patients):
        return two
    gone = next(p for p in two.patients if p.span not in spans)
    why = f"{kept[0].text!r}, not {gone.text!r}, is what {trigger.text!r} is done to"
    return Two(two.agents, kept, (*two.why, why))


def _each_other(trigger: Token, two: Two) -> Two:
    """ "accuse each other": all stand on both sides."""
    doc, end = trigger.doc, min(trigger.sent.end, trigger.i + _NEAR)
    places = range(trigger.i + 1, end - 1)
    at = next((i for i in places if (doc[i].lower_, doc[i + 1].lower_) in _RECIPROCAL), None)
    if at is None or len({a.id for a in two.agents}) < _PARTNERS:
        return two
    words = doc[at : at + 2]
    span = Span(words.start_char, words.end_char)
    each = tuple(replace(a, text=words.text, span=span) for a in two.agents)
    return Two(two.agents, each, (*two.why, f"{words.text!r}: all stand on both sides"))


def _by_doer(trigger: Token, act: Act, two: Two, found: Sequence[Found]) -> Two:
    """ "condemned by X", "recognition by X": who stands behind "by" acts; a passive's subject suffers."""
    active = any(c.dep_ == "nsubj" for c in trigger.children) and trigger.tag_ != "VBN"
    doers = [p for child in trigger.children if _by(child) and not active for p in _named(child, found)]
    passive = any(c.dep_ in _PASSIVE for c in trigger.children)
    if act == "MOBILIZE" and not doers and not two.agents:  # troops are their own state's
        sent = next((c for c in trigger.children if c.dep_ in ("nsubj:pass", "obj")), None)
        moved = _named(sent, found) if sent is not None else []
        spans = {p.span for p in moved}
        if moved:
            kept = tuple(p for p in two.patients if p.span not in spans)
            return Two(tuple(moved), kept, (*two.why, f"{moved[0].text!r} are moved by their own state"))
    subject = next((c for c in trigger.children if c.dep_ == "nsubj:pass"), None)
    suffers = _named(subject, found) if subject is not None and (doers or act in _SUFFERED) else []
    if doers and {d.id for d in doers} != {a.id for a in two.agents}:
        kept = tuple(p for p in two.patients if p.span not in {d.span for d in doers})
        two = Two(tuple(doers), kept, (*two.why, f"{doers[0].text!r} stands behind 'by'"))
    if passive and suffers:
        spans = {s.span for s in suffers}
        agents = tuple(a for a in two.agents if a.span not in spans)
        if agents != two.agents or not two.patients:
            patients = (*two.patients, *(s for s in suffers if s.id not in {p.id for p in two.patients}))
            two = Two(agents, patients, (*two.why, f"{suffers[0].text!r} is the passive's subject"))
    return two


def _by(child: Token) -> bool:
    if child.dep_ == "obl:agent":
        return True
    return child.dep_.startswith(("obl", "nmod")) and any(
        g.lower_ == "by" and g.dep_ == "case" for g in child.children
    )


def _by_subject(trigger: Token, two: Two, found: Sequence[Found], cues: Doers) -> Two:
    """A verb's own subject acts, and with it those coordinated; no other clause's subject does."""
    if trigger.pos_ not in ("VERB", "AUX") or trigger.lemma_.lower() in cues.undergone:
        return two
    if any(_by(c) and _named(c, found) for c in trigger.children):
        return two
    subject = _subject(trigger, cues)
    own = _named(subject, found) if subject is not None else []
    spans = {p.span for p in own}
    if not own or subject is None or _agrees(trigger, subject, spans, two):
        return two
    if {p.id for p in own} == {a.id for a in two.agents}:
        return two  # the same actors: "Graustark says it will lend" keeps the name, not the pronoun
    patients = tuple(p for p in two.patients if p.span not in spans)
    return Two(tuple(own), patients, (*two.why, f"{own[0].text!r} is the subject of {trigger.text!r}"))


def _by_object(trigger: Token, act: Act, two: Two, found: Sequence[Found], cues: Doers) -> Two:
    """Whose the object is suffers: "the downing of a Russian jet", "rejects Iran's offer"."""
    if act not in cues.of_object or any(not _is_place(trigger.doc, p) for p in two.patients):
        return two
    places = WHERE if act == "ASSAULT" else frozenset()
    owners = [p for o in _objects(trigger) for p in _owners(o, found, places)]
    if not owners and act == "ASSAULT":  # "a bomb went off in Lima"
        owners = [p for c in trigger.children if _placed(c) for p in _named(c, found)]
    acting = {a.id for a in two.agents}
    owners = [o for o in owners if o.id not in acting and not _own_thing(trigger.doc, o)]
    if not owners:
        return two
    why = f"{owners[0].text!r} is told with the object of {trigger.text!r}"
    return Two(two.agents, tuple(owners), (*two.why, why))


def _own_thing(doc: Doc, of: Party) -> bool:
    """Whether the owner is a possessive pronoun: "suspend its election" does nothing to another."""
    head = _head(doc, of)
    return head is not None and head.pos_ == "PRON"


def _is_place(doc: Doc, of: Party) -> bool:
    head = _head(doc, of)
    return head is not None and any(c.dep_ == "case" and c.lower_ in WHERE for c in head.children)


def _objects(trigger: Token) -> Iterator[Token]:
    """What an act is done to: a verb's object or passive subject, what a noun has behind "of"."""
    noun = trigger.pos_ in ("NOUN", "PROPN")
    for child in trigger.children:
        of = any(c.lower_ in _OBJECT_OF_NOUN and c.dep_ == "case" for c in child.children)
        if child.dep_ in ("obj", "nsubj:pass") or (noun and child.dep_ == "nmod" and of):
            yield antecedent(child) or child


def _placed(child: Token) -> bool:
    return child.dep_.startswith(("obl", "nmod")) and any(
        c.dep_ == "case" and c.lower_ in WHERE for c in child.children
    )


def _demanded(trigger: Token, act: Act, two: Two, found: Sequence[Found], cues: Doers) -> Two:
    """ "X said that Y must go": X demands it, of Y."""
    clause = trigger if trigger.dep_ == "ccomp" else trigger.head
    must = any(c.lower_ in cues.obliging for w in (trigger, clause) for c in (w, *w.children))
    if act != "REQUEST" or clause.dep_ != "ccomp" or not must:
        return two
    saying = next((c for c in clause.head.children if c.dep_ == "nsubj"), None)
    bound = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
    who = _named(saying, found) if saying is not None else []
    whom = _named(bound, found) if bound is not None else []
    if not who:
        return two
    why = f"{who[0].text!r} says that it must be"
    return Two(tuple(who), tuple(whom) or tuple(p for p in two.patients if p not in who), (*two.why, why))


def _owners(thing: Token, found: Sequence[Found], places: frozenset[str]) -> list[Party]:
    """The parties a noun names, else those whose it is, or in whose place it lies."""
    named = _named(thing, found)
    if named:
        return named
    owners = [
        c
        for c in thing.children
        if c.dep_ in ("nmod:poss", "amod", "compound")
        or (c.dep_ == "nmod" and any(g.lower_ == "of" for g in c.children))
    ] or [c for c in thing.children if c.dep_ == "nmod" and any(g.lower_ in places for g in c.children)]
    return [p for c in owners for p in _named(c, found)]


def _agrees(trigger: Token, subject: Token, own: set[Span | None], two: Two) -> bool:
    """Whether the model's sides go with the subject already, or tell more than the tree can."""
    inside = {t.idx for t in subject.subtree}
    acting = {a.span for a in two.agents}
    if acting and acting <= own:
        # all there, or partners of one subject on both sides: "A [actor] and B [recipient] meet"
        return own <= acting | {p.span for p in two.patients}
    if acting and all(span is not None and span.start in inside for span in acting):
        return True
    if not acting and any(p.span in own for p in two.patients):
        return True  # the model holds that the subject suffers it
    if acting > own and all(_beside(trigger, subject, a) for a in two.agents):
        return True
    inherited = subject.head != trigger and trigger.dep_ == "conj"
    return inherited and any(_subject_between(trigger, subject, a) for a in two.agents)


def _beside(trigger: Token, subject: Token, of: Party) -> bool:
    """Whether a party stands before the verb with no other verb after the subject: one list, badly parsed."""
    head = _head(trigger.doc, of)
    if head is None or head.i >= trigger.i:
        return False
    first, last = sorted((subject.i, head.i))
    return not any(t.pos_ in ("VERB", "AUX") or t.tag_ in _RELATIVE for t in trigger.doc[first:last])


def _subject_between(trigger: Token, subject: Token, of: Party) -> bool:
    """Whether the model's party is the subject of a clause nearer to the verb than the shared subject."""
    head = _head(trigger.doc, of)
    return head is not None and subject.i < head.i < trigger.i and is_subject(head)


def _subject(verb: Token, cues: Doers) -> Token | None:
    """Who does what a verb says: its subject, or the one it takes from the verb or noun above."""
    at = verb
    for _ in range(_MOST_STEPS):
        if any(c.dep_ in _PASSIVE for c in at.children):
            return None
        own = next((c for c in at.children if c.dep_ == "nsubj"), None)
        if own is not None:
            return at.head if own.tag_ in ("WDT", "WP") and at.dep_ == "acl:relcl" else own
        above = at.head
        directed = at.dep_ == "xcomp" and above.lemma_.lower() in cues.directing
        shared = at.dep_ in ("xcomp", "conj") and above != at and above.pos_ in ("VERB", "AUX")
        if directed or not shared:
            return _taken_over(at, directed=directed)
        at = above
    return None


def _taken_over(verb: Token, *, directed: bool) -> Token | None:
    """The object of the verb that directs, or the holder of the decision that an infinitive tells."""
    above = verb.head
    if directed:
        return next((c for c in above.children if c.dep_ in ("obj", "iobj")), None)
    told = verb.dep_ == "acl" and above.pos_ == "NOUN" and any(c.lower_ == "to" for c in verb.children)
    return _holder(above) if told else None


def _holder(noun: Token) -> Token | None:
    """ "the decision of Colombia to allow": whose decision it is."""
    for child in noun.children:
        of = any(c.lower_ == "of" and c.dep_ == "case" for c in child.children)
        if child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and of):
            return child
    return None


def _together(doc: Doc, act: Act, two: Two, found: Sequence[Found]) -> Two:
    """Those named in one list stand on one side: that of the first of them in a role."""
    for p in (*two.agents, *two.patients):
        head = _head(doc, p)
        if head is None:
            continue
        members = [party(doc, f) for word in family(head) for f in mentions_at(word, found)]
        if len({m.id for m in members}) < 2:
            continue
        two = _one_side(two, members, moving=act not in _MUTUAL, partners=act in _PAIRED)
    return two


def _one_side(two: Two, members: list[Party], *, moving: bool, partners: bool) -> Two:
    agents, patients = {p.span for p in two.agents}, {p.span for p in two.patients}
    first = next((m for m in members if m.span in agents or m.span in patients), None)
    if first is None:
        return two
    acting = first.span in agents
    ours, theirs = (two.agents, two.patients) if acting else (two.patients, two.agents)
    missing = [m for m in members if m.span not in agents | patients]
    listed = {m.span for m in members}
    moving = moving or any(p.span not in listed for p in theirs)  # they have another to deal with
    moved = [m for m in theirs if m.span in listed] if moving else []
    if not missing and not moved:
        return two
    if partners and acting and len(members) == _PARTNERS and not theirs:
        why = (*two.why, f"{missing[0].text!r} is the partner of {first.text!r}")
        return Two(two.agents, tuple(missing), why)
    ours = (*ours, *missing, *moved)
    theirs = tuple(m for m in theirs if m not in moved)
    why = (*two.why, f"{(missing or moved)[0].text!r} stands in one list with {first.text!r}")
    return Two(ours, theirs, why) if acting else Two(theirs, ours, why)


def _head(doc: Doc, of: Party) -> Token | None:
    words = doc.char_span(of.span.start, of.span.end) if of.span else None
    return words.root if words is not None else None
