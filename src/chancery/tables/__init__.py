"""Readings as seven tables, with one documented Arrow schema for files, archives and DataFrames."""

from chancery.tables.reviving import reading_of
from chancery.tables.rows import Row, Rows, event_row, party_rows, reading_rows, report_row
from chancery.tables.schema import (
    TABLES,
    VERSION,
    Column,
    Table,
    TableName,
    arrow_schema,
    to_arrow,
)

__all__ = [
    "TABLES",
    "VERSION",
    "Column",
    "Row",
    "Rows",
    "Table",
    "TableName",
    "arrow_schema",
    "event_row",
    "party_rows",
    "reading_of",
    "reading_rows",
    "report_row",
    "to_arrow",
]
