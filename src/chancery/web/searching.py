"""Search over everything: ids, actors, reports, and lines by what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chancery.errors import EventUnknown
from chancery.ledger import LedgerEvent, ReportEntry
from chancery.records import Actor
from chancery.web.desk import Desk

MOST = 30


@dataclass(frozen=True, slots=True)
class Found:
    """What fits a search, at most `MOST` of each kind."""

    actors: tuple[Actor, ...] = ()
    reports: tuple[ReportEntry, ...] = ()
    lines: tuple[LedgerEvent, ...] = ()


def search(desk: Desk, words: str) -> Found:
    """Actors by name or id, reports by title and text, lines by their sentence or id."""
    wanted = " ".join(words.split())
    if not wanted:
        return Found()
    lines = [*_by_id(desk, wanted), *desk.ledger.saying(wanted, MOST)]
    return Found(
        actors=tuple(_actors(desk, wanted))[:MOST],
        reports=desk.ledger.reports_saying(wanted, MOST),
        lines=tuple({line.event.id: line for line in lines}.values())[:MOST],
    )


def _actors(desk: Desk, wanted: str) -> Iterator[Actor]:
    folded = wanted.casefold()
    known = desk.actors().values()
    yield from (a for a in known if folded in (a.id.casefold(), a.name.casefold()))
    yield from (
        a for a in known
        if folded in a.name.casefold() and folded not in (a.id.casefold(), a.name.casefold())
    )  # fmt: skip


def _by_id(desk: Desk, wanted: str) -> Iterator[LedgerEvent]:
    if wanted.startswith("e") and wanted.isalnum() and len(wanted) > 3:
        try:
            yield desk.ledger.event(wanted)
        except EventUnknown:
            return
