"""Where every line comes from, in W3C PROV as JSON-LD with its context in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from chancery.analysis.layouts.annotations import EVENT, PERSON, REPORT
from chancery.analysis.layouts.chosen import Chosen
from chancery.ledger import LedgerEvent, ReportEntry

Json = dict[str, Any]

_PROV = "http://www.w3.org/ns/prov#"
_URN = "urn:chancery:"
CONTEXT: Json = {
    "@version": 1.1,
    "prov": _PROV,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "value": "prov:value",
    "url": {"@id": "http://purl.org/dc/terms/identifier"},
    "published": {"@id": "http://purl.org/dc/terms/issued", "@type": "xsd:date"},
    "endedAtTime": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
    "onWordOf": {"@id": "urn:chancery:term:onWordOf", "@container": "@list"},
    **{
        name: {"@id": f"prov:{name}", "@type": "@id"}
        for name in ("wasQuotedFrom", "wasGeneratedBy", "wasAttributedTo", "used", "wasAssociatedWith")
    },
}


def prov_nodes(chosen: Chosen) -> Iterator[Json]:
    """Nodes of `prov`, each id once."""
    seen: set[str] = set()
    for node in _nodes(chosen):
        if node["id"] not in seen:
            seen.add(node["id"])
            yield {name: value for name, value in node.items() if value not in (None, [])}


def _nodes(chosen: Chosen) -> Iterator[Json]:
    for report in chosen.reports.values():
        yield from _report(report)
    for line in chosen.lines:
        activity = _activity(line)
        yield activity
        yield _agent(line.report.version)
        yield _line(line, activity["id"], chosen)


def _report(report: ReportEntry) -> Iterator[Json]:
    publisher = _urn("publisher", report.publisher) if report.publisher else None
    yield {
        "id": REPORT + report.id,
        "type": "prov:Entity",
        "label": report.title or report.file,
        "url": report.url,
        "published": report.published.isoformat() if report.published else None,
        "wasAttributedTo": publisher,
    }
    if publisher:
        yield {"id": publisher, "type": "prov:Organization", "label": report.publisher}


def _urn(kind: str, name: str) -> str:
    return f"{_URN}{kind}:{quote(name.encode('utf8', 'replace'), safe='')}"


def _agent(version: str) -> Json:
    if version.startswith(PERSON):
        name = version.removeprefix(PERSON)
        return {"id": _urn("person", name), "type": "prov:Person", "label": name}
    return {"id": _urn("reader", version), "type": "prov:SoftwareAgent", "label": version}


def _activity(line: LedgerEvent) -> Json:
    report, person = line.report, line.report.version.startswith(PERSON)
    reading = f"{_URN}reading:{report.id}:{quote(report.version, safe='')}"
    return {
        "id": f"{_URN}judgement:{line.judgement}" if person else reading,
        "type": "prov:Activity",
        "used": REPORT + report.id,
        "wasAssociatedWith": _agent(report.version)["id"],
        "endedAtTime": report.read_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _line(line: LedgerEvent, activity: str, chosen: Chosen) -> Json:
    event = line.event
    words = (event.act, event.instrument, event.status)
    return {
        "id": EVENT + event.id,
        "type": "prov:Entity",
        "label": " ".join(word for word in words if word),
        "value": chosen.sentence(line),
        "wasQuotedFrom": REPORT + line.report.id,
        "wasGeneratedBy": activity,
        "onWordOf": [s.actor or s.text for s in event.speakers],
    }
