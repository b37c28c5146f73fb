"""Handing in a text or files to be read, and watching how far they have come."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from queue import Full

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse

from chancery.errors import EmptyInput, UsageError, WrongDate
from chancery.web.desk import TheDesk
from chancery.web.failures import answer
from chancery.web.queue import MOST_WAITING, Handed
from chancery.web.rendering import fragment, page
from chancery.web.visitors import Checked, TheReviewer

router = APIRouter()
_LONGEST_NAME = 120
_FULL = f"{MOST_WAITING} files wait to be read already; try again when some are done"


@router.get("/read")
def form(request: Request) -> Response:
    """The form that takes a text or files."""
    return page(request, "read.html", {})


@router.post("/read", dependencies=[Checked])
async def read(request: Request, desk: TheDesk, _: TheReviewer) -> Response:
    """Take a text or files; the answer is where to watch them."""
    given = await request.form()  # parsed already, by `Checked`
    words = {
        key: str(given.get(key) or "").strip()[:1000] for key in ("published", "publisher", "title", "url")
    }
    day = _day(words["published"])
    told = (words["publisher"] or None, words["title"] or None, words["url"] or None)
    files = [f for f in given.getlist("files") if isinstance(f, UploadFile) and f.filename]
    handed = [Handed(file_name(f.filename or ""), await f.read(), day, told) for f in files]
    text = str(given.get("text") or "")
    if text.strip():
        handed.append(Handed("pasted.txt", text.encode("utf8", "backslashreplace"), day, told))
    if not handed:
        raise EmptyInput("the form")
    try:
        tasks = [desk.queue.hand_in(each) for each in handed]
    except Full:
        return answer(request, 503, _FULL)
    return RedirectResponse("/read/" + ",".join(task.id for task in tasks), 303)


@router.get("/read/{ids}")
def watch(request: Request, desk: TheDesk, ids: str) -> Response:
    """How far the files have been read."""
    tasks = [task for id in ids.split(",")[:MOST_WAITING] if (task := desk.queue.task(id))]
    values = {"tasks": tasks, "ids": ids, "going": any(t.phase != "done" for t in tasks)}
    if "hx-request" in request.headers:
        return fragment(request, "_tasks.html", values)
    return page(request, "tasks.html", values)


def _day(given: str) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise WrongDate("day of publication", given) from error


def file_name(given: str) -> str:
    """The last part of a name that a browser gave, as a file may be called. Raises `UsageError`."""
    name = PurePath(given.replace("\\", "/")).name
    kept = "".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|')
    kept = kept.strip(" .")
    if not kept:
        raise UsageError(f"{given!r} is no name for a file")
    stem, dot, ending = kept.rpartition(".")
    while len(kept.encode()) > _LONGEST_NAME and stem:
        stem = stem[:-1]
        kept = f"{stem}{dot}{ending}"
    return kept if len(kept.encode()) <= _LONGEST_NAME else "report.txt"
