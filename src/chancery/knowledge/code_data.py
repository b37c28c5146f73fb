"""The codebooks as typed tables: acts, instruments and statuses as PLOVER and CAMEO code them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass as plain_dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from pydantic.dataclasses import dataclass

from chancery.errors import KnowledgeError
from chancery.knowledge.loading import STRICT, Texts, Words, check, load_list, read_yaml
from chancery.records import ACTS, INSTRUMENTS, STATUSES, Act, Instrument, Status


@dataclass(config=STRICT, slots=True)
class ActCode:
    """An act's CAMEO root, quad class (1-4), intensity (-10 to 10), and whether it is hostile."""

    cameo: str
    quad: Literal[1, 2, 3, 4]
    intensity: float
    hostile: bool


@dataclass(config=STRICT, slots=True)
class InstrumentCode:
    """PLOVER contexts of an instrument, and the CAMEO code it sharpens an act to."""

    contexts: Texts
    cameo: dict[Act, str]


@dataclass(config=STRICT, slots=True)
class StatusCode:
    """The PLOVER event of a friendly and of a hostile act with this status; "act" keeps the act."""

    friendly: Act | Literal["act"]
    hostile: Act | Literal["act"]
    mode: str | None


@plain_dataclass(frozen=True, slots=True)
class Worded:
    """How an act is worded: forms of its trigger, of words that stand with it, of all of its sentence."""

    word: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    sentence: frozenset[str] = frozenset()


@dataclass(config=STRICT, slots=True)
class WordCode:
    """A code that hangs on the trigger's lemma or on a lemma beside it; see codes/words.yaml."""

    act: Act
    words: Words = frozenset()
    beside: Words = frozenset()
    anywhere: Words = frozenset()
    instruments: tuple[Instrument, ...] = ()
    statuses: tuple[Status, ...] = ()
    event: Act | None = None
    cameo: str | None = None

    def fits(self, act: Act, instrument: Instrument | None, status: Status, worded: Worded) -> bool:
        """Whether it speaks of this act at this word."""
        return (
            act == self.act
            and (not self.statuses or status in self.statuses)
            and (not self.instruments or instrument in self.instruments)
            and (not self.words or bool(worded.word & self.words))
            and (not self.beside or bool(worded.beside & self.beside))
            and (not self.anywhere or bool(worded.sentence & self.anywhere))
        )


@plain_dataclass(frozen=True, slots=True)
class CodeTables:
    """The tables, and the acts that are words already."""

    acts: Mapping[str, ActCode]
    instruments: Mapping[str, InstrumentCode]
    statuses: Mapping[str, StatusCode]
    verbal: frozenset[str]
    words: tuple[WordCode, ...]


@cache
def code_tables() -> CodeTables:
    """Loads and checks the tables. Raises `KnowledgeError` where a vocabulary word lacks its row."""
    statuses = dict(read_yaml("codes/statuses.yaml"))
    verbal = frozenset(statuses.pop("verbal", ()))
    return CodeTables(
        _table("codes/acts.yaml", read_yaml("codes/acts.yaml"), ActCode, ACTS),
        _table("codes/instruments.yaml", read_yaml("codes/instruments.yaml"), InstrumentCode, INSTRUMENTS),
        _table("codes/statuses.yaml", statuses, StatusCode, STATUSES),
        verbal,
        load_list("codes/words.yaml", WordCode),
    )


def _table(file: str, raw: Mapping[str, Any], kind: type[Any], words: tuple[str, ...]) -> dict[str, Any]:
    for word in words:
        if word not in raw:
            raise KnowledgeError(file, word, "has no row")
    for word in raw:
        if word not in words:
            raise KnowledgeError(file, word, f"is not one of {', '.join(words)}")
    return {word: check(file, word, row, kind) for word, row in raw.items()}


@cache
def codebook_version() -> str:
    """Eight hex digits over the tables: another codebook, another version."""
    digest = hashlib.sha256()
    for file in ("acts", "instruments", "statuses", "words"):
        digest.update((resources.files("chancery.knowledge") / "codes" / f"{file}.yaml").read_bytes())
    return digest.hexdigest()[:8]
