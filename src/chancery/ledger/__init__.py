"""The ledger: readings of reports and judgements on them, kept append-only in one file or a server."""

from chancery.ledger.entries import (
    EventQuery,
    Judgement,
    LedgerEvent,
    LedgerFinding,
    LedgerLink,
    LogEntry,
    ReportEntry,
    Ruling,
    Stored,
    Title,
    Verdict,
)
from chancery.ledger.fields import FIELDS, differing, in_words
from chancery.ledger.ledger import Ledger, open_ledger

__all__ = [
    "FIELDS",
    "EventQuery",
    "Judgement",
    "Ledger",
    "LedgerEvent",
    "LedgerFinding",
    "LedgerLink",
    "LogEntry",
    "ReportEntry",
    "Ruling",
    "Stored",
    "Title",
    "Verdict",
    "differing",
    "in_words",
    "open_ledger",
]
