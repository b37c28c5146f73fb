"""Words as they are compared: stems of content words, and how much two sets of them share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

import snowballstemmer
from spacy.lang.en.stop_words import STOP_WORDS

from chancery.knowledge.actor_data import actor_knowledge
from chancery.knowledge.reconcile_data import reconcile_data

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE, _AFTER = 30, 60  # characters of a sentence that are near a word
_STEMMER = snowballstemmer.stemmer("english")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of one word, lower-cased: "visited" and "visits" have one."""
    return str(_STEMMER.stemWord(word.lower().removesuffix("'s").removesuffix("’s")))


def content(text: str) -> frozenset[str]:
    """Stems of the words of a text that carry content; states' names do not: parties are compared as such."""
    words = (word.lower() for word in _WORD.findall(text))
    idle = _idle()
    return frozenset(stem(word) for word in words if word not in idle)


def names(text: str) -> frozenset[str]:
    """Stems of capitalized words within a text, states' names left out: places, persons, bodies."""
    words = [m for m in _WORD.finditer(text) if m.start() and text[m.start()].isupper()]
    idle = _idle()
    return frozenset(stem(m[0]) for m in words if m[0].lower() not in idle)


def numbers(text: str) -> frozenset[str]:
    """Numbers written in digits, without their commas; years are none."""
    found = (match[0].replace(",", "") for match in _NUMBER.finditer(text))
    return frozenset(number for number in found if not _YEAR.fullmatch(number))


def is_anew(sentence: str, start: int, end: int) -> bool:
    """Whether words around a part of a sentence make what it tells one more: "another"."""
    return _anew().search(sentence, max(0, start - _BEFORE), end + _AFTER) is not None


@cache
def _anew() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(reconcile_data().words.anew))
    return re.compile(rf"\b(?:{words}|\d+ more)\b(?!\s+[\w-]+(?:est|most)\b)", re.IGNORECASE)


@cache
def _idle() -> frozenset[str]:
    """Stop words, and the single words by which states are named: names, demonyms, capitals."""
    lists = reconcile_data().words
    entries = actor_knowledge().entries.values()
    states = [e for e in entries if e.kind in ("state", "partly_recognized_state")]
    forms = (form for e in states for form in (e.name, *e.names, *e.demonyms, *e.capitals))
    words = {word.lower() for form in forms for word in _WORD.findall(form) if word[:1].isupper()}
    return frozenset(STOP_WORDS | lists.idle | (words - lists.common))


def shared(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float] | None = None) -> float:
    """The share of words that two sets have in common (Dice), from 0 to 1; `weights` make some count more."""
    if not one or not other:
        return 0.0
    if weights is None:
        return 2 * len(one & other) / (len(one) + len(other))

    def weight(words: Iterable[str]) -> float:
        return sum(weights.get(word, 1.0) for word in words)

    return 2 * weight(one & other) / (weight(one) + weight(other))
