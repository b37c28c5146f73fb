"""A ledger opened for a command: with what a person has to know of it, and as of a day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli import values
from chancery.cli.screen import note

if TYPE_CHECKING:
    from chancery.ledger import Ledger, Originals
    from chancery.settings import Settings

LedgerOption = Annotated[str | None, typer.Option(metavar="PLACE", help="The ledger (default chancery.db).")]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DAY", help="What it said at the end of that day (UTC), or at an instant."
    ),
]


NoOriginalsOption = Annotated[
    bool, typer.Option("--no-originals", help="Do not keep the bytes of pages, papers and mails.")
]


def originals_for(settings: Settings, *, unwanted: bool = False) -> Originals | None:
    """Where the bytes of pages are kept for the settings' ledger, if they are."""
    from chancery.ledger import originals_of

    return None if unwanted else originals_of(settings.ledger, settings.originals)


@contextmanager
def opened(ledger: str | None, as_of: str | None = None, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger an option names, as of the day another names; an upgrade is told on standard error."""
    from chancery.ledger import open_ledger

    instant = values.instant("--as-of", as_of)
    with open_ledger(values.settings_with(ledger).ledger, create=create) as found:
        tell_upgrade(found)
        yield found if instant is None else found.at(instant)


def tell_upgrade(ledger: Ledger) -> None:
    """Say that a ledger of an older schema was brought up to date."""
    if ledger.upgraded_from is not None:
        older = ledger.upgraded_from
        note(f"{ledger.place}: upgraded from schema {older}; nothing was lost; older programs cannot open it")
