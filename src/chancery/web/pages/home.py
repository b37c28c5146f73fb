"""The first page, search, and the log."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from chancery.analysis import OPEN
from chancery.deals.promises import OPEN as OPEN_PROMISES
from chancery.ledger import EventQuery
from chancery.records import Promise
from chancery.review import latest_doubtful
from chancery.web.desk import Desk, TheDesk
from chancery.web.rendering import page
from chancery.web.searching import search

router = APIRouter()
_SHOWN = 8
_LOGGED = 50


@router.get("/")
def home(request: Request, desk: TheDesk) -> Response:
    """What is new, what is doubtful, what was promised."""
    ledger = desk.ledger
    promised = EventQuery(status=OPEN, newest=True, limit=_SHOWN)
    return page(
        request,
        "home.html",
        {
            "names": desk.names(),
            "new": list(islice(ledger.log(), _SHOWN)),
            "doubtful": desk.kept("doubtful", lambda: latest_doubtful(ledger, _SHOWN)),
            "promised": ledger.events(promised),
            "due": desk.kept("due", lambda: _due(desk)),
        },
    )


def _due(desk: Desk) -> tuple[Promise, ...]:
    """Open promises with a day by which they are due, the latest due first."""
    worked = desk.dealings()
    dated = [
        (p.schedule.due, p)
        for p in (worked.promises if worked else ())
        if p.fulfilment in OPEN_PROMISES and p.schedule is not None and p.schedule.due is not None
    ]
    return tuple(p for _, p in sorted(dated, key=lambda two: two[0], reverse=True)[:_SHOWN])


@router.get("/search")
def search_page(request: Request, desk: TheDesk, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """What fits the words."""
    values = {"q": q, "names": desk.names(), "found": desk.kept(("search", q), lambda: search(desk, q))}
    return page(request, "search.html", values)


@router.get("/log")
def log(request: Request, desk: TheDesk, skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0) -> Response:
    """What happened to the ledger, the latest first."""
    entries = list(islice(desk.ledger.log(), skip, skip + _LOGGED + 1))
    values = {
        "entries": entries[:_LOGGED],
        "earlier": skip + _LOGGED if len(entries) > _LOGGED else None,
        "later": max(skip - _LOGGED, 0) if skip else None,
    }
    return page(request, "log.html", values)
