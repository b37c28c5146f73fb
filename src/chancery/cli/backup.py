"""`chancery backup`: a copy of a ledger, while it is in use."""

from __future__ import annotations

from typing import Annotated

import typer

from chancery.cli import values
from chancery.cli.opening import LedgerOption, opened, originals_for
from chancery.cli.screen import note


def back_up(
    destination: Annotated[
        str, typer.Argument(metavar="DEST", help="The file to make; there must be none of that name.")
    ],
    ledger: LedgerOption = None,
) -> None:
    """Copies the ledger into a file, while others read and write.

    The copy holds what was confirmed when it began, is checked, and takes its name only when it is
    whole. It is a ledger like any other. A ledger on a server is backed up with the server's own
    tools, for instance pg_dump. The originals of pages beside the ledger are copied too; a folder that
    CHANCERY_ORIGINALS names is not.
    """
    from chancery.ledger import originals_of

    with opened(ledger) as book:
        reports, size = book.backup(destination)
    settings = values.settings_with(ledger)
    kept, beside = originals_for(settings), originals_of(destination)
    copied = kept.copy_to(beside.folder) if kept and beside and not settings.originals else 0
    if copied:
        note(f"{destination}.originals: {copied:,} files of pages, papers and mails")
    note(f"{destination}: {reports} reports, {size:,} bytes; checked and whole")
