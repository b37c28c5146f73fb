"""The ledger: readings of reports, kept append-only in one file (or a database server)."""

from chancery.ledger.entries import (
    EventQuery,
    LedgerEvent,
    LedgerFinding,
    LedgerLink,
    ReportEntry,
    Stored,
)
from chancery.ledger.ledger import Ledger, open_ledger

__all__ = [
    "EventQuery",
    "Ledger",
    "LedgerEvent",
    "LedgerFinding",
    "LedgerLink",
    "ReportEntry",
    "Stored",
    "open_ledger",
]
