"""A reading from its rows: what `rows.reading_rows` made comes back as it was.

The rows are put into the contract's JSON and read by its reader, which checks every word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chancery.contract import reading_from_json
from chancery.records import Reading
from chancery.tables.rows import Row, Rows


def reading_of(rows: Rows) -> Reading:
    """The reading whose rows these are, of one report, by table and in any order.

    Raises `ContractError`, naming the place, where rows contradict the schema. `judgement` is the
    ledger's and no part of a reading.
    """
    (report,) = rows["reports"]
    parties = _by_event(rows["parties"])
    data = {
        "report": {**_only(report, "file title publisher url language"), "id": report["report"],
                   "published": _iso(report["published"])},
        "version": report["version"],
        "actors": [
            {"id": a["actor"], **_only(a, "name kind affiliation sector")} for a in _sorted(rows["actors"])
        ],
        "mentions": [_without_place(m) for m in _sorted(rows["mentions"])],
        "events": [_event(e, parties.get(e["event"], ())) for e in _sorted(rows["events"])],
        "links": [_with_span(k) for k in _sorted(rows["links"])],
        "findings": [_with_span(f) for f in _sorted(rows["findings"])],
    }  # fmt: skip
    return reading_from_json(data, report["text"])


def _sorted(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["position"])


def _by_event(rows: Sequence[Row]) -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = {}
    for row in _sorted(rows):
        found.setdefault(row["event"], []).append(row)
    return found


def _only(row: Row, names: str) -> Row:
    return {name: row[name] for name in names.split()}


def _without_place(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in ("report", "position")}


def _with_span(row: Row, prefix: str = "") -> Row:
    """The row with its two offsets as the contract's one span, or none."""
    start, end = f"{prefix}start", f"{prefix}end"
    rest = {name: value for name, value in _without_place(row).items() if name not in (start, end)}
    return {**rest, "span": None if row[start] is None else [row[start], row[end]]}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _event(row: Row, parties: Sequence[Row]) -> dict[str, Any]:
    return {
        "id": row["event"],
        "trigger": [row["trigger_start"], row["trigger_end"]],
        "trigger_text": row["trigger"],
        "sentence": [row["sentence_start"], row["sentence_end"]],
        **_only(row, "act instrument status held_by confidence reasons"),
        "actors": [_party(p) for p in parties if p["side"] == "actor"],
        "recipients": [_party(p) for p in parties if p["side"] == "recipient"],
        "speakers": [_with_span(s) for s in row["speakers"]],
        "time": _time(row),
        "place": _place(row),
        "amounts": [_with_span(a) for a in row["amounts"]],
        "goods": [_with_span(g) for g in row["goods"]],
        "codes": _codes(row),
    }


def _party(row: Row) -> Row:
    return {"id": row["actor"], **_only(_with_span(row), "sector agent text span")}


def _time(row: Row) -> Row | None:
    if row["time_text"] is None:
        return None
    return {
        "text": row["time_text"],
        "start": _iso(row["time_first"]),
        "end": _iso(row["time_last"]),
        "precision": row["time_precision"],
        "span": [row["time_start"], row["time_end"]],
    }


def _place(row: Row) -> Row | None:
    if row["place"] is None:
        return None
    span = [row["place_start"], row["place_end"]]
    return {"text": row["place"], "country": row["place_country"], "span": span}


def _codes(row: Row) -> Row:
    return {
        "plover": {
            "event": row["plover_event"],
            "mode": row["plover_mode"],
            "contexts": row["plover_contexts"],
        },
        **_only(row, "cameo quad intensity"),
    }
