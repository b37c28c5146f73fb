"""Label Studio tasks: a report each, lines of the reader as predictions, of people as annotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from chancery.analysis.layouts.annotations import PERSON
from chancery.analysis.layouts.chosen import Chosen
from chancery.ledger import LedgerEvent, LedgerLink, ReportEntry
from chancery.records import (
    ACTS,
    INSTRUMENTS,
    LINK_KINDS,
    STATUSES,
    Amount,
    Event,
    Goods,
    Precision,
    Span,
    Time,
)

Json = dict[str, Any]

_VALUED = ("time", "amount", "goods")
_ISO_LENGTH: Mapping[Precision, int] = {"day": 10, "month": 7, "year": 4}  # of YYYY-MM-DD
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
    for part, i, span, told in _parts(event):
        region = f"{event.id}-{part}-{i}"
        yield _labelled(region, span, part, text)
        if told:
            yield _written(region, span, "value" if part in _VALUED else "id", told)
        yield _relation(event.id, region, part)


def _parts(event: Event) -> Iterator[tuple[str, int, Span, str | None]]:
    """What stands in words beside the trigger: its part, number, span, and what it is: an id or a value."""
    for side, parties in (("actor", event.actors), ("recipient", event.recipients)):
        yield from ((side, i, p.span, p.id) for i, p in enumerate(parties) if p.span)
    yield from (("speaker", i, s.span, s.actor) for i, s in enumerate(event.speakers))
    if event.time:
        yield "time", 0, event.time.span, _days(event.time)
    if event.place:
        yield "place", 0, event.place.span, event.place.country
    yield from (("amount", i, a.span, _money(a)) for i, a in enumerate(event.amounts))
    yield from (("goods", i, g.span, _count(g)) for i, g in enumerate(event.goods))


def _days(time: Time) -> str:
    """As the corpus of dealings has it: 2008, 2008-09, 2008-09-03, or two of them with a stroke."""
    length = _ISO_LENGTH.get(time.precision)
    if length is None:
        return f"{time.start}/{time.end}"
    return time.start.isoformat()[:length]


def _money(amount: Amount) -> str | None:
    """`1000000 USD`; what is not money has no value there."""
    return f"{amount.value:.15g} {amount.currency}" if amount.currency else None


def _count(goods: Goods) -> str:
    return f"{goods.count} {goods.item}" if goods.count is not None else goods.item


def _written(id: str, span: Span, name: str, told: str) -> Json:
    value = {"start": span.start, "end": span.end, "text": [told]}
    return {"id": id, "from_name": name, "to_name": "text", "type": "textarea", "value": value}


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
    for name, hint in (("id", "id of the actor"), ("value", "2008-09, 1000000 USD, 2 Mi-17")):
        lines.append(f'  <TextArea name="{name}" toName="text" perRegion="true" placeholder="{hint}"/>')
    lines.append("  <Relations>")
    lines += [f"    <Relation value={quoteattr(word)}/>" for word in (*PARTS, *LINK_KINDS)]
    return "\n".join([*lines, "  </Relations>", "</View>", ""])
