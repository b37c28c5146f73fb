"""The texts that the corpus of dealings annotates, found again in the raw news by their keys.

The corpus holds no text (training/dealings/README.md). A key is the first ten hex digits of
SHA-256 over the day of publication and the text; here every stretch of the raw news that may have
been annotated is hashed the same way: items, paragraphs, titles, runs of Wikinews sentences.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

WRITTEN = Path(__file__).parent / "dealings" / "written.jsonl"
_LONGEST_RUN = 8  # Wikinews sentences in one text


def key_of(published: str, text: str) -> str:
    """The key of a text published on a day (YYYY-MM-DD)."""
    return hashlib.sha256((published + text).encode()).hexdigest()[:10]


def texts(raw_news: Path, wanted: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Day and text of each wanted key that the raw news or our own written paragraphs hold."""
    keys = set(wanted)
    found = {}
    for published, text in _all(raw_news):
        if not published or not text:
            continue
        key = key_of(published, text)
        if key in keys:
            found[key] = (published, text)
    return found


def _all(raw_news: Path) -> Iterator[tuple[str, str]]:
    yield from _items(raw_news / "wikipedia_current_events/items.jsonl.gz")
    yield from _releases(raw_news / "state_dept_press/articles.jsonl")
    yield from _wikinews(raw_news / "wikinews_ccby/articles.jsonl")
    if WRITTEN.exists():
        for row in map(json.loads, WRITTEN.read_text(encoding="utf8").splitlines()):
            yield row["published"], row["text"]


def _items(path: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            yield row["date"], row["text"]
            yield row["date"], row["text"].strip()


def _releases(path: Path) -> Iterator[tuple[str, str]]:
    """Paragraphs with their line breaks closed, and titles."""
    with path.open(encoding="utf8") as lines:
        for row in map(json.loads, lines):
            day = (row["date"] or "")[:10]
            yield day, (row["title"] or "").strip()
            for paragraph in row["text"].split("\n\n"):
                yield day, re.sub(r"\s*\n\s*", " ", paragraph.strip())


def _wikinews(path: Path) -> Iterator[tuple[str, str]]:
    """Every run of neighbouring sentences, quotation marks as printed, and titles."""
    with path.open(encoding="utf8") as lines:
        for row in map(json.loads, lines):
            day = (row["date"] or "")[:10]
            yield day, row["title"]
            sentences = [_printed(s.strip()) for s in row["text"].split("\n") if s.strip()]
            for start in range(len(sentences)):
                for length in range(1, _LONGEST_RUN + 1):
                    yield day, " ".join(sentences[start : start + length])


def _printed(sentence: str) -> str:
    """The corpus's tokenized quotation marks as a newspaper prints them."""
    sentence = re.sub(r"``\s*", "“", sentence)
    sentence = re.sub(r"\s*''", "”", sentence)
    return re.sub(r"\s+", " ", sentence.replace("(GB # ", "(£")).strip()
