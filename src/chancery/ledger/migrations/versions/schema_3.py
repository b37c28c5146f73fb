"""Schema 3: what is still to be kept, by actor; the latest days; a report's lines: through indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chancery.ledger.guards import add_guards, drop_guards

revision = "3"
down_revision = "2"

_STAGE = """
UPDATE parties SET stage = (SELECT e.stage FROM events e
WHERE e.reading = parties.reading AND e.id = parties.event)
"""


def upgrade() -> None:
    """Give each party its event's stage, and make the indexes."""
    connection = op.get_bind()
    drop_guards(connection, ["parties"])
    op.add_column("parties", sa.Column("stage", sa.String(16)))
    connection.execute(sa.text(_STAGE))
    op.drop_index("parties_by_actor", "parties")
    op.create_index("parties_by_actor", "parties", ["actor", "side", "last_day"])
    op.create_index("parties_by_stage", "parties", ["actor", "side", "stage", "last_day"])
    op.create_index("readings_by_report", "readings", ["report"])
    op.create_index("events_by_day", "events", ["last_day"])
    connection.execute(sa.text("UPDATE meta SET value = '3' WHERE key = 'schema'"))
    add_guards(connection, ["parties"])
