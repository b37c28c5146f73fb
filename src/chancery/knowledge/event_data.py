"""Cues for events as typed data: reporting verbs, links between acts, page furniture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass as plain_dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic.dataclasses import dataclass

from chancery.knowledge.loading import STRICT, Words, check, load_list, read_yaml
from chancery.records import Act, LinkKind, Status


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
    verb whose subject and object name them ("verb").
    `order`: whether the act before the cue is what is given or what is taken.
    """

    cue: str
    kind: LinkKind
    where: Literal["between", "opening", "verb"]
    order: Literal["give_first", "take_first"]


@dataclass(config=STRICT, slots=True)
class Frame:
    """Dependents of a trigger that are an act's recipients: "obj", or "obl:with" with its preposition."""

    act: Act
    recipients: Words


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


@cache
def event_cues() -> EventCues:
    """Loads and checks the files, once. Raises `KnowledgeError`."""
    return EventCues(
        check("events/speech.yaml", "the file", read_yaml("events/speech.yaml"), Speech),
        check("events/boilerplate.yaml", "the file", read_yaml("events/boilerplate.yaml"), Boilerplate),
        load_list("events/links.yaml", LinkCue),
        {f.act: f.recipients for f in load_list("events/frames.yaml", Frame)},
        load_list("events/holding.yaml", Holding),
    )
