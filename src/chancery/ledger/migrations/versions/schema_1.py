"""Schema 1: reports, readings, events and their parts; one open reading a report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chancery.ledger.columns import Count, Instant, Words

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make the tables in an empty database."""
    _reports()
    _events()
    _readings()
    _parts()


def _reports() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "reports",
        sa.Column("id", Words(), nullable=False),
        sa.Column("publisher", Words(), nullable=True),
        sa.Column("text", Words(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("version", Words(), nullable=False),
        sa.Column("read_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("file", Words(), nullable=False),
        sa.Column("title", Words(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("url", Words(), nullable=True),
        sa.Column("language", Words(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("id", "report"),
    )
    op.create_index(
        "one_open_reading",
        "readings",
        ["report"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("reading", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=True),
        sa.Column("id", Words(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("trigger_text", Words(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("sentence_text", Words(), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("instrument", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("time_text", Words(), nullable=True),
        sa.Column("time_start", sa.Date(), nullable=True),
        sa.Column("time_end", sa.Date(), nullable=True),
        sa.Column("time_precision", sa.String(length=16), nullable=True),
        sa.Column("place_text", Words(), nullable=True),
        sa.Column("place_country", Words(), nullable=True),
        sa.Column("plover_event", sa.String(length=32), nullable=False),
        sa.Column("plover_mode", sa.String(length=64), nullable=True),
        sa.Column("cameo", sa.String(length=8), nullable=True),
        sa.Column("quad", sa.Integer(), nullable=False),
        sa.Column("intensity", sa.Float(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
        sa.PrimaryKeyConstraint("reading", "id"),
    )
    op.create_index("events_by_id", "events", ["id"], unique=False)
    op.create_index("events_by_kind", "events", ["act", "instrument", "status"], unique=False)


def _readings() -> None:
    op.create_table(
        "actors",
        sa.Column("reading", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=True),
        sa.Column("id", Words(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("affiliation", Words(), nullable=True),
        sa.Column("sector", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
        sa.PrimaryKeyConstraint("reading", "id"),
    )
    op.create_table(
        "findings",
        sa.Column("reading", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("message", Words(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("text", Words(), nullable=True),
        sa.Column("event", Words(), nullable=True),
        sa.ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
        sa.PrimaryKeyConstraint("reading", "position"),
    )
    op.create_table(
        "mentions",
        sa.Column("reading", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("text", Words(), nullable=False),
        sa.Column("actor", Words(), nullable=False),
        sa.Column("principal", Words(), nullable=False),
        sa.Column("how", sa.String(length=32), nullable=False),
        sa.Column("sector", sa.String(length=8), nullable=True),
        sa.Column("agent", Words(), nullable=True),
        sa.Column("role", Words(), nullable=True),
        sa.ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
        sa.PrimaryKeyConstraint("reading", "position"),
    )


def _parts() -> None:
    op.create_table(
        "amounts",
        sa.Column("reading", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("event", Words(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", Words(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("currency", Words(), nullable=True),
        sa.Column("unit", Words(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("bound", sa.String(length=16), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reading", "event"], ["events.reading", "events.id"]),
        sa.ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
        sa.PrimaryKeyConstraint("reading", "event", "position"),
    )
    op.create_table(
        "goods",
        sa.Column("reading", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("event", Words(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", Words(), nullable=False),
        sa.Column("count", Count(), nullable=True),
        sa.Column("item", Words(), nullable=False),
        sa.Column("category", Words(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reading", "event"], ["events.reading", "events.id"]),
        sa.ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
        sa.PrimaryKeyConstraint("reading", "event", "position"),
    )
    op.create_table(
        "links",
        sa.Column("reading", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("give", Words(), nullable=False),
        sa.Column("take", Words(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("text", Words(), nullable=False),
        sa.Column("explicit", sa.Boolean(), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.ForeignKeyConstraint(["reading", "give"], ["events.reading", "events.id"]),
        sa.ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
        sa.ForeignKeyConstraint(["reading", "take"], ["events.reading", "events.id"]),
        sa.PrimaryKeyConstraint("reading", "position"),
    )
    op.create_table(
        "parties",
        sa.Column("reading", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("event", Words(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("actor", Words(), nullable=False),
        sa.Column("sector", sa.String(length=8), nullable=True),
        sa.Column("agent", Words(), nullable=True),
        sa.Column("text", Words(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["reading", "event"], ["events.reading", "events.id"]),
        sa.ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
        sa.PrimaryKeyConstraint("reading", "event", "position", "side"),
    )
    op.create_index("parties_by_actor", "parties", ["actor", "side"], unique=False)
    op.create_table(
        "speakers",
        sa.Column("reading", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", Words(), nullable=False),
        sa.Column("event", Words(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", Words(), nullable=False),
        sa.Column("actor", Words(), nullable=True),
        sa.Column("cue", Words(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reading", "event"], ["events.reading", "events.id"]),
        sa.ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
        sa.PrimaryKeyConstraint("reading", "event", "position"),
    )
