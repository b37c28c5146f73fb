"""RSS and Atom: each entry with a text is a report; `watch` asks for the pages that entries lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Final

from chancery.errors import BrokenInput, InputError, TextlessInput
from chancery.ingest.fragments import text_of_fragment
from chancery.ingest.pages import quiet
from chancery.ingest.raw import Raw, Told, report_of, source_of
from chancery.records import Report
from chancery.settings import Settings

MOST_ENTRIES: Final = 5_000
_KIND: Final = "a feed (RSS or Atom)"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. `key` tells it from the others: its id, else its address, else its title."""

    key: str
    title: str | None
    link: str | None
    published: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own title, and its entries in its order."""

    title: str | None
    charset: str | None
    entries: tuple[Entry, ...]


def reports_in_feed(raw: Raw, settings: Settings) -> Iterator[Report | InputError]:
    """A report for each entry of a feed. Raises `BrokenInput`, `TextlessInput`."""
    feed = parsed(raw)
    if not feed.entries:
        raise TextlessInput(raw.where, _KIND, "it has no entries now")
    source = source_of(raw, "application/xml", feed.charset)
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield report_of(raw, told_of(entry, feed), settings, source, number)
        except InputError as error:
            yield error


def told_of(entry: Entry, feed: Feed) -> Told:
    """What an entry itself says: its title, and the text or summary it brings."""
    text = "\n\n".join(part for part in (entry.title, entry.text) if part)
    return Told(text, entry.title, feed.title, entry.published, entry.link)


def parsed(raw: Raw) -> Feed:
    """The feed in those bytes. Raises `BrokenInput`."""
    import feedparser

    quiet()
    headers = {"content-type": raw.media_type} if raw.media_type else None
    try:
        # a file object: of bytes or text feedparser would take an address for one to fetch
        found = feedparser.parse(BytesIO(raw.content), response_headers=headers, sanitize_html=False)
        entries = tuple(map(_entry, found.entries[:MOST_ENTRIES]))
    except Exception as odd:  # feeds are as broken as pages, and feedparser is not proof against all
        raise BrokenInput(raw.where, _KIND, type(odd).__name__) from odd
    if not found.version and not entries:
        why = str(found.get("bozo_exception", "") or "no rss or feed element").split("\n")[0]
        raise BrokenInput(raw.where, _KIND, why)
    return Feed(_words(found.feed.get("title")), found.get("encoding"), entries)


def _entry(found: Mapping[str, Any]) -> Entry:
    bodies = [str(c.get("value", "")) for c in found.get("content", ())]
    texts = [text_of_fragment(b) for b in (*bodies, str(found.get("summary") or "")) if b]
    title, link = _words(found.get("title")), _link(found.get("link"))
    text = max(texts, key=len, default="")
    key = str(found.get("id") or link or title or text[:200])
    return Entry(key, title, link, _day(found), text)


def _link(value: Any) -> str | None:
    link = str(value or "").strip()
    return link if link.lower().startswith(("http://", "https://")) else None


def _words(value: Any) -> str | None:
    return " ".join(text_of_fragment(str(value or "")).split()) or None


def _day(found: Mapping[str, Any]) -> date | None:
    told = found.get("published_parsed") or found.get("updated_parsed")
    try:
        return date(*told[:3]) if told else None
    except (ValueError, TypeError):
        return None
