"""Titles and nouns for organs, with the actor that stands beside them: "Russia's foreign ministry"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from spacy.tokens import Doc

from chancery.knowledge import own
from chancery.knowledge.actor_data import ActorKnowledge, actor_knowledge
from chancery.knowledge.actor_entries import OfficeEntry, Reference
from chancery.language.mentions import Found, ending_at, starting_at
from chancery.language.words import splitter
from chancery.records import Sector

T = TypeVar("T")

POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_MOST_BETWEEN = 4  # words between a state and its organ: "Russian state-owned oil companies"


class PhraseIndex(Generic[T]):
    """Lower-case phrases by their first word, longest match first."""

    def __init__(self, phrases: Mapping[str, T]) -> None:
        split = splitter()
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        for phrase, value in phrases.items():
            words = split(phrase)
            self._by_first[words[0]].append((words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda e: -len(e[0]))

    def matches(self, words: list[str]) -> Iterator[tuple[int, int, T]]:
        """Start, end and value of each longest match, left to right, not overlapping."""
        at = 0
        while at < len(words):
            for pattern, value in self._by_first.get(words[at], ()):
                if tuple(words[at : at + len(pattern)]) == pattern:
                    yield at, at + len(pattern), value
                    at += len(pattern) - 1
                    break
            at += 1


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """The indices over the titles and nouns in use."""

    offices: PhraseIndex[OfficeEntry]
    bodies: PhraseIndex[Sector]


def phrase_book() -> PhraseBook:
    """The book of the knowledge in use."""
    return _book(own.folder_in_use())


@cache
def _book(_folder: str | None) -> PhraseBook:
    knowledge: ActorKnowledge = actor_knowledge()
    return PhraseBook(PhraseIndex(knowledge.offices), PhraseIndex(knowledge.bodies))


def lowered(doc: Doc) -> list[str]:
    """The document's words in lower case."""
    return [t.lower_ for t in doc]


def left_owner(doc: Doc, start: int, found: Iterable[Found], modifiers: frozenset[str]) -> Found | None:
    """Who stands before a phrase: "Ecuadorian [defence minister]", "Russia's state [exporter]"."""
    found = list(found)
    at = start
    for _ in range(_MOST_BETWEEN + 1):
        owner = ending_at(found, at)
        if owner is not None:
            return owner
        before = doc[at - 1] if at else None
        if before is None:
            return None
        if before.text in POSSESSIVE:
            return ending_at(found, at - 1)
        modifies = before.dep_ in ("amod", "compound", "punct", "advmod") and before.head.i < start + 4
        if before.lower_ not in modifiers and not (modifies and before.text.isalpha() and before.is_lower):
            return None
        at -= 1
    return None


def right_owners(doc: Doc, end: int, found: Iterable[Found]) -> list[Found]:
    """Whose it is by "of": "president of Ecuador", "the governments of Abkhazia and South Ossetia"."""
    found = list(found)
    if end >= len(doc) or doc[end].lower_ != "of":
        return []
    at = end + 1
    if at < len(doc) and doc[at].lower_ == "the":
        at += 1
    first = starting_at(found, at) or starting_at(found, at - 1)
    owners = [first] if first else []
    while owners and owners[-1].end + 1 < len(doc) and doc[owners[-1].end].lower_ in ("and", ","):
        at = owners[-1].end + 1
        following = starting_at(found, at) or starting_at(found, at + 1)
        if following is None or following.how not in ("name", "acronym"):
            break
        owners.append(following)
    return owners


def _seated(doc: Doc, end: int, found: Iterable[Found], ruling: frozenset[str]) -> list[Found]:
    """ "the government in Beijing": those that rule, by the capital they rule from."""
    if end >= len(doc) or doc[end].lower_ != "in" or doc[end - 1].lower_ not in ruling:
        return []
    capital = starting_at(found, end + 1)
    return [capital] if capital is not None and capital.how == "capital" else []


def organs(doc: Doc, found: list[Found], book: PhraseBook, words: Reference) -> list[Found]:
    """Organs and people of the actor beside them ("U.S. troops", "the Georgian parliament")."""
    made = []
    for start, end, sector in book.bodies.matches(lowered(doc)):
        left = left_owner(doc, start, found, words.title_modifiers)
        owners = (
            [left] if left else right_owners(doc, end, found) or _seated(doc, end, found, words.ruling_nouns)
        )
        name = doc[start:end].text
        first = min((start, *(o.start for o in owners)))
        last = max((end, *(o.end for o in owners)))
        made += [Found(first, last, o.actor, o.principal, "body", _sector(o, sector), name) for o in owners]
    return made


def _sector(owner: Found, sector: Sector) -> Sector:
    """An organ of an armed group stays the group's, of an organization the organization's."""
    return owner.sector if owner.sector in ("REB", "IGO", "BUS") and owner.sector else sector
