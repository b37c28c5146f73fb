"""Errors as answers: each of ours has a status, and words; as a page, a fragment or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse

from chancery.errors import (
    ChanceryError,
    CursorUnknown,
    DealUnknown,
    DeskError,
    EventUnknown,
    InputError,
    JudgementRefused,
    LedgerFull,
    LedgerLocked,
    ReportUnknown,
    UsageError,
)
from chancery.web.rendering import fragment, page
from chancery.web.visitors import FormStale, LoginWanted, NotAllowed
from chancery.web.works import StillWorking

_STATUS: Mapping[type[ChanceryError], int] = {
    EventUnknown: 404,
    ReportUnknown: 404,
    DealUnknown: 404,
    JudgementRefused: 409,
    UsageError: 422,
    InputError: 422,
    CursorUnknown: 422,
    DeskError: 422,
    LedgerLocked: 503,
    LedgerFull: 507,
}
NOT_ALLOWED = "readers may look at everything and judge nothing; ask for the role of a reviewer"
STALE = "this form is no longer valid; load the page again (what you typed is kept in this browser)"


def add_failures(app: FastAPI) -> None:
    """Let the app answer with them."""
    app.add_exception_handler(ChanceryError, _ours)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(LoginWanted, _login)
    app.add_exception_handler(NotAllowed, lambda request, _: answer(request, 403, NOT_ALLOWED))
    app.add_exception_handler(StillWorking, _working)
    app.add_exception_handler(FormStale, lambda request, _: answer(request, 403, STALE))
    app.add_exception_handler(Exception, _unexpected)


def _working(request: Request, _: Exception) -> Response:
    """A page that asks for itself again."""
    again = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    made = page(request, "working.html", {"again": again})
    made.headers["Refresh"] = "1"
    return made


def status_of(error: ChanceryError) -> int:
    """The HTTP status of an error of ours."""
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)


def answer(request: Request, status: int, words: str) -> Response:
    """Words with a status, in the form that was asked for."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": words}, status)
    if "hx-request" in request.headers:
        made = fragment(request, "_problem.html", {"words": words}, status=status)
        made.headers["HX-Retarget"], made.headers["HX-Reswap"] = "#notices", "innerHTML"
        return made
    title = f"{status} {HTTPStatus(status).phrase}"
    return page(request, "problem.html", {"words": words, "title": title}, status=status)


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, ChanceryError)
    return answer(request, status_of(error), str(error))


def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = "no such page; the desk's parts stand above" if error.status_code == 404 else str(error.detail)
    made = answer(request, error.status_code, words)
    for name, value in (error.headers or {}).items():
        made.headers[name] = value
    return made


def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = [f"{'.'.join(str(p) for p in e['loc'][1:])}: {e['msg']}" for e in error.errors()]
    return answer(request, 422, "; ".join(told))


def _login(request: Request, _: Exception) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": "log in: by session, or by name and password (HTTP Basic)"}, 401)
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    address = f"/login?next={quote(wanted, safe='')}" if request.method == "GET" else "/login"
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": "/login"})
    return RedirectResponse(address, 303)


def _unexpected(request: Request, error: Exception) -> Response:
    return answer(request, 500, f"an error of the desk itself ({type(error).__name__}); its log says more")
