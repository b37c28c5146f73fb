"""Layouts with a row for each actor and recipient: ICEWS, CAMEO, GDELT's events and mentions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from chancery.analysis.layouts.chosen import Chosen, day_of, dyads, number_of
from chancery.analysis.layouts.files import Row
from chancery.errors import KnowledgeError
from chancery.knowledge.geography_data import Point, place_point, state
from chancery.knowledge.layout_data import layout
from chancery.knowledge.loading import read_yaml
from chancery.ledger import LedgerEvent
from chancery.records import Actor, Event, Party, Place

COUNTRY_KINDS = ("state", "partly_recognized_state", "territory", "former_state")
_ROWS_AN_EVENT = 1000  # ids of rows are the event's number times this, plus the row's


def icews_rows(chosen: Chosen) -> Iterator[Row]:
    """Rows of `icews`."""
    for line in chosen.lines:
        event = line.event
        for i, (one, other) in enumerate(dyads(event)):
            yield {
                "Event ID": _row_id(line, i),
                "Event Date": day_of(line),
                **_icews_side("Source", one, chosen),
                "Event Text": cameo_name(event.codes.cameo),
                "CAMEO Code": event.codes.cameo,
                "Intensity": event.codes.intensity,
                **_icews_side("Target", other, chosen),
                "Story ID": line.report.id,
                "Publisher": line.report.publisher,
                **_icews_place(event.place, chosen),
            }


def _row_id(line: LedgerEvent, row: int) -> int:
    return number_of(line.event.id) * _ROWS_AN_EVENT + row


def _icews_side(side: str, party: Party, chosen: Chosen) -> Row:
    words = layout("icews").words["sectors"]
    return {
        f"{side} Name": party.agent or chosen.name(party.id),
        f"{side} Sectors": words[party.sector] if party.sector else None,
        f"{side} Country": chosen.name(party.id) if _is_country(party.id, chosen) else None,
    }


def _icews_place(place: Place | None, chosen: Chosen) -> Row:
    point = point_of(place)
    return {
        "City": place.text if place and point else None,
        "Country": chosen.name(place.country) if place and place.country else None,
        "Latitude": point.latitude if point else None,
        "Longitude": point.longitude if point else None,
    }


def point_of(place: Place | None) -> Point | None:
    """Where a place lies, if that is known; the name of a state is not a point."""
    return place_point(place.text, place.country) if place else None


def _is_country(actor: str, chosen: Chosen) -> bool:
    return kind_of(actor, chosen) in COUNTRY_KINDS


def kind_of(actor: str, chosen: Chosen) -> str | None:
    """The kind of an actor, if the ledger knows it."""
    found: Actor | None = chosen.actors.get(actor)
    return found.kind if found else None


@cache
def _cameo_names() -> dict[str, str]:
    names = read_yaml("layouts/cameo_names.yaml")
    if not isinstance(names, dict) or not all(isinstance(v, str) for p in names.items() for v in p):
        raise KnowledgeError("layouts/cameo_names.yaml", "the file", "should map codes to names, both text")
    return names


def cameo_name(code: str | None) -> str | None:
    """The codebook's name of a CAMEO code; of its root where the code itself has none here."""
    names = _cameo_names()
    return (names.get(code) or names.get(code[:2])) if code else None


def cameo_rows(chosen: Chosen) -> Iterator[Row]:
    """Rows of `cameo`."""
    for line in chosen.lines:
        day, codes = day_of(line), line.event.codes
        for one, other in dyads(line.event):
            yield {
                "date": f"{day:%Y%m%d}" if day else None,
                "source": _code(one),
                "target": _code(other),
                "cameo": codes.cameo,
                "label": cameo_name(codes.cameo),
                "quad": codes.quad,
                "goldstein": codes.intensity,
                "event": line.event.id,
                "report": line.report.id,
            }


def _code(party: Party) -> str:
    return party.id + (party.sector or "")


