"""Who asks: sessions in signed cookies, roles, and the token that a form must bring back."""

from __future__ import annotations

import base64
import binascii
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from itsdangerous import BadSignature, URLSafeTimedSerializer

from chancery.web.accounts import Account, Role
from chancery.web.desk import Desk, TheDesk

SESSION = "chancery_session"
SEED = "chancery_form"
TOKEN = "token"  # noqa: S105 (the name of a form's field)
TOKEN_HEADER = "X-Chancery-Token"  # noqa: S105 (a header's name)
MOST_FILES = 50  # in one form
SESSION_SECONDS = 14 * 24 * 3600
_TRIES = 5
_PAUSE = 30.0  # seconds, after so many wrong passwords in a row


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. Where nobody logs in, everybody is the reviewer that the desk was opened for."""

    name: str
    role: Role
    logged_in: bool

    @property
    def may_judge(self) -> bool:
        """Whether judgements and new reports are taken from them."""
        return self.role == "reviewer"


class LoginWanted(Exception):
    """Nobody is logged in."""


class NotAllowed(Exception):
    """Somebody asks for what their role does not let them."""


class FormStale(Exception):
    """A form without the token this desk gave to this browser."""


def visitor_of(request: Request, desk: TheDesk) -> Visitor:
    """Who asks. Raises `LoginWanted`."""
    if desk.accounts is None:
        return Visitor(desk.options.reviewer, "reviewer", logged_in=False)
    account = _of_session(request, desk) or _of_header(request, desk)
    if account is None:
        raise LoginWanted
    return Visitor(account.name, account.role, logged_in=True)


TheVisitor = Annotated[Visitor, Depends(visitor_of)]


def reviewer_of(visitor: TheVisitor) -> Visitor:
    """Who asks, where they may judge. Raises `NotAllowed`."""
    if not visitor.may_judge:
        raise NotAllowed
    return visitor


TheReviewer = Annotated[Visitor, Depends(reviewer_of)]


def _signer(desk: Desk, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(desk.options.secret, salt=f"chancery {purpose}")


def _of_session(request: Request, desk: Desk) -> Account | None:
    given = request.cookies.get(SESSION)
    if not given or desk.accounts is None:
        return None
    try:
        found: Any = _signer(desk, "session").loads(given, max_age=SESSION_SECONDS)
        name, mark = str(found["name"]), str(found["mark"])
    except (BadSignature, KeyError, TypeError):
        return None
    account = desk.accounts.find(name)
    return account if account is not None and secrets.compare_digest(account.mark, mark) else None


def _of_header(request: Request, desk: Desk) -> Account | None:
    """By HTTP's own authentication, for programs that ask the API; it only reads."""
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic" or request.method not in ("GET", "HEAD"):
        return None
    try:
        name, _, password = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return verified(desk, name, password)


_failures: dict[str, tuple[int, float]] = {}


def verified(desk: Desk, name: str, password: str) -> Account | None:
    """The account, where name and password fit; after some wrong ones in a row nobody, for a while."""
    count, until = _failures.get(name, (0, 0.0))
    if desk.accounts is None or (count >= _TRIES and time.monotonic() < until):
        return None
    account = desk.accounts.verified(name, password)
    if account is None:
        if len(_failures) > 1000:
            _failures.clear()
        _failures[name] = (count + 1, time.monotonic() + _PAUSE)
    else:
        _failures.pop(name, None)
    return account


def open_session(request: Request, response: Response, desk: Desk, account: Account) -> None:
    """Let the browser be known as that account's."""
    value = _signer(desk, "session").dumps({"name": account.name, "mark": account.mark})
    _set_cookie(request, response, SESSION, value)


def close_session(response: Response) -> None:
    """Let the browser be nobody's again."""
    response.delete_cookie(SESSION, path="/", httponly=True, samesite="strict")


def _set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=SESSION_SECONDS, path="/", httponly=True, samesite="strict",
        secure=request.url.scheme == "https",
    )  # fmt: skip


def seed_of(request: Request) -> str:
    """What binds forms to this browser: its cookie's, else a new one that `keep_seed` sets."""
    found = getattr(request.state, "seed", None) or request.cookies.get(SEED)
    request.state.seed = found or secrets.token_urlsafe(18)
    return str(request.state.seed)


def keep_seed(request: Request, response: Response) -> None:
    """Set the cookie, where the browser has none."""
    if SEED not in request.cookies:
        _set_cookie(request, response, SEED, seed_of(request))


def token_for(request: Request, desk: Desk) -> str:
    """What a form of this browser has to bring back."""
    return _signer(desk, "form").dumps(seed_of(request))


async def checked(request: Request, desk: TheDesk) -> AsyncIterator[None]:
    """That a request which changes something comes from a page of ours. Raises `FormStale`.

    It reads the form with the desk's limits, and lets go of its files when the answer is made.
    """
    try:
        origin = request.headers.get("origin")
        if origin not in (None, f"{request.url.scheme}://{request.headers.get('host')}"):
            raise FormStale
        form = await request.form(max_files=MOST_FILES, max_part_size=desk.options.upload_limit)
        given = request.headers.get(TOKEN_HEADER) or str(form.get(TOKEN, ""))
        if not _fits(desk, given, request.cookies.get(SEED, "")):
            raise FormStale
        yield
    finally:
        await request.close()


def _fits(desk: Desk, token: str, seed: str) -> bool:
    try:
        found = _signer(desk, "form").loads(token, max_age=SESSION_SECONDS)
    except BadSignature:
        return False
    return secrets.compare_digest(str(found).encode(), seed.encode())


Checked = Depends(checked)
