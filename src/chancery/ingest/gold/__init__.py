"""Gold that people annotated in Label Studio, brat or INCEpTION, in the form of the corpus of dealings."""

from __future__ import annotations

from chancery.ingest.gold.files import gold_in
from chancery.ingest.gold.rows import Gold, gold_row

__all__ = ["Gold", "gold_in", "gold_row"]
