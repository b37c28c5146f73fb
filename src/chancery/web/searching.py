"""Search over everything: ids, actors, reports, and lines by what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chancery.errors import EventUnknown
from chancery.ledger import LedgerEvent, ReportEntry
from chancery.records import Actor
from chancery.web.desk import Desk
from chancery.web.sums import sought

MOST = 30
_WORD = re.compile(r"[^\s\"*]+")


@dataclass(frozen=True, slots=True)
class Found:
    """What fits a search, at most `MOST` of each kind."""

    sum: str | None = None  # what was taken for a sum of money or a measure, in words
    actors: tuple[Actor, ...] = ()
    reports: tuple[ReportEntry, ...] = ()
    lines: tuple[LedgerEvent, ...] = ()


def search(desk: Desk, words: str) -> Found:
    """Actors by name or id, reports by title and text, lines by their sentence, sum or id.

    A sum is looked for in lines alone; what is left of the words says the rest.
    """
    wanted = " ".join(words.split())
    if not wanted:
        return Found()
    asked = sought(wanted)
    lines = [*_by_id(desk, wanted), *desk.ledger.saying(asked.words, MOST, asked.amount)]
    return Found(
        sum=asked.told,
        actors=tuple(dict.fromkeys(_actors(desk, asked.words)))[:MOST],
        reports=() if asked.amount else desk.ledger.reports_saying(wanted, MOST),
        lines=tuple({line.event.id: line for line in lines}.values())[:MOST],
    )


def _actors(desk: Desk, wanted: str) -> Iterator[Actor]:
    """Those called just so, those named among the words, then those with the words in their name."""
    folded = " ".join(_WORD.findall(wanted.casefold()))
    known = [(a, a.name.casefold(), a.id.casefold()) for a in desk.actors().values()] if folded else []
    yield from (a for a, name, id in known if folded in (id, name))
    among = f" {folded} "
    yield from (a for a, name, id in known if f" {name} " in among or f" {id} " in among)
    yield from (a for a, name, _ in known if folded in name)


def _by_id(desk: Desk, wanted: str) -> Iterator[LedgerEvent]:
    if wanted.startswith("e") and wanted.isalnum() and len(wanted) > 3:
        try:
            yield desk.ledger.event(wanted)
        except EventUnknown:
            return
