"""Schema 5: the first day of an event beside its parties and pairs; two indexes do the work of four.

A question that ends on a day, and a count, then need no look at the events themselves.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chancery.ledger.guards import add_guards, drop_guards

revision = "5"
down_revision = "4"

_DAY = """
UPDATE {0} SET day = (SELECT e.day FROM events e WHERE e.reading = {0}.reading AND e.id = {0}.event)
"""


def upgrade() -> None:
    """Give parties and pairs their event's first day, and make the indexes anew."""
    connection = op.get_bind()
    drop_guards(connection, ["parties", "pairs"])
    for name in ("parties", "pairs"):
        op.add_column(name, sa.Column("day", sa.Date()))
        connection.execute(sa.text(_DAY.format(name)))
    for table, gone in (("parties", "stage"), ("parties", "actor"), ("events", "stage"), ("events", "day")):
        op.drop_index(f"{table}_by_{gone}", table)
    op.create_index("events_by_day", "events", ["last_day", "stage"])
    op.create_index("parties_by_actor", "parties", ["actor", "side", "last_day", "stage", "day"])
    connection.execute(sa.text("UPDATE meta SET value = '5' WHERE key = 'schema'"))
    add_guards(connection, ["parties", "pairs"])
