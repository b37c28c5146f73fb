"""`chancery export`: files, notes of what was left out, refusals."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_it_writes_a_file_and_tells_of_it(run: Run, place: str) -> None:
    ended = run("export", "--layout", "csv", "out.csv", "--ledger", place)
    assert (ended.exit_code, ended.stdout, ended.stderr) == (0, "", "out.csv: 2 records\n")
    with Path("out.csv").open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["instrument"] for row in rows} == {"recognition", "loan"}


def test_filters_are_those_of_events(run: Run, place: str) -> None:
    ended = run("export", "--layout", "csv", "out.csv", "--instrument", "loan", "--ledger", place)
    assert ended.stderr == "out.csv: 1 record\n"


def test_a_folder_and_what_is_left_out_are_told(run: Run, place: str) -> None:
    ended = run("export", "--layout", "gdelt", "g", "--ledger", place)
    assert ended.stderr == "g/export.CSV: 2 records\ng/mentions.CSV: 2 records\n"
    ended = run("export", "--layout", "sipri", "s.csv", "--ledger", place)
    assert ended.stderr == "s.csv: 0 records\nleft out: 1 deal: not about arms\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--layout", "xls", "out"), 2, "--layout 'xls' is unknown; allowed are csv, parquet"),
        (("--layout", "csv", "no/such/out.csv"), 7, "could not be written (No such file or directory)"),
        (("--layout", "csv", "."), 2, "names no file"),
        (("--layout", "csv", "out", "--instrument", "lone"), 2, "'lone' is unknown"),
    ],
)
def test_a_wrong_wish_is_told(run: Run, place: str, arguments: tuple[str, ...], code: int, said: str) -> None:
    ended = run("export", *arguments, "--ledger", place)
    assert ended.exit_code == code
    assert said in ended.stderr


def test_what_is_there_is_not_written_over(run: Run, place: str) -> None:
    Path("out.csv").write_text("mine")
    ended = run("export", "--layout", "csv", "out.csv", "--ledger", place)
    assert ended.exit_code == 7
    assert "out.csv is there already; name another, or add --replace" in ended.stderr
    assert Path("out.csv").read_text() == "mine"
    assert run("export", "--layout", "csv", "out.csv", "--replace", "--ledger", place).exit_code == 0


def test_a_mark_and_raw_cells(run: Run, place: str) -> None:
    run("export", "--layout", "csv", "out.csv", "--mark", "--raw-cells", "--ledger", place)
    assert Path("out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
