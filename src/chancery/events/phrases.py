"""What a word names together with its company: "lift a ban" yields, "impose a ban" punishes.

The company of a trigger are the words that depend on it, without clauses of their own and without the
doer; of a participle besides the noun it describes ("sanctions imposed on ...").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from chancery.knowledge.code_data import Worded
from chancery.knowledge.event_data import Phrase

_CLAUSES = frozenset(("advcl", "ccomp", "acl:relcl", "parataxis", "conj", "acl", "csubj", "punct", "cc"))
_APART = frozenset(("advcl", "ccomp", "acl:relcl", "parataxis", "conj"))
_DOERS = frozenset(("nsubj", "obl:agent"))
_DESCRIBES = frozenset(("acl", "amod"))
_PHRASE = frozenset(("nmod", "compound", "amod", "conj", "nmod:poss", "case", "nummod", "flat"))
_STEPS = 2  # levels below an object: "restrictions [on trade [with Cuba]]"
_NEAR = 3  # words behind a verb within which its particle stands
_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("d", ""),
)


def phrase(token: Token, phrases: Iterable[Phrase]) -> Phrase | None:
    """The first entry that the word and its company fit."""
    if token.pos_ not in ("VERB", "NOUN", "PROPN", "ADJ"):
        return None
    own = forms(token)
    likely = [p for p in phrases if p.words & own]
    if not likely:
        return None
    near = {form for t in company(token) for form in forms(t)}
    return next((p for p in likely if _fits(p, token, near)), None)


def _fits(p: Phrase, token: Token, near: set[str]) -> bool:
    if p.particle and not any(t.lower_ == p.particle for t in token.doc[token.i + 1 : token.i + 1 + _NEAR]):
        return False
    wanted = (not p.with_ or bool(p.with_ & near)) and (not p.also or bool(p.also & near))
    return wanted and not p.without & near


def forms(token: Token) -> set[str]:
    """A word's lemma, its form, and the stems that English endings leave: lemmas are learned and err."""
    word = token.lower_
    cut = {
        word.removesuffix(end) + put
        for end, put in _ENDINGS
        if word.endswith(end) and len(word) > len(end) + 2
    }
    return {token.lemma_.lower(), word, *cut}


def company(token: Token) -> Iterator[Token]:
    """The words that stand with a trigger; see the module's words."""
    level = [c for c in token.children if c.dep_ not in _CLAUSES and c.dep_ not in _DOERS]
    level += [c for c in token.children if c.dep_ in ("xcomp", "advcl") and c.i == token.i + 2]
    yield from level
    if token.dep_ in _DESCRIBES and token.head.pos_ in ("NOUN", "PROPN"):
        yield token.head
        level += [c for c in token.head.children if c.dep_ in ("compound", "amod") and c != token]
        yield from level
    for _ in range(_STEPS):
        level = [c for t in level for c in t.children if c.dep_ in _PHRASE]
        yield from level


def governing(token: Token) -> Token | None:
    """The word whose object a noun is: of "lifted [sanctions]", "the lifting of [sanctions]"."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    at = token
    while at.dep_ == "conj" and at.head != at:
        at = at.head
    if at.dep_ in ("obj", "nsubj:pass", "nmod", "obl", "compound", "iobj"):
        return at.head
    described = [c for c in at.children if c.dep_ == "acl"]
    return described[0] if described else None


def worded(token: Token) -> Worded:
    """The words that codes may hang on: the trigger, its phrase without clauses, its sentence."""
    near = [token]
    level = [token]
    for _ in range(3):
        level = [c for t in level for c in t.children if c.dep_ not in _APART]
        near += level
    if token.dep_ in ("obj", "compound", "nmod", "nsubj", "conj"):
        near.append(token.head)
    return Worded(
        frozenset(forms(token)),
        frozenset(form for t in near for form in forms(t)),
        frozenset(form for t in token.sent for form in (t.lower_, t.lemma_.lower())),
    )
