"""The REST API: the questions the pages ask, answered as JSON or CSV.

Lines have the shape of the contract, ids never change, and pages of a list neither skip nor repeat a
line that comes in between.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from chancery.analysis import Picture, counterparts, dealings, evidence, picture
from chancery.ledger import By, EventQuery, LedgerEvent
from chancery.records import Actor
from chancery.review import sheet
from chancery.web.asking import Asked, Ids, TheAsked
from chancery.web.desk import Desk, TheDesk
from chancery.web.searching import search
from chancery.wording.deal_rows import deal_row, promise_row
from chancery.wording.objects import Object, event_object, judgement_object, log_object, report_object
from chancery.wording.rows import EVENT_COLUMNS, csv_cell, event_row

DESCRIPTION = """\
A ledger of dealings between states, read from news reports.

Lists give at most `limit` entries; `after` of an answer, given back, brings the next ones, and the header
`Link` holds the whole address. Lines have the shape of chancery's JSON contract. Where the desk has
accounts, programs ask with HTTP Basic authentication.
"""
MOST = 1000
router = APIRouter(prefix="/api", tags=["ledger"])

Shape = Annotated[Literal["json", "csv"], Query(alias="format")]
Limit = Annotated[int, Query(ge=1, le=MOST)]
After = Annotated[
    str | None,
    Query(max_length=100, pattern="^[0-9]{1,18}:[^:]+$", description="`after` of the answer before"),
]
Skip = Annotated[int, Query(ge=0, le=10_000_000)]
Id = Annotated[str, Path(min_length=1, max_length=200)]
_AS_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
}
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    404: {"description": "no such line, report or actor"},
    422: {"description": "a value that is not allowed"},
}


@dataclass(frozen=True, slots=True)
class Events:
    """Some lines, and where the next ones begin."""

    events: list[Object]
    after: str | None


@router.get("/events", response_model=Events, responses=_AS_CSV | _PROBLEMS)
def events(
    request: Request,
    response: Response,
    desk: TheDesk,
    asked: TheAsked,
    shape: Shape = "json",
    limit: Limit = 100,
    after: After = None,
) -> Any:
    """Lines, in the order they came in; filters as in the desk's own addresses."""
    page = desk.ledger.page(asked.query, limit, after)
    text = cache(desk.ledger.text)
    headers = _next(request, asked, {"format": shape, "limit": limit}, page.after)
    if shape == "csv":
        return Response(_csv(page.lines, text), media_type="text/csv; charset=utf-8", headers=headers)
    response.headers.update(headers)
    return Events([event_object(n, text(n.report.id)) for n in page.lines], page.after)


def _next(request: Request, asked: Asked, more: dict[str, Any], after: str | None) -> dict[str, str]:
    if after is None:
        return {}
    query = urlencode({**asked.values, **more, "after": after}, doseq=True)
    return {"Link": f'<{request.url.path}?{query}>; rel="next"'}


def _csv(lines: tuple[LedgerEvent, ...], text: Any) -> str:
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(EVENT_COLUMNS)
    for line in lines:
        row = event_row(line, line.event.sentence.of(text(line.report.id)))
        writer.writerow([csv_cell(row[name]) for name in EVENT_COLUMNS])
    return made.getvalue().encode("utf8", "backslashreplace").decode()