def gdelt_events(chosen: Chosen) -> Iterator[Row]:
    """Rows of GDELT's `export.CSV`."""
    for line, number, one, other in _gdelt(chosen):
        day, codes, place = day_of(line), line.event.codes, line.event.place
        assert day is not None  # the undated were left out
        cameo = codes.cameo or ""
        yield {
            "GlobalEventID": number,
            "Day": f"{day:%Y%m%d}",
            "MonthYear": f"{day:%Y%m}",
            "Year": day.year,
            "FractionDate": _fraction(day),
            **_gdelt_side("Actor1", one, chosen),
            **_gdelt_side("Actor2", other, chosen),
            "IsRootEvent": int(_leads(line, chosen)),
            "EventCode": cameo,
            "EventBaseCode": cameo[:3],
            "EventRootCode": cameo[:2],
            "QuadClass": codes.quad,
            "GoldsteinScale": codes.intensity,
            "NumMentions": 1,
            "NumSources": 1,
            "NumArticles": 1,
            **_gdelt_place(place, chosen),
            "DATEADDED": f"{line.report.read_at:%Y%m%d%H%M%S}",
            "SOURCEURL": line.report.url,
        }


def _gdelt(chosen: Chosen) -> Iterator[tuple[LedgerEvent, int, Party | None, Party | None]]:
    """Each row's line, id and two actors; GDELT also takes acts with one."""
    for line in chosen.lines:
        event = line.event
        for i, (one, other) in enumerate(list(dyads(event)) or list(_alone(event))):
            yield line, _row_id(line, i), one, other


def _alone(event: Event) -> Iterator[tuple[Party | None, Party | None]]:
    yield from ((actor, None) for actor in event.actors)
    yield from ((None, recipient) for recipient in event.recipients)
    if not event.actors and not event.recipients:
        yield None, None


def _fraction(day: date) -> float:
    return round(day.year + (day.month * 30 + day.day) / 365, 4)


def _gdelt_side(side: str, party: Party | None, chosen: Chosen) -> Row:
    if party is None:
        return {}
    name = chosen.name(party.id)
    country = _is_country(party.id, chosen)
    fips = state(party.id).fips if country else None
    return {
        f"{side}Code": _code(party),
        f"{side}Name": name.upper(),
        f"{side}CountryCode": party.id if country else None,
        f"{side}KnownGroupCode": None if country else party.id,
        f"{side}Type1Code": party.sector,
        f"{side}Geo_Type": 1 if country else None,
        f"{side}Geo_Fullname": name if country else None,
        f"{side}Geo_CountryCode": fips,
    }


def _leads(line: LedgerEvent, chosen: Chosen) -> bool:
    before = chosen.text(line.report.id)[: line.event.trigger.start]
    return "\n\n" not in before.lstrip("\n")


def _gdelt_place(place: Place | None, chosen: Chosen) -> Row:
    if place is None:
        return {}
    point = point_of(place)
    country = chosen.name(place.country) if place.country else None
    kind = 4 if point else 1 if country else None
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_Fullname": ", ".join(dict.fromkeys(n for n in (place.text, country) if n)),
        "ActionGeo_CountryCode": state(place.country).fips if place.country else None,
        "ActionGeo_Lat": point.latitude if point else None,
        "ActionGeo_Long": point.longitude if point else None,
        "ActionGeo_FeatureID": point.geonames if point else None,
    }


def gdelt_mentions(chosen: Chosen) -> Iterator[Row]:
    """Rows of GDELT's `mentions.CSV`."""
    for line, number, one, other in _gdelt(chosen):
        report = line.report
        yield {
            "GlobalEventID": number,
            "EventTimeDate": f"{report.read_at:%Y%m%d%H%M%S}",
            "MentionTimeDate": f"{report.published:%Y%m%d}000000" if report.published else None,
            "MentionType": 1 if report.url else 2,
            "MentionSourceName": report.publisher,
            "MentionIdentifier": report.url or report.id,
            "Actor1CharOffset": _offset(one),
            "Actor2CharOffset": _offset(other),
            "ActionCharOffset": line.event.trigger.start,
            "InRawText": 1,
            "Confidence": round(100 * line.event.confidence),
            "MentionDocLen": len(chosen.text(report.id)),
        }


def _offset(party: Party | None) -> int:
    return party.span.start if party and party.span else -1
