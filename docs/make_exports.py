"""Writes docs/exports.md from the layouts' data files: `python docs/make_exports.py`."""

from __future__ import annotations

from pathlib import Path

from chancery.knowledge.layout_data import LAYOUT_NAMES
from chancery.wording.layouts import section

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
- **Places** ([how they are read](reading.md#places)) have coordinates where the place is a capital or a
  listed city of a known state, or its middle ("downtown Lima"); a state or a border is no point: GeoNames,
  CC BY 4.0, `src/chancery/knowledge/geography`.
"""
R = """\
## From R

The script [dyad_series.R](dyad_series.R) reads the parquet layout with the package arrow and draws
how often two actors dealt with each other, year by year and way by way:

```sh
chancery export --layout parquet tables
```

    Rscript docs/dyad_series.R tables RUS VEN series.png

## Codebooks

`chancery codebook` prints [the codebook](codebook.md) as Markdown, `chancery codebook --layout polecat` the
columns of a layout; with `--pdf FILE` they are written as PDF (`pip install 'chancery[pdf]'`). They are made
of the tables that the program codes and exports by.
"""
PYTHON = """\
## From Python

```python
import chancery
from chancery.deals import Dealings
from chancery.ledger import EventQuery

with chancery.open("chancery.db") as ledger:
    loans = EventQuery(actor=("RUS",), instrument=("loan", "grant"))
    for line in ledger.events(loans):
        print(line.event.status, line.report.publisher)
    for promise in Dealings(ledger).promises:
        print(promise.promisors, promise.content, promise.fulfilment)
    table = ledger.to_arrow("events", loans)  # pyarrow
    frame = ledger.to_pandas("parties")  # pip install 'chancery[pandas]'
    chancery.export(ledger, "polecat", "polecat.txt", loans)
```

[A notebook](notebook.ipynb) goes through the same at leisure. `chancery.read(text,
published="2009-10-26")` gives the reading of one text without a ledger.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, PYTHON, R, *(section(name) for name in LAYOUT_NAMES)])


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf8")
