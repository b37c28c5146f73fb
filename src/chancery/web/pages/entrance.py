"""Logging in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from chancery.web.desk import TheDesk
from chancery.web.rendering import page
from chancery.web.visitors import Checked, close_session, open_session, verified

router = APIRouter()
_WRONG = "name and password do not fit; after five wrong tries in a row there is a pause of half a minute"


@router.get("/login")
def login(request: Request, desk: TheDesk, next: str = "/") -> Response:
    """The form, where there are accounts."""
    if desk.accounts is None:
        return RedirectResponse("/", 303)
    return page(request, "login.html", {"next": _ours(next), "problem": None})


@router.post("/login", dependencies=[Checked])
def log_in(
    request: Request,
    desk: TheDesk,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=2000)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Open a session."""
    account = verified(desk, name.strip(), password)
    if account is None:
        return page(request, "login.html", {"next": _ours(next), "problem": _WRONG}, status=403)
    made = RedirectResponse(_ours(next), 303)
    open_session(request, made, desk, account)
    return made


@router.post("/logout", dependencies=[Checked])
def log_out() -> Response:
    """Close the session."""
    made = RedirectResponse("/login", 303)
    close_session(made)
    return made


def _ours(address: str) -> str:
    """A path of this desk; anything else leads home."""
    fits = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if fits and address.isprintable() else "/"
