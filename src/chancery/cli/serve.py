"""`chancery serve`: the desk."""

from __future__ import annotations

import ipaddress
import os
import secrets
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli import values
from chancery.cli.opening import LedgerOption, tell_upgrade
from chancery.cli.screen import note
from chancery.errors import DeskError, UsageError

if TYPE_CHECKING:
    from chancery.web import Accounts

AccountsOption = Annotated[
    str | None,
    typer.Option(
        "--accounts",
        metavar="PLACE",
        help="Who may log in (default CHANCERY_ACCOUNTS, else chancery.accounts).",
    ),
]
DEFAULT_ACCOUNTS = "chancery.accounts"
_LOCAL_NAMES = frozenset(("localhost", "127.0.0.1", "::1"))
_HIGHEST_PORT = 65_535
_NOT_BUILT = (
    "the desk's scripts and styles are not built, so that it opens bare and without keys; "
    "in a clone, `python frontend/build.py` builds them"
)


def accounts_place(given: str | None) -> str:
    """Where the accounts are kept: as an option says, else the environment, else beside the ledger."""
    return given or os.environ.get("CHANCERY_ACCOUNTS") or DEFAULT_ACCOUNTS


def serve_desk(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The address to listen on; 0.0.0.0 is all of this machine.")
    ] = "127.0.0.1",
    port: Annotated[str, typer.Option(metavar="N", help="The port; 0 takes a free one.")] = "8765",
    login: Annotated[
        bool, typer.Option("--login", help="Ask for name and password on this machine, too.")
    ] = False,
    reviewer: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Who judges where nobody logs in (default CHANCERY_REVIEWER or who is logged in).",
        ),
    ] = None,
    accounts: AccountsOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Opens the desk: the ledger in a browser, and its REST API under /api.

    On this machine's own address (the default) nobody has to log in. On any other it needs accounts,
    which `chancery user add` makes, and refuses to start without. It makes a ledger where there is
    none. Nothing is fetched from other sites. Ctrl-C ends it.
    """
    own = _is_loopback(host)
    number = values.count("--port", port, least=0) or 0
    if number > _HIGHEST_PORT:
        raise UsageError(f"--port {port} is beyond {_HIGHEST_PORT}")
    people = None if own and not login else _accounts(accounts_place(accounts), host)
    from chancery.ledger import open_ledger
    from chancery.web import DeskOptions, assets_are_built, make_app

    settings = values.settings_with(ledger)
    opened = open_ledger(settings.ledger, create=True)
    tell_upgrade(opened)
    if not assets_are_built():
        note(_NOT_BUILT)
    options = DeskOptions(
        settings=settings,
        reviewer="" if people else values.reviewer(reviewer),
        secret=people.secret() if people else secrets.token_hex(32),
        hosts=_LOCAL_NAMES if own else frozenset(),
    )
    listening = _listen(host, number)
    shown = f"[{host}]" if ":" in host else host
    note(
        f"the desk on {opened.place} is open at http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends it)"
    )
    _serve(make_app(opened, options, people), listening)


def _is_loopback(host: str) -> bool:
    """Whether nobody outside this machine can reach it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _accounts(place: str, host: str) -> Accounts:
    from chancery.web import open_accounts

    found = open_accounts(place)
    if not found.count():
        found.close()
        raise DeskError(
            f"there are no accounts at {place}, and at {host} others could read and judge; "
            "`chancery user add NAME` makes one"
        )
    return found


def _listen(host: str, port: int) -> socket.socket:
    """Raises `DeskError` where that is not possible."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host.strip("[]"), port))
    except OSError as error:
        made.close()
        raise DeskError(
            f"cannot listen on {host}, port {port} ({error.strerror or error}); give another --host or --port"
        ) from error
    return made


def _serve(app: object, listening: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)  # type: ignore[arg-type]
    uvicorn.Server(config).run(sockets=[listening])
