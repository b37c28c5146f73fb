"""A ledger as the tables of `chancery.tables`: rows, Arrow, and the DataFrames made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa

from chancery.errors import ExtraMissing, UsageError
from chancery.ledger.entries import EventQuery, LedgerEvent, ReportEntry
from chancery.records import Report
from chancery.tables import (
    TABLES,
    Row,
    TableName,
    actor_row,
    event_row,
    finding_row,
    link_row,
    mention_row,
    party_rows,
    report_row,
    to_arrow,
)

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from chancery.ledger.ledger import Ledger


T = TypeVar("T")
_FEW = 200  # reports that are asked for one by one; of more, the ledger is asked for all at once


def rows(
    ledger: Ledger, name: TableName, lines: Iterable[LedgerEvent], reports: Iterable[ReportEntry]
) -> Iterator[Row]:
    """Rows of a table for these lines and the reports that tell them.

    `events` and `parties` are of the lines as people left them; links only where both ends are
    among the lines; mentions, actors and findings are the open reading's.
    """
    yield from _TABLES[name](ledger, tuple(lines), tuple(reports))


def arrow_table(ledger: Ledger, name: TableName, query: EventQuery) -> pa.Table:
    """A table as Arrow: of the events a query asks for, and of the reports that tell them.

    A query that asks nothing also has the reports that tell no event. Raises `UsageError` on a name that is
    no table.
    """
    if name not in TABLES:
        raise UsageError(f"no table {name!r}; there are {', '.join(TABLES)}")
    lines, reports = ledger.events(query), ledger.reports()
    told = {line.report.id for line in lines}
    if query != EventQuery():
        reports = tuple(r for r in reports if r.id in told)
    return to_arrow(name, rows(ledger, name, lines, reports))


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """The table with pandas. Raises `ExtraMissing`."""
    try:
        import pandas as library  # noqa: ICN001, PLC0415 (an extra)
    except ImportError as error:
        raise ExtraMissing("pandas") from error
    made: pd.DataFrame = table.to_pandas(types_mapper=library.ArrowDtype)
    return made


def to_polars(table: pa.Table) -> pl.DataFrame:
    """The table with polars. Raises `ExtraMissing`."""
    try:
        import polars as pl  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise ExtraMissing("polars") from error
    made: pl.DataFrame = pl.from_arrow(table)
    return made


Make = Callable[["Ledger", tuple[LedgerEvent, ...], tuple[ReportEntry, ...]], Iterator[Row]]


def _reports(ledger: Ledger, _: tuple[LedgerEvent, ...], reports: tuple[ReportEntry, ...]) -> Iterator[Row]:
    for r in reports:
        text = ledger.text(r.id)
        told = Report(r.id, text, r.file, r.title, r.publisher, r.published, r.url, r.language)
        yield report_row(told, r.version)


def _events(ledger: Ledger, lines: tuple[LedgerEvent, ...], _: object) -> Iterator[Row]:
    text = cache(ledger.text)
    for report, i, line in _numbered((line.report.id, line) for line in lines):
        words = line.event.sentence.of(text(report))
        yield event_row(report, line.report.published, line.event, i, words, judgement=line.judgement)


def _parties(_: Ledger, lines: tuple[LedgerEvent, ...], __: object) -> Iterator[Row]:
    for line in lines:
        yield from party_rows(line.report.id, line.event)


def _mentions(ledger: Ledger, _: object, reports: tuple[ReportEntry, ...]) -> Iterator[Row]:
    if len(reports) > _FEW:
        found = _kept(ledger.mentions(), reports)
    else:
        found = ((r.id, mention) for r in reports for mention in ledger.mentions_of(r.id))
    yield from (mention_row(report, i, mention) for report, i, mention in _numbered(found))


def _actors(ledger: Ledger, _: object, reports: tuple[ReportEntry, ...]) -> Iterator[Row]:
    if len(reports) > _FEW:
        found = _kept(ledger.named(), reports)
    else:
        found = ((r.id, actor) for r in reports for actor in ledger.actors_of(r.id))
    yield from (actor_row(report, i, actor) for report, i, actor in _numbered(found))


def _links(ledger: Ledger, lines: tuple[LedgerEvent, ...], reports: tuple[ReportEntry, ...]) -> Iterator[Row]:
    ids = {line.event.id for line in lines}
    each = ledger.links() if len(reports) > _FEW else (k for r in reports for k in ledger.links_of(r.id))
    found = ((k.report.id, k) for k in each if {k.link.give, k.link.take} <= ids)
    yield from (link_row(report, i, k.link, k.text) for report, i, k in _numbered(found))


def _findings(ledger: Ledger, _: object, reports: tuple[ReportEntry, ...]) -> Iterator[Row]:
    each = (
        ledger.findings() if len(reports) > _FEW else (f for r in reports for f in ledger.findings_on(r.id))
    )
    found = _kept(((f.report.id, f) for f in each), reports)
    yield from (finding_row(report, i, f.finding) for report, i, f in _numbered(found))


def _kept(found: Iterable[tuple[str, T]], reports: Iterable[ReportEntry]) -> Iterator[tuple[str, T]]:
    ids = {report.id for report in reports}
    return ((report, each) for report, each in found if report in ids)


def _numbered(found: Iterable[tuple[str, T]]) -> Iterator[tuple[str, int, T]]:
    """Each with its report and its place among what there is of that report."""
    seen: dict[str, int] = {}
    for report, each in found:
        place = seen.get(report, 0)
        seen[report] = place + 1
        yield report, place, each


_TABLES: Mapping[TableName, Make] = {
    "reports": _reports,
    "events": _events,
    "parties": _parties,
    "mentions": _mentions,
    "actors": _actors,
    "links": _links,
    "findings": _findings,
}
