"""Dictionaries of actors and tables of office holders become knowledge in our own form."""

from __future__ import annotations

from chancery.ingest.dictionaries.actors import imported_actors
from chancery.ingest.dictionaries.agents import imported_agents
from chancery.ingest.dictionaries.holders import imported_holders
from chancery.ingest.dictionaries.imported import Imported, LeftOut, imported_file, write_into

__all__ = [
    "Imported", "LeftOut", "imported_actors", "imported_agents", "imported_file", "imported_holders",
    "write_into",
]  # fmt: skip
