"""A plain text is one report; its first line is its title where it is set apart like one."""

from __future__ import annotations

from chancery.ingest.charsets import decode
from chancery.ingest.raw import Raw, Told, report_of, source_of
from chancery.records import Report
from chancery.settings import Settings

_LONGEST_TITLE = 200
_NO_TITLE_END = (".", ":", ";", ",")


def report_in_text(raw: Raw, settings: Settings) -> Report:
    """The report a text holds. Raises the `InputError` that says why it holds none.

    Line ends become newlines before offsets are counted; nothing else of the text is changed.
    """
    found = decode(raw.content, raw.where, raw.charset)
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    told = Told(text, title=title_of(text), doubts=found.doubts)
    return report_of(raw, told, settings, source_of(raw, "text/plain", found.charset))


def title_of(text: str) -> str | None:
    """The first line, where a blank line follows it and it does not end like a sentence."""
    first, newline, rest = text.lstrip("\n").partition("\n")
    title = first.strip()
    apart = bool(newline) and not rest.partition("\n")[0].strip() and bool(rest.strip())
    fits = 0 < len(title) <= _LONGEST_TITLE and not title.endswith(_NO_TITLE_END)
    return title if apart and fits else None
