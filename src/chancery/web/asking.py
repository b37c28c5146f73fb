"""Which lines a page or a program asks for, from the query of its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BeforeValidator

from chancery.ledger import EventQuery
from chancery.records import Act, Instrument, Status


def _told(values: object) -> object:
    """A form's empty fields ask nothing."""
    return [v for v in values if v != ""] if isinstance(values, list) else values


_DAY = "an ISO 8601 day; undated acts by their report's day"
Ids = Annotated[list[str], Query(max_length=20, description="ids of actors; repeated ones widen")]
Day = Annotated[date | None, BeforeValidator(lambda v: v or None), Query(description=_DAY)]
Told = BeforeValidator(_told)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the values of the address that made it, for links to the same in other forms."""

    query: EventQuery
    values: Mapping[str, Any]


def asked(
    actor: Ids = [],  # noqa: B006 (FastAPI copies it)
    recipient: Ids = [],  # noqa: B006
    party: Ids = [],  # noqa: B006
    between: Annotated[list[str], Query(max_length=2, description="two ids; dealings either way")] = [],  # noqa: B006
    act: Annotated[list[Act], Told, Query(max_length=16)] = [],  # noqa: B006
    instrument: Annotated[list[Instrument], Told, Query(max_length=30)] = [],  # noqa: B006
    status: Annotated[list[Status], Told, Query(max_length=12)] = [],  # noqa: B006
    since: Day = None,
    until: Day = None,
    report: Annotated[str | None, Query(max_length=64, description="a report's id, or its beginning")] = None,
    min_confidence: Annotated[float, Query(ge=0, le=1)] = 0.0,
    unjudged: bool = False,
) -> Asked:
    """The lines that an address asks for."""
    pair = (between[0], between[1]) if len(between) == 2 and between[0] != between[1] else None
    query = EventQuery(
        actor=_named(actor), recipient=_named(recipient), party=_named(party), between=pair,
        act=tuple(act), instrument=tuple(instrument), status=tuple(status), since=since, until=until,
        report=report or None, min_confidence=min_confidence, unjudged=unjudged,
    )  # fmt: skip
    values = {
        "actor": query.actor, "recipient": query.recipient, "party": query.party, "between": pair or (),
        "act": query.act, "instrument": query.instrument, "status": query.status,
        "since": since or (), "until": until or (), "report": query.report or (),
        "min_confidence": min_confidence or (), "unjudged": "true" if unjudged else (),
    }  # fmt: skip
    return Asked(query, {name: value for name, value in values.items() if value != ()})


def _named(ids: list[str]) -> tuple[str, ...]:
    """An empty field of a form asks nothing."""
    return tuple(id.strip() for id in ids if id.strip())


TheAsked = Annotated[Asked, Depends(asked)]
