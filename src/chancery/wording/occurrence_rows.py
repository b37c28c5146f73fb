"""Occurrences and differences as rows with fixed columns: one an act, one a side of a difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from chancery.records import Occurrence
from chancery.wording.lines import Names
from chancery.wording.occurrences import Lines, occurrence_words, sources_words, subject_words
from chancery.wording.rows import Cell

if TYPE_CHECKING:
    from chancery.ledger import LedgerDifference

OCCURRENCE_COLUMNS: Mapping[str, str] = {
    "occurrence": "the act's id",
    "event": "the line that tells it best, for `chancery show`",
    "act": "the core act, one of PLOVER's sixteen",
    "instrument": "what the act gives, asks or withholds",
    "status": "the furthest that it has come by any report",
    "actors": "ids of who does it",
    "recipients": "ids of whom it is done to or for",
    "start": "first day of the act, ISO 8601; empty where no report dates it",
    "end": "last day of it",
    "told": "day of the first report",
    "origins": "independent origins that tell it",
    "reports": "reports that tell it",
    "events": "lines that tell it",
    "told_by": "publishers, or files of reports without one",
    "words": "the act in words",
}
DIFFERENCE_COLUMNS: Mapping[str, str] = {
    "difference": "the difference's number; its sides have the same",
    "kind": "update, scope, rounding, same_origin, dispute or misreading",
    "field": "what the accounts part on",
    "subject": "id of the act, or members: and an organization's id",
    "about": "the act or the organization in words",
    "reason": "why it is taken for that kind",
    "report": "id of the report of this side",
    "publisher": "its publisher",
    "published": "its day, ISO 8601",
    "event": "the line, for `chancery show`",
    "value": "what this side says",
    "passage": "the words it stands in",
}


def occurrence_row(occurrence: Occurrence, lines: Lines, names: Names) -> dict[str, Cell]:
    """The cells of `OCCURRENCE_COLUMNS` for one act."""
    return {
        "occurrence": occurrence.id,
        "event": occurrence.lead,
        "act": occurrence.act,
        "instrument": occurrence.instrument,
        "status": occurrence.status,
        "actors": "; ".join(occurrence.actors),
        "recipients": "; ".join(occurrence.recipients),
        "start": occurrence.start,
        "end": occurrence.end,
        "told": occurrence.told,
        "origins": len(occurrence.origins),
        "reports": len({m.report for m in occurrence.members}),
        "events": len({m.event for m in occurrence.members}),
        "told_by": sources_words(occurrence, lines),
        "words": occurrence_words(occurrence, lines, names),
    }


def difference_rows(found: LedgerDifference, lines: Lines, names: Names) -> Iterator[dict[str, Cell]]:
    """The cells of `DIFFERENCE_COLUMNS` for each side of one difference."""
    d = found.difference
    about = subject_words(found, lines, names)
    for side, report, passage in zip(d.sides, found.reports, found.passages, strict=True):
        yield {
            "difference": found.number,
            "kind": d.kind,
            "field": d.field,
            "subject": d.subject,
            "about": about,
            "reason": d.reason,
            "report": side.report,
            "publisher": report.publisher,
            "published": report.published,
            "event": side.event,
            "value": side.value,
            "passage": passage,
        }
