"""How a ledger of an older schema becomes one of this schema, step by step (Alembic)."""
