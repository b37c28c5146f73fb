"""Writes docs/exports.md from the layouts' data files: `python docs/make_exports.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chancery.knowledge.layout_data import LAYOUT_NAMES, Layout, LayoutTable, layout
from chancery.tables import TABLES, VERSION

TARGET = Path(__file__).with_name("exports.md")
INTRODUCTION = """\
# Exports

<!-- Written by docs/make_exports.py from src/chancery/knowledge/layouts; do not edit by hand. -->

    chancery export --layout polecat out.txt --ledger chancery.db
    chancery export --layout parquet tables --since 2008-01-01 --actor RUS
    chancery export --layout csv events.csv --between RUS VEN --mark

The filters are those of [`chancery events`](cli.md#chancery-export). Each layout below is a mapping
whose columns are named and whose losses are stated; what is not listed there comes out as it is in
the ledger. An event that has no place in a layout is left out and counted on standard error. A file
or folder is whole or not there, and one that is there already is only replaced with `--replace`.

Lines are as people left them: a corrected line is exported as corrected, a rejected one not at all.
`--as-of` exports what the ledger said on another day.

## Common to all

- **Text** is UTF-8. `--mark` puts a byte order mark in front, as Excel wants it.
- **Days** are ISO 8601, but where a layout has its own form. Where a layout has one date, it is the first
  day of the act's time, else the day its report was published; the csv layout says which in
  `date_precision`.
- **Spreadsheets** run cells that begin with `=`, `+`, `-` or `@` (also full width, or after a tab or line
  break). Text that does gets an apostrophe in front, and so does text that begins with apostrophes
  before such a sign. Taking one apostrophe from cells that begin with apostrophes and such a sign
  gives every text back (`chancery.analysis.layouts.unguarded`). Numbers stay as they are. `--raw-cells`
  leaves all text as it is.
- **Tabs and line breaks** become a blank in tab-separated layouts, which have no quotation marks; in CSV they
  stay. Control characters become U+FFFD in both.
- **Codes with leading zeros** (CAMEO `042`) are text: tell your reader so, for instance
  `pandas.read_csv(file, dtype=str)`.
- **Ids** of states are ISO 3166 alpha-3, with `ABK`, `OST`, `XKX` and others for partly recognized ones; of
  organizations and groups their acronyms ([the codebook](codebook.md)).
- **Places** have coordinates where the place is a capital or a listed city of a known state: GeoNames, CC BY
  4.0, `src/chancery/knowledge/geography`.
"""
PYTHON = """\
## From Python

```python
import chancery
from chancery.ledger import EventQuery

with chancery.open("chancery.db") as ledger:
    loans = EventQuery(actor=("RUS",), instrument=("loan", "grant"))
    for line in ledger.events(loans):
        print(line.event.status, line.report.publisher)
    table = ledger.to_arrow("events", loans)  # pyarrow
    frame = ledger.to_pandas("parties")  # pip install 'chancery[pandas]'
    chancery.export(ledger, "polecat", "polecat.txt", loans)
```

`chancery.read(text, published="2009-10-26")` gives the reading of one text without a ledger.
"""


def page() -> str:
    """The whole page."""
    sections = ["\n".join(_section(layout(name))) for name in LAYOUT_NAMES]
    return "\n".join([INTRODUCTION, PYTHON, *sections])


def _section(found: Layout) -> Iterator[str]:
    yield f"## {found.name}: {found.title}"
    yield ""
    yield f"After: {found.source}."
    yield ""
    for table in found.tables:
        yield from _table(table)
    if found.name == "parquet":
        yield from _parquet()
    yield "Losses:"
    yield ""
    yield from (f"- {loss}" for loss in found.losses)
    yield ""


def _table(table: LayoutTable) -> Iterator[str]:
    if table.file and not table.columns:
        yield f"`{table.file}`: {table.row}."
        yield ""
        return
    what = f"`{table.file}`, {table.count} columns. A row" if table.file else f"{table.count} columns. A row"
    yield f"{what} is {table.row}."
    yield ""
    yield "| Column | Holds |"
    yield "|---|---|"
    for column in table.columns:
        if column.holds:
            name = f"`{column.name}`" if column.name else "(no name)"
            yield f"| {name} | {column.holds} |".replace("\n", " ")
    empty = [f"`{column.name}`" for column in table.columns if not column.holds]
    if empty:
        yield ""
        yield f"Always empty: {', '.join(empty)}."
    yield ""


def _parquet() -> Iterator[str]:
    yield f"A folder with a file for each table, schema version {VERSION}; each column's meaning stands in"
    yield "its field's metadata too. Spans count characters of `reports.text` from 0, the end exclusive."
    yield "[Archives](archives.md) are coded to the same tables."
    yield ""
    for table in TABLES.values():
        yield f"`{table.name}`: a row is {table.row}."
        yield ""
        yield "| Column | Type | Holds |"
        yield "|---|---|---|"
        for column in table.columns:
            null = ", may be null" if column.nullable else ""
            yield f"| `{column.name}` | {_type(str(column.type))}{null} | {column.meaning} |"
        yield ""


def _type(arrow: str) -> str:
    """Arrow's name of a type, without the names of list items."""
    return arrow.replace("<item: ", "<").replace("<element: ", "<")


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf8")
