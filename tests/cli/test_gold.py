"""`chancery gold`: rows and texts are written, and the texts can be read."""

from __future__ import annotations

import json
from pathlib import Path

from chancery.ingest import load
from chancery.records import Report
from chancery.settings import Settings
from tests.cli.conftest import Run
from tests.ingest.gold.test_gold import TEXT, task


def test_gold_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(json.dumps([task(), {}]))
    ended = run("gold", "t.json", "--out", "g.jsonl", "--texts", "r.jsonl")
    assert ended.exit_code == 3
    assert "t.json, task 2: " in ended.stderr
    assert "1 annotated reports with 2 acts" in ended.stderr
    (row,) = map(json.loads, (tmp_path / "g.jsonl").read_text().splitlines())
    (report,) = load([str(tmp_path / "r.jsonl")], published=None, settings=Settings())
    assert isinstance(report, Report)
    assert (report.id, report.text, report.publisher) == (row["key"], TEXT, "P")
    assert len(run("gold", "t.json").stdout.splitlines()) == 1
    assert run("gold", "t.json", "--out", "no/such/folder").exit_code == 2
