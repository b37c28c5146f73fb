"""A ledger of an older schema becomes one of this schema, whole or not at all."""

from __future__ import annotations

from importlib import resources
from typing import Any

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, inspect

from chancery.ledger.schema import SCHEMA, metadata

# Alembic's own table, by which it knows where a database stands
_versions = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def stamp(connection: Connection, number: int = SCHEMA) -> None:
    """Tell Alembic that the database is of that schema."""
    if not inspect(connection).has_table(_versions.name):
        _versions.create(connection)
        connection.execute(insert(_versions).values(version_num=str(number)))


def upgrade(connection: Connection, found: int, wanted: int = SCHEMA) -> None:
    """Take the steps from schema `found` (0 is an empty database) to `wanted`; the caller commits.

    Raises SQLAlchemy's `DBAPIError`.
    """
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    if found:
        stamp(connection, found)
    folder = str(resources.files("chancery.ledger.migrations"))
    script = ScriptDirectory(folder, version_locations=[f"{folder}/versions"])

    def steps(revision: Any, _context: Any) -> Any:
        return script._upgrade_revs(str(wanted), revision)  # noqa: SLF001 (as Alembic's own command does)

    with EnvironmentContext(Config(), script, fn=steps, destination_rev=str(wanted)) as environment:
        environment.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
        environment.run_migrations()
