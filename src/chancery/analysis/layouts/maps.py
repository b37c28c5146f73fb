"""Events as GeoJSON features: a point where a place is told, else a line between the parties' capitals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from chancery.analysis.layouts.chosen import Chosen, day_of, dyads, one_sided, precision_of
from chancery.analysis.layouts.dyadic import point_of
from chancery.knowledge.geography_data import Point, state
from chancery.ledger import LedgerEvent
from chancery.records import Party

Json = dict[str, Any]


def nowhere(line: LedgerEvent) -> str | None:
    """Why a line has no place on a map, if it has none."""
    return "no place told, and one party only" if not line.event.place and one_sided(line) else None


def features(chosen: Chosen) -> Iterator[Json]:
    """Features of `geojson`."""
    for line in chosen.lines:
        event = line.event
        if event.place:
            at = point_of(event.place)
            geometry = {"type": "Point", "coordinates": _position(at)} if at else None
            yield _feature(event.id, geometry, _told_at(line, at), line, chosen)
            continue
        for i, (one, other) in enumerate(dyads(event)):
            id = f"{event.id}-{i}" if i else event.id
            yield _feature(id, _between(one, other), _told_of((one,), (other,), "capitals"), line, chosen)


def _position(point: Point) -> list[float]:
    return [point.longitude, point.latitude]


def _between(one: Party, other: Party) -> Json | None:
    """The line between two capitals; none where a party has no capital, or both have the same."""
    ends = [state(party.id).point for party in (one, other)]
    positions = [_position(point) for point in ends if point]
    if len(positions) < 2 or positions[0] == positions[1]:
        return None
    return {"type": "LineString", "coordinates": positions}


def _told_at(line: LedgerEvent, at: Point | None) -> Json:
    event, place = line.event, line.event.place
    return {
        **_told_of(event.actors, event.recipients, "place"),
        "place": place.text if place else None,
        "country": place.country if place else None,
        "geonames": at.geonames if at else None,
    }


def _told_of(actors: Iterable[Party], recipients: Iterable[Party], drawn: str) -> Json:
    return {
        "actors": [p.id for p in actors],
        "recipients": [p.id for p in recipients],
        "drawn": drawn,
        "place": None,
        "country": None,
        "geonames": None,
    }


def _feature(id: str, geometry: Json | None, told: Json, line: LedgerEvent, chosen: Chosen) -> Json:
    event, day = line.event, day_of(line)
    properties = {
        "event": event.id,
        **told,
        "act": event.act,
        "instrument": event.instrument,
        "status": event.status,
        "date": day.isoformat() if day else None,
        "date_precision": precision_of(line),
        "plover_event": event.codes.plover_event,
        "cameo": event.codes.cameo,
        "intensity": event.codes.intensity,
        "confidence": event.confidence,
        "report": line.report.id,
        "sentence": chosen.sentence(line),
    }
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": properties}
