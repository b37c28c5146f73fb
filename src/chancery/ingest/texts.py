"""A plain text file is one report; its first line is its title where it is set apart like one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from chancery.ingest.files import checked_text, content, decoded
from chancery.ingest.tongues import language_of
from chancery.records import Report, report_id
from chancery.settings import Settings

_LONGEST_TITLE = 200
_NO_TITLE_END = (".", ":", ";", ",")


def report_in_text(path: Path, published: date | None, settings: Settings) -> Report:
    """The report a text file holds. Raises the `InputError` that says why it holds none.

    Line ends become newlines before offsets are counted; nothing else of the text is changed.
    """
    where = str(path)
    raw = decoded(content(path), where).replace("\r\n", "\n").replace("\r", "\n")
    text = checked_text(raw, where, settings.max_report_characters)
    return Report(
        id=report_id(text, None),
        text=text,
        file=path.name,
        title=title_of(text),
        publisher=None,
        published=published,
        url=None,
        language=language_of(text),
    )


def title_of(text: str) -> str | None:
    """The first line, where a blank line follows it and it does not end like a sentence."""
    first, newline, rest = text.lstrip("\n").partition("\n")
    title = first.strip()
    apart = bool(newline) and not rest.partition("\n")[0].strip() and bool(rest.strip())
    fits = 0 < len(title) <= _LONGEST_TITLE and not title.endswith(_NO_TITLE_END)
    return title if apart and fits else None
