"""Events as W3C Web Annotations: where in which text, in positions and in quoted words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from chancery.analysis.layouts.chosen import Chosen
from chancery.contract import event_to_json
from chancery.ledger import LedgerEvent, LedgerLink, ReportEntry
from chancery.records import Span

Json = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
EVENT = "urn:chancery:event:"
REPORT = "urn:chancery:report:"
_AROUND = 32  # characters quoted before and after
PERSON = "person "  # so the ledger writes the version of a line that a person left so


def web_annotations(chosen: Chosen) -> Iterator[Json]:
    """Annotations of `jsonl`."""
    links: dict[str, list[LedgerLink]] = {}
    for link in chosen.links:
        for end in (link.link.give, link.link.take):
            links.setdefault(end, []).append(link)
    for line in chosen.lines:
        text = chosen.text(line.report.id)
        yield {
            "@context": CONTEXT,
            "id": EVENT + line.event.id,
            "type": "Annotation",
            "creator": creator(line.report.version),
            "created": line.report.read_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "body": {"type": "Dataset", "value": _body(line, links.get(line.event.id, ()), chosen)},
            "target": {
                "type": "SpecificResource",
                "source": source(line.report),
                "selector": [*selectors(line.event.sentence, text), *selectors(line.event.trigger, text)],
            },
        }


def creator(version: str) -> Json:
    """Who made a line: the reader, or a person."""
    if version.startswith(PERSON):
        return {"type": "Person", "name": version.removeprefix(PERSON)}
    return {"type": "Software", "name": version}


def source(report: ReportEntry) -> Json:
    """The report an annotation is about."""
    return {
        "id": REPORT + report.id,
        "file": report.file,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "url": report.url,
        "language": report.language,
    }


def selectors(span: Span, text: str) -> tuple[Json, Json]:
    """The span by position and by quotation, each enough to find it."""
    return (
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.of(text),
            "prefix": text[max(span.start - _AROUND, 0) : span.start],
            "suffix": text[span.end : span.end + _AROUND],
        },
    )


def _body(line: LedgerEvent, links: Iterable[LedgerLink], chosen: Chosen) -> Json:
    parties = (*line.event.actors, *line.event.recipients)
    return {
        **event_to_json(line.event),
        "names": {party.id: chosen.name(party.id) for party in parties},
        "links": [
            {
                "kind": k.link.kind,
                "give": k.link.give,
                "take": k.link.take,
                "span": [k.link.span.start, k.link.span.end],
                "explicit": k.link.explicit,
                "reason": k.link.reason,
                "text": k.text,
            }
            for k in links
        ],
    }
