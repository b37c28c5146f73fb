"""PLOVER records as its gold standard has them, with the sentence marked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from chancery.analysis.layouts.chosen import Chosen, day_of
from chancery.ledger import LedgerEvent
from chancery.records import Event, Party, Span

Json = dict[str, Any]


def plover_records(chosen: Chosen) -> Iterator[Json]:
    """Records of `plover`."""
    for line in chosen.lines:
        event, day = line.event, day_of(line)
        sentence = chosen.sentence(line)
        yield {
            "id": event.id,
            "event": event.codes.plover_event,
            "event_text": event.trigger_text,
            "mode": event.codes.plover_mode or "",
            "context": ", ".join(event.codes.plover_contexts),
            "text": sentence,
            "markup": _marked(sentence, event),
            "source": [_party(p) for p in event.actors],
            "target": [_party(p) for p in event.recipients],
            "date": day.isoformat() if day else "",
            "comment": "",
            "language": line.report.language,
            "extra": _extra(line),
        }


def _party(party: Party) -> Json:
    return {"text": party.text, "code": party.id, "sector": party.sector or ""}


def _extra(line: LedgerEvent) -> Json:
    event, report, time = line.event, line.report, line.event.time
    return {
        "report": report.id,
        "published": report.published.isoformat() if report.published else None,
        "publisher": report.publisher,
        "act": event.act,
        "instrument": event.instrument,
        "status": event.status,
        "intensity": event.codes.intensity,
        "quad": event.codes.quad,
        "cameo": event.codes.cameo,
        "confidence": event.confidence,
        "reader": report.version,
        "last_day": time.end.isoformat() if time else None,
        "precision": time.precision if time else None,
        "sentence": [event.sentence.start, event.sentence.end],
        "trigger": [event.trigger.start, event.trigger.end],
    }


def _marked(sentence: str, event: Event) -> str:
    """The sentence with the record's roles around its words, the outermost where two overlap."""
    marks = sorted(_marks(event), key=lambda mark: (mark[0].start, -mark[0].end))
    out, at = [], 0
    for span, role in marks:
        start, end = span.start - event.sentence.start, span.end - event.sentence.start
        if start >= at and end <= len(sentence):
            out.append(f"{sentence[at:start]}({role}: {sentence[start:end]})")
            at = end
    return "".join((*out, sentence[at:]))


def _marks(event: Event) -> Iterable[tuple[Span, str]]:
    """Spans of the sentence and their roles; who acts jointly is source and target at once."""
    joint = "SRC/TAR" if len(event.actors) > 1 and not event.recipients else "SRC"
    roles: dict[Span, str] = {}
    for parties, role in ((event.actors, joint), (event.recipients, "TAR")):
        for party in parties:
            if party.span and party.span.start >= event.sentence.start:
                roles[party.span] = "SRC/TAR" if party.span in roles and roles[party.span] != role else role
    roles.setdefault(event.trigger, "EVT")
    return roles.items()
