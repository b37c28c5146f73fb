"""Schema 4: occurrences, their members, origins, and where accounts part.

The tables start empty; the next `chancery read` or `chancery reconcile` fills them from all reports.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chancery.ledger import schema
from chancery.ledger.guards import add_guards

revision = "4"
down_revision = "3"

_NEW = (
    "reconciliations", "members", "member_keys", "occurrences", "occurrence_actors", "rosters", "differences",
)  # fmt: skip


def upgrade() -> None:
    """Add the tables, with their guards."""
    connection = op.get_bind()
    for name in _NEW:
        schema.metadata.tables[name].create(connection)
    connection.execute(sa.text("UPDATE meta SET value = '4' WHERE key = 'schema'"))
    add_guards(connection, _NEW)
