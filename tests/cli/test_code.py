"""`chancery code` and `chancery ledger load`, with a reader of ours in this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chancery.ledger import open_ledger
from tests.archives.fakes import FakeReader, Serial
from tests.cli.conftest import Run
from tests.factories import TEXT


class Fake(FakeReader):
    def __init__(self, settings: Any = None) -> None:
        self.settings = settings


@pytest.fixture(autouse=True)
def readers(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many workers were asked for, each time."""
    asked: list[int] = []

    def pool(count: int, settings: Any) -> Serial:
        asked.append(count)
        return Serial()

    monkeypatch.setattr("chancery.archives.Pool", pool)
    monkeypatch.setattr("chancery.pipeline.Reader", Fake)
    return asked


def items(path: Path, *texts: str) -> Path:
    lines = [{"date": f"2009-05-{i + 10}", "body": f"{TEXT} {text}"} for i, text in enumerate(texts)]
    path.write_text("".join(json.dumps(n) + "\n" for n in lines), encoding="utf8")
    return path


FIELDS = ("--text-field", "body", "--date-field", "date", "--publisher", "The Daily")


def test_an_archive_is_coded_and_loaded(run: Run, tmp_path: Path, readers: list[int]) -> None:
    path = items(tmp_path / "items.jsonl", "One.", "Two.")
    ended = run("code", path, "coded", *FIELDS, "--workers", "3")
    assert ended.exit_code == 0, ended.stderr
    assert "coded: 2 reports, 4 events, read by fake-1" in ended.stderr
    assert readers == [3]
    assert run("code", path, "coded", *FIELDS).exit_code == 0
    assert readers == [3], "all was there: no worker is started"
    loaded = run("ledger", "load", "coded", "--ledger", "mine.db")
    assert loaded.exit_code == 0, loaded.stderr
    assert "2 new" in loaded.stderr
    assert "2 unchanged" in run("ledger", "load", "coded", "--ledger", "mine.db").stderr
    with open_ledger(str(tmp_path / "mine.db")) as ledger:
        assert {r.publisher for r in ledger.reports()} == {"The Daily"}
        assert len(ledger.events()) == 4


def test_reports_are_set_beside_each_other_if_asked(run: Run, tmp_path: Path) -> None:
    ended = run("code", items(tmp_path / "items.jsonl", "One.", "Two."), "coded", *FIELDS, "--reconcile")
    assert ended.exit_code == 0, ended.stderr
    assert "4 tellings of" in ended.stderr
    assert (tmp_path / "coded" / "occurrences" / "part-00000.parquet").exists()


def test_what_is_set_aside_ends_with_code_3(run: Run, tmp_path: Path) -> None:
    path = items(tmp_path / "items.jsonl", "One.")
    path.write_text(path.read_text(encoding="utf8") + "{}\n", encoding="utf8")
    ended = run("code", path, "coded", *FIELDS)
    assert ended.exit_code == 3
    assert "1 set aside" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["coded"], "at least one input"),
        (["a.jsonl", "coded", "--workers", "0"], "--workers '0'"),
        (["a.jsonl", "coded", "--chunk", "x"], "--chunk 'x'"),
        (["a.jsonl", "coded", "--published", "May"], "--published 'May'"),
    ],
)
def test_wrong_options_are_told(run: Run, arguments: list[str], problem: str) -> None:
    ended = run("code", *arguments)
    assert ended.exit_code == 2
    assert problem in ended.stderr


def test_a_folder_that_is_no_dataset_is_not_loaded(run: Run, tmp_path: Path) -> None:
    ended = run("ledger", "load", tmp_path, "--ledger", "mine.db")
    assert ended.exit_code == 6
    assert "no reports/month" in ended.stderr
