"""Schema 2: runs, judgements, what was learned of people, and two times for every line.

Lines of schema 1 keep their readings; days, stages, pairs and titles are filled in from them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chancery.ledger import schema
from chancery.ledger.columns import Words
from chancery.ledger.guards import add_guards, drop_guards
from chancery.ledger.rows import UNDATED
from chancery.records import STAGE_OF

revision = "2"
down_revision = "1"

_OLD = (
    "reports", "readings", "actors", "mentions", "events", "parties", "speakers", "amounts", "goods",
    "links", "findings",
)  # fmt: skip
_ALIKE = ("runs", "titles", "judgements", "judged")  # as they are in this schema
_NEW = ("pairs", *_ALIKE)
_OPEN = sa.text("closed_at IS NULL AND judgement IS NULL")


def upgrade() -> None:
    """Add what schema 1 lacks, fill it, and put the guards on again."""
    connection = op.get_bind()
    drop_guards(connection, _OLD)
    _add_columns()
    _add_tables()
    _fill_days(connection)
    _fill_pairs(connection)
    _fill_titles(connection)
    _index()
    connection.execute(sa.text("UPDATE meta SET value = '2' WHERE key = 'schema'"))
    add_guards(connection, (*_OLD, *_NEW))


def _add_columns() -> None:
    for name in ("run", "judgement"):
        op.add_column("readings", sa.Column(name, sa.Integer()))
    op.add_column("events", sa.Column("stage", sa.String(16)))
    op.add_column("events", sa.Column("day", sa.Date()))
    op.add_column("events", sa.Column("last_day", sa.Date()))
    op.add_column("parties", sa.Column("last_day", sa.Date()))


def _add_tables() -> None:
    # As they are in this schema; a later schema that changes one writes it out here first
    for name in _ALIKE:
        schema.metadata.tables[name].create(op.get_bind())
    op.create_table(
        "pairs",
        sa.Column("one", Words, primary_key=True),
        sa.Column("other", Words, primary_key=True),
        sa.Column("last_day", sa.Date, primary_key=True),
        sa.Column("reading", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("event", Words, primary_key=True),
        sa.ForeignKeyConstraint(["reading", "event"], ["events.reading", "events.id"]),
        sqlite_with_rowid=False,
    )


def _index() -> None:
    op.drop_index("one_open_reading", "readings")
    op.drop_index("events_by_kind", "events")
    op.drop_index("parties_by_actor", "parties")
    op.create_index(
        "one_open_reading", "readings", ["report"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index("readings_by_instant", "readings", ["read_at"])
    op.create_index("readings_by_judgement", "readings", ["judgement"])
    op.create_index("actors_by_id", "actors", ["id", "reading"])
    op.create_index("events_by_kind", "events", ["act", "instrument"])
    op.create_index("events_by_stage", "events", ["stage", "last_day"])
    op.create_index("parties_by_actor", "parties", ["actor", "last_day"])


def _fill_days(connection: sa.Connection) -> None:
    published = "(SELECT published FROM readings r WHERE r.id = events.reading)"
    connection.execute(
        sa.text(
            f"UPDATE events SET day = coalesce(time_start, {published}), "
            f"last_day = coalesce(time_end, {published})"
        )
    )
    for status, stage in STAGE_OF.items():
        filled = sa.text("UPDATE events SET stage = :stage WHERE status = :status")
        connection.execute(filled, {"stage": stage, "status": status})
    connection.execute(
        sa.text(
            "UPDATE parties SET last_day = (SELECT e.last_day FROM events e "
            "WHERE e.reading = parties.reading AND e.id = parties.event)"
        )
    )


_PAIRS = """
INSERT INTO pairs (one, other, last_day, reading, event)
SELECT DISTINCT CASE WHEN a.actor < b.actor THEN a.actor ELSE b.actor END,
  CASE WHEN a.actor < b.actor THEN b.actor ELSE a.actor END,
  coalesce(a.last_day, :undated), a.reading, a.event
FROM parties a JOIN parties b ON b.reading = a.reading AND b.event = a.event AND b.actor <> a.actor
WHERE a.side = 'actor' AND (b.side = 'recipient' OR (b.side = 'actor' AND NOT EXISTS (
  SELECT 1 FROM parties c WHERE c.reading = a.reading AND c.event = a.event AND c.side = 'recipient')))
"""


def _fill_pairs(connection: sa.Connection) -> None:
    undated = sa.bindparam("undated", UNDATED, sa.Date())
    connection.execute(sa.text(_PAIRS).bindparams(undated))


def _fill_titles(connection: sa.Connection) -> None:
    m, titles = schema.mentions, schema.titles
    query = sa.select(m).where(m.c.how == "office", m.c.role.is_not(None), m.c.agent != m.c.role)
    taught = [
        {
            "reading": row.reading, "report": row.report, "position": row.position,
            "span_start": row.span_start, "span_end": row.span_end, "text": row.text,
            "person": row.agent, "surname": row.agent.split()[-1], "office": row.role,
            "actor": row.principal, "sector": row.sector, "speaker": None,
        }
        for row in connection.execute(query) if row.agent.split()
    ]  # fmt: skip
    if taught:
        connection.execute(sa.insert(titles), taught)
