"""What the same act looks like in two reports, as typed data: weights, spans of time, agencies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass as plain_dataclass
from functools import cache
from importlib import resources
from typing import Annotated, Any

from pydantic import Field
from pydantic.dataclasses import dataclass

from chancery.errors import KnowledgeError
from chancery.knowledge.loading import STRICT, Texts, Words, check, load_list, read_yaml
from chancery.records import ACTS, INSTRUMENTS, Act, Event, Instrument

_FEATURES, _ACTS, _AGENCIES, _WORDS = (
    f"reconcile/{name}.yaml" for name in ("features", "acts", "agencies", "words")
)


@dataclass(config=STRICT, slots=True)
class MentionFeatures:
    """Points of the features of words alone, and the thresholds of mentions and documents."""

    join: float
    documents: Annotated[float, Field(ge=0, le=1)]
    weights: dict[str, float]


@dataclass(config=STRICT, slots=True)
class Features:
    """Points of each feature (an unknown name is refused where it is used), and the two thresholds."""

    join: float
    fit: float
    mentions: MentionFeatures
    weights: dict[str, float]


@dataclass(config=STRICT, slots=True)
class Length:
    """How far apart in days reports may date one act, how often it recurs (in points), whether it can."""

    days: Annotated[int, Field(ge=0, le=366)]
    often: float
    once: bool = False


@dataclass(config=STRICT, slots=True)
class Agency:
    """A news agency and its names as reports write them."""

    name: str
    names: Texts


@dataclass(config=STRICT, slots=True)
class WordLists:
    """Words that say nothing of an act, words in states' names that are words of their own, "another"."""

    idle: Words
    common: Words
    anew: Words


@plain_dataclass(frozen=True, slots=True)
class ReconcileData:
    """All that reconciling knows; pairs of near acts and instruments stand in both orders."""

    features: Features
    spans: Mapping[str, Length]
    near: frozenset[tuple[str, str]]
    own: frozenset[str]
    mutual: frozenset[str]
    loosely_mutual: frozenset[str]
    directed: frozenset[str]
    brief: frozenset[str]
    loosely_told: frozenset[str]
    told_by_whom: frozenset[str]
    alike_currencies: frozenset[str]
    agencies: Mapping[str, str]
    words: WordLists

    def span_of(self, event: Event) -> Length:
        """The instrument's span, else the act's; the act's where it is brief."""
        own = None if event.act in self.brief else self.spans.get(event.instrument or "")
        return own or self.spans[event.act]

    def is_mutual(self, event: Event) -> bool:
        """Whether it does not matter who is named on which side."""
        loosely = event.act in self.loosely_mutual and event.instrument not in self.directed
        return loosely or event.act in self.mutual


@cache
def reconcile_data() -> ReconcileData:
    """Loads and checks the files, once. Raises `KnowledgeError`."""
    raw = dict(read_yaml(_ACTS))
    near = {*_pairs("near_acts", raw, ACTS), *_pairs("near_instruments", raw, INSTRUMENTS)}
    return ReconcileData(
        features=check(_FEATURES, "the file", read_yaml(_FEATURES), Features),
        spans=_spans(raw.get("spans", {})),
        near=frozenset(near),
        own=_set("each_their_own", raw),
        mutual=_set("mutual", raw),
        loosely_mutual=_set("mutual_unless_directed", raw),
        directed=_set("directed", raw),
        brief=_set("brief", raw),
        loosely_told=_set("loosely_told", raw),
        told_by_whom=_set("told_by_whom", raw),
        alike_currencies=_currencies(raw.get("alike_currencies", [])),
        agencies={name: a.name for a in load_list(_AGENCIES, Agency) for name in a.names},
        words=check(_WORDS, "the file", read_yaml(_WORDS), WordLists),
    )


def _set(name: str, raw: Mapping[str, Any]) -> frozenset[str]:
    words = raw.get(name, [])
    _known(name, words, (*ACTS, *INSTRUMENTS))
    return frozenset(words)


def _currencies(words: Iterable[str]) -> frozenset[str]:
    for word in words:
        if len(word) != 3 or not word.isupper():
            raise KnowledgeError(_ACTS, "alike_currencies", f"{word!r} is no code of a currency")
    return frozenset(words)


def _spans(raw: Mapping[str, Any]) -> dict[str, Length]:
    _known("spans", raw, (*ACTS, *INSTRUMENTS))
    for act in ACTS:
        if act not in raw:
            raise KnowledgeError(_ACTS, f"spans.{act}", "has no line; each act needs one")
    return {word: check(_ACTS, f"spans.{word}", row, Length) for word, row in raw.items()}


def _pairs(
    name: str, raw: Mapping[str, Any], words: tuple[Act | Instrument, ...]
) -> Iterable[tuple[str, str]]:
    for pair in raw.get(name, []):
        _known(name, pair, words)
        if len(pair) != 2:
            raise KnowledgeError(_ACTS, name, f"{pair} is not a pair")
        yield (pair[0], pair[1])
        yield (pair[1], pair[0])


def _known(name: str, words: Iterable[str], allowed: tuple[str, ...]) -> None:
    for word in words:
        if word not in allowed:
            raise KnowledgeError(_ACTS, name, f"{word!r} is not one of {', '.join(allowed)}")


@cache
def reconcile_version() -> str:
    """Eight hex digits over the files: other weights, another version."""
    digest = hashlib.sha256()
    for file in (_FEATURES, _ACTS, _AGENCIES, _WORDS):
        digest.update((resources.files("chancery.knowledge") / file).read_bytes())
    return digest.hexdigest()[:8]
