"""FollowTheMoney entities: parties, reports, acts, and money that passed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from chancery.analysis.layouts.chosen import Chosen
from chancery.analysis.layouts.flows import first_money
from chancery.analysis.stages import STAGE_OF
from chancery.knowledge.geography_data import state
from chancery.ledger import LedgerEvent, ReportEntry
from chancery.records import ActorKind, Event, Instrument, Precision

Json = dict[str, Any]

_SCHEMA: Mapping[ActorKind, str] = {
    "state": "PublicBody",
    "partly_recognized_state": "PublicBody",
    "territory": "PublicBody",
    "former_state": "PublicBody",
    "igo": "Organization",
    "company": "Company",
    "armed_group": "Organization",
    "party": "Organization",
    "person": "Person",
    "other": "LegalEntity",
}
_MONEY: tuple[Instrument, ...] = ("loan", "grant", "payment", "investment", "humanitarian", "debt_relief")
_ISO_LENGTH: Mapping[Precision, int] = {"day": 10, "month": 7, "year": 4}  # of YYYY-MM-DD
_NOT_IN_IDS = re.compile("[^A-Za-z0-9.-]")
_ALPHA_3 = {"en": "eng"}  # what is not English is kept, not read


def entities(chosen: Chosen) -> Iterator[Json]:
    """Entities of `ftm`: parties, then reports, then acts with their money."""
    lines = chosen.lines
    for actor in dict.fromkeys(p.id for e in lines for p in (*e.event.actors, *e.event.recipients)):
        yield _actor(actor, chosen)
    for report in chosen.reports.values():
        yield _report(report)
    for line in lines:
        yield _event(line, chosen)
        yield from _money(line)


def _entity(id: str, schema: str, **properties: object) -> Json:
    """An entity; each property is a list, and what is missing or blank is left out."""
    listed = {
        name: [str(v).strip() for v in (value if isinstance(value, (list, tuple)) else [value]) if v]
        for name, value in properties.items()
    }
    kept = {name: [v for v in values if v] for name, values in listed.items()}
    return {"id": id, "schema": schema, "properties": {name: v for name, v in kept.items() if v}}


def _id(kind: str, ours: str, *more: object) -> str:
    """An id FollowTheMoney takes: it has no place for underscores and the like."""
    return "-".join(("chancery", kind, _NOT_IN_IDS.sub("-", ours), *map(str, more)))


def _actor_id(actor: str) -> str:
    return _id("actor", actor)


def _report_id(report: str) -> str:
    return _id("report", report)


def _actor(actor: str, chosen: Chosen) -> Json:
    found = chosen.actors.get(actor)
    schema = _SCHEMA[found.kind] if found else "LegalEntity"
    owner = actor if state(actor).iso2 else found.affiliation if found else None
    return _entity(_actor_id(actor), schema, name=chosen.name(actor), country=_country(owner))


def _country(actor: str | None) -> str | None:
    code = state(actor).iso2 if actor else None
    return code.lower() if code else None


def _report(report: ReportEntry) -> Json:
    return _entity(
        _report_id(report.id),
        "Article",
        fileName=report.file,
        title=report.title,
        publisher=report.publisher,
        publishedAt=report.published,
        sourceUrl=report.url,
        language=_ALPHA_3.get(report.language),
    )


def _event(line: LedgerEvent, chosen: Chosen) -> Json:
    event, place = line.event, line.event.place
    codes = (event.act, event.instrument, event.status, event.codes.plover_event, event.codes.cameo)
    parties = dict.fromkeys(_actor_id(p.id) for p in (*event.actors, *event.recipients))
    return _entity(
        _id("event", event.id),
        "Event",
        name=_name(event, chosen),
        **_dates(line),
        involved=list(parties),
        location=place.text if place else None,
        country=_country(place.country) if place else None,
        description=chosen.sentence(line),
        keywords=list(dict.fromkeys(codes)),
        proof=_report_id(line.report.id),
        publisher=line.report.publisher,
        recordId=event.id,
    )


def _name(event: Event, chosen: Chosen) -> str:
    sides = [", ".join(chosen.name(p.id) for p in side) for side in (event.actors, event.recipients)]
    what = " ".join(word for word in (event.act, event.instrument, f"({event.status})") if word)
    return " - ".join(part for part in (what, *sides) if part)


def _dates(line: LedgerEvent) -> Json:
    time = line.event.time
    if time is None:
        return {"date": line.report.published}
    length = _ISO_LENGTH.get(time.precision)
    if length is None:
        return {"startDate": time.start, "endDate": time.end}
    return {"date": time.start.isoformat()[:length]}


def _money(line: LedgerEvent) -> Iterator[Json]:
    event, money = line.event, first_money(line.event)
    done = event.act in ("AID", "COOPERATE") and STAGE_OF[event.status] == "done"
    if money is None or not done or event.instrument not in _MONEY:
        return
    loan = event.instrument == "loan"
    giver_is, taker_is = ("creditor", "debtor") if loan else ("payer", "beneficiary")
    dates = {name: day for name, day in _dates(line).items() if name == "date"}
    for i, (giver, taker) in enumerate(product(event.actors, event.recipients)):
        sides: Json = {giver_is: _actor_id(giver.id), taker_is: _actor_id(taker.id)}
        purpose: Json = {} if loan else {"purpose": event.instrument}
        yield _entity(
            _id("money", event.id, i),
            "Debt" if loan else "Payment",
            **sides,
            **purpose,
            **dates,
            amount=f"{money.value:.15g}",
            currency=money.currency,
            proof=_report_id(line.report.id),
            recordId=event.id,
        )
