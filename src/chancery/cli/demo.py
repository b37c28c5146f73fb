"""`chancery demo`: the example reports, read into a ledger of their own, and its brief."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

import typer

import chancery
from chancery.cli import values
from chancery.cli.beside import set_beside
from chancery.cli.brief import print_brief
from chancery.cli.opening import tell_upgrade
from chancery.cli.reading import read_all, watched
from chancery.cli.screen import note, screen
from chancery.errors import InputError, KnowledgeError
from chancery.records import Report, report_id

MANIFEST = "manifest.jsonl"


def run_demo(
    ledger: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help="Keep the ledger here, not in a temporary folder."),
    ] = None,
    rows: Annotated[str, typer.Option(metavar="N", help="Rows of each list of the brief; 0 is all.")] = "10",
) -> None:
    """Reads the example reports and prints their brief.

    The ledger stays, so that `events` and `show` can be tried on it; where it is, is told last.
    """
    most = values.count("--rows", rows, least=0)
    settings = values.settings_with(ledger)
    place = settings.ledger if ledger else str(Path(tempfile.mkdtemp(prefix="chancery-")) / "demo.db")
    from chancery.analysis import brief
    from chancery.ledger import open_ledger
    from chancery.pipeline import Reader

    with open_ledger(place, create=True) as opened:
        tell_upgrade(opened)
        outcomes = read_all(example_reports(examples()), Reader(settings, opened.learned), opened)
        with watched(outcomes, bar=True) as moving:
            number = sum(1 for _ in moving)
        set_beside(opened)
        note(f"{number} example reports are in {opened.place}")
        print_brief(brief(opened), screen(), most)
        sys.stdout.flush()
        note(f"look further: chancery events --ledger {place}; chancery show ID --ledger {place}")


def examples() -> Traversable:
    """The folder of example reports: in the package, or beside the source it runs from.

    Raises `KnowledgeError` where there is none.
    """
    packed = resources.files("chancery") / "examples"
    beside = Path(chancery.__file__).resolve().parents[2] / "examples"
    for folder in (packed, beside):
        if (folder / MANIFEST).is_file():
            return folder
    raise KnowledgeError("examples", MANIFEST, "is missing; install chancery again")


def example_reports(folder: Traversable) -> Iterator[Report | InputError]:
    """The reports that the manifest names, in its order."""
    for line in (folder / MANIFEST).read_text(encoding="utf8").splitlines():
        entry = json.loads(line)
        text = (folder / entry["name"]).read_text(encoding="utf8")
        yield Report(
            id=report_id(text, entry["publisher"]),
            text=text,
            file=entry["name"],
            title=entry["title"],
            publisher=entry["publisher"],
            published=date.fromisoformat(entry["published"]),
            url=entry["url"],
            language="en",
        )
