"""`chancery knowledge`, and reading with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chancery.knowledge import own
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _ours_again() -> Iterator[None]:
    yield
    own.use(None)


def test_import_takes_what_is_right_and_tells_the_rest(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("ZENDA_ARMY [ECUMIL]\nWRONG_ [x]\nODD_ [XYZ]\n")
    (tmp_path / "h.csv").write_text("name,office,country\nAna Zenda,president,Ecuador\n")
    ended = run("knowledge", "import", "mine", "--actors", "a.txt", "--holders", "h.csv")
    assert ended.exit_code == 3
    assert "chancery: a.txt, line 2: 'x' is no code" in ended.stderr
    assert "left out, for code XYZ names no actor known here: line 3" in ended.stderr
    assert "mine: 1 into names.jsonl, 1 into people.jsonl imported" in ended.stderr
    checked = run("knowledge", "check", "mine")
    assert checked.exit_code == 0
    assert "mine: 1 names, 1 people; 0 faults" in checked.stderr


def test_check_tells_every_fault(run: Run, tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("- {name: A, actor: ZZZ}\n- {name: B}\n- {name: C, actor: ECU}\n")
    ended = run("knowledge", "check", tmp_path)
    assert ended.exit_code == 4
    assert "names.yaml, line 1: A: no actor has the id ZZZ" in ended.stderr
    assert "names.yaml, line 2: B: actor: " in ended.stderr
    assert "2 names; 2 faults" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", "mine"), "import needs a file"),
        (("check", "mine", "--actors", "a"), "check takes no files"),
        (("eat", "mine"), "ACTION 'eat' is unknown"),
    ],
)
def test_wrong_calls(run: Run, arguments: tuple[str, ...], told: str) -> None:
    ended = run("knowledge", *arguments)
    assert ended.exit_code == 2
    assert told in ended.stderr


def test_read_with_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The envoy of Ecuador left Moscow.")
    ended = run("read", "a.txt", "--knowledge", "none", "--no-ledger")
    assert ended.exit_code == 4
    assert "there is no such folder" in ended.stderr
