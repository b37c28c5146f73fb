"""Readings as seven tables, with one documented Arrow schema for files, archives and DataFrames."""

from chancery.tables.reviving import reading_of
from chancery.tables.rows import (
    Row,
    Rows,
    actor_row,
    event_row,
    finding_row,
    link_row,
    mention_row,
    party_rows,
    reading_rows,
    report_row,
)
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
    "actor_row",
    "arrow_schema",
    "event_row",
    "finding_row",
    "link_row",
    "mention_row",
    "party_rows",
    "reading_of",
    "reading_rows",
    "report_row",
    "to_arrow",
]
