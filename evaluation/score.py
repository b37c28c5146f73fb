"""Scores whole readings against hand-annotated rows (the corpus's form, with texts).

An act is found where its trigger overlaps an annotated one that no other act has taken. Strict
counts found acts whose act, status, actors and recipients are all right, as `score_reports.py` does.
A party annotated without an identifier asks only that the identified ones are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from chancery.pipeline import Reader
from chancery.records import Event, Reading, Report, report_id

Row = dict[str, Any]
FIELDS = ("act", "instrument", "status", "actors", "recipients", "held_by", "speakers", "amounts")


def score(reader: Reader, rows: Iterable[Row]) -> dict[str, float]:
    """Found and strict precision, recall and F1, accuracy of fields on found acts, links' F1."""
    tally: Counter[str] = Counter()
    for row in rows:
        compare(row, reader.read(report_of(row)), tally)
    return figures(tally)


def report_of(row: Row) -> Report:
    """The report a row's text makes."""
    published = date.fromisoformat(row["published"])
    return Report(
        report_id(row["text"], None), row["text"], row["key"], None, None, published, None, "en"
    )  # fmt: skip


def compare(row: Row, reading: Reading, tally: Counter[str]) -> list[tuple[Row, Event, list[str]]]:
    """Adds one text to the tally; returns found acts with the fields that differ."""
    free = [event for event in row["events"] if event["trigger"]]
    tally["gold"] += len(free)
    tally["read"] += len(reading.events)
    differing: list[tuple[Row, Event, list[str]]] = []
    trigger_of: dict[str, int] = {}
    for event in reading.events:
        at = event.trigger
        gold = next((g for g in free if g["trigger"][0] < at.end and at.start < g["trigger"][1]), None)
        if gold is None:
            continue
        free.remove(gold)
        trigger_of[event.id] = row["events"].index(gold)
        tally["found"] += 1
        wrong = [field for field in FIELDS if not right(field, gold, event)]
        tally.update({f"{field} right": 1 for field in FIELDS if field not in wrong})
        tally["strict"] += not {"act", "status", "actors", "recipients"} & set(wrong)
        if wrong:
            differing.append((gold, event, wrong))
    _links(row, reading, trigger_of, tally)
    return differing


def _links(row: Row, reading: Reading, trigger_of: dict[str, int], tally: Counter[str]) -> None:
    said = {(trigger_of.get(k.give), trigger_of.get(k.take)) for k in reading.links}
    asked = {(k["give"], k["take"]) for k in row["links"]}
    tally["links said"] += len(reading.links)
    tally["links gold"] += len(asked)
    tally["links right"] += len(said & asked)


def right(field: str, gold: Row, event: Event) -> bool:
    """Whether a field of a found act is as annotated."""
    match field:
        case "actors" | "recipients":
            wanted = {party["id"] for party in gold[field]}
            got = {party.id for party in getattr(event, field)}
            return wanted - {None} <= got if None in wanted else wanted == got
        case "held_by":
            return set(gold["held_by"]) == set(event.held_by)
        case "speakers":
            wanted = {said["actor"] for said in gold["speakers"]} - {None}
            return bool(gold["speakers"]) == bool(event.speakers) and wanted <= {
                said.actor for said in event.speakers
            }
        case "amounts":
            got_amounts = {(a.value, a.currency) for a in event.amounts}
            return all((a["value"], a["currency"]) in got_amounts for a in gold["amounts"])
        case _:
            return bool(gold[field] == getattr(event, field))


def figures(tally: Counter[str]) -> dict[str, float]:
    """Ratios out of a tally, three digits."""
    made = {}
    for name in ("found", "strict"):
        precision, recall = _share(tally[name], tally["read"]), _share(tally[name], tally["gold"])
        made |= {f"{name} precision": precision, f"{name} recall": recall}
        made[f"{name} F1"] = _share(2 * tally[name], tally["read"] + tally["gold"])
    made |= {field: _share(tally[f"{field} right"], tally["found"]) for field in FIELDS}
    made["links precision"] = _share(tally["links right"], tally["links said"])
    made["links recall"] = _share(tally["links right"], tally["links gold"])
    made["links F1"] = _share(2 * tally["links right"], tally["links said"] + tally["links gold"])
    return made


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
