"""Watching feeds: what they list, and have not been read, becomes reports; servers are asked sparingly."""

from __future__ import annotations

from chancery.ingest.watching.feeds_file import FeedsFile, read_feeds_file
from chancery.ingest.watching.manners import Manners
from chancery.ingest.watching.memory import Memory, open_memory
from chancery.ingest.watching.rounds import Tally, Watcher

__all__ = ["FeedsFile", "Manners", "Memory", "Tally", "Watcher", "open_memory", "read_feeds_file"]
