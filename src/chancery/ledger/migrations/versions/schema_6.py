"""Schema 6: a full-text index over sentences, titles and texts, and one over amounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chancery.ledger.searching import add_index

revision = "6"
down_revision = "5"


def upgrade() -> None:
    """Make the indexes from what is there."""
    connection = op.get_bind()
    op.create_index("amounts_by_value", "amounts", ["value", "currency"])
    add_index(connection, fill=True)
    connection.execute(sa.text("UPDATE meta SET value = '6' WHERE key = 'schema'"))
