"""Our examples with the events people found in them, as readings; nothing here runs the model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from chancery.events.codes import derive
from chancery.knowledge.actor_data import actor_knowledge
from chancery.knowledge.code_data import code_tables
from chancery.records import (
    Amount,
    Event,
    Goods,
    Link,
    Mention,
    Party,
    Place,
    Precision,
    Reading,
    Reason,
    Report,
    Span,
    Speaker,
    Time,
    event_id,
    report_id,
)

ROOT = Path(__file__).resolve().parents[3]
_BREAK = re.compile(r"(?<=[.!?])\s+|\n+")


def gold_readings() -> Iterator[Reading]:
    """The fifteen examples."""
    told = {
        row["name"]: row
        for row in map(json.loads, (ROOT / "examples/manifest.jsonl").read_text("utf8").splitlines())
    }
    for line in (ROOT / "evaluation/examples.jsonl").read_text("utf8").splitlines():
        row = json.loads(line)
        text = (ROOT / "examples" / row["name"]).read_text("utf8")
        yield _reading(row, text, told[row["name"]])


def _reading(row: dict[str, Any], text: str, told: dict[str, Any]) -> Reading:
    report = Report(
        report_id(text, told["publisher"]), text, row["name"], told["title"], told["publisher"],
        date.fromisoformat(row["published"]), "https://example.org/" + row["name"], "en",
    )  # fmt: skip
    events = tuple(_event(e, report) for e in row["events"])
    links = tuple(
        Link(k["kind"], events[k["give"]].id, events[k["take"]].id,
             _span(k["cue"]) or events[k["give"]].sentence, k["cue"] is not None, "gold")
        for k in row["links"]
    )  # fmt: skip
    parties = [p for e in events for p in (*e.actors, *e.recipients)]
    knowledge = actor_knowledge()
    actors = tuple(knowledge.actor(i) for i in dict.fromkeys(p.id for p in parties))
    spans = sorted({(p.span, p.id) for p in parties if p.span})
    mentions = tuple(Mention(s, s.of(text), i, i, "name") for s, i in spans)
    return Reading(report, actors, mentions, events, links, (), "gold")


def _event(e: dict[str, Any], report: Report) -> Event:
    text, trigger = report.text, Span(*e["trigger"])
    time = _time(e["time"], text)
    parties = [[_party(p, text) for p in e[side] if p["id"]] for side in ("actors", "recipients")]
    place = next((p for p in parties[1] if p.span), None) if e["instrument"] == "visit" else None
    return Event(
        id=event_id(report.id, trigger),
        trigger=trigger,
        trigger_text=trigger.of(text),
        sentence=_sentence(trigger, text),
        act=e["act"],
        instrument=e["instrument"],
        status=e["status"],
        actors=tuple(parties[0]),
        recipients=tuple(parties[1]),
        held_by=tuple(e["held_by"]),
        speakers=tuple(
            Speaker(Span(*s["span"]).of(text), s["actor"], Span(*s["span"]), None) for s in e["speakers"]
        ),
        time=time,
        place=Place(place.text, place.id, place.span) if place and place.span else None,
        amounts=tuple(
            Amount(Span(*a["span"]).of(text), a["value"], a["currency"], None, a["value"], None, "over",
                   Span(*a["span"]))
            for a in e["amounts"]
        ),
        goods=tuple(
            Goods(Span(*g["span"]).of(text), g["count"], g["item"], None, Span(*g["span"]))
            for g in e["goods"]
        ),
        codes=derive(e["act"], e["instrument"], e["status"], code_tables()),
        confidence=1.0,
        reasons=(Reason("act", "gold", "a person read it"),),
    )  # fmt: skip


def _party(p: dict[str, Any], text: str) -> Party:
    span = _span(p["span"])
    return Party(p["id"], None, None, span.of(text) if span else "", span)


def _span(pair: list[int] | None) -> Span | None:
    return Span(*pair) if pair else None


def _sentence(trigger: Span, text: str) -> Span:
    cuts = [0, *(m.end() for m in _BREAK.finditer(text)), len(text)]
    start, end = next((a, b) for a, b in pairwise(cuts) if b > trigger.start)
    return Span(min(start, trigger.start), max(end, trigger.end))


def _time(told: dict[str, Any] | None, text: str) -> Time | None:
    """A gold value of YYYY, YYYY-MM or YYYY-MM-DD; other forms are left to the reader's own tests."""
    if told is None or not re.fullmatch(r"\d{4}(-\d\d){0,2}", told["value"]):
        return None
    parts = [int(part) for part in told["value"].split("-")]
    first = date(*[*parts, 1, 1][:3])
    precision: Precision = ("year", "month", "day")[len(parts) - 1]  # type: ignore[assignment]
    if precision == "day":
        last = first
    else:
        following = date(first.year + 1, 1, 1) if precision == "year" else _next_month(first)
        last = following - timedelta(days=1)
    span = Span(*told["span"])
    return Time(span.of(text), first, last, precision, span)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
