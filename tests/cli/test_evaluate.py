"""`chancery evaluate`: figures in a table, misses on demand, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

ROWS = [{"text": "It paid 7 khors and $5.", "quantities": [{"value": "7", "normalized_unit": "dollar"}]}]


def test_figures_and_misses(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sums.json"
    file.write_text(json.dumps(ROWS), encoding="utf8")
    ended = run("evaluate", "cqe", file, "--misses", "1")
    assert ended.exit_code == 0
    lines = [line.split() for line in ended.stdout.splitlines()]
    assert ["F1", "0.000"] in lines
    assert ["gold", "1"] in lines
    assert "missed 7 USD, read 5 USD" in ended.stdout
    assert "missed" not in run("evaluate", "cqe", file).stdout


def test_an_unknown_measure(run: Run) -> None:
    ended = run("evaluate", "muc", "file")
    assert ended.exit_code == 2
    assert "polnear, cameo_ner" in ended.stderr


def test_a_wrong_form_ends_with_3(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sums.json"
    file.write_text("{}", encoding="utf8")
    ended = run("evaluate", "cqe", file)
    assert ended.exit_code == 3
    assert len(ended.stderr.splitlines()) == 1
