"""Looking into a ledger's file past the ledger itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any


def ask(place: str, question: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(place)) as connection:
        return connection.execute(question, values).fetchall()


def everything(place: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    tables = ask(place, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name: ask(place, f'SELECT * FROM "{name}"') for (name,) in tables}
