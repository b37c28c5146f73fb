"""Judged lines in the form of the corpus of dealings (`training/dealings`), so that review trains.

One row a report: `key`, `source`, `sha256`, `reader`, `events`, `links`; spans into the text, which
stays in the ledger. The corpus says of a text all that is in it, so only reports are exported whose
every line a person has judged, unless partly judged ones are asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from chancery.ledger import EventQuery, Judgement, Ledger, LedgerEvent, LedgerLink
from chancery.records import Event, Party, Time

Row = dict[str, Any]
SOURCE = "review"


def corpus_rows(ledger: Ledger, *, partly: bool = False) -> Iterator[Row]:
    """The rows of the judged reports, in the order of their ids."""
    by_report: dict[str, list[Judgement]] = {}
    for judgement in ledger.judgements():
        if judgement.report is not None:
            by_report.setdefault(judgement.report, []).append(judgement)
    links: dict[str, list[LedgerLink]] = {}
    for link in ledger.links() if by_report else ():
        links.setdefault(link.report.id, []).append(link)
    for report, judgements in sorted(by_report.items()):
        lines = ledger.events(EventQuery(report=report))
        if partly or all(line.judgement is not None for line in lines):
            yield _row(ledger.text(report), report, judgements, lines, links.get(report, ()))


def _row(
    text: str,
    report: str,
    judgements: list[Judgement],
    lines: tuple[LedgerEvent, ...],
    links: Iterable[LedgerLink],
) -> Row:
    judged = (line.event for line in lines if line.judgement is not None)
    events = sorted(judged, key=lambda e: e.trigger)
    numbers = {event.id: i for i, event in enumerate(events)}
    return {
        "key": report,
        "source": SOURCE,
        "sha256": hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest(),
        "reader": ", ".join(sorted({j.reviewer for j in judgements})),
        "events": [_event(event) for event in events],
        "links": [
            {
                "kind": k.link.kind,
                "give": numbers[k.link.give],
                "take": numbers[k.link.take],
                "cue": [k.link.span.start, k.link.span.end] if k.link.explicit else None,
            }
            for k in links
            if k.link.give in numbers and k.link.take in numbers
        ],
    }


def _event(event: Event) -> Row:
    return {
        "trigger": [event.trigger.start, event.trigger.end],
        "act": event.act,
        "instrument": event.instrument,
        "actors": _parties(event.actors),
        "recipients": _parties(event.recipients),
        "status": event.status,
        "held_by": list(event.held_by),
        "speakers": [{"actor": s.actor, "span": [s.span.start, s.span.end]} for s in event.speakers],
        "time": _time(event.time),
        "amounts": [
            {"value": a.value, "currency": a.currency, "span": [a.span.start, a.span.end]}
            for a in event.amounts
            if a.currency is not None
        ],
        "goods": [
            {"count": g.count, "item": g.item, "span": [g.span.start, g.span.end]} for g in event.goods
        ],
    }


def _parties(parties: tuple[Party, ...]) -> list[Row]:
    return [{"id": p.id, "span": [p.span.start, p.span.end] if p.span else None} for p in parties]


def _time(time: Time | None) -> Row | None:
    """As annotators write it: 2009, 2009-10, 2009-10-26, or two days with a stroke between."""
    if time is None:
        return None
    start, end = time.start.isoformat(), time.end.isoformat()
    whole = {"year": start[:4], "month": start[:7]}.get(time.precision)
    value = whole or (start if start == end else f"{start}/{end}")
    return {"value": value, "span": [time.span.start, time.span.end]}
