"""The program as a whole: version, demo, interruptions, and pipes that close."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chancery.cli.demo import example_reports, examples
from chancery.errors import ChanceryError
from chancery.ledger import Ledger
from chancery.records import Report
from tests.cli.conftest import FakeReader, Run

PROGRAM = (sys.executable, "-c", "from chancery.cli import main; main()")


def started(*arguments: str) -> subprocess.Popen[bytes]:
    import chancery

    source = str(Path(chancery.__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": source}
    pipe = subprocess.PIPE
    return subprocess.Popen([*PROGRAM, *arguments], stdout=pipe, stderr=pipe, env=environment)


def test_version(run: Run) -> None:
    ended = run("--version")
    assert ended.exit_code == 0
    assert ended.stdout.startswith("chancery ")


def test_an_unknown_option_is_a_usage_error(run: Run) -> None:
    for arguments in (("events", "--bogus"), ("nothing",), ("show",)):
        ended = run(*arguments)
        assert ended.exit_code == 2
        assert "Traceback" not in ended.stderr


def raising(error: BaseException) -> object:
    def events(self: Ledger, *query: object) -> None:
        raise error

    return events


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 141, ""),
        (ChanceryError("this is wrong"), 1, "chancery: this is wrong\n"),
    ],
)
def test_how_errors_end(
    run: Run,
    place: str,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    told: str,
) -> None:
    monkeypatch.setattr(Ledger, "events", raising(error))
    ended = run("events", "--ledger", place)
    assert (ended.exit_code, ended.stdout, ended.stderr) == (code, "", told)


@pytest.mark.parametrize("shape", ["table", "csv", "jsonl"])
def test_a_closed_pipe_is_quiet(place: str, shape: str) -> None:
    process = started("events", "--ledger", place, "--format", shape)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), told) == (141, b"")


def test_help_does_not_wait_for_the_model() -> None:
    code = (
        "import sys; from chancery.cli import app; "
        "print(sorted({'spacy', 'sqlalchemy', 'onnxruntime', 'pydantic_core'} & set(sys.modules)))"
    )
    import chancery

    environment = os.environ | {"PYTHONPATH": str(Path(chancery.__file__).parents[1])}
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert not {"spacy", "sqlalchemy", "onnxruntime"} & set(ast.literal_eval(ended.stdout))


def test_the_examples_are_whole() -> None:
    reports = list(example_reports(examples()))
    assert len(reports) >= 15
    assert all(isinstance(r, Report) and r.published and r.publisher for r in reports)


def test_demo_reads_the_examples_and_prints_the_brief(run: Run, reader: type[FakeReader]) -> None:
    ended = run("demo", "--ledger", "demo.db")
    assert ended.exit_code == 0
    assert len(reader.read_files) >= 15
    assert "RECOGNITIONS" in ended.stdout
    assert "example reports are in demo.db" in ended.stderr
    assert run("reports", "--ledger", "demo.db").exit_code == 0


def test_demo_leaves_the_working_folder_alone(
    run: Run, reader: type[FakeReader], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr("tempfile.mkdtemp", lambda prefix: str(kept))
    ended = run("demo", "--rows", "1")
    assert ended.exit_code == 0
    assert str(kept) in ended.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["kept"]
