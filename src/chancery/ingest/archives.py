"""WARC: the pages, papers and texts of a web archive, each with its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, Final

from chancery.errors import BrokenInput, InputError, TooManyBytes
from chancery.ingest.kinds import Kind, kind_of
from chancery.ingest.pages import quiet
from chancery.ingest.raw import Raw
from chancery.records import Report
from chancery.settings import Settings

_KIND: Final = "a web archive (WARC)"
_READ: Final[tuple[Kind, ...]] = ("page", "paper", "text", "feed", "json")
_TYPES: Final = ("text/html", "text/plain", "application/xhtml+xml", "application/pdf", "application/json")
_PIECE: Final = 65_536

Opener = Callable[[Raw, Settings], Iterator[Report | InputError]]


def reports_in_archive(
    file: BinaryIO, raw: Raw, settings: Settings, opener: Opener
) -> Iterator[Report | InputError]:
    """The reports of an archive by `opener`; `raw` has its name, not its bytes. Raises `BrokenInput`.

    Answers with status 200 are read whose type is that of a page, a paper or a text; the others are left out.
    """
    from warcio.archiveiterator import ArchiveIterator

    class Quiet(ArchiveIterator):  # type: ignore[misc]  # warcio has no types
        """Warcio's, without the archive's raw bytes on the terminal."""

        INC_RECORD = ""

    quiet()
    number = 0
    try:
        for number, record in enumerate(Quiet(file), 1):
            found = _found(record, raw, number, settings)
            if isinstance(found, InputError):
                yield found
            elif found is not None and kind_of(found.content, "", found.media_type) in _READ:
                yield from opener(found, settings)
    except Exception as odd:  # warcio has no root of its errors, zlib has others
        if isinstance(odd, InputError):
            raise
        after = f"{type(odd).__name__} after record {number}"
        raise BrokenInput(raw.where, _KIND, after) from odd
    if number == 0:
        raise BrokenInput(raw.where, _KIND, "it has no records")


def _found(record: Any, raw: Raw, number: int, settings: Settings) -> Raw | InputError | None:
    """A record's bytes, unpacked; None where it is not one of a page. Raises `BrokenInput`."""
    if record.rec_type is None:
        raise BrokenInput(raw.where, _KIND, f"record {number} is none")
    if record.rec_type not in ("response", "resource"):
        return None
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    if headers is None or (record.rec_type == "response" and headers.get_statuscode() != "200"):
        return None
    media_type, charset = media_type_of(headers.get_header("Content-Type"))
    if media_type not in _TYPES:
        return None
    url = record.rec_headers.get_header("WARC-Target-URI")
    where = f"{raw.where}, record {number}" + (f" ({url})" if url else "")
    content = record.content_stream().read(settings.max_input_bytes + 1)
    if len(content) > settings.max_input_bytes:
        return TooManyBytes(where, settings.max_input_bytes)
    while record.raw_stream.read(_PIECE):
        pass
    if record.raw_stream.limit > 0:
        raise BrokenInput(where, _KIND, "it ends before its time")
    return replace(
        raw, content=content, where=where, name=f"{raw.name}#{number}",
        media_type=media_type, charset=charset, url=url,
    )  # fmt: skip


def media_type_of(header: str | None) -> tuple[str | None, str | None]:
    """Media type and character set of a Content-Type header."""
    kind, _, rest = (header or "").partition(";")
    charset = next(
        (p.partition("=")[2] for p in rest.split(";") if p.strip().lower().startswith("charset=")), ""
    )
    return kind.strip().lower() or None, charset.strip().strip("\"'") or None
