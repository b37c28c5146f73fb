"""Types of a ledger's columns, alike on every database."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Text
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.types import TypeDecorator, TypeEngine

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSTORABLE_THERE = re.compile("[\0\ud800-\udfff]")  # PostgreSQL has no NUL in text either
_LARGEST = 2**63 - 1
_REPLACED = "\N{REPLACEMENT CHARACTER}"


def storable(words: str, dialect: str) -> str:
    """The words with what has no place in that database as U+FFFD, one for one: offsets hold."""
    if dialect != "postgresql" and words.isascii():
        return words  # as most are, and nothing else is known of them at once
    unstorable = _UNSTORABLE_THERE if dialect == "postgresql" else _LONE_SURROGATE
    return unstorable.sub(_REPLACED, words)


class Words(TypeDecorator[str]):
    """Text as it came, made storable; compared and ordered by its characters, not by a language."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """SQLAlchemy's hook for another type on another database."""
        kind = TEXT(collation="C") if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """SQLAlchemy's hook on the way in."""
        return None if value is None else storable(value, dialect.name)


class Instant(TypeDecorator[datetime]):
    """A moment, always in UTC, on databases with and without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """SQLAlchemy's hook on the way out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Count(TypeDecorator[int]):
    """A whole number; one beyond 64 bits is left to the event's JSON, which keeps it exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """SQLAlchemy's hook on the way in."""
        return countable(value)


def countable(value: int | None) -> int | None:
    """The number where 64 bits hold it."""
    return value if value is not None and abs(value) <= _LARGEST else None
