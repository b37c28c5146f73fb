"""Lines, reports, judgements and the log as JSON: the contract's shapes, with what the ledger adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.contract import event_to_json

if TYPE_CHECKING:
    from chancery.ledger import Judgement, LedgerEvent, LogEntry, ReportEntry

Object = dict[str, object]


def report_object(report: ReportEntry) -> Object:
    """A report without its text; days are ISO 8601."""
    return {
        "id": report.id,
        "file": report.file,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "language": report.language,
    }


def event_object(line: LedgerEvent, text: str) -> Object:
    """The contract's event, with its report and the sentence's words; `text` is the report's."""
    words = line.event.sentence.of(text)
    return {"report": report_object(line.report), **event_to_json(line.event), "sentence_text": words}


def judgement_object(j: Judgement) -> Object:
    """A judgement: lines as in the contract, instants as ISO 8601."""
    return {
        "judgement": j.id,
        "verdict": j.verdict,
        "reviewer": j.reviewer,
        "made_at": j.made_at.isoformat(),
        "report": j.report,
        "events": list(j.events),
        "before": event_to_json(j.before) if j.before else None,
        "after": event_to_json(j.after) if j.after else None,
        "why": j.why,
        "codebook": j.codebook,
        "reader": j.reader,
        "closed_at": j.closed_at.isoformat() if j.closed_at else None,
        "closed_why": j.closed_why,
    }


def log_object(entry: LogEntry) -> Object:
    """One thing that happened to the ledger."""
    made: Object = {
        "at": entry.at.isoformat(),
        "kind": entry.kind,
        "report": entry.report.id if entry.report else None,
        "file": entry.report.file if entry.report else None,
    }
    if entry.judgement is not None:
        return {**made, **judgement_object(entry.judgement)}
    counts = {"lines": entry.lines, "gone": entry.gone, "changed": entry.changed}
    return {**made, "version": entry.version, **counts}
