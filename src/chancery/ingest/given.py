"""A report made of a text in hand, not of a file."""

from __future__ import annotations

from datetime import date

from chancery.ingest.raw import Raw, Told, report_of
from chancery.ingest.texts import title_of
from chancery.records import Report
from chancery.settings import Settings

_NAME = "(text)"


def report_given(
    text: str, *, published: date | None, publisher: str | None, title: str | None, url: str | None
) -> Report:
    """The report that a text is; its title is the first line where it is set apart and none is given.

    Line ends become newlines before offsets are counted. Raises `EmptyInput`, `TooLargeInput`,
    `BinaryInput`.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    raw = Raw(b"", _NAME, _NAME, url=url, published=published, publisher=publisher)
    return report_of(raw, Told(plain, title=title or title_of(plain)), Settings(), None)
