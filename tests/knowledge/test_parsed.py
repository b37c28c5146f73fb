"""What was parsed is found again by its content, and never stands for another."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.knowledge import parsed
from chancery.knowledge.loading import read_yaml

LONG = b"#" * 20_000
WHOLE = [{"name": "Ann", "from": date(1990, 1, 2), "sure": True, "x": [1, 2.5, None, "\u0142"]}]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(parsed, "user_cache_path", lambda *_, **__: tmp_path / "c" / "chancery")
    return tmp_path / "c" / "chancery" / "knowledge"


class Parser:
    """Gives what it was made with, and counts."""

    def __init__(self, value: Any) -> None:
        self.value, self.times = value, 0

    def __call__(self) -> Any:
        self.times += 1
        return self.value


def test_the_same_content_is_parsed_once(folder: Path) -> None:
    parse = Parser(WHOLE)
    assert [parsed.remembered("a/b.yaml", LONG, parse) for _ in range(3)] == [WHOLE] * 3
    assert parse.times == 1
    assert len(list(folder.iterdir())) == 1


def test_an_edited_file_is_parsed_again_and_takes_the_place_of_the_old(folder: Path) -> None:
    parsed.remembered("a/b.yaml", LONG, Parser(WHOLE))
    parsed.remembered("a/other.yaml", LONG, Parser(WHOLE))
    edited = Parser(["else"])
    assert parsed.remembered("a/b.yaml", LONG + b"!", edited) == ["else"]
    assert edited.times == 1
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("broken", [b"", b"[1,", b"\xff\xfe\x00"])
def test_what_was_kept_broken_is_parsed_again(folder: Path, broken: bytes) -> None:
    parsed.remembered("a/b.yaml", LONG, Parser(WHOLE))
    (kept,) = folder.iterdir()
    kept.write_bytes(broken)
    parse = Parser(WHOLE)
    assert [parsed.remembered("a/b.yaml", LONG, parse) for _ in range(2)] == [WHOLE] * 2
    assert parse.times == 1


@pytest.mark.parametrize(
    "value", [{1990: "a number for a key"}, {"a": (1, 2)}, {"a": {1, 2}}, [float("nan")]]
)
def test_what_json_would_change_is_not_kept(folder: Path, value: Any) -> None:
    assert parsed.remembered("a/b.yaml", LONG, Parser(value)) is value
    assert not folder.exists()


def test_without_a_folder_to_write_in_all_is_parsed(folder: Path) -> None:
    folder.parent.parent.mkdir(parents=True)
    folder.parent.write_text("a file in its place")
    parse = Parser(WHOLE)
    assert [parsed.remembered("a/b.yaml", LONG, parse) for _ in range(2)] == [WHOLE] * 2
    assert parse.times == 2


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.dates(),
        lambda part: st.lists(part) | st.dictionaries(st.text(), part),
        max_leaves=8,
    )
)
def test_what_is_kept_comes_back_as_it_was(value: Any) -> None:
    text = parsed.json.dumps(value, default=parsed._told)
    assert parsed._read(text) == value


def test_the_packaged_files_are_worth_keeping(folder: Path) -> None:
    first, again = (read_yaml("actors/people.yaml") for _ in range(2))
    assert first == again
    assert [type(x) for x in first[0].values()] == [type(x) for x in again[0].values()]
    assert [path.name.split("-")[0] for path in folder.iterdir()] == ["actors.people.yaml"]
