"""`chancery user`: who may log in to the desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli import values
from chancery.cli.screen import Column, note, screen, table
from chancery.cli.serve import AccountsOption, accounts_place
from chancery.errors import UsageError

if TYPE_CHECKING:
    from chancery.web import Accounts

WHAT = ("add", "password", "role", "remove", "list")


def manage_users(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="add, password, role, remove or list.")],
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Whose account.")] = None,
    role: Annotated[
        str | None, typer.Option(metavar="reader|reviewer", help="What they may do (default reviewer).")
    ] = None,
    accounts: AccountsOption = None,
) -> None:
    """Says who may log in to the desk.

    add makes an account, password changes its password, role its role, remove ends it, list lists
    all. Readers look at everything; reviewers judge lines and hand in reports. The password is asked for, or
    read from standard input if that is no terminal: one line. It needs ten characters and is kept as
    an argon2id hash, in a file of its own, not in the ledger. What somebody judged stays when their
    account goes.
    """
    asked = values.one_of("WHAT", what, WHAT)
    if (asked == "list") == (name is not None):
        raise UsageError(f"{asked} takes {'no' if name else 'a'} NAME")
    if role is not None and asked not in ("add", "role"):
        raise UsageError(f"--role goes with add and role, not with {asked}")
    with _opened(accounts) as found:
        if name is None:
            _list(found)
        else:
            _change(found, asked, name, role)


@contextmanager
def _opened(accounts: str | None) -> Iterator[Accounts]:
    from chancery.web import open_accounts

    found = open_accounts(accounts_place(accounts))
    try:
        yield found
    finally:
        found.close()


def _change(found: Accounts, asked: str, name: str, role: str | None) -> None:
    match asked:
        case "add":
            made = found.add(name, role or "reviewer", _password())
            note(f"{made.name} may log in, as {made.role}")
        case "password":
            found.change_password(name, _password())
            note(f"{name} has another password; older sessions have ended")
        case "role":
            if role is None:
                raise UsageError("role needs --role reader or --role reviewer")
            found.change_role(name, role)
            note(f"{name} is {role} now")
        case _:
            found.remove(name)
            note(f"{name} may not log in any more; what they judged stays")


def _password() -> str:
    """Typed twice and not shown, or one line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _list(found: Accounts) -> None:
    rows = [(a.name, a.role, f"{a.made_at:%Y-%m-%d %H:%M}") for a in found.all()]
    if rows:
        columns = (Column("name"), Column("role"), Column("made (UTC)", keep=True))
        screen().show(table(columns, rows))
    else:
        note("nobody has an account yet; `chancery user add NAME` makes one")
