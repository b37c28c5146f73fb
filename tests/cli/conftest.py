"""The program run in this process, on invented states, with a reader and a loader of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from chancery.cli import app
from chancery.errors import InputError
from chancery.ledger import open_ledger
from chancery.records import Reading, Report
from chancery.settings import Settings
from tests.factories import full_reading, make_event, make_reading, make_report

Items = dict[str, Report | InputError]


Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `chancery ARGUMENTS` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHANCERY_LEDGER", raising=False)
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(a) for a in arguments])


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A ledger with two events and a link: a recognition, and a loan in return."""
    made = str(tmp_path / "filled.db")
    with open_ledger(made, create=True) as ledger:
        ledger.store(full_reading())
    return made


class FakeReader:
    """Tells one recognition in each report; `read_files` lists what it was given."""

    version = "fake-1"
    read_files: list[str] = []  # noqa: RUF012  a record for tests, emptied by the fixture
    change: Callable[[Reading], Reading] = staticmethod(lambda reading: reading)

    def __init__(self, settings: Settings | None = None, learned: object = None) -> None:
        self.settings = settings

    def read(self, report: Report) -> Reading:
        self.read_files.append(report.file)
        event = make_event(f"e{report.id[:8]}", confidence=0.4)
        sure = make_event(f"f{report.id[:8]}", confidence=0.9, status="promised")
        made = make_reading([event, sure], report=report, version=self.version)
        return type(self).change(made)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> type[FakeReader]:
    """The pipeline's reader, replaced."""
    monkeypatch.setattr("chancery.pipeline.Reader", FakeReader)
    monkeypatch.setattr(FakeReader, "read_files", [])
    return FakeReader


@pytest.fixture
def inputs(monkeypatch: pytest.MonkeyPatch) -> Items:
    """What the loader gives for each file name; a test fills it."""
    known: Items = {}

    def load(
        paths: Sequence[str], *, published: date | None, settings: Settings
    ) -> Iterator[Report | InputError]:
        for path in paths:
            item = known[path]
            if isinstance(item, Report) and item.published is None:
                item = replace(item, published=published)
            yield item

    monkeypatch.setattr("chancery.ingest.load", load, raising=False)
    return known


def report_in(file: str, **changes: Any) -> Report:
    """A report of its own in that file."""
    filler = "Ruritania recognized Graustark in May, says "
    return make_report(f"{filler}{file}.", **({"file": file} | changes))