@router.get("/events/{event}", responses=_PROBLEMS)
def event(desk: TheDesk, event: Id) -> Object:
    """One line with its evidence; the beginning of an id serves where it fits one alone."""
    found = evidence(desk.ledger, event)
    return {
        **event_object(found.line, found.text),
        "sha256": found.sha256,
        "paragraph": [found.paragraph.start, found.paragraph.end],
        "links": [
            {"kind": t.link.link.kind, "give": t.link.link.give, "take": t.link.link.take,
             "explicit": t.link.link.explicit, "reason": t.link.link.reason}
            for t in found.ties
        ],
        "findings": [{"kind": f.finding.kind, "message": f.finding.message} for f in found.doubts],
        "judgements": [judgement_object(j) for j in found.judgements],
        "merged": [m.event.id for m in found.merged],
        "alike": [a.event.id for a in found.alike],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reports:
    """Some reports."""

    reports: list[Object]


@router.get("/reports", responses=_PROBLEMS)
def reports(desk: TheDesk, limit: Limit = 100, skip: Skip = 0) -> Reports:
    """Reports, the latest published first."""
    return Reports([report_object(r) for r in desk.ledger.latest_reports(limit, skip)])


@router.get("/reports/{report}", responses=_PROBLEMS)
def report(desk: TheDesk, report: Id, text: bool = False) -> Object:
    """One report with its lines as people left them; `text=true` brings its text, to which spans count."""
    found = sheet(desk.ledger, report)
    made: Object = {
        **report_object(found.report),
        "url": found.report.url,
        "version": found.report.version,
        "events": [
            {**event_object(n.line, found.text), "state": n.state, "doubtful": n.doubtful}
            for n in found.lines
        ],
        "reviewers": dict(found.reviewers),
    }
    return {**made, "text": found.text} if text else made


@dataclass(frozen=True, slots=True)
class Actors:
    """Actors of the ledger."""

    actors: list[Object]


@router.get("/actors")
def actors(desk: TheDesk) -> Actors:
    """Everybody the ledger names."""
    return Actors([_actor(a) for a in desk.actors().values()])


def _actor(actor: Actor) -> Object:
    return {"id": actor.id, "name": actor.name, "kind": actor.kind, "affiliation": actor.affiliation}


@router.get("/actors/{actor}", responses=_PROBLEMS)
def actor(desk: TheDesk, actor: Id) -> Object:
    """One actor's dealings, counted: by instrument and stage, by year, and with whom."""
    counted = _counted(desk, EventQuery(party=(actor,)))
    beside = [
        {"actor": c.actor, "lines": c.lines, "last": c.last.isoformat() if c.last else None}
        for c in counterparts(desk.ledger, actor)
    ]
    known = desk.actors().get(actor)
    return {"actor": _actor(known) if known else {"id": actor}, **counted, "beside": beside}


@router.get("/pairs/{one}/{other}", responses=_PROBLEMS)
def pair(desk: TheDesk, one: Id, other: Id) -> Object:
    """The dealings of two actors, either way or jointly, counted."""
    return {"one": one, "other": other, **_counted(desk, EventQuery(between=(one, other)))}


def _counted(desk: Desk, query: EventQuery) -> Object:
    found = dealings(desk.ledger, query, 1)
    return {
        "total": found.total,
        "by_instrument": {str(name or "none"): dict(by) for name, by in found.by_instrument.items()},
        "by_year": {str(year): number for year, number in found.by_year.items()},
    }


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts; `values` are in the order of `by`."""

    by: list[str]
    counts: list[Object]


@router.get("/tally", responses=_PROBLEMS)
def tally(
    desk: TheDesk, asked: TheAsked, by: Annotated[list[By], Query(min_length=1, max_length=3)]
) -> Tally:
    """How many of the lines that are asked for share the same values of some fields."""
    counts = desk.ledger.tally(asked.query, tuple(dict.fromkeys(by)))
    rows: list[Object] = [{"values": list(values), "lines": number} for values, number in counts.items()]
    return Tally(list(dict.fromkeys(by)), rows)


@dataclass(frozen=True, slots=True)
class Rows:
    """Deals or promises as rows; `number` is how many there are."""

    number: int
    rows: list[Object]


@router.get("/deals", responses=_PROBLEMS)
def deals(desk: TheDesk, party: Ids = [], limit: Limit = 100, skip: Skip = 0) -> Rows:  # noqa: B006
    """Deals, as `chancery deals` prints them in JSON lines.

    Of a ledger with more than 30,000 lines those that its latest lines tell, those of `party` if it is named.
    """
    found = desk.worked(party).dealings.deals
    return Rows(len(found), [dict(deal_row(d)) for d in found[skip : skip + limit]])


@router.get("/promises", responses=_PROBLEMS)
def promises(desk: TheDesk, party: Ids = [], limit: Limit = 100, skip: Skip = 0) -> Rows:  # noqa: B006
    """Promises, likewise."""
    found = desk.worked(party).dealings.promises
    return Rows(len(found), [dict(promise_row(p)) for p in found[skip : skip + limit]])


@router.get("/picture", responses=_PROBLEMS)
def draw(desk: TheDesk, asked: TheAsked) -> Picture:
    """The lines asked for as marks: by month and stage, between actors, and at their capitals."""
    make = partial(picture, desk.ledger, asked.query, desk.actors())
    return desk.works.answer(("picture", asked.query), make)


@dataclass(frozen=True, slots=True)
class Log:
    """What happened to the ledger."""

    log: list[Object]


@router.get("/log", responses=_PROBLEMS)
def log(desk: TheDesk, limit: Limit = 50, skip: Skip = 0) -> Log:
    """Additions and judgements, the latest first."""
    return Log([log_object(entry) for entry in islice(desk.ledger.log(skip), limit)])


@router.get("/search", responses=_PROBLEMS)
def find(desk: TheDesk, q: Annotated[str, Query(min_length=1, max_length=200)]) -> Object:
    """Actors, reports and lines that fit some words, at most 30 of each."""
    found = search(desk, q)
    text = cache(desk.ledger.text)
    return {
        "actors": [_actor(a) for a in found.actors],
        "reports": [report_object(r) for r in found.reports],
        "events": [event_object(n, text(n.report.id)) for n in found.lines],
    }
