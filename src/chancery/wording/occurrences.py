"""Acts that several reports tell, each once, in words; and where the accounts part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from chancery.records import DifferenceKind, Event, Occurrence, Party
from chancery.wording.lines import NOBODY, Names, act_words, day_words, deed, listed, named, period

if TYPE_CHECKING:
    from chancery.ledger import LedgerDifference, LedgerEvent

KINDS: Mapping[DifferenceKind, str] = {
    "update": "update over time",
    "scope": "different scope",
    "rounding": "rounding or currency",
    "same_origin": "same origin",
    "dispute": "dispute between parties",
    "misreading": "probable misreading",
}
Lines = Mapping[str, "LedgerEvent"]


def as_event(occurrence: Occurrence, lead: Event) -> Event:
    """The event that tells it best, with the parties and the status that all reports give it."""
    return replace(
        lead,
        status=occurrence.status,
        instrument=occurrence.instrument,
        actors=_parties(occurrence.actors, lead.actors),
        recipients=_parties(occurrence.recipients, lead.recipients),
    )


def _parties(ids: tuple[str, ...], told: tuple[Party, ...]) -> tuple[Party, ...]:
    known = {p.id: p for p in told}
    return tuple(known.get(id) or Party(id, None, None, "", None) for id in ids)


def occurrence_words(occurrence: Occurrence, lines: Lines, names: Names) -> str:
    """The act in words, as all reports tell it together."""
    lead = lines.get(occurrence.lead)
    if lead is not None:
        return deed(as_event(occurrence, lead.event), names)
    who = named(occurrence.actors, names) or NOBODY
    to = f" to {named(occurrence.recipients, names)}" if occurrence.recipients else ""
    return f"{who}: {act_words(occurrence.act, occurrence.instrument)}{to}"


def when(occurrence: Occurrence, lines: Lines) -> str:
    """When it was, as precise as reports have it; else when it was first told, marked as such."""
    lead = lines.get(occurrence.lead)
    time = lead.event.time if lead else None
    if time is not None and (time.start, time.end) == (occurrence.start, occurrence.end):
        return period(time)
    if occurrence.start is not None and occurrence.end is not None:
        return _between(occurrence.start, occurrence.end)
    return f"told {occurrence.told}" if occurrence.told else ""


def _between(start: date, end: date) -> str:
    return day_words(start) if start == end else f"{day_words(start)} to {day_words(end)}"


def origins_words(occurrence: Occurrence) -> str:
    """How many independent origins, and reports where these are more."""
    origins = len(occurrence.origins)
    reports = len({m.report for m in occurrence.members})
    words = "1 origin" if origins == 1 else f"{origins} origins"
    return words if reports == origins else f"{words} of {reports} reports"


def sources_words(occurrence: Occurrence, lines: Lines) -> str:
    """Who tells it: publishers, or files of those without one."""
    told = [lines[m.event].report for m in occurrence.members if m.event in lines]
    return listed(report.publisher or report.file for report in told)


def subject_words(found: LedgerDifference, lines: Lines, names: Names) -> str:
    """What a difference is about."""
    if found.occurrence is not None:
        return occurrence_words(found.occurrence, lines, names)
    kind, _, actor = found.difference.subject.partition(":")
    return f"{kind} of {names.get(actor, actor)}"
