"""Cues for events as typed data: reporting verbs, links between acts, page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass as plain_dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic.dataclasses import dataclass

from chancery.errors import KnowledgeError
from chancery.knowledge.loading import STRICT, Words, check, load_list, read_yaml
from chancery.knowledge.status_data import StatusCues, status_cues
from chancery.records import Act, Instrument, LinkKind, Status


def _pattern(value: str) -> re.Pattern[str]:
    return re.compile(value, re.IGNORECASE | re.DOTALL)


Pattern = Annotated[re.Pattern[str], BeforeValidator(_pattern)]


@dataclass(config=STRICT, slots=True)
class Speech:
    """Lemmas of reporting verbs and verbs of finding, nouns of sources, and words as "according".

    `beside` are conjunctions of clauses that stand beside the act above them, not over it.
    `stances` are verbs and `nouns` nouns that tell whose view or wish something is, beyond plain reporting.
    """

    verbs: Words
    findings: Words
    sources: Words
    according: Words
    beside: Words
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

    `where`: "clause" and "phrase" cues open a clause or a noun phrase that hangs on the act outside
    (clauses.py); their `order` is that of outside and inside. An "adverb" ("in return") stands in a
    clause that answers the clause or sentence before. "verb": its subject was had for its object, or
    for what is told next. "hangs": its object, else its subject, hangs on what stands behind "to" or
    "on". "for": a verb whose gift answers what its phrase with "for" names. "thanks":
    a noun by which an act answers a gift told before. "turn": words after which a gift stays
    unanswered. "swap": names a swap that two releases in one sentence make up.
    `order`: whether the act before the cue is what is given or what is taken; "gift_first" asks besides
    that it is a gift of worth, to the one who then acts.
    """

    cue: str
    kind: LinkKind
    where: Literal["clause", "phrase", "adverb", "verb", "hangs", "for", "thanks", "turn", "swap"]
    order: Literal["give_first", "take_first", "gift_first"]


@dataclass(config=STRICT, slots=True)
class Bargains:
    """Lemmas that tell how a bargain is worded; see the file for each."""

    assent: Words
    taken_up: Words
    paid_to_do: Words
    permitting: Words


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
class Phrase:
    """A word and its company that name one act; see the file.

    `instead_of`: only where the model says one of these; none: whatever it says. `own`: what `with`
    names is an act of its own.
    """

    words: Words
    act: Act
    with_: Words = Field(default=frozenset(), alias="with")
    also: Words = frozenset()
    without: Words = frozenset()
    particle: str = ""
    instrument: Instrument | None = None
    instead_of: tuple[Act, ...] = ()
    own: bool = False


@dataclass(config=STRICT, slots=True)
class Return:
    """Things that, had in exchange, make an act of who gives them."""

    act: Act
    nouns: Words
    instrument: Instrument | None = None


@dataclass(config=STRICT, slots=True)
class Receiving:
    """Verbs whose subject is the recipient of what is given."""

    verbs: Words


@dataclass(config=STRICT, slots=True)
class Doers:
    """Words that tell who acts: participles that only describe, verbs undergone, verbs that direct another.

    `of_object` are the acts that are done to whose their object is. `happening` are nouns of violence
    named by where it happened, `obliging` the words by which one says that another must do a thing.
    """

    of_object: tuple[Act, ...]
    backing: Words
    undergone: Words
    directing: Words
    happening: Words
    obliging: Words


@dataclass(config=STRICT, slots=True)
class Locating:
    """Words that say where an act takes place; the file tells what each list is."""

    at: Words
    also: Words
    aimed: Words
    falls: Words
    journeys: Words
    visited: Words
    gatherings: Words
    during: Words
    making: Words
    spots: Words
    between: Words
    directions: Words
    bodily: tuple[Act, ...]


@dataclass(config=STRICT, slots=True)
class Holding:
    """Verbs whose subject holds the acts in their clause, nouns likewise, and the statuses of these."""

    verbs: Words
    status: tuple[Status, ...]
    nouns: Words = frozenset()


_SIGNS = frozenset(("trigger", "act", "listed", "actors", "recipients"))


@dataclass(config=STRICT, slots=True)
class Calibration:
    """A logistic fit: its intercept, and a weight for each sign."""

    intercept: float
    weights: dict[str, float]

    def __post_init__(self) -> None:
        """Each sign has its weight, and nothing else has."""
        missing = _SIGNS - set(self.weights)
        if missing:
            raise ValueError(f"no weight for {', '.join(sorted(missing))}")
        if unknown := set(self.weights) - _SIGNS:
            raise ValueError(
                f"{', '.join(sorted(unknown))}: no sign; the signs are {', '.join(sorted(_SIGNS))}"
            )


@plain_dataclass(frozen=True, slots=True)
class EventCues:
    """All cues the events room uses."""

    speech: Speech
    boilerplate: Boilerplate
    links: tuple[LinkCue, ...]
    bargains: Bargains
    frames: Mapping[Act, frozenset[str]]
    holding: tuple[Holding, ...]
    verbs: Mapping[str, ActWord]
    nouns: Mapping[str, ActWord]
    phrases: tuple[Phrase, ...]
    returns: tuple[Return, ...]
    receiving: Receiving
    doers: Doers
    locating: Locating
    statuses: StatusCues
    calibration: Calibration


@cache
def event_cues() -> EventCues:
    """Loads and checks the files, once. Raises `KnowledgeError`."""
    words = load_list("events/words.yaml", ActWord)
    return EventCues(
        check("events/speech.yaml", "the file", read_yaml("events/speech.yaml"), Speech),
        check("events/boilerplate.yaml", "the file", read_yaml("events/boilerplate.yaml"), Boilerplate),
        load_list("events/links.yaml", LinkCue),
        check("events/bargains.yaml", "the file", read_yaml("events/bargains.yaml"), Bargains),
        {f.act: f.recipients for f in load_list("events/frames.yaml", Frame)},
        load_list("events/holding.yaml", Holding),
        _by_word("verb", ((word, entry) for entry in words for word in entry.verbs)),
        _by_word("noun", ((word, entry) for entry in words for word in entry.nouns)),
        load_list("events/phrases.yaml", Phrase),
        load_list("events/returns.yaml", Return),
        check("events/receiving.yaml", "the file", read_yaml("events/receiving.yaml"), Receiving),
        check("events/doers.yaml", "the file", read_yaml("events/doers.yaml"), Doers),
        check("events/locating.yaml", "the file", read_yaml("events/locating.yaml"), Locating),
        status_cues(),
        check("events/confidence.yaml", "the file", read_yaml("events/confidence.yaml"), Calibration),
    )


def _by_word(kind: str, pairs: Iterable[tuple[str, ActWord]]) -> dict[str, ActWord]:
    table: dict[str, ActWord] = {}
    for word, entry in pairs:
        if word in table:
            raise KnowledgeError("events/words.yaml", word, f"stands twice as a {kind}; one word, one act")
        table[word] = entry
    return table
