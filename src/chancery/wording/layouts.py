"""A layout of exports as a page of Markdown: its columns, what they hold, its losses."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.knowledge.layout_data import LayoutName, LayoutTable, layout
from chancery.tables import TABLES, VERSION


def section(name: LayoutName) -> str:
    """The section of a layout, under a heading of the second level."""
    return "\n".join(_section(name))


def _section(name: LayoutName) -> Iterator[str]:
    found = layout(name)
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
