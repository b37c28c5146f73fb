"""What kind of input bytes are: by their first bytes where those are plain, else by name or as told."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final, Literal

Kind = Literal["text", "lines", "json", "page", "paper", "mail", "mailbox", "feed", "archive"]

SUFFIXES: Final[dict[str, Kind]] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".jsonl": "lines", ".ndjson": "lines",
    ".json": "json", ".ninjs": "json",
    ".html": "page", ".htm": "page", ".xhtml": "page",
    ".pdf": "paper",
    ".eml": "mail", ".mbox": "mailbox",
    ".rss": "feed", ".atom": "feed", ".xml": "feed", ".rdf": "feed",
    ".warc": "archive",
}  # fmt: skip
_TYPES: Final[dict[str, Kind]] = {
    "text/html": "page", "application/xhtml+xml": "page",
    "application/pdf": "paper", "application/x-pdf": "paper",
    "message/rfc822": "mail", "application/mbox": "mailbox",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/rdf+xml": "feed",
    "application/xml": "feed", "text/xml": "feed",
    "application/json": "json", "application/feed+json": "json",
    "application/jsonl": "lines", "application/x-ndjson": "lines",
    "application/warc": "archive", "text/plain": "text",
}  # fmt: skip
_LOOK: Final = 2048  # bytes in which a file shows what it is
_BEFORE = rb"\s*(?:<\?xml[^>]*>\s*)?(?:<\?.*?\?>\s*|<!--.*?-->\s*)*"
_PAGE = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(_BEFORE + rb"<(?:rss|(?:\w+:)?feed|(?:rdf:)?RDF)\b", re.DOTALL)


def kind_of(content: bytes, name: str, media_type: str | None = None) -> Kind:
    """The kind of an input; what nothing speaks for is text."""
    shown = _shown(content[:_LOOK])
    if shown is not None:
        return shown
    told = _TYPES.get((media_type or "").partition(";")[0].strip().lower())
    return told or by_name(name) or ("json" if _is_json(content) else "text")


def by_name(name: str) -> Kind | None:
    """The kind that a file's ending names."""
    path = PurePath(name.lower())
    if path.suffix == ".gz":
        return "archive" if PurePath(path.stem).suffix == ".warc" else None
    return SUFFIXES.get(path.suffix)


def _is_json(content: bytes) -> bool:
    bare = content.strip()
    return bare[:1] + bare[-1:] in (b"{}", b"[]")


def _shown(head: bytes) -> Kind | None:
    """By what only this kind begins with."""
    bare = head.removeprefix(b"\xef\xbb\xbf")
    if bare.lstrip().startswith(b"%PDF-"):
        return "paper"
    if bare.startswith(b"WARC/"):
        return "archive"
    if _PAGE.match(bare):
        return "page"
    return "feed" if _FEED.match(bare) else None
