"""The ledgers of tests/ledger: SQLite, and PostgreSQL where there is a server."""

from tests.ledger.conftest import ledger, place

__all__ = ["ledger", "place"]
