"""Records into rows of the tables: dictionaries with a value for each column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from chancery.records import Actor, Event, Finding, Link, Mention, Party, Reading, Report, Span
from chancery.tables.schema import TableName

Row = dict[str, Any]
Rows = Mapping[TableName, list[Row]]

_LARGEST = 2**63 - 1


def reading_rows(reading: Reading) -> Rows:
    """All rows of one reading, by table, in the order of its records."""
    report = reading.report
    id, text = report.id, report.text
    return {
        "reports": [report_row(report, reading.version)],
        "events": [
            event_row(id, report.published, event, i, event.sentence.of(text))
            for i, event in enumerate(reading.events)
        ],
        "parties": [row for event in reading.events for row in party_rows(id, event)],
        "mentions": [mention_row(id, i, mention) for i, mention in enumerate(reading.mentions)],
        "actors": [actor_row(id, i, actor) for i, actor in enumerate(reading.actors)],
        "links": [link_row(id, i, link, link.span.of(text)) for i, link in enumerate(reading.links)],
        "findings": [finding_row(id, i, finding) for i, finding in enumerate(reading.findings)],
    }


def mention_row(report: str, position: int, mention: Mention) -> Row:
    """The row of `mentions`."""
    return {
        "report": report,
        "position": position,
        **_chars(mention.span),
        "text": mention.text,
        "actor": mention.actor,
        "principal": mention.principal,
        "how": mention.how,
        "sector": mention.sector,
        "agent": mention.agent,
        "role": mention.role,
    }


def actor_row(report: str, position: int, actor: Actor) -> Row:
    """The row of `actors`."""
    return {
        "report": report,
        "position": position,
        "actor": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "affiliation": actor.affiliation,
        "sector": actor.sector,
    }


def link_row(report: str, position: int, link: Link, text: str) -> Row:
    """The row of `links`; `text` is the words of its span."""
    return {
        "report": report,
        "position": position,
        "kind": link.kind,
        "give": link.give,
        "take": link.take,
        **_chars(link.span),
        "text": text,
        "explicit": link.explicit,
        "reason": link.reason,
    }


def finding_row(report: str, position: int, finding: Finding) -> Row:
    """The row of `findings`."""
    return {
        "report": report,
        "position": position,
        "kind": finding.kind,
        "message": finding.message,
        **_chars(finding.span),
        "event": finding.event,
    }


def report_row(report: Report, version: str) -> Row:
    """The row of `reports`; `version` is the reader's."""
    return {
        "report": report.id,
        "file": report.file,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published,
        "url": report.url,
        "language": report.language,
        "version": version,
        "text": report.text,
    }


def event_row(
    report: str,
    published: date | None,
    event: Event,
    position: int,
    sentence: str,
    *,
    judgement: int | None = None,
) -> Row:
    """The row of `events`; `sentence` is the words of `event.sentence`."""
    return {
        "report": report,
        "published": published,
        "event": event.id,
        "position": position,
        "trigger": event.trigger_text,
        **_chars(event.trigger, "trigger_"),
        "sentence": sentence,
        **_chars(event.sentence, "sentence_"),
        "act": event.act,
        "instrument": event.instrument,
        "status": event.status,
        "actors": [p.id for p in event.actors],
        "recipients": [p.id for p in event.recipients],
        "held_by": list(event.held_by),
        "speakers": [
            {"text": s.text, "actor": s.actor, **_chars(s.span), "cue": s.cue} for s in event.speakers
        ],
        **_when_and_where(event),
        **_things(event),
        **_codes(event),
        "confidence": event.confidence,
        "reasons": [
            {"field": r.field, "source": r.source, "detail": r.detail, "score": r.score}
            for r in event.reasons
        ],
        "judgement": judgement,
    }


def _when_and_where(event: Event) -> Row:
    time, place = event.time, event.place
    return {
        "time_text": time.text if time else None,
        "time_first": time.start if time else None,
        "time_last": time.end if time else None,
        "time_precision": time.precision if time else None,
        **_chars(time.span if time else None, "time_"),
        "place": place.text if place else None,
        "place_country": place.country if place else None,
        **_chars(place.span if place else None, "place_"),
    }


def _things(event: Event) -> Row:
    return {
        "amounts": [
            {"text": a.text, "value": a.value, "currency": a.currency, "unit": a.unit, "low": a.low,
             "high": a.high, "bound": a.bound, **_chars(a.span)}
            for a in event.amounts
        ],
        "goods": [
            {"text": g.text, "count": _countable(g.count), "item": g.item, "category": g.category,
             **_chars(g.span)}
            for g in event.goods
        ],
    }  # fmt: skip


def _codes(event: Event) -> Row:
    codes = event.codes
    return {
        "plover_event": codes.plover_event,
        "plover_mode": codes.plover_mode,
        "plover_contexts": list(codes.plover_contexts),
        "cameo": codes.cameo,
        "quad": codes.quad,
        "intensity": codes.intensity,
    }


def party_rows(report: str, event: Event) -> Iterator[Row]:
    """The rows of `parties` for one event."""
    for side, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for i, party in enumerate(parties):
            yield {"report": report, "event": event.id, "side": side, "position": i, **_party(party)}


def _party(party: Party) -> Row:
    return {
        "actor": party.id,
        "sector": party.sector,
        "agent": party.agent,
        "text": party.text,
        **_chars(party.span),
    }


def _chars(span: Span | None, prefix: str = "") -> Row:
    ends = (span.start, span.end) if span else (None, None)
    return {f"{prefix}start": ends[0], f"{prefix}end": ends[1]}


def _countable(count: int | None) -> int | None:
    """A count beyond 64 bits is left out; its words stand beside it."""
    return count if count is not None and abs(count) <= _LARGEST else None
