"""The first page, search, and the log."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Request, Response

from chancery.analysis import OPEN
from chancery.deals.promises import OPEN as OPEN_PROMISES
from chancery.ledger import EventQuery
from chancery.records import Promise
from chancery.review import latest_doubtful
from chancery.web import works
from chancery.web.desk import Desk, TheDesk
from chancery.web.rendering import page
from chancery.web.searching import search
from chancery.web.works import StillWorking

router = APIRouter()
T = TypeVar("T")
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
            "doubtful": _ready(desk, "doubtful", lambda: latest_doubtful(ledger, _SHOWN)),
            "promised": _ready(desk, "promised", lambda: ledger.events(promised)),
            "due": _due(desk),
        },
    )


def _ready(desk: Desk, key: str, make: Callable[[], T]) -> T | None:
    """What is there at once; `None` is being worked out."""
    try:
        return desk.soon(key, make)
    except StillWorking:
        return None


def _due(desk: Desk) -> tuple[Promise, ...] | None:
    """Open promises with a day by which they are due, the latest due first; `None` as `_ready`."""
    try:
        worked = desk.worked((), works.PATIENCE)
    except StillWorking:
        return None
    dated = [
        (p.schedule.due, p)
        for p in worked.dealings.promises
        if p.fulfilment in OPEN_PROMISES and p.schedule is not None and p.schedule.due is not None
    ]
    return tuple(p for _, p in sorted(dated, key=lambda two: two[0], reverse=True)[:_SHOWN])


@router.get("/search")
def search_page(request: Request, desk: TheDesk, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """What fits the words."""
    values = {"q": q, "names": desk.names(), "found": desk.soon(("search", q), lambda: search(desk, q))}
    return page(request, "search.html", values)


@router.get("/log")
def log(request: Request, desk: TheDesk, skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0) -> Response:
    """What happened to the ledger, the latest first."""
    entries = list(islice(desk.ledger.log(skip), _LOGGED + 1))
    values = {
        "entries": entries[:_LOGGED],
        "earlier": skip + _LOGGED if len(entries) > _LOGGED else None,
        "later": max(skip - _LOGGED, 0) if skip else None,
    }
    return page(request, "log.html", values)
