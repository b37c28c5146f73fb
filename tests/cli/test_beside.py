"""`reconcile`, `timeline` and `differences`, and that reading and judging keep them up to date."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chancery.ledger import open_ledger
from chancery.reconcile import reconcile
from tests.cli.conftest import Items, Run, report_in
from tests.factories import make_amount
from tests.reconcile.made import reading_of

LOAN: dict[str, Any] = {
    "act": "AID", "instrument": "loan", "actors": ("BOR",), "recipients": ("RUR",), "trigger": "lent",
}  # fmt: skip
FIRST = "Borduria lent Ruritania a billion crowns for its railway."
SECOND = (
    "The railway is paid for with a billion crowns that Borduria lent Ruritania, whose queen gave thanks."
)
HOSTILE = "=cmd() <script>alert(1)</script> \x1b[31m Borduria lent Ruritania crowns for its railway."


@pytest.fixture
def told_twice(tmp_path: Path) -> str:
    """A ledger in which two reports tell one loan, with sums that are not quite alike."""
    made = str(tmp_path / "twice.db")
    with open_ledger(made, create=True) as ledger:
        ledger.store(reading_of("a", FIRST, [dict(LOAN, amounts=(make_amount(1e9),))]))
        later = date(2009, 6, 11)
        ledger.store(reading_of("b", SECOND, [dict(LOAN, amounts=(make_amount(1.03e9),))], published=later))
        ledger.store(reading_of("c", "Syldavia recognized Graustark.", [{"actors": ("SYL",)}]))
        reconcile(ledger)
    return made


def test_a_timeline_tells_each_act_once(run: Run, told_twice: str) -> None:
    result = run("timeline", "--actor", "Ruritania", "--with", "BOR", "--ledger", told_twice)
    assert result.exit_code == 0, result.output
    rows = [line for line in result.stdout.splitlines() if "Borduria" in line]
    assert len(rows) == 1
    assert "2 origins" in rows[0]
    assert "Syldavia" not in result.stdout


def test_show_and_brief_count_origins(run: Run, told_twice: str) -> None:
    shown = run("show", "b-0", "--ledger", told_twice)
    assert any(line.split() == ["told", "by", "2", "origins"] for line in shown.stdout.splitlines())
    alone = run("show", "c-0", "--ledger", told_twice)
    assert any(line.split() == ["told", "by", "1", "origin"] for line in alone.stdout.splitlines())
    words = "1 act told by several reports, 1 of them by several independent origins."
    assert words in run("brief", "--ledger", told_twice).stdout


def test_a_timeline_as_rows(run: Run, told_twice: str) -> None:
    result = run("timeline", "--format", "csv", "--reports", "2", "--ledger", told_twice)
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["origins"], row["reports"], row["actors"]) == ("2", "2", "BOR")
    objects = run("timeline", "--format", "jsonl", "--instrument", "loan", "--ledger", told_twice)
    (found,) = [json.loads(line) for line in objects.stdout.splitlines()]
    assert [m["event"] for m in found["members"]] == ["a-0", "b-0"]
    assert found["members"][1]["reasons"]


def test_differences_show_both_passages(run: Run, told_twice: str) -> None:
    result = run("differences", "--actor", "RUR", "--ledger", told_twice)
    assert "rounding or currency" in result.stdout
    assert "Borduria lent Ruritania a billion crowns" in result.stdout
    assert "whose queen gave thanks" in " ".join(result.stdout.split())
    result = run("differences", "--format", "csv", "--ledger", told_twice)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [r["difference"] for r in rows] == ["1", "1"]
    result = run("differences", "--format", "jsonl", "--kind", "rounding", "--ledger", told_twice)
    (found,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert [s["passage"] for s in found["sides"]] == [FIRST, SECOND]
    result = run("differences", "--kind", "dispute", "--ledger", told_twice)
    assert result.stdout == ""
    assert "part nowhere" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("differences", "--kind", "quarrel"), "allowed are update, scope"),
        (("timeline", "--actor", "Atlantis"), "no actor known here"),
        (("timeline", "--since", "2009-02-01", "--until", "2009-01-01"), "nothing lies between"),
        (("timeline", "--reports", "0"), "whole number of 1 or more"),
        (("timeline", "--html", "/nowhere/x.html"), "cannot be written"),
    ],
)
def test_what_is_wrong_is_said(run: Run, told_twice: str, arguments: tuple[str, ...], says: str) -> None:
    result = run(*arguments, "--ledger", told_twice)
    assert result.exit_code == 2
    assert says in result.stderr


def test_hostile_words_stay_words(run: Run, tmp_path: Path) -> None:
    place = str(tmp_path / "hostile.db")
    with open_ledger(place, create=True) as ledger:
        ledger.store(reading_of("a", HOSTILE, [dict(LOAN)], publisher="<b>=1+1"))
        ledger.store(reading_of("b", HOSTILE + " So?", [dict(LOAN, status="planned")], publisher="=x"))
        reconcile(ledger)
    page = tmp_path / "page.html"
    assert run("timeline", "--html", page, "--ledger", place).exit_code == 0
    html = page.read_text(encoding="utf8")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "default-src &#x27;none&#x27;" in html
    for command in ("timeline", "differences"):
        for shape in ("table", "csv"):
            out = run(command, "--format", shape, "--ledger", place).stdout
            assert "\x1b" not in out
            assert not any(cell.startswith("=") for row in csv.reader(io.StringIO(out)) for cell in row)


def test_reading_sets_reports_beside_each_other(run: Run, reader: Any, inputs: Items, tmp_path: Path) -> None:
    inputs |= {"a.txt": report_in("a.txt"), "b.txt": report_in("b.txt")}
    assert run("read", "a.txt", "--ledger", "x.db").exit_code == 0
    assert run("read", "b.txt", "--ledger", "x.db").exit_code == 0
    with open_ledger(str(tmp_path / "x.db")) as ledger:
        assert ledger.reconciled()
        assert any(len({m.report for m in o.members}) == 2 for o in ledger.occurrences())


def test_judging_does_too(run: Run, told_twice: str) -> None:
    assert run("judge", "split", "a-0", "b-0", "--ledger", told_twice).exit_code == 0
    result = run("timeline", "--format", "csv", "--instrument", "loan", "--ledger", told_twice)
    assert len(list(csv.DictReader(io.StringIO(result.stdout)))) == 2


def test_reconcile_says_what_it_did(run: Run, told_twice: str) -> None:
    result = run("reconcile", "--again", "--ledger", told_twice)
    assert "3 reports looked at, 3 tellings placed, 1 of them with acts already told; 2 acts" in result.stderr
