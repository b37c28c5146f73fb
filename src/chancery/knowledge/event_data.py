"""Cues for events as typed data: reporting verbs, links between acts, page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass as plain_dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic.dataclasses import dataclass

from chancery.errors import KnowledgeError
from chancery.knowledge.loading import STRICT, Words, check, load_list, read_yaml
from chancery.records import Act, Instrument, LinkKind, Status


def _pattern(value: str) -> re.Pattern[str]:
    return re.compile(value, re.IGNORECASE | re.DOTALL)


Pattern = Annotated[re.Pattern[str], BeforeValidator(_pattern)]


@dataclass(config=STRICT, slots=True)
class Speech:
    """Lemmas of reporting verbs, nouns of sources, and words as "according".

    `stances` are verbs and `nouns` nouns that tell whose view or wish something is, beyond plain reporting.
    """

    verbs: Words
    sources: Words
    according: Words
    stances: Words
    nouns: Words


@dataclass(config=STRICT, slots=True)
class Boilerplate:
    """Patterns that give away page furniture."""

    strong: tuple[Pattern, ...]
    weak: tuple[Pattern, ...]


@dataclass(config=STRICT, slots=True)
class LinkCue:
    """Words that tie two acts.

    `where`: the cue stands between the acts ("between": the one before may stand in the sentence
    before), opens the answering sentence ("opening": give before it, take after), or is itself a
    verb whose subject and object name them ("verb"). "clause" and "phrase" cues open a clause or a
    noun phrase that hangs on the act outside (clauses.py); their `order` is that of outside and inside.
    `order`: whether the act before the cue is what is given or what is taken.
    """

    cue: str
    kind: LinkKind
    where: Literal["between", "opening", "verb", "clause", "phrase"]
    order: Literal["give_first", "take_first"]


@dataclass(config=STRICT, slots=True)
class Frame:
    """Dependents of a trigger that are an act's recipients: "obj", or "obl:with" with its preposition."""

    act: Act
    recipients: Words


@dataclass(config=STRICT, slots=True)
class ActWord:
    """Words that name one act by themselves, and its instrument where they do."""

    act: Act
    instrument: Instrument | None = None
    verbs: Words = frozenset()
    nouns: Words = frozenset()


@dataclass(config=STRICT, slots=True)
class Receiving:
    """Verbs whose subject is the recipient of what is given."""

    verbs: Words


@dataclass(config=STRICT, slots=True)
class Holding:
    """Verbs whose subject holds the acts in their clause, and the statuses they stand behind."""

    verbs: Words
    status: tuple[Status, ...]


@plain_dataclass(frozen=True, slots=True)
class EventCues:
    """All cues the events room uses."""

    speech: Speech
    boilerplate: Boilerplate
    links: tuple[LinkCue, ...]
    frames: Mapping[Act, frozenset[str]]
    holding: tuple[Holding, ...]
    verbs: Mapping[str, ActWord]
    nouns: Mapping[str, ActWord]
    receiving: Receiving


@cache
def event_cues() -> EventCues:
    """Loads and checks the files, once. Raises `KnowledgeError`."""
    words = load_list("events/words.yaml", ActWord)
    return EventCues(
        check("events/speech.yaml", "the file", read_yaml("events/speech.yaml"), Speech),
        check("events/boilerplate.yaml", "the file", read_yaml("events/boilerplate.yaml"), Boilerplate),
        load_list("events/links.yaml", LinkCue),
        {f.act: f.recipients for f in load_list("events/frames.yaml", Frame)},
        load_list("events/holding.yaml", Holding),
        _by_word("verb", ((word, entry) for entry in words for word in entry.verbs)),
        _by_word("noun", ((word, entry) for entry in words for word in entry.nouns)),
        check("events/receiving.yaml", "the file", read_yaml("events/receiving.yaml"), Receiving),
    )


def _by_word(kind: str, pairs: Iterable[tuple[str, ActWord]]) -> dict[str, ActWord]:
    table: dict[str, ActWord] = {}
    for word, entry in pairs:
        if word in table:
            raise KnowledgeError("events/words.yaml", word, f"stands twice as a {kind}; one word, one act")
        table[word] = entry
    return table
