"""Occurrences, their members and their differences as tables of a dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyarrow as pa

from chancery.records import Difference, Member, Occurrence

_TEXT, _DAY, _AT, _NUMBER = pa.string(), pa.date32(), pa.int32(), pa.float64()
_TEXTS = pa.list_(_TEXT)


def _fields(*columns: tuple[str, pa.DataType, str]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, metadata={"meaning": meaning}) for name, kind, meaning in columns])


_ORIGINS = pa.list_(pa.struct([("reports", _TEXTS), ("reason", _TEXT)]))
_REASONS = pa.list_(pa.struct([("field", _TEXT), ("source", _TEXT), ("detail", _TEXT), ("score", _NUMBER)]))
_SIDES = pa.list_(
    pa.struct([("report", _TEXT), ("event", _TEXT), ("value", _TEXT), ("start", _AT), ("end", _AT)])
)
TABLES: Final[Mapping[str, pa.Schema]] = {
    "occurrences": _fields(
        ("occurrence", _TEXT, "its id"),
        ("lead", _TEXT, "id of the event that tells it best"),
        ("act", _TEXT, "the core act, one of PLOVER's sixteen"),
        ("instrument", _TEXT, "what the act gives, asks or withholds"),
        ("status", _TEXT, "the furthest it has come"),
        ("actors", _TEXTS, "ids of who does it"),
        ("recipients", _TEXTS, "ids of whom it is done to or for"),
        ("first", _DAY, "first day, null where no report gives any"),
        ("last", _DAY, "last day"),
        ("told", _DAY, "day of the first report"),
        ("reports", _AT, "how many reports tell it"),
        ("origins", _ORIGINS, "reports that go back to one source each, and why; evidence counts these"),
    ),
    "members": _fields(
        ("occurrence", _TEXT, "id of the occurrence"),
        ("position", _AT, "place among its members, from 0, by day"),
        ("event", _TEXT, "id of the event"),
        ("report", _TEXT, "id of its report"),
        ("part", _TEXT, "of a compound event, the party whose own act this is"),
        ("score", _NUMBER, "points that joined it, null for the founder"),
        ("reasons", _REASONS, "what spoke for joining"),
    ),
    "differences": _fields(
        ("occurrence", _TEXT, "id of the occurrence on which accounts part"),
        ("kind", _TEXT, "update over time, different scope, rounding or currency ..."),
        ("field", _TEXT, "on what they part"),
        ("reason", _TEXT, "why it is of that kind"),
        ("sides", _SIDES, "what each report says, with its passage in characters of its text"),
    ),
}


def occurrence_row(found: Occurrence) -> dict[str, Any]:
    """The row of `occurrences`."""
    return {
        "occurrence": found.id, "lead": found.lead, "act": found.act, "instrument": found.instrument,
        "status": found.status, "actors": list(found.actors), "recipients": list(found.recipients),
        "first": found.start, "last": found.end, "told": found.told,
        "reports": len({m.report for m in found.members}),
        "origins": [{"reports": list(o.reports), "reason": o.reason} for o in found.origins],
    }  # fmt: skip


def member_rows(found: Occurrence) -> Iterator[dict[str, Any]]:
    """The rows of `members`."""
    for position, member in enumerate(found.members):
        yield {"occurrence": found.id, "position": position, **_member(member)}


def _member(member: Member) -> dict[str, Any]:
    return {
        "event": member.event, "report": member.report, "part": member.part, "score": member.score,
        "reasons": [
            {"field": r.field, "source": r.source, "detail": r.detail, "score": r.score}
            for r in member.reasons
        ],
    }  # fmt: skip


def difference_row(found: Difference, occurrence: str) -> dict[str, Any]:
    """The row of `differences`."""
    return {
        "occurrence": occurrence, "kind": found.kind, "field": found.field, "reason": found.reason,
        "sides": [
            {"report": s.report, "event": s.event, "value": s.value, "start": s.span.start, "end": s.span.end}
            for s in found.sides
        ],
    }  # fmt: skip
