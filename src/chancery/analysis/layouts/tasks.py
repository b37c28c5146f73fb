"""Label Studio tasks: a report each, lines of the reader as predictions, of people as annotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from chancery.analysis.layouts.annotations import PERSON
from chancery.analysis.layouts.chosen import Chosen
from chancery.ledger import LedgerEvent, LedgerLink, ReportEntry
from chancery.records import ACTS, INSTRUMENTS, LINK_KINDS, STATUSES, Event, Span

Json = dict[str, Any]

PARTS = ("actor", "recipient", "speaker", "time", "place", "amount", "goods")


def tasks(chosen: Chosen) -> Iterator[Json]:
    """Tasks of `labelstudio`, one a report that tells a chosen event."""
    lines: dict[str, dict[str, list[LedgerEvent]]] = defaultdict(lambda: defaultdict(list))
    for line in chosen.lines:
        lines[line.report.id][line.report.version].append(line)
    links = defaultdict(list)
    for link in chosen.links:
        links[link.report.id].append(link)
    for report, by_version in lines.items():
        text = chosen.text(report)
        results = {version: _result(each, links[report], text) for version, each in by_version.items()}
        yield {
            "data": _data(chosen.reports[report], text),
            "predictions": [
                {"model_version": version, "result": result}
                for version, result in results.items()
                if not version.startswith(PERSON)
            ],
            "annotations": [
                {"completed_by": {"first_name": version.removeprefix(PERSON)}, "result": result}
                for version, result in results.items()
                if version.startswith(PERSON)
            ],
        }


def _data(report: ReportEntry, text: str) -> Json:
    return {
        "text": text,
        "report": report.id,
        "file": report.file,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
    }


def _result(lines: list[LedgerEvent], links: list[LedgerLink], text: str) -> list[Json]:
    ids = {line.event.id for line in lines}
    regions = [part for line in lines for part in _of_event(line.event, text)]
    relations = [
        _relation(k.link.give, k.link.take, k.link.kind)
        for k in links
        if k.link.give in ids and k.link.take in ids
    ]
    return [*regions, *relations]


def _of_event(event: Event, text: str) -> Iterator[Json]:
    yield _labelled(event.id, event.trigger, event.act, text)
    yield _chosen(event.id, event.trigger, "status", event.status, text)
    if event.instrument:
        yield _chosen(event.id, event.trigger, "instrument", event.instrument, text)
    for part, i, span, actor in _parts(event):
        region = f"{event.id}-{part}-{i}"
        yield _labelled(region, span, part, text)
        if actor:
            value = {"start": span.start, "end": span.end, "text": [actor]}
            yield {"id": region, "from_name": "id", "to_name": "text", "type": "textarea", "value": value}
        yield _relation(event.id, region, part)


def _parts(event: Event) -> Iterator[tuple[str, int, Span, str | None]]:
    """What stands in words beside the trigger: its part, number, span, and actor if it is one."""
    for side, parties in (("actor", event.actors), ("recipient", event.recipients)):
        yield from ((side, i, p.span, p.id) for i, p in enumerate(parties) if p.span)
    yield from (("speaker", i, s.span, s.actor) for i, s in enumerate(event.speakers))
    if event.time:
        yield "time", 0, event.time.span, None
    if event.place:
        yield "place", 0, event.place.span, event.place.country
    yield from (("amount", i, a.span, None) for i, a in enumerate(event.amounts))
    yield from (("goods", i, g.span, None) for i, g in enumerate(event.goods))


def _labelled(id: str, span: Span, label: str, text: str) -> Json:
    value = {"start": span.start, "end": span.end, "text": span.of(text), "labels": [label]}
    return {"id": id, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def _chosen(id: str, span: Span, name: str, choice: str, text: str) -> Json:
    value = {"start": span.start, "end": span.end, "text": span.of(text), "choices": [choice]}
    return {"id": id, "from_name": name, "to_name": "text", "type": "choices", "value": value}


def _relation(one: str, other: str, label: str) -> Json:
    return {"type": "relation", "from_id": one, "to_id": other, "direction": "right", "labels": [label]}


def configuration() -> str:
    """The labelling configuration, in Label Studio's XML."""
    lines = ["<View>", '  <Labels name="label" toName="text">']
    lines += [f"    <Label value={quoteattr(word)}/>" for word in (*ACTS, *PARTS)]
    lines += ["  </Labels>", '  <Text name="text" value="$text" granularity="word"/>']
    for name, words in (("instrument", INSTRUMENTS), ("status", STATUSES)):
        lines.append(f'  <Choices name="{name}" toName="text" perRegion="true" choice="single">')
        lines += [f"    <Choice value={quoteattr(word)}/>" for word in words]
        lines.append("  </Choices>")
    lines.append('  <TextArea name="id" toName="text" perRegion="true" placeholder="id of the actor"/>')
    lines.append("  <Relations>")
    lines += [f"    <Relation value={quoteattr(word)}/>" for word in (*PARTS, *LINK_KINDS)]
    return "\n".join([*lines, "  </Relations>", "</View>", ""])
