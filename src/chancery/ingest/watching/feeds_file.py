"""The file that lists feeds to watch.

every_minutes = 30          # between two rounds; at least 5

[[feed]]
url = "https://news.example/world.rss"
publisher = "The Daily"     # else the page's or the feed's own name
pages = true                # read the page that an entry leads to, not just the entry's words
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from chancery.errors import WrongForm
from chancery.ingest.fetching.addresses import NotAllowed, parts_of
from chancery.ingest.files import checked_file, content, decoded

_WANTED: Final = (
    'every_minutes = NUMBER and [[feed]] tables with url = "https://..." and, if wanted, publisher, pages'
)
LEAST_MINUTES: Final = 5.0
_USUAL_MINUTES: Final = 30.0


@dataclass(frozen=True, slots=True)
class WatchedFeed:
    """A feed to watch."""

    url: str
    publisher: str | None
    pages: bool


@dataclass(frozen=True, slots=True)
class FeedsFile:
    """All of them, and the minutes between two rounds."""

    path: Path
    every_minutes: float
    feeds: tuple[WatchedFeed, ...]


def read_feeds_file(name: str) -> FeedsFile:
    """The file, checked. Raises `WrongForm`, `MissingInput`, `UnreadableInput`, `BinaryInput`."""
    path = checked_file(name)
    if path.is_dir():
        raise WrongForm(name, "a folder", f"a file with {_WANTED}")
    try:
        told = tomllib.loads(decoded(content(path), name))
    except (tomllib.TOMLDecodeError, RecursionError) as broken:
        raise WrongForm(name, f"no TOML ({broken})", _WANTED) from broken
    _only(told, {"every_minutes", "feed"}, name)
    every = told.get("every_minutes", _USUAL_MINUTES)
    if isinstance(every, bool) or not isinstance(every, int | float) or not LEAST_MINUTES <= every <= 1e6:
        raise WrongForm(
            name, f"every_minutes = {every!r}", f"a number of minutes, at least {LEAST_MINUTES:g}"
        )
    tables = told.get("feed", [])
    if not isinstance(tables, list) or not tables:
        raise WrongForm(name, "no [[feed]] table", _WANTED)
    feeds = tuple(_feed(table, f"{name}, feed {i}") for i, table in enumerate(tables, 1))
    return FeedsFile(path, float(every), tuple({f.url: f for f in feeds}.values()))


def _feed(table: Any, where: str) -> WatchedFeed:
    if not isinstance(table, dict):
        raise WrongForm(where, "no table", _WANTED)
    _only(table, {"url", "publisher", "pages"}, where)
    url, publisher, pages = table.get("url"), table.get("publisher"), table.get("pages", True)
    if not isinstance(url, str):
        raise WrongForm(where, "no url", _WANTED)
    try:
        parts_of(url)
    except NotAllowed as wrong:
        raise WrongForm(where, f"url = {url!r} ({wrong})", _WANTED) from wrong
    if not (publisher is None or isinstance(publisher, str)):
        raise WrongForm(where, f"publisher = {publisher!r}", "a text")
    if not isinstance(pages, bool):
        raise WrongForm(where, f"pages = {pages!r}", "true or false")
    return WatchedFeed(url, publisher or None, pages)


def _only(table: dict[str, Any], known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise WrongForm(where, f"the unknown key {key!r}", _WANTED)
