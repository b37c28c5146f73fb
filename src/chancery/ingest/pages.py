"""HTML pages: the text of the article or articles, without what the page has around them.

Boilerplate is told from text by trafilatura, days of publication are found by htmldate (in metadata
and in the layout, not in the running text: a day told there is mostly another one). The text of a report
is its headline, if the page shows it, and its paragraphs, with a blank line after each.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

from chancery.errors import BrokenInput, TextlessInput
from chancery.ingest.charsets import Decoded, decode
from chancery.ingest.raw import Raw, Told, report_of, source_of
from chancery.records import Finding, Report
from chancery.settings import Settings

MOST_ELEMENTS: Final = 20_000  # a long page has 3,000; extraction takes a second for some thousands
_MANY_ELEMENTS: Final = 4_000  # from which on only the faster of the ways is tried
_FEWEST_LETTERS: Final = 200  # of paragraphs, for an <article> to be one and not a teaser
_NOT_TEXT: Final = ("script", "style", "noscript", "template", "svg", "iframe", "object", "form", "button")
_TALKATIVE: Final = (
    "trafilatura", "htmldate", "justext", "readability", "courlan", "pypdf", "feedparser", "warcio",
)  # fmt: skip
_HEADINGS: Final = ("h1", "h2", "h3")
_DECLARED = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_XML = re.compile(r"\s*<\?xml[^>]*>")
_LOOK: Final = 8192  # bytes in which a page may declare its character set
_HINT: Final = "save the article as plain text, or the page after it has loaded"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as a tree, and what it says of itself as a whole."""

    tree: Any
    publisher: str | None
    published: date | None
    url: str | None
    doubts: tuple[Finding, ...]


def reports_in_page(raw: Raw, settings: Settings) -> Iterator[Report]:
    """The reports of a page: one, or several where its layout sets several articles apart.

    Raises `BinaryInput`, `BrokenInput`, `TextlessInput`, `TooLargeInput`.
    """
    found = page_text(raw)
    texts = list(told_in_page(found, raw))
    source = source_of(raw, "text/html", found.charset)
    for number, told in enumerate(texts, 1):
        yield report_of(raw, told, settings, source, number if len(texts) > 1 else 0)


def page_text(raw: Raw) -> Decoded:
    """The page's characters, by what it or its server declares. Raises `BinaryInput`."""
    content = raw.content
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.replace(b"\0", b"")  # browsers skip them
    head = content[:_LOOK]
    declared = _DECLARED.search(head) or _XML_DECLARED.search(head)
    return decode(content, raw.where, raw.charset or (declared.group(1).decode() if declared else None))


def told_in_page(found: Decoded, raw: Raw) -> Iterator[Told]:
    """What the articles of a page say. Raises `BrokenInput`, `TextlessInput`."""
    quiet()
    try:
        yield from _told(found, raw)
    except (BrokenInput, TextlessInput):
        raise
    except Exception as odd:  # a page may be anything, and lxml's callers raise as much
        raise BrokenInput(raw.where, "an HTML page", type(odd).__name__) from odd


def _told(found: Decoded, raw: Raw) -> Iterator[Told]:
    tree = _tree(found.text, raw.where)
    page = _page(tree, raw, found.doubts)
    articles = _articles(tree)
    parts = [_document(article) for article in articles] if len(articles) > 1 else [tree]
    told = [t for t in (_article(part, page, alone=len(parts) == 1) for part in parts) if t is not None]
    if not told:
        raise TextlessInput(raw.where, "an HTML page", _HINT)
    yield from told


def _tree(text: str, where: str) -> Any:
    from lxml import html

    tree = html.document_fromstring(_XML.sub("", text, count=1), parser=html.HTMLParser(huge_tree=False))
    for element in list(tree.iter(*_NOT_TEXT)):
        if element.getparent() is not None and element.get("type") != "application/ld+json":
            element.drop_tree()
    count = sum(1 for _ in tree.iter())
    if count > MOST_ELEMENTS:
        raise BrokenInput(where, "an HTML page", f"{count:,} elements, {MOST_ELEMENTS:,} are allowed")
    return tree


