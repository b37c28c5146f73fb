"""A ledger as the tables of `chancery.tables`: rows, Arrow, and the DataFrames made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

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
    for report, i, line in _placed(lines):
        words = line.event.sentence.of(text(report.id))
        yield event_row(report.id, report.published, line.event, i, words, judgement=line.judgement)


def _placed(lines: Iterable[LedgerEvent]) -> Iterator[tuple[ReportEntry, int, LedgerEvent]]:
    """Each line with its place among the chosen lines of its report."""
    seen: dict[str, int] = {}
    for line in lines:
        place = seen.get(line.report.id, 0)
        seen[line.report.id] = place + 1
        yield line.report, place, line


def _parties(_: Ledger, lines: tuple[LedgerEvent, ...], __: object) -> Iterator[Row]:
    for line in lines:
        yield from party_rows(line.report.id, line.event)


def _mentions(ledger: Ledger, _: object, reports: tuple[ReportEntry, ...]) -> Iterator[Row]:
    for report in reports:
        for i, mention in enumerate(ledger.mentions_of(report.id)):
            yield mention_row(report.id, i, mention)


def _actors(ledger: Ledger, _: object, reports: tuple[ReportEntry, ...]) -> Iterator[Row]:
    for report in reports:
        for i, actor in enumerate(ledger.actors_of(report.id)):
            yield actor_row(report.id, i, actor)


def _links(ledger: Ledger, lines: tuple[LedgerEvent, ...], reports: tuple[ReportEntry, ...]) -> Iterator[Row]:
    ids = {line.event.id for line in lines}
    for report in reports:
        links = (k for k in ledger.links_of(report.id) if {k.link.give, k.link.take} <= ids)
        for i, k in enumerate(links):
            yield link_row(report.id, i, k.link, k.text)


def _findings(ledger: Ledger, _: object, reports: tuple[ReportEntry, ...]) -> Iterator[Row]:
    for report in reports:
        for i, f in enumerate(ledger.findings_on(report.id)):
            yield finding_row(report.id, i, f.finding)


_TABLES: Mapping[TableName, Make] = {
    "reports": _reports,
    "events": _events,
    "parties": _parties,
    "mentions": _mentions,
    "actors": _actors,
    "links": _links,
    "findings": _findings,
}
