"""What Python programs call: read a text, open a ledger, write an export.

    >>> import chancery
    >>> reading = chancery.read("Ecuador recognized Abkhazia on Monday.", published="2009-10-26")
    >>> [(e.act, e.instrument, e.status) for e in reading.events]
    [('SUPPORT', 'recognition', 'occurred')]

Rooms are imported when a function is called, so that `import chancery` costs nothing.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.errors import UsageError
from chancery.records import Reading, Report

if TYPE_CHECKING:
    from chancery.analysis.layouts import Exported
    from chancery.knowledge.layout_data import LayoutName
    from chancery.ledger import EventQuery, Ledger
    from chancery.pipeline import Reader


def read(
    report: str | Report,
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Reading:
    """The reading of a text, or of a report made elsewhere.

    `published` (a date, or YYYY-MM-DD) dates "on Monday"; it, publisher, title and address are for
    a text; a `Report` brings its own. Loads the embedded model at the first call. Raises
    `EmptyInput`, `TooLargeInput`, `BinaryInput` and, for a day that is none, `UsageError`.
    """
    from chancery.ingest.given import report_given

    if isinstance(report, str):
        day = _day(published)
        report = report_given(report, published=day, publisher=publisher, title=title, url=url)
    return _reader().read(report)


def _day(published: date | str | None) -> date | None:
    if not isinstance(published, str):
        return published
    try:
        return date.fromisoformat(published)
    except ValueError:
        raise UsageError(f"published={published!r} is not a day as YYYY-MM-DD") from None


@cache
def _reader() -> Reader:
    from chancery.pipeline import Reader
    from chancery.settings import from_environment

    return Reader(from_environment())


def open(ledger: str | PathLike[str] = "chancery.db", *, create: bool = False) -> Ledger:
    """The ledger at a path or SQLAlchemy URL; with `create`, made where there is none.

    A context manager: `with chancery.open("chancery.db") as ledger: ...`. Raises `LedgerMissing`,
    `LedgerUnusable`, `LedgerLocked`, `LedgerCorrupt`, `LedgerTooNew`, `LedgerFull`.
    """
    from chancery.ledger import open_ledger

    return open_ledger(fspath(ledger), create=create)


def export(
    ledger: Ledger,
    layout: LayoutName,
    target: str | PathLike[str],
    query: EventQuery | None = None,
    *,
    replace: bool = False,
) -> Exported:
    """Write what a query asks of a ledger (all of it by default) in a layout, to a file or folder.

    The layouts, and what each loses, are in docs/exports.md. Raises `OutputExists`,
    `OutputUnwritable`, `UsageError` for no layout of ours, and what `Ledger` raises.
    """
    from chancery.analysis import layouts
    from chancery.knowledge.layout_data import LAYOUT_NAMES
    from chancery.ledger import EventQuery

    if layout not in LAYOUT_NAMES:
        raise UsageError(f"layout {layout!r} is unknown; known are {', '.join(LAYOUT_NAMES)}")
    return layouts.export(ledger, layout, Path(target), query or EventQuery(), replacing=replace)
