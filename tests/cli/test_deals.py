"""`promises`, `deals`, `deal`, `exchange`: tables, CSV, JSON lines, drawings, and wrong options."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chancery.ledger import open_ledger
from chancery.wording.deal_rows import DEAL_COLUMNS, EXCHANGE_COLUMNS, PROMISE_COLUMNS
from tests.cli.conftest import Run
from tests.factories import (
    TEXT,
    full_reading,
    make_amount,
    make_event,
    make_reading,
    make_report,
    make_time,
)

LISTS = {"promises": PROMISE_COLUMNS, "deals": DEAL_COLUMNS, "exchange": EXCHANGE_COLUMNS}


@pytest.fixture
def ledger(place: str) -> str:
    """The recognition and its loan; and a year later a promise that is due and not told of again."""
    promised = make_event(
        "p1",
        ("BOR",),
        ("RUR",),
        act="AID",
        instrument="arms",
        status="promised",
        time=make_time(date(2010, 7, 1), date(2010, 7, 31)),
        amounts=(make_amount(5e8, text="=5e8"),),
    )
    report = make_report(TEXT + " Again.", published=date(2010, 6, 10), file="gazette2.txt")
    other = make_report(TEXT + " Later.", published=date(2011, 6, 10), file="gazette3.txt")
    with open_ledger(place) as book:
        book.store(make_reading([promised], report=report))
        book.store(make_reading([], report=other))
    return place


def rows(output: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output)))


@pytest.mark.parametrize("command", LISTS)
def test_lists_in_three_shapes(run: Run, ledger: str, command: str) -> None:
    table = run(command, "--ledger", ledger)
    assert table.exit_code == 0, table.output
    assert "Ruritania" in table.output
    found = rows(run(command, "--ledger", ledger, "--format", "csv").stdout)
    assert list(found[0]) == list(LISTS[command])
    objects = [
        json.loads(x) for x in run(command, "--ledger", ledger, "--format", "jsonl").stdout.splitlines()
    ]
    assert len(objects) == len(found)
    assert list(objects[0]) == list(LISTS[command])


def test_a_cell_starts_no_formula(run: Run, ledger: str) -> None:
    found = rows(run("promises", "--ledger", ledger, "--format", "csv").stdout)
    assert found[0]["amounts"] == "'=5e8"


def test_overdue_and_silent(run: Run, ledger: str) -> None:
    assert "p1" in run("promises", "--ledger", ledger, "--overdue").stdout
    assert "silence is not breach" in run("promises", "--ledger", ledger).stdout
    assert "p1" in run("promises", "--ledger", ledger, "--silent-for", "300d").stdout
    assert "no promise" in run("promises", "--ledger", ledger, "--silent-for", "2y").stderr
    assert "no promise" in run("promises", "--ledger", ledger, "--actor", "GRA").stderr
    assert "no promise" in run("promises", "--ledger", ledger, "--fulfilment", "kept").stderr
    assert "no promise" in run("promises", "--ledger", ledger, "--since", "2011-01-01").stderr


def test_a_deal_is_shown_with_its_axes_and_tellings(run: Run, ledger: str) -> None:
    found = rows(run("deals", "--ledger", ledger, "--with-return", "--format", "csv").stdout)
    assert [r["instrument"] for r in found] == ["loan"]
    shown = run("deal", found[0]["deal"], "--ledger", ledger).stdout
    for words in (
        "stage",
        "fulfilment",
        "evidence",
        "schedule",
        "IN RETURN",
        "in return for",
        "Ruritania recognized Graustark in May",
    ):
        assert words in shown
    wrong = run("deal", "d0", "--ledger", ledger)
    assert wrong.exit_code == 5
    assert "`chancery deals`" in wrong.stderr


def test_sums_say_what_they_count(run: Run, ledger: str) -> None:
    shown = run("deals", "--ledger", ledger, "--sums").stdout
    assert "USD 1 billion" in shown
    assert "1 only a bound" in shown
    assert "promised" in shown


def test_the_price_list(run: Run, ledger: str) -> None:
    found = rows(run("exchange", "--ledger", ledger, "--whom", "Graustark", "--format", "csv").stdout)
    row = next(r for r in found if r["how"] != "near")
    assert (row["state"], row["whom"], row["given"], row["how"]) == ("RUR", "GRA", "loan", "stated")
    assert "No test of closeness" in run("exchange", "--ledger", ledger).stdout
    assert "no favour" in run("exchange", "--ledger", ledger, "--take", "vote").stderr


def test_a_drawing(run: Run, ledger: str, tmp_path: Path) -> None:
    made = tmp_path / "plot.svg"
    assert run("exchange", "--ledger", ledger, "--plot", made).exit_code == 0
    assert made.read_text(encoding="utf8").startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("exchange", "--give", "loan,gold"), "'gold' is unknown"),
        (("exchange", "--give", ","), "names nothing"),
        (("exchange", "--plot", "plot.pdf"), ".png, .svg, .html"),
        (("exchange", "--plot", "nowhere/plot.svg"), "no folder"),
        (("exchange", "--near", "-3"), "whole number"),
        (("exchange", "--whom", "Nowhere"), "no actor known"),
        (("promises", "--silent-for", "soon"), "no length of time"),
        (("promises", "--kind", "oath"), "allowed are"),
        (("promises", "--since", "2010"), "YYYY-MM-DD"),
        (("promises", "--since", "2010-01-02", "--until", "2010-01-01"), "is later than --until"),
        (("deals", "--since", "2010-01-02", "--until", "2010-01-01"), "is later than --until"),
        (("exchange", "--since", "2010-01-02", "--until", "2010-01-01"), "is later than --until"),
        (("deals", "--stage", "done"), "allowed are"),
    ],
)
def test_wrong_options_are_told(run: Run, ledger: str, arguments: tuple[str, ...], says: str) -> None:
    result = run(*arguments, "--ledger", ledger)
    assert result.exit_code == 2
    assert says in result.stderr


def test_as_of_an_earlier_day(run: Run, ledger: str) -> None:
    assert "no promise" in run("promises", "--ledger", ledger, "--as-of", "2001-01-01").stderr


def test_reading_again_changes_nothing(run: Run, ledger: str) -> None:
    before = run("deals", "--ledger", ledger, "--format", "csv").stdout
    with open_ledger(ledger) as book:
        book.store(replace(full_reading()))
    assert run("deals", "--ledger", ledger, "--format", "csv").stdout == before
