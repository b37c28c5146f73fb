"""chancery: a ledger of dealings between states, read from news reports."""

from chancery.api import export, open, read

__all__ = ["export", "open", "read"]
