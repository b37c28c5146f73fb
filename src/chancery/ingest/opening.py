"""Which reader takes which kind of input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from io import BufferedReader, BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import urlsplit

from chancery.errors import BrokenInput, EmptyInput, InputError, TooManyBytes, UnreadableInput
from chancery.ingest.archives import reports_in_archive
from chancery.ingest.feeds import reports_in_feed
from chancery.ingest.files import content
from chancery.ingest.kinds import Kind, by_name, kind_of
from chancery.ingest.lines import reports_in_json, reports_in_lines
from chancery.ingest.mails import messages_in, reports_in_mail
from chancery.ingest.pages import reports_in_page
from chancery.ingest.papers import report_in_paper
from chancery.ingest.raw import Raw
from chancery.ingest.texts import report_in_text
from chancery.records import Report
from chancery.settings import Settings

if TYPE_CHECKING:
    from chancery.ingest.fetching import Answer

STANDARD_INPUT: Final = "-"
_GZIP: Final = b"\x1f\x8b"

Outcomes = Iterator[Report | InputError]
_ONE: Final[Mapping[Kind, Callable[[Raw, Settings], Report]]] = {
    "text": report_in_text,
    "paper": report_in_paper,
}
_SEVERAL: Final[Mapping[Kind, Callable[[Raw, Settings], Outcomes]]] = {
    "page": reports_in_page,
    "feed": reports_in_feed,
    "json": reports_in_json,
}


def reports_in(raw: Raw, settings: Settings, depth: int = 0) -> Outcomes:
    """The reports of an input of whatever kind; `depth` counts the mails it was found in.

    Every `InputError` is yielded, not raised.
    """
    try:
        if not raw.content.strip():
            raise EmptyInput(raw.where)
        yield from _reports(raw, kind_of(raw.content, raw.name, raw.media_type), settings, depth)
    except InputError as error:
        yield error


def _reports(raw: Raw, kind: Kind, settings: Settings, depth: int) -> Outcomes:
    if kind == "mail":
        yield from reports_in_mail(raw, settings, reports_in, depth)
    elif kind == "mailbox":
        for mail in messages_in(raw):
            yield from reports_in(mail, settings, depth)
    elif kind == "lines":
        yield from reports_in_lines(BytesIO(raw.content), raw.where, raw.name, raw.published, settings)
    elif kind == "archive":
        yield from reports_in_archive(BytesIO(raw.content), raw, settings, reports_in)
    elif kind in _ONE:
        yield _ONE[kind](raw, settings)
    else:
        yield from _SEVERAL[kind](raw, settings)


def reports_in_file(path: Path, published: date | None, settings: Settings) -> Outcomes:
    """The reports of a file; lines and archives are read as they come, whatever their size."""
    where, kind = str(path), by_name(path.name)
    if kind not in ("lines", "archive"):
        yield from reports_in(
            Raw(content(path, settings.max_input_bytes), where, path.name, published=published), settings
        )
        return
    try:
        file = path.open("rb")
    except OSError as refused:
        raise UnreadableInput(where, refused.strerror or str(refused)) from refused
    with file:
        if kind == "lines":
            yield from reports_in_lines(file, where, path.name, published, settings)
        else:
            yield from reports_in_archive(
                file, Raw(b"", where, path.name, published=published), settings, reports_in
            )


def reports_at(url: str, published: date | None, settings: Settings) -> Outcomes:
    """The reports of a page on the web. Raises `FetchRefused`, `FetchFailed`, `TooManyBytes`."""
    from chancery.ingest.fetching import fetcher_for

    answer = fetcher_for(settings).get(url)
    yield from reports_in(raw_of(answer, url, published), settings)


def raw_of(answer: Answer, url: str, published: date | None) -> Raw:
    """A fetched page's bytes; its file is called by the last part of its address."""
    name = PurePosixPath(urlsplit(answer.url).path).name or urlsplit(answer.url).hostname or url
    return Raw(
        answer.content, url, name, answer.media_type, answer.charset, url=answer.url, published=published
    )


def reports_in_standard_input(published: date | None, settings: Settings) -> Outcomes:
    """What comes by standard input: lines of JSON as they come, anything else whole."""
    file = sys.stdin.buffer
    name = "standard input"
    if _brings_lines(file):
        yield from reports_in_lines(file, name, name, published, settings)
        return
    found = file.read(settings.max_input_bytes + 1)
    if len(found) > settings.max_input_bytes:
        raise TooManyBytes(name, settings.max_input_bytes)
    if found.startswith(_GZIP):
        raise BrokenInput(name, "text", "it is packed with gzip; unpack it first")
    yield from reports_in(Raw(found, name, name, published=published), settings)


def _brings_lines(file: BinaryIO) -> bool:
    """Whether the first line is an object of its own, as in JSONL."""
    head = file.peek() if isinstance(file, BufferedReader) else b""
    first = head.lstrip().partition(b"\n")[0].strip()
    return first.startswith(b"{") and (first.endswith(b"}") or (b"\n" not in head.strip() and len(first) > 1))
