"""Looking into a ledger's database past the ledger itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import create_engine, inspect

from chancery.ledger.place import located

Row = tuple[Any, ...]


def ask(place: str, *statements: str) -> list[Row]:
    """The rows of the last of some statements; what they change stays."""
    engine = create_engine(located(place))
    try:
        with engine.begin() as connection:
            for statement in statements:
                found = connection.exec_driver_sql(statement)
            return [tuple(row) for row in found] if found.returns_rows else []
    finally:
        engine.dispose()


def everything(place: str) -> dict[str, list[Row]]:
    """Every row of every table."""
    engine = create_engine(located(place))
    try:
        with engine.connect() as connection:
            return {
                name: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr)
                for name in inspect(connection).get_table_names()
            }
    finally:
        engine.dispose()
