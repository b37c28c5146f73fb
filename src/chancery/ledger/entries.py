"""What one puts to a ledger and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from chancery.records import Act, Event, Finding, Instrument, Link, Status

Outcome = Literal["new", "unchanged", "reread"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a reading: `events` is how many the open reading of that report has now."""

    outcome: Outcome
    report: str
    events: int


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report as the ledger lists it; `read_at` (UTC) and `version` are of its open reading."""

    id: str
    file: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    language: str
    read_at: datetime
    version: str


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """An event and the report that tells it."""

    event: Event
    report: ReportEntry


@dataclass(frozen=True, slots=True)
class LedgerLink:
    """A link between two events of one report, with the words it rests on."""

    link: Link
    report: ReportEntry
    text: str


@dataclass(frozen=True, slots=True)
class LedgerFinding:
    """A doubt, the report it is about, and the words in question if it names any."""

    finding: Finding
    report: ReportEntry
    text: str | None


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events are wanted; an empty tuple or `None` asks nothing.

    `since` and `until` (both inclusive) compare with the event's own time where the report gives
    one, else with the day the report was published; an event with neither is not within any dates.
    `report` is an id or its beginning.
    """

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    act: tuple[Act, ...] = ()
    instrument: tuple[Instrument, ...] = ()
    status: tuple[Status, ...] = ()
    since: date | None = None
    until: date | None = None
    report: str | None = None
    min_confidence: float = 0.0
    limit: int | None = None
