"""Lines, reports and actors, and one of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from chancery.analysis import OPEN, Dealings, counterparts, dealings, evidence, picture
from chancery.knowledge.actor_data import actor_knowledge
from chancery.ledger import EventQuery
from chancery.records import ACTS, INSTRUMENTS, STATUSES, Actor
from chancery.web.asking import TheAsked
from chancery.web.desk import Desk, TheDesk
from chancery.web.failures import answer
from chancery.web.rendering import page
from chancery.web.segments import segments_within

router = APIRouter()
_PAGE = 100
_LATEST = 40
CHOICES = {"acts": ACTS, "instruments": INSTRUMENTS, "statuses": STATUSES}
After = Annotated[str | None, Query(max_length=100)]


@router.get("/lines")
def lines(request: Request, desk: TheDesk, asked: TheAsked, after: After = None) -> Response:
    """The lines an address asks for."""
    found = desk.ledger.page(asked.query, _PAGE, after)
    values = {"found": found, "asked": asked, "names": desk.names(), "first": after is None, **CHOICES}
    return page(request, "lines.html", values)


@router.get("/explore")
def explore(request: Request, asked: TheAsked, desk: TheDesk) -> Response:
    """The lines an address asks for over time, between actors and on the map."""
    shown = desk.soon(("picture", asked.query), lambda: picture(desk.ledger, asked.query, desk.actors()))
    values = {"asked": asked, "picture": shown, "names": desk.names(), **CHOICES}
    return page(request, "explore.html", values)


@router.get("/lines/{event}")
def line(request: Request, desk: TheDesk, event: str) -> Response:
    """One line with all its evidence."""
    found = evidence(desk.ledger, event)
    names = desk.names()
    if found.line.event.id != event:
        return RedirectResponse(f"/lines/{found.line.event.id}", 303)
    whole = (
        found.paragraph if found.paragraph.covers(found.line.event.sentence) else found.line.event.sentence
    )
    cut = list(segments_within(found.text, found.line.event, whole))
    return page(request, "evidence.html", {"found": found, "names": names, "segments": cut})


@router.get("/reports")
def reports(
    request: Request, desk: TheDesk, skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0
) -> Response:
    """The reports, the latest published first."""
    found = desk.ledger.latest_reports(_PAGE + 1, skip)
    values = {
        "reports": found[:_PAGE],
        "earlier": skip + _PAGE if len(found) > _PAGE else None,
        "later": max(skip - _PAGE, 0) if skip else None,
    }
    return page(request, "reports.html", values)


@router.get("/actors")
def actors(request: Request, desk: TheDesk) -> Response:
    """Everybody the ledger names, by kind and name."""
    known = sorted(desk.actors().values(), key=lambda a: (a.kind, a.name))
    return page(request, "actors.html", {"actors": known})


@router.get("/actors/{actor}")
def actor(request: Request, desk: TheDesk, actor: str) -> Response:
    """One actor's dealings."""
    found = _actor(desk, actor)
    if found is None:
        return answer(request, 404, f"no actor {actor!r} is named in this ledger")
    values = {
        "actor": found,
        "names": desk.names(),
        "dealings": _dealings(desk, EventQuery(party=(actor,))),
        "beside": desk.soon(("beside", actor), lambda: counterparts(desk.ledger, actor)),
        "promised": desk.ledger.events(EventQuery(actor=(actor,), status=OPEN, newest=True, limit=20)),
        "entry": actor_knowledge().entries.get(actor),
    }
    return page(request, "actor.html", values)


@router.get("/pairs/{one}/{other}")
def pair(request: Request, desk: TheDesk, one: str, other: str) -> Response:
    """The dealings of two actors, both ways."""
    first, second = _actor(desk, one), _actor(desk, other)
    if first is None or second is None or one == other:
        return answer(request, 404, f"{one!r} and {other!r} are not two actors of this ledger")
    query = EventQuery(between=(one, other))
    ways = [
        (first, second, _dealings(desk, replace(query, actor=(one,), recipient=(other,)))),
        (second, first, _dealings(desk, replace(query, actor=(other,), recipient=(one,)))),
    ]
    whole = _dealings(desk, query)
    values = {"one": first, "other": second, "ways": ways, "whole": whole, "names": desk.names()}
    return page(request, "pair.html", values)


def _dealings(desk: Desk, query: EventQuery) -> Dealings:
    return desk.soon(("dealings", query), lambda: dealings(desk.ledger, query, _LATEST))


def _actor(desk: Desk, id: str) -> Actor | None:
    """An actor of the ledger, else of the codebook."""
    found = desk.actors().get(id)
    if found is None and id in actor_knowledge().entries:
        return actor_knowledge().actor(id)
    return found
