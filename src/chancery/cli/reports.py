"""`chancery reports`: what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from chancery.cli import values
from chancery.cli.opening import AsOfOption, LedgerOption, opened
from chancery.cli.rows import FORMATS, FormatOption, write_csv, write_jsonl
from chancery.cli.screen import Column, note, screen, table
from chancery.wording.rows import REPORT_COLUMNS, report_row

if TYPE_CHECKING:
    from chancery.ledger import ReportEntry

READ_LANGUAGES = ("en", "und")  # und: too short to tell


def list_reports(
    format: FormatOption = "table",
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Lists the reports that were read."""
    shape = values.one_of("--format", format, FORMATS)
    with opened(ledger, as_of) as book:
        reports = book.reports()
        counts = Counter(line.report.id for line in book.events())
    if not reports:
        note("the ledger holds no reports yet; `chancery read FILE` adds some")
    if shape == "table":
        if reports:
            _print(reports, counts)
        return
    rows = (report_row(r, counts[r.id]) for r in reports)
    if shape == "csv":
        write_csv(REPORT_COLUMNS, rows)
    else:
        write_jsonl(rows)


def _print(reports: Sequence[ReportEntry], counts: Mapping[str, int]) -> None:
    columns = (
        Column("report", keep=True), Column("published", keep=True), Column("publisher"),
        Column("title or file"), Column("language"), Column("events", right=True),
        Column("read", keep=True),
    )  # fmt: skip
    rows = [
        (
            r.id,
            r.published.isoformat() if r.published else "",
            r.publisher or "",
            r.title or r.file,
            language_words(r.language),
            str(counts[r.id]),
            f"{r.read_at:%Y-%m-%d}",
        )
        for r in reports
    ]
    screen().show(table(columns, rows))


def language_words(language: str) -> str:
    """The language, marked where a text in it is kept and not read."""
    return language if language in READ_LANGUAGES else f"{language}, not read"
