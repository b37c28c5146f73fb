"""Bytes as they were found, and how the text taken from them becomes a report."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from chancery.errors import BinaryInput
from chancery.ingest.files import checked_text
from chancery.ingest.tongues import language_of
from chancery.records import Finding, Report, Source, report_id
from chancery.settings import Settings


@dataclass(frozen=True, slots=True)
class Raw:
    """One input's bytes. `where` names it in messages, `name` in the ledger.

    `media_type` and `charset` are what a server or an archive said of it; `url` where it was fetched;
    `published` and `publisher` hold where the input brings none of its own.
    """

    content: bytes
    where: str
    name: str
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    published: date | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A text taken from an input, with what the input says of it."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    doubts: tuple[Finding, ...] = ()


def source_of(raw: Raw, media_type: str, charset: str | None) -> Source:
    """The bytes, hashed."""
    return Source(hashlib.sha256(raw.content).hexdigest(), media_type, charset, raw.content)


def report_of(raw: Raw, told: Told, settings: Settings, source: Source | None, part: int = 0) -> Report:
    """The report a text makes; `part` counts the texts of one input from 1.

    Raises `EmptyInput`, `TooLargeInput`, `BinaryInput`.
    """
    where = f"{raw.where}, text {part}" if part else raw.where
    text = checked_text(told.text, where, settings.max_report_characters)
    wrong = next((i for i, c in enumerate(text) if "\ud800" <= c <= "\udfff"), None)
    if wrong is not None:
        raise BinaryInput(where, wrong)
    publisher = _plain(told.publisher or raw.publisher)
    return Report(
        id=report_id(text, publisher),
        text=text,
        file=f"{raw.name}#{part}" if part else raw.name,
        title=_plain(told.title),
        publisher=publisher,
        published=told.published or raw.published,
        url=_plain(told.url or raw.url),
        language=language_of(text),
        source=source,
        doubts=told.doubts,
    )


def _plain(words: str | None) -> str | None:
    """On one line, without what no database keeps."""
    if words is None:
        return None
    kept = "".join(c for c in words if c != "\0" and not "\ud800" <= c <= "\udfff")
    return " ".join(kept.split()) or None
