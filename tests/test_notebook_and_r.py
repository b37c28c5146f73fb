"""The notebook and the R script of the docs run; without R, the script's columns are those of the tables."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import chancery
from chancery.tables import TABLES
from tests.analysis.layouts.gold import gold_readings

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK, SCRIPT = ROOT / "docs/notebook.ipynb", ROOT / "docs/dyad_series.R"


def test_the_notebook_is_one() -> None:
    nbformat = pytest.importorskip("nbformat")
    nbformat.validate(nbformat.read(NOTEBOOK, as_version=4))


def test_the_notebooks_cells_run_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for cell in json.loads(NOTEBOOK.read_text("utf8"))["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)  # noqa: S102 (our own)
    shown = capsys.readouterr().out
    assert "SUPPORT recognition" in shown
    assert shown.count(" new\n") == 4
    assert "panel.csv" in shown


def test_the_r_script_asks_for_columns_that_are_there() -> None:
    script = SCRIPT.read_text("utf8")
    asked = re.findall(r'"(\w+)\.parquet"\),\s*col_select = c\(([^)]*)\)', script)
    assert {table for table, _ in asked} == {"events", "parties"}
    for table, columns in asked:
        there = {column.name for column in TABLES[table].columns}  # type: ignore[index]
        assert set(re.findall(r'"(\w+)"', columns)) <= there


def _r_has(package: str) -> bool:
    rscript = shutil.which("Rscript")
    asked = f'quit(status = !requireNamespace("{package}", quietly = TRUE))'
    return rscript is not None and subprocess.run([rscript, "-e", asked], check=False).returncode == 0


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_the_r_script_draws_a_dyad(tmp_path: Path) -> None:
    if not (_r_has("arrow") and _r_has("dplyr")):
        pytest.skip("R has no arrow or no dplyr")
    with chancery.open(tmp_path / "l.db", create=True) as ledger:
        for reading in gold_readings():
            ledger.store(reading)
        chancery.export(ledger, "parquet", tmp_path / "tables")
    picture = tmp_path / "series.png"
    command = ["Rscript", str(SCRIPT), str(tmp_path / "tables"), "USA", "TWN", str(picture)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stderr
    assert "USA to TWN" in ended.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")
