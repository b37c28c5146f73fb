"""The ledger: readings of reports and judgements on them, kept append-only in one file or a server."""

from chancery.ledger.counting import By
from chancery.ledger.entries import (
    AmountQuery,
    Counterpart,
    EventPage,
    EventQuery,
    Judgement,
    LedgerDifference,
    LedgerEvent,
    LedgerFinding,
    LedgerLink,
    LogEntry,
    NewMember,
    OccurrenceQuery,
    PlacedLine,
    ReportEntry,
    RosterEntry,
    Ruling,
    Stored,
    Title,
    Unreconciled,
    Verdict,
)
from chancery.ledger.fields import FIELDS, differing, in_words
from chancery.ledger.ledger import Ledger, open_ledger
from chancery.ledger.originals import Original, Originals, originals_of
from chancery.ledger.settling import Desk

__all__ = [
    "FIELDS",
    "AmountQuery",
    "By",
    "Counterpart",
    "Desk",
    "EventPage",
    "EventQuery",
    "Judgement",
    "Ledger",
    "LedgerDifference",
    "LedgerEvent",
    "LedgerFinding",
    "LedgerLink",
    "LogEntry",
    "NewMember",
    "OccurrenceQuery",
    "Original",
    "Originals",
    "PlacedLine",
    "ReportEntry",
    "RosterEntry",
    "Ruling",
    "Stored",
    "Title",
    "Unreconciled",
    "Verdict",
    "differing",
    "in_words",
    "open_ledger",
    "originals_of",
]
