"""Reports beside each other: which tell the same act, from which origins, and where accounts part.

Deciding takes records and gives records (`Book`, `occurrence`, `differences`); `reconcile` does it for
a ledger.
"""

from chancery.reconcile.accounts import occurrence
from chancery.reconcile.clusters import Book, Placed, Rulings
from chancery.reconcile.differences import differences
from chancery.reconcile.origins import near_duplicates, origins
from chancery.reconcile.rosters import Roster, rosters
from chancery.reconcile.storing import Reconciled, reconcile, version
from chancery.reconcile.tellings import Source, Telling, tellings

__all__ = [
    "Book",
    "Placed",
    "Reconciled",
    "Roster",
    "Rulings",
    "Source",
    "Telling",
    "differences",
    "near_duplicates",
    "occurrence",
    "origins",
    "reconcile",
    "rosters",
    "tellings",
    "version",
]
