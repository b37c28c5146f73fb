"""`chancery events` and `chancery reports`: filters, shapes, and cells that are safe."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from chancery.ledger import open_ledger
from chancery.records import Goods, Span
from chancery.wording.rows import EVENT_COLUMNS, REPORT_COLUMNS
from tests.cli.conftest import Run
from tests.factories import make_event, make_reading, make_report, make_speaker


def ids(stdout: str) -> list[str]:
    return [json.loads(line)["id"] for line in stdout.splitlines()]


def cells(stdout: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(stdout)))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), ["a1", "b2"]),
        (("--actor", "RUR"), ["a1"]),
        (("--actor", "borduria"), ["b2"]),
        (("--actor", "RUR", "--actor", "BOR"), ["a1", "b2"]),
        (("--recipient", "gra"), ["a1"]),
        (("--between", "RUR", "Borduria"), ["b2"]),
        (("--between", "GRA", "BOR"), []),
        (("--act", "aid"), ["b2"]),
        (("--instrument", "recognition"), ["a1"]),
        (("--instrument", "debt-relief"), []),
        (("--status", "occurred", "--limit", "1"), ["a1"]),
        (("--status", "promised"), []),
        (("--since", "2009-06-01"), ["a1"]),
        (("--until", "2009-05-31"), ["b2"]),
        (("--report", "gazette.txt"), ["a1", "b2"]),
        (("--min-confidence", "0.95"), []),
    ],
)
def test_filters(run: Run, place: str, arguments: tuple[str, ...], expected: list[str]) -> None:
    ended = run("events", *arguments, "--format", "jsonl", "--ledger", place)
    assert (ended.exit_code, ids(ended.stdout)) == (0, expected)
    assert ("no event of this ledger fits" in ended.stderr) == (not expected)


def test_an_actor_of_the_codebook_that_the_ledger_lacks_is_no_mistake(
    run: Run, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chancery.cli.values._in_codebook", lambda given: given.upper())
    ended = run("events", "--actor", "fra", "--ledger", place)
    assert (ended.exit_code, ended.stdout) == (0, "")


def test_joint_acts_are_between_two_if_no_third_is_named(run: Run, tmp_path: Path) -> None:
    joint = make_event("joint", ("RUR", "BOR"), (), act="CONSULT", instrument="talks")
    third = make_event("third", ("RUR", "BOR"), ("SYL",), act="AID")
    with open_ledger(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.store(make_reading([joint, third]))
    arguments = ("events", "--format", "jsonl", "--ledger", "l.db", "--between")
    assert ids(run(*arguments, "RUR", "BOR").stdout) == ["joint"]
    assert ids(run(*arguments, "SYL", "BOR").stdout) == ["third"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--act", "ade"), "--act 'ade' is unknown (did you mean AID?); allowed are AGREE, CONS"),
        (("--status", "promise"), "(did you mean promised?); allowed are occurred, ongoing"),
        (("--instrument", "lones"), "(did you mean loan?); allowed are recognition, relations"),
        (("--format", "xml"), "allowed are table, csv, jsonl"),
        (
            ("--actor", "Bordurai"),
            "(did you mean BOR (Borduria)?); this ledger names BOR, GRA, RUR",
        ),
        (("--between", "RUR", "rur"), "names one actor twice"),
        (("--since", "2009-02-30"), "--since '2009-02-30' is not a day"),
        (("--until", "yesterday"), "--until 'yesterday' is not a day"),
        (("--since", "2010-01-01", "--until", "2009-01-01"), "is later than"),
        (("--limit", "0"), "--limit '0' is not a whole number of 1 or more"),
        (("--limit", "٣"), "is not a whole number"),
        (("--min-confidence", "high"), "is not a number from 0 to 1"),
        (("--report", "gazete.txt"), "(did you mean gazette.txt?)"),
        (("--report", ""), "is no report of this ledger"),
    ],
)
def test_wrong_values_name_the_allowed_ones(
    run: Run, place: str, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.setattr("chancery.cli.values._in_codebook", lambda given: None)
    ended = run("events", *arguments, "--ledger", place)
    assert (ended.exit_code, ended.stdout) == (2, "")
    (line,) = ended.stderr.splitlines()
    assert line.startswith("chancery: ")
    assert told in line


def test_csv_has_one_row_an_event_with_the_documented_columns(run: Run, place: str) -> None:
    ended = run("events", "--format", "csv", "--ledger", place)
    rows = cells(ended.stdout)
    assert list(rows[0]) == list(EVENT_COLUMNS)
    loan = rows[1]
    assert loan["event"] == "b2"
    assert (loan["actors"], loan["recipients"], loan["held_by"]) == ("BOR", "RUR", "BOR")
    assert (loan["amount_values"], loan["amount_currencies"]) == ("1000000000", "USD")
    assert (loan["time_start"], loan["time_end"]) == ("2009-05-01", "2009-05-31")
    assert (loan["speakers"], loan["goods"], loan["country"]) == ("its envoy", "two ferries", "RUR")


def test_an_empty_answer_still_has_its_heading(run: Run, place: str) -> None:
    ended = run("events", "--format", "csv", "--status", "refused", "--ledger", place)
    assert ended.stdout.splitlines() == [",".join(EVENT_COLUMNS)]


FORMULAS = ('=HYPERLINK("x")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\u202e=1", " =1")


@pytest.mark.parametrize("hostile", FORMULAS)
def test_no_cell_starts_a_formula(run: Run, tmp_path: Path, hostile: str) -> None:
    report = make_report(file=hostile, title=hostile, publisher=hostile, url=hostile)
    event = make_event(
        "a1",
        goods=(Goods(hostile, None, "x", None, Span(0, 1)),),
        speakers=(make_speaker(hostile),),
        trigger_text=hostile,
    )
    with open_ledger(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.store(make_reading([event], report=report))
    for command in ("events", "reports"):
        ended = run(command, "--format", "csv", "--ledger", "l.db")
        (row,) = cells(ended.stdout)
        assert not [c for c in row.values() if c.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert not [c for c in row.values() if set(c) & set("\x1b\t\r\n\u202e")]


def test_numbers_of_ours_stay_numbers(run: Run, tmp_path: Path) -> None:
    event = make_event("a1")
    codes = type(event.codes)("ASSAULT", None, (), "19", 4, -9.5)
    with open_ledger(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.store(make_reading([make_event("a1", codes=codes)]))
    (row,) = cells(run("events", "--format", "csv", "--ledger", "l.db").stdout)
    assert row["intensity"] == "-9.5"


def test_the_table_says_who_what_whom_and_on_whose_word(run: Run, place: str) -> None:
    ended = run("events", "--act", "AID", "--ledger", place)
    told = " ".join(ended.stdout.split())
    for words in ("b2", "1 May 2009", "Borduria", "aid (loan)", "Ruritania", "occurred"):
        assert words in told
    assert max(map(len, ended.stdout.splitlines())) <= 100
    assert not [line for line in ended.stdout.splitlines() if line != line.rstrip()]


def test_reports_lists_what_was_read(run: Run, place: str) -> None:
    (row,) = cells(run("reports", "--format", "csv", "--ledger", place).stdout)
    assert list(row) == list(REPORT_COLUMNS)
    assert (row["file"], row["events"], row["language"]) == ("gazette.txt", "2", "en")
    (line,) = run("reports", "--format", "jsonl", "--ledger", place).stdout.splitlines()
    assert json.loads(line)["published"] == "2009-06-10"
    assert "The Strelsau" in run("reports", "--ledger", place).stdout


def test_an_empty_ledger_says_how_to_go_on(run: Run, tmp_path: Path) -> None:
    open_ledger(str(tmp_path / "l.db"), create=True).close()
    ended = run("reports", "--ledger", "l.db")
    assert (ended.exit_code, ended.stdout) == (0, "")
    assert "`chancery read FILE` adds some" in ended.stderr
    assert run("brief", "--ledger", "l.db").exit_code == 0
