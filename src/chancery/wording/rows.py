"""Lists as rows: one row an event or a report, with fixed columns, and cells safe for spreadsheets.

CSV cells never start a formula: text that begins with = + - @, a tab or a carriage return gets a
leading apostrophe, and characters that do not simply print are escaped as on a terminal. Columns
of our own numbers (`confidence`, `intensity`) are left as they are. Several values in one cell
are joined with "; ".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from chancery.wording.shown import escaped

if TYPE_CHECKING:
    from chancery.ledger import LedgerEvent, ReportEntry

Cell = str | int | float | date | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

EVENT_COLUMNS: Mapping[str, str] = {
    "event": "the line's id, for `chancery show`",
    "report": "id of the report that tells it",
    "file": "the report's file",
    "publisher": "the report's publisher",
    "published": "the report's day, ISO 8601",
    "act": "the core act, one of PLOVER's sixteen",
    "instrument": "what the act gives, asks or withholds",
    "status": "how far it has come: occurred, promised, requested ...",
    "actors": "ids of who does it",
    "actor_agents": "the persons or bodies they act through",
    "recipients": "ids of whom it is done to or for",
    "recipient_agents": "the persons or bodies on that side",
    "held_by": "ids of who promises, expects, demands it",
    "speakers": "on whose word, outermost first; empty is the report's own voice",
    "speaker_actors": "ids of those speakers, as far as known",
    "time_text": "when, as worded",
    "time_start": "first day of that time, ISO 8601",
    "time_end": "last day of that time, ISO 8601",
    "time_precision": "day, week, month, quarter, year or range",
    "place": "where, as worded",
    "country": "id of the country of the place",
    "amounts": "sums as worded",
    "amount_values": "their best values",
    "amount_currencies": "their currencies (ISO 4217) or units",
    "goods": "things given or sought, as worded",
    "plover_event": "PLOVER event type",
    "plover_mode": "PLOVER mode",
    "plover_contexts": "PLOVER contexts",
    "cameo": "CAMEO code",
    "quad": "quad class, 1 to 4",
    "intensity": "intensity, -10 to 10",
    "confidence": "how sure the reader is, 0 to 1",
    "trigger": "the word that names the act",
    "sentence": "the sentence that tells it",
}
REPORT_COLUMNS: Mapping[str, str] = {
    "report": "the report's id",
    "file": "its file",
    "title": "its title",
    "publisher": "its publisher",
    "published": "its day, ISO 8601",
    "url": "its address",
    "language": "its language (ISO 639); other than en and und was kept, not read",
    "events": "how many events were read in it",
    "read_at": "when it was read, UTC",
    "version": "the reader that read it",
}


def event_row(line: LedgerEvent, sentence: str) -> dict[str, Cell]:
    """The cells of `EVENT_COLUMNS` for one event."""
    event, report = line.event, line.report
    return {
        "event": event.id,
        "report": report.id,
        "file": report.file,
        "publisher": report.publisher,
        "published": report.published,
        "act": event.act,
        "instrument": event.instrument,
        "status": event.status,
        **_parties(line),
        **_when_and_where(line),
        "amounts": _joined(a.text for a in event.amounts),
        "amount_values": _joined(f"{a.value:.15g}" for a in event.amounts),
        "amount_currencies": _joined(a.currency or a.unit or "" for a in event.amounts),
        "goods": _joined(g.text for g in event.goods),
        "plover_event": event.codes.plover_event,
        "plover_mode": event.codes.plover_mode,
        "plover_contexts": _joined(event.codes.plover_contexts),
        "cameo": event.codes.cameo,
        "quad": event.codes.quad,
        "intensity": event.codes.intensity,
        "confidence": event.confidence,
        "trigger": event.trigger_text,
        "sentence": sentence,
    }


def _parties(line: LedgerEvent) -> dict[str, Cell]:
    event = line.event
    return {
        "actors": _joined(p.id for p in event.actors),
        "actor_agents": _joined(p.agent for p in event.actors if p.agent),
        "recipients": _joined(p.id for p in event.recipients),
        "recipient_agents": _joined(p.agent for p in event.recipients if p.agent),
        "held_by": _joined(event.held_by),
        "speakers": _joined(s.text for s in event.speakers),
        "speaker_actors": _joined(s.actor for s in event.speakers if s.actor),
    }


def _when_and_where(line: LedgerEvent) -> dict[str, Cell]:
    time, place = line.event.time, line.event.place
    return {
        "time_text": time.text if time else None,
        "time_start": time.start if time else None,
        "time_end": time.end if time else None,
        "time_precision": time.precision if time else None,
        "place": place.text if place else None,
        "country": place.country if place else None,
    }


def report_row(report: ReportEntry, events: int) -> dict[str, Cell]:
    """The cells of `REPORT_COLUMNS` for one report."""
    return {
        "report": report.id,
        "file": report.file,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published,
        "url": report.url,
        "language": report.language,
        "events": events,
        "read_at": report.read_at.isoformat(timespec="seconds"),
        "version": report.version,
    }


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def csv_cell(value: Cell) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    cell = escaped(value)
    return f"'{cell}" if value.startswith(_FORMULA) or cell.startswith(_FORMULA) else cell
