"""Ingest: files of text or JSONL become reports; what cannot be read becomes an error beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from chancery.errors import InputError
from chancery.ingest.files import checked_file
from chancery.ingest.lines import reports_in_lines
from chancery.ingest.texts import report_in_text
from chancery.records import Report
from chancery.settings import Settings

__all__ = ["load"]

_LINES = frozenset((".jsonl", ".ndjson"))


def load(
    files: Iterable[str], *, published: date | None, settings: Settings
) -> Iterator[Report | InputError]:
    """Reports in the order of the files (and of the lines of a JSONL file), one at a time.

    An input that cannot be read is yielded as its error, not raised, so that the others go on.
    `published` dates those that bring no date of their own.
    """
    for name in files:
        try:
            path = checked_file(name)
            if is_lines(path):
                yield from reports_in_lines(path, published, settings)
            else:
                yield report_in_text(path, published, settings)
        except InputError as error:
            yield error


def is_lines(path: Path) -> bool:
    """Whether a file holds one report a line, by its name."""
    return path.suffix.lower() in _LINES
