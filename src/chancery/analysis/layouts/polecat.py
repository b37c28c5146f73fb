"""POLECAT's forty columns: a row an event, several values in one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chancery.analysis.layouts.cells import joined
from chancery.analysis.layouts.chosen import Chosen, day_of
from chancery.analysis.layouts.dyadic import COUNTRY_KINDS, kind_of, point_of
from chancery.analysis.layouts.files import Row
from chancery.knowledge.geography_data import state
from chancery.knowledge.layout_data import layout
from chancery.records import Event, Party

_GROUP_KINDS = ("igo", "company", "armed_group", "party", "other")


def polecat_rows(chosen: Chosen) -> Iterator[Row]:
    """Rows of `polecat`."""
    quads = layout("polecat").words["quads"]
    for line in chosen.lines:
        event, report = line.event, line.report
        yield {
            "Event ID": event.id,
            "Event Date": day_of(line),
            "Event Type": event.codes.plover_event,
            "Event Mode": event.codes.plover_mode,
            "Intensity": event.codes.intensity,
            "Quad Code": quads[str(event.codes.quad)],
            "Contexts": joined(event.codes.plover_contexts),
            **_side("Actor", event.actors, chosen),
            **_side("Recipient", event.recipients, chosen),
            **_place(event),
            "Source": report.publisher,
            "Publication Date": report.published,
            **_story(event, chosen),
            "Language": report.language,
            "Version": report.version,
        }


def _side(side: str, parties: Sequence[Party], chosen: Chosen) -> Row:
    countries = [p.id for p in parties if kind_of(p.id, chosen) in COUNTRY_KINDS]
    sectors = [p.sector for p in parties if p.sector]
    return {
        f"{side} Name": joined([p.agent or chosen.name(p.id) for p in parties]),
        f"{side} Country": joined(_once(countries)),
        f"{side} COW": joined(_once(code for c in countries if (code := state(c).cow) is not None)),
        f"Primary {side} Sector": sectors[0] if sectors else None,
        f"{side} Sectors": joined(_once(sectors)),
        f"{side} Name Raw": joined([p.text for p in parties]),
    }


def _once(parts: Iterable[object]) -> list[object]:
    return list(dict.fromkeys(parts))


def _place(event: Event) -> Row:
    place, point = event.place, point_of(event.place)
    if place is None:
        return {}
    return {
        "Placename": place.text if point else None,
        "Country": place.country,
        "Latitude": point.latitude if point else None,
        "Longitude": point.longitude if point else None,
        "GeoNames ID": point.geonames if point else None,
        "Raw Placename": place.text,
        "Story Locations": place.text,
    }


def _story(event: Event, chosen: Chosen) -> Row:
    parties = (*event.actors, *event.recipients)
    groups = [chosen.name(p.id) for p in parties if kind_of(p.id, chosen) in _GROUP_KINDS]
    return {
        "Story People": joined(_once(p.agent for p in parties if p.agent)),
        "Story Organizations": joined(_once(groups)),
    }
