"""Deals, promises, and where reports part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Request, Response

from chancery.deals import is_overdue
from chancery.errors import DealUnknown
from chancery.ledger import DifferenceQuery
from chancery.records import (
    DEAL_STAGES,
    DIFFERENCE_KINDS,
    FULFILMENTS,
    Deal,
    DealStage,
    DifferenceKind,
    Fulfilment,
    Promise,
    Share,
)
from chancery.web import works
from chancery.web.asking import Ids, Told
from chancery.web.desk import TheDesk
from chancery.web.grid import grid, in_order
from chancery.web.rendering import page
from chancery.wording.occurrences import KINDS

router = APIRouter()
MOST = 200
ACTS = 40  # of differences on a page
_REACHED: dict[str, int] = {stage: number for number, stage in enumerate(DEAL_STAGES)}
Item = TypeVar("Item", Deal, Promise)


@router.get("/deals")
def deals(
    request: Request,
    desk: TheDesk,
    party: Ids = [],  # noqa: B006 (FastAPI copies it)
    stage: Annotated[list[DealStage], Told, Query()] = [],  # noqa: B006
    with_return: bool = False,
) -> Response:
    """What was given for what."""
    worked = desk.worked(party, works.PATIENCE)
    wanted = {p for p in party if p}
    found = [
        d
        for d in worked.dealings.deals
        if (not wanted or wanted & set(d.parties))
        and (not stage or d.stage in stage)
        and (d.links or not with_return)
    ]
    values = {
        "found": found[:MOST], "number": len(found), "worked": worked, "party": party,
        "stage": stage, "with_return": with_return, "deal_stages": DEAL_STAGES, "names": desk.names(),
    }  # fmt: skip
    return page(request, "deals.html", values)


@router.get("/deals/{deal}")
def deal(request: Request, desk: TheDesk, deal: str, party: Ids = []) -> Response:  # noqa: B006
    """One deal: its axes, what each side gives, and every telling."""
    worked = desk.worked(party, works.PATIENCE).dealings
    found = _one(deal, worked.deals)
    tellings = {
        id: worked.lines[id].event.sentence.of(worked.text(worked.lines[id].report.id))
        for share in found.shares
        for id in share.events
        if id in worked.lines
    }
    values = {
        "deal": found, "names": desk.names(), "lines": worked.lines, "tellings": tellings,
        "bars": [bars(share) for share in found.shares],
    }  # fmt: skip
    return page(request, "deal.html", values)


def bars(share: Share) -> tuple[tuple[str, bool], ...]:
    """Claimed, ordered, delivered: which of the three a share has reached."""
    reached = _REACHED[share.stage] if share.stage in DEAL_STAGES[:10] else -1
    ordered, delivered = _REACHED["signed"], _REACHED["delivering"]
    return (("claimed", True), ("ordered", reached >= ordered), ("delivered", reached >= delivered))


@router.get("/promises")
def promises(
    request: Request,
    desk: TheDesk,
    party: Ids = [],  # noqa: B006
    fulfilment: Annotated[list[Fulfilment], Told, Query()] = [],  # noqa: B006
    overdue: bool = False,
) -> Response:
    """What was promised, planned and offered, and what became of it."""
    worked = desk.worked(party, works.PATIENCE)
    wanted = {p for p in party if p}
    found = [
        p
        for p in worked.dealings.promises
        if (not wanted or wanted & {*p.promisors, *p.promisees})
        and (not fulfilment or p.fulfilment in fulfilment)
        and (not overdue or is_overdue(p))
    ]
    values = {
        "found": found[:MOST], "number": len(found), "worked": worked, "party": party,
        "fulfilment": fulfilment, "overdue": overdue, "fulfilments": FULFILMENTS, "names": desk.names(),
        "read_to": worked.dealings.read_to,
    }  # fmt: skip
    return page(request, "promises.html", values)


@router.get("/promises/{promise}")
def promise(request: Request, desk: TheDesk, promise: str, party: Ids = []) -> Response:  # noqa: B006
    """One promise and its history, each step with the sentence that tells it."""
    worked = desk.worked(party, works.PATIENCE).dealings
    found = _one(promise, worked.promises)
    ids = dict.fromkeys((*found.tellings, *(s.event for s in found.steps)))
    tellings = {
        id: worked.lines[id].event.sentence.of(worked.text(worked.lines[id].report.id))
        for id in ids
        if id in worked.lines
    }
    values = {"promise": found, "names": desk.names(), "lines": worked.lines, "tellings": tellings}
    return page(request, "promise.html", values)


def _one(wanted: str, found: Iterable[Item]) -> Item:
    """The deal or promise of that id. Raises `DealUnknown`."""
    for each in found:
        if each.id == wanted:
            return each
    raise DealUnknown(wanted)


@router.get("/differences")
def differences(
    request: Request,
    desk: TheDesk,
    party: Ids = [],  # noqa: B006
    kind: Annotated[list[DifferenceKind], Told, Query()] = [],  # noqa: B006
    field: Annotated[list[str], Told, Query(max_length=20)] = [],  # noqa: B006
    skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Where reports part: a grid of reports by field, act by act, and how many there are of each kind."""
    actor = tuple(p for p in party if p)
    query = DifferenceQuery(actor, tuple(kind), tuple(field))
    found = desk.ledger.difference_page(query, ACTS, skip)
    leads = {d.occurrence.lead for d in found.differences if d.occurrence}
    values = {
        "grid": grid(found.differences), "counts": found.counts, "number": sum(found.counts.values()),
        "counted": in_order(name for name, _ in found.counts), "party": party, "kind": kind, "field": field,
        "kinds": DIFFERENCE_KINDS, "kind_words": KINDS, "names": desk.names(),
        "lines": desk.ledger.lines(leads), "keeps_up": desk.queue.keeps_up,
        "earlier": skip + ACTS if found.more else None, "later": max(skip - ACTS, 0) if skip else None,
    }  # fmt: skip
    return page(request, "differences.html", values)
