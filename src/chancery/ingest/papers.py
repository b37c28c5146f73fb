"""PDF with text: lines of a printed page are joined to paragraphs again, running heads left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import chain
from statistics import median
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from chancery.errors import BrokenInput, InputError, LockedInput, TextlessInput
from chancery.ingest.pages import quiet
from chancery.ingest.raw import Raw, Told, report_of, source_of
from chancery.records import Finding, Report
from chancery.settings import Settings

MOST_PAGES: Final = 2_000
_KIND: Final = "a PDF"
_HINT: Final = "its pages may be pictures; recognize their text first, for instance with OCRmyPDF"
_RUNNING: Final = 0.5  # share of the pages on which a line at the edge is a running head
_FEWEST_PAGES: Final = 2  # on which a running head stands
_TOP: Final = 2_000  # characters in which a title is looked for
_LONGEST_TITLE: Final = 200
_FULL: Final = 0.75  # share of the usual width from which on a line goes on in the next one
_SENTENCE_END = re.compile(r"[.!?:;…]['\"”’)\]]*$")
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad\u2010]$")
_NUMBERED = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\W*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE)
_MADE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def report_in_paper(raw: Raw, settings: Settings) -> Report:
    """The report a PDF holds. Raises `BrokenInput`, `LockedInput`, `TextlessInput`, `TooLargeInput`."""
    quiet()
    try:
        told = _told(raw, settings)
    except InputError:
        raise
    except (RecursionError, MemoryError, PyPdfError) as odd:
        raise BrokenInput(raw.where, _KIND, str(odd) or type(odd).__name__) from odd
    except Exception as odd:  # a broken PDF breaks pypdf in more ways than it has names for
        raise BrokenInput(raw.where, _KIND, type(odd).__name__) from odd
    return report_of(raw, told, settings, source_of(raw, "application/pdf", None))


def _told(raw: Raw, settings: Settings) -> Told:
    reader = PdfReader(BytesIO(raw.content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise LockedInput(raw.where)
    number = len(reader.pages)
    if number > MOST_PAGES:
        raise BrokenInput(raw.where, _KIND, f"{number:,} pages, {MOST_PAGES:,} are allowed")
    pages, length = [], 0
    for page in reader.pages:
        text = page.extract_text() or ""
        length += len(text)
        pages.append(text)
        if length > settings.max_report_characters:
            break  # told as too large by the whole text
    text = paragraphs_of(pages)
    if not text.strip():
        raise TextlessInput(raw.where, _KIND, _HINT)
    made, doubts = _made(reader.metadata) if raw.published is None else (None, ())
    text, title = _titled(text, " ".join(str(getattr(reader.metadata, "title", None) or "").split()))
    return Told(text, title=title, published=made, doubts=doubts)


def _titled(text: str, told: str) -> tuple[str, str | None]:
    """The text, its title on one line, and the title: as its metadata tell, else what stands apart on top."""
    shown = re.search(r"\s+".join(map(re.escape, told.split())), text[:_TOP]) if told else None
    if shown:
        return f"{text[: shown.start()]}{told}{text[shown.end() :]}", told
    first = text.partition("\n\n")[0]
    apart = len(first) <= _LONGEST_TITLE and "\n\n" in text and not _SENTENCE_END.search(first)
    return text, first if apart else None


def _made(metadata: Any) -> tuple[date | None, tuple[Finding, ...]]:
    """The day the file was made, which is a guess at the day of publication."""
    found = _MADE.match(str((metadata or {}).get("/CreationDate", "")))
    try:
        day = datetime.strptime("".join(found.groups()), "%Y%m%d").date() if found else None  # noqa: DTZ007
    except ValueError:
        day = None
    if day is None:
        return None, ()
    words = f"no day of publication is told; {day.isoformat()}, when the PDF was made, is taken for it"
    return day, (Finding("guessed_date", words),)


def paragraphs_of(pages: Sequence[str]) -> str:
    """The text of printed pages as paragraphs, a blank line after each."""
    lines = [[line.strip() for line in page.splitlines()] for page in pages]
    kept = _without_running(lines)
    widths = [len(line) for line in chain.from_iterable(kept) if line]
    return "\n\n".join(_joined(list(chain.from_iterable(kept)), _FULL * _usual(widths))) if widths else ""


def _usual(widths: Sequence[int]) -> float:
    """The width of full lines: the median of the longer half."""
    return float(median(sorted(widths)[len(widths) // 2 :]))


def _without_running(pages: list[list[str]]) -> list[list[str]]:
    """Without page numbers, and without the lines that most pages begin or end with."""
    edges = Counter(
        mark
        for page in pages
        for mark in {_NUMBERED.sub("0", line) for line in (*page[:2], *page[-2:]) if line}
    )
    often = max(_FEWEST_PAGES, _RUNNING * len(pages))
    running = {mark for mark, n in edges.items() if n >= often}
    return [[line for i, line in enumerate(page) if not _is_edge(page, i, line, running)] for page in pages]


def _is_edge(page: list[str], at: int, line: str, running: set[str]) -> bool:
    if 2 <= at < len(page) - 2 or not line:
        return False
    return _NUMBERED.sub("0", line) in running or bool(_PAGE_NUMBER.fullmatch(line))


def _joined(lines: Sequence[str], full: float) -> list[str]:
    """Lines to paragraphs: a full line, or one that breaks a word, goes on in the next one.

    A sentence that ends with its line ends a paragraph only where the line is not full.
    """
    made: list[str] = []
    open_ = False
    for line in lines:
        if not line:
            open_ = open_ and bool(made) and not _SENTENCE_END.search(made[-1])
            continue
        if open_ and _HYPHEN.search(made[-1]) and line[0].islower():
            made[-1] = _HYPHEN.sub("", made[-1]) + line
        elif open_:
            made[-1] += f" {line}"
        else:
            made.append(line)
        open_ = len(line) >= full or bool(_HYPHEN.search(line))
    return made