def _page(tree: Any, raw: Raw, doubts: tuple[Finding, ...]) -> _Page:
    """What the page's head and layout tell of publisher, day and address."""
    from trafilatura.metadata import extract_metadata

    told = extract_metadata(deepcopy(tree), default_url=raw.url, date_config=_dates(), extensive=False)
    site = told.sitename or None
    if site and raw.url and site.lower() in (urlsplit(raw.url).netloc, told.hostname):
        site = None  # made of the address, for want of a name
    name = site or raw.publisher or (urlsplit(raw.url).hostname if raw.url else None)
    return _Page(tree, name, _day(told.date), raw.url or told.url, doubts)


def _dates() -> dict[str, Any]:
    return {"original_date": True, "extensive_search": False}


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat(words[:10]) if words else None
    except ValueError:
        return None


def _articles(tree: Any) -> list[Any]:
    """The outermost <article> elements that hold an article and not its teaser or a comment."""
    found = []
    for element in tree.iter("article"):
        inside = any(above.tag == "article" for above in element.iterancestors())
        if not inside and _letters(element) >= _FEWEST_LETTERS and _heading(element):
            found.append(element)
    return found


def _letters(element: Any) -> int:
    return sum(len(_words(paragraph)) for paragraph in element.iter("p"))


def _words(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def _heading(element: Any) -> str | None:
    return next((words for tag in _HEADINGS for h in element.iter(tag) if (words := _words(h))), None)


def _document(article: Any) -> Any:
    """The article as if it were alone on the page."""
    from lxml import html

    alone = html.document_fromstring("<html><head></head><body></body></html>")
    alone.body.append(deepcopy(article))
    return alone


def _article(tree: Any, page: _Page, *, alone: bool) -> Told | None:
    """The one article of a tree; where others stand beside it, its own day counts."""
    own = _own_title(tree)
    body = _body(tree, page.url)
    if not body:
        return None
    title = own if alone or own else _heading(tree)
    shown = [words for tag in _HEADINGS for h in tree.iter(tag) if (words := _words(h))]
    paragraphs = [line for line in (" ".join(p.split()) for p in body.split("\n")) if line]
    if title in shown and title not in paragraphs[:3]:
        paragraphs.insert(0, title)
    day = page.published if alone else _time(tree) or page.published
    return Told("\n\n".join(paragraphs), title, page.publisher, day, page.url, page.doubts)


def _own_title(tree: Any) -> str | None:
    from trafilatura.metadata import extract_title

    with suppress(ValueError):
        return " ".join((extract_title(tree) or "").split()) or None
    return None


def _time(tree: Any) -> date | None:
    """The day of the first <time datetime> of an article."""
    for element in tree.iter("time"):
        day = _day(element.get("datetime"))
        if day is not None:
            return day
    return None


def _body(tree: Any, url: str | None) -> str:
    """The running text; tables are tried where it is nowhere else, for old pages are laid out in them."""
    count = sum(1 for _ in tree.iter())
    for tables in (False, True):
        text = _extracted(deepcopy(tree), url, tables=tables, fast=count > _MANY_ELEMENTS)
        if text:
            return text
    return ""


def _extracted(tree: Any, url: str | None, *, tables: bool, fast: bool) -> str:
    from trafilatura import bare_extraction

    found = bare_extraction(
        tree, url=url, fast=fast, include_comments=False, include_tables=tables, with_metadata=False,
        date_extraction_params=_dates(),
    )  # fmt: skip
    text = getattr(found, "text", None) or ""
    return re.sub(r"^\|\s?|\s?\|\s*$|(?<=\s)\|(?=\s)", "", text, flags=re.MULTILINE) if tables else text


@cache
def quiet() -> None:
    """Keep the libraries' own talk off the terminal: what matters becomes an error or a finding."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
