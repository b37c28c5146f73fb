"""Words that tell how real an act is, as typed data."""

from __future__ import annotations

from functools import cache

from pydantic.dataclasses import dataclass

from chancery.knowledge.loading import STRICT, Words, check, read_yaml
from chancery.records import Status


@dataclass(config=STRICT, slots=True)
class StatusWords:
    """Words that give the act under them a status, over the statuses that they rule out; see the file."""

    status: Status
    over: tuple[Status, ...]
    to: Words = frozenset()
    that: Words = frozenset()
    ing: Words = frozenset()
    things: Words = frozenset()
    behind: Words = frozenset()
    adjectives: Words = frozenset()
    nouns: Words = frozenset()
    describing: Words = frozenset()
    before: Words = frozenset()
    before_verbs: Words = frozenset()
    befalls: Words = frozenset()
    unless_negated: Status | None = None


@dataclass(config=STRICT, slots=True)
class Denial:
    """Verbs with one of the nouns for object, or verdicts on it, that deny what the noun's clause says."""

    verbs: Words
    nouns: Words
    verdicts: Words


@dataclass(config=STRICT, slots=True)
class StatusCues:
    """All words of the file.

    `light` are verbs that add nothing to the noun they have for object, `silent` verbs that name no act
    of their own where the act is told under them.
    """

    words: tuple[StatusWords, ...]
    denial: Denial
    light: Words
    silent: Words


@cache
def status_cues() -> StatusCues:
    """Loads and checks the file, once. Raises `KnowledgeError`."""
    name = "events/statuses.yaml"
    return check(name, "the file", read_yaml(name), StatusCues)
