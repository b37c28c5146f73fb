"""`chancery read`: what is printed where, what is kept, and how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chancery.errors import LedgerRefused, MalformedLine, MissingInput
from chancery.ledger import Ledger, Stored, open_ledger
from chancery.records import Reading
from tests.cli.conftest import FakeReader, Items, Run, report_in


def fill(inputs: Items, *files: str) -> None:
    inputs.update({file: report_in(file) for file in files})


def test_jsonl_is_one_object_a_report_in_order_and_nothing_else(
    run: Run, reader: type[FakeReader], inputs: Items
) -> None:
    fill(inputs, "b.txt", "a.txt")
    ended = run("read", "b.txt", "a.txt", "--format", "jsonl", "--no-ledger")
    files = [json.loads(line)["report"]["file"] for line in ended.stdout.splitlines()]
    assert (ended.exit_code, files) == (0, ["b.txt", "a.txt"])


def test_an_unreadable_input_is_told_and_the_others_are_read(
    run: Run, reader: type[FakeReader], inputs: Items
) -> None:
    fill(inputs, "a.txt", "c.txt")
    inputs["b.jsonl"] = MalformedLine("b.jsonl, line 3", "is not JSON")
    ended = run("read", "a.txt", "b.jsonl", "c.txt", "--format", "jsonl", "--no-ledger")
    assert ended.exit_code == 3
    assert len(ended.stdout.splitlines()) == 2
    (told,) = ended.stderr.splitlines()
    assert told.startswith("chancery: b.jsonl, line 3: is not JSON")


def test_inputs_that_cannot_be_read_make_no_ledger(
    run: Run, reader: type[FakeReader], inputs: Items, tmp_path: Path
) -> None:
    inputs["no.txt"] = MissingInput("no.txt")
    assert run("read", "no.txt").exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_the_ledger_keeps_all_and_reading_again_reads_nothing(
    run: Run, reader: type[FakeReader], inputs: Items
) -> None:
    fill(inputs, "a.txt", "b.txt")
    first = run("read", "a.txt", "b.txt", "--ledger", "l.db")
    again = run("read", "a.txt", "b.txt", "--ledger", "l.db")
    assert "2 new" in first.stderr
    assert "2 unchanged" in again.stderr
    assert again.stdout.count("unchanged") == 2
    assert reader.read_files == ["a.txt", "b.txt"]
    with open_ledger("l.db") as ledger:
        assert len(ledger.events()) == 4


def test_a_single_report_shows_its_events(run: Run, reader: type[FakeReader], inputs: Items) -> None:
    fill(inputs, "a.txt")
    for ended in (run("read", "a.txt"), run("read", "a.txt"), run("read", "a.txt", "--no-ledger")):
        assert ended.exit_code == 0
        assert "Ruritania" in ended.stdout
        assert "promised" in ended.stdout


def test_confidence_narrows_what_is_printed_not_what_is_kept(
    run: Run, reader: type[FakeReader], inputs: Items
) -> None:
    fill(inputs, "a.txt")
    arguments = ("read", "a.txt", "--min-confidence", "0.5", "--ledger", "l.db")
    ended = run(*arguments, "--format", "jsonl")
    (event,) = json.loads(ended.stdout)["events"]
    assert event["status"] == "promised"
    with open_ledger("l.db") as ledger:
        assert len(ledger.events()) == 2


def test_another_language_is_kept_marked_and_told(
    run: Run, reader: type[FakeReader], inputs: Items, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unread(reading: Reading) -> Reading:
        return replace(reading, events=(), actors=())

    monkeypatch.setattr(FakeReader, "change", staticmethod(unread))
    inputs["fr.txt"] = report_in("fr.txt", language="fr")
    fill(inputs, "a.txt")
    ended = run("read", "fr.txt", "a.txt", "--ledger", "l.db")
    assert ended.exit_code == 0
    assert "fr, not read" in ended.stdout
    assert "fr.txt: in 'fr', kept but not read" in ended.stderr
    assert "fr, not read" in run("reports", "--ledger", "l.db").stdout


def test_a_refused_reading_does_not_stop_the_others(
    run: Run, reader: type[FakeReader], inputs: Items, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(inputs, "a.txt", "b.txt")
    store = Ledger.store

    def refuse(self: Ledger, reading: Reading) -> Stored:
        if reading.report.file == "a.txt":
            raise LedgerRefused(reading.report.id, "it contradicts itself")
        return store(self, reading)

    monkeypatch.setattr(Ledger, "store", refuse)
    ended = run("read", "a.txt", "b.txt", "--ledger", "l.db")
    assert ended.exit_code == 5
    assert "was not stored" in ended.stderr
    assert "1 new" in ended.stderr


def test_the_day_of_publication_is_handed_down_and_its_lack_told(
    run: Run, reader: type[FakeReader], inputs: Items
) -> None:
    inputs["a.txt"] = report_in("a.txt", published=None)
    dated = run("read", "a.txt", "--published", "2009-10-26", "--format", "jsonl", "--no-ledger")
    assert json.loads(dated.stdout)["report"]["published"] == str(date(2009, 10, 26))
    assert "no day of publication" in run("read", "a.txt", "--no-ledger").stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--published", "26.10.2009"), "--published '26.10.2009' is not a day as YYYY-MM-DD"),
        (("--published", "20091026"), "is not a day as YYYY-MM-DD"),
        (("--format", "csv"), "--format 'csv' is unknown; allowed are table, jsonl"),
        (("--min-confidence", "2"), "is not a number from 0 to 1"),
        (("--min-confidence", "nan"), "is not a number from 0 to 1"),
        (("--no-ledger", "--ledger", "l.db"), "exclude each other"),
        (("--ledger", " "), "names no file"),
    ],
)
def test_wrong_options_end_with_one_line(
    run: Run, inputs: Items, arguments: tuple[str, ...], told: str
) -> None:
    ended = run("read", "a.txt", *arguments)
    assert ended.exit_code == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith("chancery: ")
    assert told in line


def test_real_files_that_cannot_be_read(run: Run, reader: type[FakeReader], tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    ended = run("read", "missing.txt", "empty.txt", tmp_path, "--no-ledger")
    assert ended.exit_code == 3
    assert len(ended.stderr.splitlines()) == 3
    assert all(line.startswith("chancery: ") for line in ended.stderr.splitlines())
