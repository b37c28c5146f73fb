"""Events as GeoJSON features."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chancery.analysis.layouts.chosen import Chosen, day_of, precision_of
from chancery.analysis.layouts.dyadic import point_of
from chancery.ledger import LedgerEvent

Json = dict[str, Any]


def placeless(line: LedgerEvent) -> str | None:
    """Why a line has no place on a map, if it has none."""
    return None if line.event.place else "no place told"


def features(chosen: Chosen) -> Iterator[Json]:
    """Features of `geojson`."""
    for line in chosen.lines:
        point = point_of(line.event.place)
        at = {"type": "Point", "coordinates": [point.longitude, point.latitude]} if point else None
        geonames = point.geonames if point else None
        yield {
            "type": "Feature",
            "id": line.event.id,
            "geometry": at,
            "properties": _properties(line, geonames, chosen),
        }


def _properties(line: LedgerEvent, geonames: int | None, chosen: Chosen) -> Json:
    event, day, place = line.event, day_of(line), line.event.place
    return {
        "event": event.id,
        "place": place.text if place else None,
        "country": place.country if place else None,
        "geonames": geonames,
        "act": event.act,
        "instrument": event.instrument,
        "status": event.status,
        "actors": [p.id for p in event.actors],
        "recipients": [p.id for p in event.recipients],
        "date": day.isoformat() if day else None,
        "date_precision": precision_of(line),
        "plover_event": event.codes.plover_event,
        "cameo": event.codes.cameo,
        "intensity": event.codes.intensity,
        "confidence": event.confidence,
        "report": line.report.id,
        "sentence": chosen.sentence(line),
    }
