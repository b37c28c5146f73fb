"""`chancery ledger load`: a dataset of `chancery code` into a ledger."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from chancery.cli import values
from chancery.cli.opening import tell_upgrade
from chancery.cli.screen import note


def load_dataset(
    out: Annotated[str, typer.Argument(metavar="OUT", help="The folder that `chancery code` wrote.")],
    ledger: Annotated[
        str | None, typer.Option(metavar="PLACE", help="The ledger (default chancery.db).")
    ] = None,
) -> None:
    """Takes a dataset into a ledger, made where there is none.

    A reading that the ledger holds already changes nothing; one by another version follows on the
    earlier, as with `chancery read`. Into an empty ledger everything goes in one transaction: broken
    off, nothing of it is there.
    """
    from chancery.archives import readings
    from chancery.ledger import open_ledger

    place = values.settings_with(ledger).ledger
    counts: Counter[str] = Counter()
    with open_ledger(place, create=True) as kept:
        tell_upgrade(kept)
        for stored in kept.bulk_load(readings(Path(out))):
            counts[stored.outcome] += 1
    told = ", ".join(f"{number:,} {outcome}" for outcome, number in counts.items()) or "nothing"
    note(f"{kept.place}: {told}; `chancery brief` gives it at a glance")
