"""Judgements on lines. Each is kept at once; the answer is the line's card as it now stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from chancery.errors import EventUnknown, UsageError
from chancery.ledger import Ruling, Verdict
from chancery.records import ACTS, Act, Span
from chancery.review import EDITABLE, Sheet, SheetLine, latest_doubtful, new_line_on, retyped, sheet, typed
from chancery.web.desk import Desk, TheDesk
from chancery.web.pages.report import card_values
from chancery.web.rendering import fragment
from chancery.web.visitors import Checked, TheReviewer

router = APIRouter()
Why = Annotated[str, Form(max_length=2000)]


def _found(desk: Desk, report: str, event: str) -> tuple[Sheet, SheetLine]:
    found = sheet(desk.ledger, report)
    line = found.line(event)
    if line is None:
        raise EventUnknown(event)
    return found, line


def _card(request: Request, desk: Desk, report: str, event: str, *, status: int = 200) -> Response:
    return fragment(request, "_line.html", card_values(desk, *_found(desk, report, event)), status=status)


@router.get("/reports/{report}/lines/{event}")
def card(request: Request, desk: TheDesk, report: str, event: str) -> Response:
    """The line's card."""
    return _card(request, desk, report, event)


@router.post("/reports/{report}/lines/{event}/accept", dependencies=[Checked])
def accept(request: Request, desk: TheDesk, by: TheReviewer, report: str, event: str) -> Response:
    """The line is right as it stands."""
    desk.ledger.judge(Ruling("accept", by.name, (event,)))
    desk.queue.settle()
    return _card(request, desk, report, event)


@router.get("/reports/{report}/lines/{event}/reject")
def reject_form(request: Request, desk: TheDesk, _: TheReviewer, report: str, event: str) -> Response:
    """The form that asks for the reason."""
    return fragment(request, "_reject.html", card_values(desk, *_found(desk, report, event)))


@router.post("/reports/{report}/lines/{event}/reject", dependencies=[Checked])
def reject(
    request: Request, desk: TheDesk, by: TheReviewer, report: str, event: str, why: Why = ""
) -> Response:
    """There is no such act."""
    desk.ledger.judge(Ruling("reject", by.name, (event,), why=why.strip()))
    desk.queue.settle()
    return _card(request, desk, report, event)


@router.get("/reports/{report}/lines/{event}/edit")
def edit_form(request: Request, desk: TheDesk, _: TheReviewer, report: str, event: str) -> Response:
    """The line's fields, to be changed."""
    found, line = _found(desk, report, event)
    return _form(request, desk, (found, line), {}, None)


@router.post("/reports/{report}/lines/{event}/edit", dependencies=[Checked])
async def edit(request: Request, desk: TheDesk, by: TheReviewer, report: str, event: str) -> Response:
    """The line with other fields; a field that is not understood is told, and nothing typed is lost."""
    form = await request.form()
    given = {f: str(form[f])[:5000] for f in EDITABLE if f in form}
    where = (report, event)
    return await run_in_threadpool(_edited, request, desk, by.name, where, given, form.get("why"))


def _edited(
    request: Request,
    desk: Desk,
    by: str,
    where: tuple[str, str],
    given: Mapping[str, str],
    why: object,
) -> Response:
    report, event = where
    found, line = _found(desk, report, event)
    try:
        after = retyped(line.event, given, found.text)
    except UsageError as error:
        return _form(request, desk, (found, line), given, str(error), why=str(why or ""), status=422)
    reason = str(why or "").strip()[:2000] or None
    desk.ledger.judge(Ruling("correct", by, (event,), after, why=reason))
    desk.queue.settle()
    return _card(request, desk, report, event)


def _typed(line: SheetLine) -> dict[str, str]:
    return {field: typed(line.event, field) for field in EDITABLE}


def _form(
    request: Request,
    desk: Desk,
    of: tuple[Sheet, SheetLine],
    fields: Mapping[str, str],
    problem: str | None,
    *,
    why: str = "",
    status: int = 200,
) -> Response:
    values = {**card_values(desk, *of), "fields": {**_typed(of[1]), **fields}, "problem": problem, "why": why}
    made = fragment(request, "_edit.html", values, status=status)
    if problem is not None:  # it stays where it is; only what was kept takes the card's place
        made.headers["HX-Retarget"] = f'[data-line="{of[1].event.id}"] .slot'
        made.headers["HX-Reswap"] = "innerHTML"
    return made


@router.post("/reports/{report}/lines", dependencies=[Checked])
async def add(request: Request, desk: TheDesk, by: TheReviewer, report: str) -> Response:
    """A line that the reader missed, on the words that were selected."""
    form = await request.form()
    given = {name: str(value)[:2000] for name, value in form.items()}
    made = await run_in_threadpool(_added, desk, by.name, report, given)
    return Response(headers={"HX-Redirect": f"/reports/{report}?added={made}#{made}"})


def _added(desk: Desk, by: str, report: str, given: Mapping[str, str]) -> str:
    """The id of the line."""
    text = desk.ledger.text(report)
    start, end = (_offset(given.get(name, ""), name) for name in ("start", "end"))
    if end < start:
        raise UsageError(f"characters {start}-{end} are no words of the text")
    line = new_line_on(_act(given.get("act", "")), Span(start, end), text)
    fields = {name: given[name] for name in EDITABLE if name in given and name != "act"}
    why = given.get("why", "").strip() or None
    judgement = desk.ledger.judge(Ruling("add", by, (), retyped(line, fields, text), report, why))
    desk.queue.settle()
    return judgement.events[0]


def _offset(given: str, name: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise UsageError(f"{name} {given!r} is no place in the text; select the words that name the act")
    return int(given)


def _act(given: str) -> Act:
    for act in ACTS:
        if act == given:
            return act
    raise UsageError(f"act {given!r} is unknown; allowed are {', '.join(ACTS)}")


@router.post("/judgements/{number}/withdraw", dependencies=[Checked])
def withdraw(request: Request, desk: TheDesk, by: TheReviewer, number: int) -> Response:
    """Close a judgement of one's own; the line stands again as it did without it."""
    judgement = desk.ledger.judgement(number)
    if judgement.reviewer != by.name:
        raise UsageError(f"judgement {number} is {judgement.reviewer}'s; judge the line yourself instead")
    desk.ledger.withdraw(number)
    desk.queue.settle()
    if judgement.report is None or judgement.verdict == "add":
        back = f"/reports/{judgement.report}" if judgement.report else f"/lines/{judgement.events[0]}"
        return Response(status_code=200, headers={"HX-Redirect": back})
    return _card(request, desk, judgement.report, judgement.events[0])


@router.post("/lines/merge", dependencies=[Checked])
def merge(
    desk: TheDesk,
    by: TheReviewer,
    event: Annotated[list[str], Form(max_length=50)],
    verdict: Annotated[str, Form(max_length=10)] = "merge",
    why: Why = "",
) -> Response:
    """The chosen lines tell one act, or each its own."""
    ids = tuple(dict.fromkeys(event))
    kind: Verdict = "split" if verdict == "split" else "merge"
    desk.ledger.judge(Ruling(kind, by.name, ids, why=why.strip() or None))
    desk.queue.settle()
    return RedirectResponse(f"/lines/{ids[0]}", 303)


@router.get("/doubts/next")
def next_doubt(desk: TheDesk, report: str = "") -> Response:
    """The latest doubtful line outside that report."""
    found = [line for line in latest_doubtful(desk.ledger, 200) if line.report.id != report]
    return RedirectResponse(f"/reports/{found[0].report.id}#{found[0].event.id}" if found else "/", 303)
