"""Triggers that refuse what a ledger never does: delete, and change what was written once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

_READING_FACTS = "id, report, version, read_at, file, title, published, url, language, run, judgement"
_JUDGEMENT_FACTS = "id, verdict, report, event, reviewer, made_at, why, codebook, reader, before, after"
# Tables in which a row is closed once and otherwise stays, with the columns that stay
_CLOSING = {
    "readings": _READING_FACTS,
    "judgements": _JUDGEMENT_FACTS,
    "members": "id, occurrence, event, part, report, reading, score, reasons, made_at",
    "occurrences": "id, occurrence, lead, act, instrument, status, start_day, end_day, told, actors, "
    "recipients, origins, reports, made_at",
    "rosters": "id, reading, report, organization, members, span_start, span_end, made_at",
    "differences": "id, subject, kind, field, reason, sides, made_at",
}
# the driver takes a doubled % for one
_FUNCTION = """
CREATE OR REPLACE FUNCTION chancery_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a ledger only grows: %%', TG_NAME USING ERRCODE = 'integrity_constraint_violation'; END
$$
"""


def add_guards(connection: Connection, tables: Iterable[str]) -> None:
    """Guard these tables; on a database without them they are only our own good intentions."""
    names = [name for name in tables if name not in ("meta", "alembic_version")]
    dialect = connection.dialect.name
    if dialect == "postgresql":
        connection.exec_driver_sql(_FUNCTION)
    if dialect in ("sqlite", "postgresql"):
        for name in names:
            for trigger, when, only in _refusals(name):
                connection.exec_driver_sql(_statement(dialect, name, trigger, when, only))


def drop_guards(connection: Connection, tables: Iterable[str]) -> None:
    """Take the guards of these tables off, for a migration that puts them on again."""
    for name in tables:
        for trigger, _, _ in _refusals(name):
            of_table = f" ON {name}" if connection.dialect.name == "postgresql" else ""
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}{of_table}")


def _refusals(table: str) -> list[tuple[str, str, str | None]]:
    """Name of the trigger, what it refuses, and the condition under which."""
    refused: list[tuple[str, str, str | None]] = [(f"{table}_stay", "DELETE", None)]
    facts = _CLOSING.get(table)
    if facts is None:
        refused.append((f"{table}_unchanged", "UPDATE", None))
    else:
        refused.append((f"{table}_unchanged", f"UPDATE OF {facts}", None))
        refused.append((f"{table}_close_once", "UPDATE OF closed_at", "OLD.closed_at IS NOT NULL"))
    return refused


def _statement(dialect: str, table: str, trigger: str, when: str, only: str | None) -> str:
    if dialect == "postgresql":
        condition = f" WHEN ({only})" if only else ""
        head = f"CREATE TRIGGER {trigger} BEFORE {when} ON {table} FOR EACH ROW"
        return f"{head}{condition} EXECUTE FUNCTION chancery_refuse()"
    condition = f" WHEN {only}" if only else ""
    refusal = f"SELECT RAISE(ABORT, 'a ledger only grows: {trigger}')"
    return f"CREATE TRIGGER {trigger} BEFORE {when} ON {table}{condition} BEGIN {refusal}; END"
