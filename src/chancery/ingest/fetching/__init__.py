"""Fetching from the web. Addresses come from strangers: each is checked, each answer bounded."""

from __future__ import annotations

from chancery.ingest.fetching.getting import Answer, Fetcher, Limits, Turned, fetcher_for

__all__ = ["Answer", "Fetcher", "Limits", "Turned", "fetcher_for"]
