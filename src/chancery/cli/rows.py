"""Lists on standard output, as CSV or JSON lines."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal

import typer

from chancery.wording.rows import Cell, csv_cell

Format = Literal["table", "csv", "jsonl"]
FORMATS: tuple[Format, ...] = ("table", "csv", "jsonl")
FormatOption = Annotated[str, typer.Option("--format", metavar="table|csv|jsonl", help="How to print them.")]


def write_csv(columns: Iterable[str], rows: Iterable[Mapping[str, Cell]]) -> None:
    """Rows on standard output as CSV (RFC 4180), the columns' names first."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    names = list(columns)
    writer.writerow(names)
    writer.writerows([csv_cell(row[name]) for name in names] for row in rows)


def write_jsonl(objects: Iterable[object]) -> None:
    """One JSON object a line on standard output, ASCII only: nothing in it steers a terminal."""
    for each in objects:
        print(json.dumps(each, ensure_ascii=True, default=_plain))


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def epilog_of(columns: Mapping[str, str]) -> str:
    """The columns' names, for a command's help."""
    return f"Columns of csv: {', '.join(columns)}."
