"""Variants of the annotated dealings: the same text with its states renamed.

Russia lends, Iran refuses and Israel attacks so often in the news that a network may learn who does
what from the name alone. In a variant every state named by one word (its name, demonym or capital)
is another one throughout, so that only the sentence tells the roles. Words, spans and roles stay as
they were annotated; texts in which fewer than two states would change give none.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from training.examples import Example


@dataclass(frozen=True, slots=True)
class OneWord:
    """What one state is called in one word each."""

    name: str
    demonym: str
    capital: str


@cache
def states() -> tuple[OneWord, ...]:
    """States whose name, first demonym and first capital are one word each, in the file's order."""
    text = files("chancery.knowledge.actors").joinpath("states.yaml").read_text(encoding="utf8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    found = []
    for row in rows:
        called = [row["name"], *row["demonyms"][:1], *row["capitals"][:1]]
        apart = len({word.lower() for word in called if word.isalpha()}) == 3
        if row["kind"] == "state" and len(called) == 3 and apart:
            found.append(OneWord(*called))
    return tuple(found)


def with_other_states(examples: list[Example], seed: int) -> list[Example]:
    """A variant of every example that names at least two states."""
    draw = random.Random(seed)  # noqa: S311
    known = states()
    return [varied for e in examples if (varied := _varied(e, known, draw)) is not None]


def _varied(example: Example, known: Sequence[OneWord], draw: random.Random) -> Example | None:
    words = {word.removesuffix("s") for word in example.words} | set(example.words)
    named = [s for s in known if s.name in words or s.demonym in words]
    if len(named) < 2:
        return None
    others = [s for s in known if s not in named and not {s.name, s.demonym, s.capital} & words]
    renamed: dict[str, str] = {}
    for state, other in zip(named, draw.sample(others, len(named)), strict=True):
        renamed |= {state.name: other.name, state.capital: other.capital, state.demonym: other.demonym}
        renamed[f"{state.demonym}s"] = f"{other.demonym}s"
    return replace(example, words=[renamed.get(word, word) for word in example.words])
