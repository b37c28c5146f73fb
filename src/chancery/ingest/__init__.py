"""Ingest: files, folders, pages and archives become reports; what cannot be read an error beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from chancery.errors import InputError
from chancery.ingest.files import checked_file, files_in
from chancery.ingest.opening import (
    STANDARD_INPUT,
    reports_at,
    reports_in_file,
    reports_in_standard_input,
)
from chancery.records import Report, report_id
from chancery.settings import Settings

__all__ = ["load", "published_by"]

_WEB: Final = ("http://", "https://")


def load(
    files: Iterable[str], *, published: date | None, settings: Settings
) -> Iterator[Report | InputError]:
    """Reports in the order of the inputs (and of the lines, articles, messages in one), one at a time.

    An input is a file, a folder, a web address, or `-` for standard input. One that cannot be read is
    yielded as its error, not raised, so that the others go on. `published` dates those that bring no date
    of their own.
    """
    for name in files:
        try:
            yield from _reports(name, published, settings)
        except InputError as error:
            yield error


def _reports(name: str, published: date | None, settings: Settings) -> Iterator[Report | InputError]:
    if name.lower().startswith(_WEB):
        yield from reports_at(name, published, settings)
        return
    if name == STANDARD_INPUT:
        yield from reports_in_standard_input(published, settings)
        return
    path = checked_file(name)
    if not path.is_dir():
        yield from reports_in_file(path, published, settings)
        return
    for file in files_in(path):
        try:
            yield from reports_in_file(file, published, settings)
        except InputError as error:
            yield error


def published_by(report: Report, publisher: str) -> Report:
    """The report as that publisher's; its id, which hashes text and publisher, follows."""
    return replace(report, publisher=publisher, id=report_id(report.text, publisher))
