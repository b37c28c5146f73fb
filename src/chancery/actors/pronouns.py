"""Pronouns: he and she by persons, it by things, they by groups, we by who speaks or signs."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from chancery.actors.reference import last_before
from chancery.knowledge.event_data import Speech
from chancery.language.mentions import (
    Found,
    ending_at,
    is_subject,
    outermost,
    sentence_bounds,
    sentences_until,
    starting_at,
)

_PERSON = frozenset(("he", "she", "him", "her", "his", "hers"))
_THING = frozenset(("it", "its"))
_PLURAL = frozenset(("they", "them", "their", "theirs"))
_OWN = frozenset(("we", "us", "our", "ours", "i", "my", "me"))
_OPENING = 8  # sentences, titles and preambles counted, in which a statement names its signers
_NEGATIVE = frozenset(("not", "n't", "n’t", "never"))
_GOING_ON = frozenset(("continue", "fail", "refuse", "keep", "persist", "decline"))
_PLURAL_TAGS = frozenset(("NNS", "NNPS"))
_QUOTES = frozenset(('"', "“", "”", "''", "``"))


def pronouns(doc: Doc, found: list[Found], speech: Speech) -> list[Found]:
    """Personal pronouns by the last fitting mention; "we" by who speaks. Plural ones may be several."""
    outer = outermost(found)
    persons = [f for f in outer if f.agent and f.role]
    made: list[Found] = []
    for token in doc:
        word = token.lower_
        if token.pos_ not in ("PRON", "DET") and word not in _OWN:
            continue
        targets: list[Found] = []
        if word in _PERSON:
            others = [f for f in persons if not _own_subject(doc, token, [f])]
            targets = _single(
                _of_main_clause(token, persons)
                or last_before(doc, token, others)
                or _following(doc, token, persons)
            )
        elif word in _THING:
            things = [f for f in outer if f.how not in ("demonym", "place")]
            targets = _single(
                _warned(token, things)
                or last_before(doc, token, [f for f in things if not _own_subject(doc, token, [f])])
            )
        elif word in _PLURAL:
            targets = _several(doc, token, outer)
        elif word in _OWN and not (word == "us" and token.text == "US"):
            said = _speaker(doc, token, outer, speech)
            targets = _single(said) if said or _quoted(token) else _signers(doc, token, outer)
        made.extend(
            Found(token.i, token.i + 1, t.actor, t.principal, "pronoun", t.sector, t.agent, t.role)
            for t in targets
        )
    return made


def _single(found: Found | None) -> list[Found]:
    return [found] if found else []


def _of_main_clause(at: Token, persons: list[Found]) -> Found | None:
    """ "When he was in Moscow, Chavez suggested": a clause put first has its main clause's subject."""
    clause = at.head
    if at.dep_ not in ("nsubj", "nsubj:pass") or clause.dep_ != "advcl" or clause.i > clause.head.i:
        return None
    subjects = [c for c in clause.head.children if c.dep_ in ("nsubj", "nsubj:pass") and c.i > at.i]
    return next((f for s in subjects for f in persons if f.start <= s.i < f.end), None)


def _warned(at: Token, found: list[Found]) -> Found | None:
    """ "will punish Iran if it does not yield": not the subject, but the other one told of before.

    So only where the clause tells what must not be or go on: else either may be meant.
    """
    clause = at.head
    if at.dep_ != "nsubj" or clause.dep_ != "advcl" or clause.head.i > clause.i:
        return None
    words = {c.lower_ for c in clause.children}
    if "unless" not in words and not ("if" in words and (words & _NEGATIVE or clause.lemma_ in _GOING_ON)):
        return None
    begin = at.sent.start
    others = [f for f in found if begin <= f.start and f.end <= at.i and not is_subject(at.doc[f.end - 1])]
    return others[-1] if others else None


def _following(doc: Doc, at: Token, found: list[Found]) -> Found | None:
    """ "When he was visiting Moscow, Chavez suggested": the subject that follows in the sentence."""
    end = at.sent.end
    here = [f for f in found if at.i < f.start < end and is_subject(doc[f.end - 1])]
    return here[0] if here else None


def _several(doc: Doc, at: Token, found: list[Found]) -> list[Found]:
    """The last actors named together, or by a plural, but never the subject of the pronoun's own verb."""
    last = _group(doc, last_before(doc, at, found), found)
    if _is_plural(doc, last) and not _own_subject(doc, at, last):
        return last
    begin = sentences_until(doc, at.i, 2)[0][0]
    near = [f for f in found if f.start >= begin and f.end <= at.i]
    for f in sorted(near, key=lambda f: -f.end):
        group = _group(doc, f, found)
        if _is_plural(doc, group) and not _own_subject(doc, at, group):
            return group
    return [] if _own_subject(doc, at, last) else last


def _is_plural(doc: Doc, group: list[Found]) -> bool:
    return len({f.principal for f in group}) > 1 or any(doc[f.end - 1].tag_ in _PLURAL_TAGS for f in group)


def _own_subject(doc: Doc, at: Token, group: list[Found]) -> bool:
    """Whether the group is subject where the pronoun is object: nobody recognizes "them" who are they."""
    if at.dep_ not in ("obj", "iobj", "obl"):
        return False
    verb = at.head
    while verb.dep_ == "conj" and verb.head != verb and not any(c.dep_ == "nsubj" for c in verb.children):
        verb = verb.head  # "meets X and urges him": the first verb's subject is the second's
    return any(is_subject(doc[f.end - 1]) and verb in (t.head for t in doc[f.start : f.end]) for f in group)


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


def _quoted(token: Token) -> bool:
    """Whether an odd number of quotation marks stands before the word in its paragraph."""
    count = 0
    for i in range(token.i - 1, -1, -1):
        if "\n" in token.doc[i].text:
            break
        count += token.doc[i].text in _QUOTES
    return count % 2 == 1


def _signers(doc: Doc, at: Token, found: list[Found]) -> list[Found]:
    """ "We" in the text's own voice: whoever its first sentences name as subject, as in a joint statement."""
    for first, end in sentence_bounds(doc)[:_OPENING]:
        subjects = [f for f in found if first <= f.start < min(end, at.i) and is_subject(doc[f.end - 1])]
        if subjects:
            return _onward(doc, subjects[0], found)
    return []


def _onward(doc: Doc, first: Found, found: list[Found]) -> list[Found]:
    """A mention with those coordinated behind it: "France, Germany, and Italy"."""
    group = [first]
    while True:
        at = group[-1].end
        while at < len(doc) and doc[at].lower_ in (",", "and", "the"):
            at += 1
        following = starting_at(found, at) or starting_at(found, at - 1)
        if at == group[-1].end or following is None or following in group:
            return group
        group.append(following)


def _speaker(doc: Doc, at: Token, found: list[Found], speech: Speech) -> Found | None:
    """Who says a quotation: the subject of a verb of saying in this sentence or beside it."""
    bounds = sentence_bounds(doc)
    here = bounds.index(sentences_until(doc, at.i, 1)[0])
    for first, end in (bounds[here], *bounds[here + 1 : here + 2], *bounds[max(0, here - 1) : here]):
        for token in doc[first:end]:
            if token.lemma_.lower() in speech.verbs:
                subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
                fits = [f for f in found if subject is not None and f.start <= subject.i < f.end]
                if fits and fits[0].agent:
                    return fits[0]
    return None
