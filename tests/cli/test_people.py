"""`review`, `judge`, `judgements`, `agreement`, `log`, `actors`, `backup`, and `--as-of`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from chancery.cli import app
from chancery.ledger import open_ledger
from tests.cli.conftest import Run
from tests.cli.test_show_and_brief import flat
from tests.factories import full_reading, make_event, make_reading
from tests.ledger.rows import ask


@pytest.fixture
def doubtful(tmp_path: Path, run: Run) -> str:
    """Three lines, the least sure last."""
    place = str(tmp_path / "doubts.db")
    with open_ledger(place, create=True) as ledger:
        ledger.store(make_reading([make_event(f"e{n}", confidence=0.7 - n / 10) for n in range(3)]))
    return place


def review(place: str, keys: str, *arguments: str) -> Any:
    command = ["review", "--ledger", place, "--reviewer", "Ann", *arguments]
    return CliRunner().invoke(app, command, input=keys)


def verdicts(place: str) -> list[tuple[str, str]]:
    with open_ledger(place) as ledger:
        return [(j.events[0], j.verdict) for j in ledger.judgements()]


@pytest.mark.parametrize(
    ("keys", "made"),
    [
        ("aaa", [("e2", "accept"), ("e1", "accept"), ("e0", "accept")]),
        ("a\nn\nq\n", [("e2", "accept")]),
        ("nr\nno act\nq", [("e1", "reject")]),
        ("rno act\na\n", [("e2", "reject"), ("e1", "accept")]),
        ("e\nstatus=planned\nact=REJECT\n\nq", [("e2", "correct")]),
        ("e\nstatus=plan\nstatus=planned\n\nq", [("e2", "correct")]),
        ("e\n\na\nq", [("e2", "accept")]),
        ("x?a", [("e2", "accept")]),
        ("", []),
        ("r\n", []),
    ],
)
def test_keys_from_a_pipe(doubtful: str, keys: str, made: list[tuple[str, str]]) -> None:
    ended = review(doubtful, keys)
    assert ended.exit_code == 0
    assert verdicts(doubtful) == made
    assert f"{len(made)} judged by Ann" in ended.stderr


def test_each_judgement_is_kept_at_once(doubtful: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(prompt: str) -> str:
        if verdicts(doubtful):
            raise KeyboardInterrupt
        return "a"

    monkeypatch.setattr("chancery.cli.review._key", stop)
    assert review(doubtful, "").exit_code == 130
    assert verdicts(doubtful) == [("e2", "accept")]


def test_a_review_shows_the_line_and_goes_on_where_it_stopped(doubtful: str) -> None:
    first = review(doubtful, "aq")
    assert "1 of 3  e2: Ruritania: support (recognition) of Graustark" in flat(first.stdout).replace(
        "3 e2", "3  e2"
    )
    assert "[recognized: act]" in first.stdout
    assert "1 of 2" in review(doubtful, "aa").stdout
    assert "no line is left to be judged" in review(doubtful, "", "--below", "0.1").stderr


def test_a_second_reviewer_judges_without_seeing_the_first_and_both_are_compared(
    run: Run, doubtful: str
) -> None:
    review(doubtful, "aae\nstatus=planned\n\n")
    second = CliRunner().invoke(
        app, ["review", "--second", "--reviewer", "Bob", "--ledger", doubtful], input="arno act\na"
    )
    assert second.exit_code == 0
    assert "planned" not in second.stdout
    ended = run("agreement", "--ledger", doubtful)
    told = flat(ended.stdout)
    assert "3 lines judged by two or more of Ann, Bob" in told
    assert "e1 line Ann: an act Bob: no act" in told
    assert "e0 status Ann: planned Bob: occurred" in told
    assert "act 1.000 2" in told
    assert "no line was judged by two" in run("agreement", "Ann", "--ledger", doubtful).stderr


def test_judge_from_the_command_line(run: Run, place: str) -> None:
    at = ("--ledger", place, "--reviewer", "Ann")
    assert run("judge", "accept", "a1", *at).exit_code == 0
    changed = run("judge", "correct", "b2", "--set", "status=promised", "--set", "held_by=BOR", *at)
    assert "Ann: correct: status occurred -> promised" in changed.stderr
    with open_ledger(place) as ledger:
        report = ledger.reports()[0].id
    added = run(
        "judge",
        "add",
        report,
        "--trigger",
        "promised",
        "--set",
        "act=AID",
        "--set",
        "actors=BOR[Borduria]",
        *at,
    )
    assert added.exit_code == 0
    assert run("judge", "merge", "a1", "b2", "--why", "one", *at).exit_code == 0
    assert run("judge", "withdraw", "2", *at).exit_code == 0
    assert verdicts(place) == [
        ("a1", "accept"), (verdicts(place)[1][0], "add"), ("a1", "merge"),
    ]  # fmt: skip
    story = flat(run("show", "b2", "--ledger", place).stdout)
    assert "Ann: correct: status occurred -> promised; codebook" in story
    assert "withdrawn" in story
    assert "the same act Ruritania: support" in story
    listed = flat(run("judgements", "--ledger", place).stdout)
    assert 'Ann: merge of a1, b2; "one"' in listed
    assert len(run("judgements", "--format", "jsonl", "--ledger", place).stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("praise", "a1"), 2, "VERDICT 'praise' is unknown"),
        (("reject", "a1"), 5, "gives no reason"),
        (("accept", "zz"), 5, "no single event 'zz'"),
        (("accept", "a1", "b2"), 2, "2 ids are given; name one event"),
        (("correct", "a1", "--set", "status"), 2, "is no FIELD=VALUE"),
        (("accept", "a1", "--set", "status=planned"), 2, "go with correct and add"),
        (("add", "zz"), 5, "no report 'zz'"),
        (("withdraw", "x"), 2, "is not a whole number"),
        (("withdraw", "7"), 5, "no judgement 7 holds"),
        (("accept", "a1", "--reviewer", " "), 2, "nobody is named as reviewer"),
    ],
)
def test_wrong_judgements_end_with_one_line(
    run: Run, place: str, arguments: tuple[str, ...], code: int, told: str
) -> None:
    ended = run("judge", *arguments, "--ledger", place)
    assert ended.exit_code == code
    (line,) = ended.stderr.splitlines()
    assert told in line


def test_the_export_is_one_object_a_report(run: Run, place: str, tmp_path: Path) -> None:
    for event in ("a1", "b2"):
        run("judge", "accept", event, "--ledger", place, "--reviewer", "Ann")
    ended = run("judgements", "--export", "judged.jsonl", "--ledger", place)
    assert "1 judged reports exported" in ended.stderr
    (row,) = map(json.loads, (tmp_path / "judged.jsonl").read_text().splitlines())
    assert list(row) == ["key", "source", "sha256", "reader", "events", "links"]
    assert run("judgements", "--export", "-", "--ledger", place).stdout == json.dumps(row) + "\n"
    assert run("judgements", "--export", "no/where", "--ledger", place).exit_code == 2


def test_as_of_answers_what_the_ledger_said_then(run: Run, place: str) -> None:
    with open_ledger(place) as ledger:
        between = datetime.now(UTC)
        ledger.store(make_reading([make_event("a1", status="refused")], version="2"))
    then = between.isoformat().replace("+00:00", "Z")
    asked = {name: (name, "--ledger", place) for name in ("brief", "events", "reports", "log", "actors")}
    asked["show"] = ("show", "a1", "--ledger", place)
    for name, arguments in asked.items():
        now, past = run(*arguments), run(*arguments, "--as-of", then)
        assert (now.exit_code, past.exit_code) == (0, 0), name
        assert now.stdout != past.stdout or name == "reports", name
        early = run(*arguments, "--as-of", "2009-01-01")
        assert early.exit_code == (5 if name == "show" else 0), name
    assert "b2" in run("events", "--ledger", place, "--as-of", then).stdout
    assert "b2" not in run("events", "--ledger", place).stdout
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert (
        run("events", "--ledger", place, "--as-of", today).stdout == run("events", "--ledger", place).stdout
    )
    assert run("events", "--ledger", place, "--as-of", "soon").exit_code == 2
    assert run("events", "--ledger", place, "--as-of", "2009-02-30").exit_code == 2


def test_the_log_and_who_said_what_of_whom(run: Run, place: str) -> None:
    run("judge", "accept", "a1", "--ledger", place, "--reviewer", "Ann")
    told = run("log", "--ledger", place).stdout.splitlines()
    assert "judged" in told[1]
    assert "added" in told[2]
    objects = [json.loads(n) for n in run("log", "--format", "jsonl", "--ledger", place).stdout.splitlines()]
    assert [o["kind"] for o in objects] == ["judged", "added"]
    assert len(run("log", "--limit", "1", "--ledger", place).stdout.splitlines()) == 2
    people = flat(run("actors", "--ledger", place).stdout)
    assert "RUR Ruritania state" in people
    assert "Rudolf Rassendyll president RUR 2009-06-10 2009-06-10 The Strelsau Gazette" in people
    assert "BOR" not in run("actors", "--actor", "RUR", "--ledger", place).stdout


def test_backup_makes_a_ledger_like_the_first(run: Run, place: str, tmp_path: Path) -> None:
    ended = run("backup", "copy.db", "--ledger", place)
    assert ended.exit_code == 0
    assert "1 reports" in ended.stderr
    assert run("events", "--ledger", "copy.db").stdout == run("events", "--ledger", place).stdout
    again = run("backup", "copy.db", "--ledger", place)
    assert (again.exit_code, "there is a file of that name already" in again.stderr) == (5, True)
    assert run("backup", "no/where.db", "--ledger", place).exit_code == 5
    assert {p.name for p in tmp_path.iterdir() if "partial" in p.name} == set()


def test_an_upgrade_is_told(run: Run, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.ledger.ledger.make_ready", lambda *a, **k: 1)
    assert "upgraded from schema 1" in run("events", "--ledger", place).stderr


def test_hostile_judgements_do_not_steer_the_terminal(run: Run, place: str) -> None:
    evil = "\x1b[2J[red]\u202e"
    run("judge", "reject", "a1", "--why", evil, "--reviewer", evil, "--ledger", place)
    for command in ("log", "judgements"):
        assert not set(run(command, "--ledger", place).stdout) & {"\x1b", "\u202e"}
    assert ask(place, "SELECT why FROM judgements") == [(evil,)]
    assert full_reading().events
