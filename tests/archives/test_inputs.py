"""What archives are read from, and what is told where they are damaged."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.archives.inputs import Fields, Found, Item, items, size_of
from chancery.errors import InputError
from chancery.settings import Settings
from tests.archives.conftest import record

FIELDS = Fields({})


def read(*inputs: Path, fields: Fields = FIELDS) -> list[Found]:
    told: list[int] = []
    found = list(items(map(str, inputs), fields, Settings(max_report_characters=10_000), told.append))
    assert told == sorted(told)
    assert not told or told[-1] <= size_of(map(str, inputs))
    return found


def texts(found: list[Found]) -> list[str]:
    return [f.record["text"] for f in found if isinstance(f, Item)]


def problems(found: list[Found]) -> list[str]:
    return [str(f) for f in found if isinstance(f, InputError)]


LINES = "".join(json.dumps(record(i)) + "\n" for i in range(700)).encode()


def packed(path: Path) -> Path:
    match path.suffix:
        case ".gz":
            path.write_bytes(gzip.compress(LINES[:5000]) + gzip.compress(LINES[5000:]))
        case ".zst":
            path.write_bytes(pa.compress(LINES, "zstd", asbytes=True))
        case _:
            path.write_bytes(LINES)
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.jsonl.zst"])
def test_lines_are_read_packed_or_not(tmp_path: Path, name: str) -> None:
    found = read(packed(tmp_path / name))
    assert [f.record for f in found if isinstance(f, Item)] == [
        {"title": None, "name": None, "url": None, **record(i)} for i in range(700)
    ]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
@pytest.mark.parametrize("cut", [10, 1000])
def test_a_damaged_file_is_told_and_the_next_is_read(tmp_path: Path, name: str, cut: int) -> None:
    path = packed(tmp_path / name)
    path.write_bytes(path.read_bytes()[:-cut])
    found = read(path, packed(tmp_path / "b.jsonl"))
    assert len(texts(found)) >= 700
    assert any("damaged" in p for p in problems(found))


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.tsv", "\t"), ("a.csv.gz", ",")])
def test_tables_are_read_by_their_heading(tmp_path: Path, name: str, mark: str) -> None:
    path = tmp_path / name
    text = io.StringIO()
    rows = csv.writer(text, delimiter=mark)
    rows.writerow(["day", "words", "else"])
    rows.writerow(["2009-01-02", 'One, "two"\nand three', 1])
    rows.writerow(["2009-01-03", "Four"])
    raw = text.getvalue().encode()
    path.write_bytes(gzip.compress(raw) if name.endswith("gz") else raw)
    found = read(path, fields=Fields({"text": "words", "published": "day"}, publisher="P"))
    assert texts(found) == ['One, "two"\nand three', "Four"]
    assert isinstance(found[0], Item)
    assert (found[0].record["published"], found[0].record["publisher"]) == ("2009-01-02", "P")


def test_parquet_is_read_with_days_as_days(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table(
        {"text": ["One", "Two", None], "published": [date(2009, 1, 2), None, None], "n": [1, 2, 3]}
    )
    pq.write_table(table, path, row_group_size=1)
    found = read(path)
    assert [f.record["text"] for f in found if isinstance(f, Item)] == ["One", "Two", None]
    assert isinstance(found[0], Item)
    assert found[0].record["published"] == "2009-01-02"


def test_a_day_told_for_all_dates_those_without_one(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "A"}\n{"text": "B", "published": "2010-02-03"}\n')
    (tmp_path / "b.txt").write_text("C")
    found = read(tmp_path, fields=Fields({}, date(2009, 1, 2)))
    days = [f.record["published"] for f in found if isinstance(f, Item)]
    assert days == ["2009-01-02", "2010-02-03", "2009-01-02"]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl", b"[1]\n", "JSON list"),
        ("a.jsonl", b'{"text": "\xff"}\n', "not UTF-8"),
        ("a.jsonl", b'{"text": "' + b"x" * 200_000, "more than the"),
        ("a.jsonl", b"[" * 50_000 + b"\n", "is not JSON"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"a,b\n1,2\n", "one named 'text'"),
        ("a.csv", b'text\n"' + b"x" * 50_000 + b'"\n', "row"),
        ("a.parquet", b"PAR1 or not", "not Parquet"),
        ("a.jsonl.zst", b"no zstd", "damaged"),
        ("a.jsonl.gz", b"no gzip", "damaged"),
    ],
)
def test_what_is_no_archive_is_told(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(content)
    found = read(tmp_path / name)
    if problem == "row":  # longer than a field may be
        assert problems(found)
    else:
        assert any(problem in p for p in problems(found)), problems(found)


def test_folders_are_read_through_in_order_hidden_files_left_out(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.txt").write_text("From the folder inside.")
    (tmp_path / "a.jsonl").write_text('{"text": "From a."}\n')
    for name in (".hidden.jsonl", "_private.jsonl"):
        (tmp_path / name).write_text('{"text": "Not read."}\n')
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert texts(read(tmp_path)) == ["From a.", "From the folder inside."]


@given(content=st.binary(max_size=200), name=st.sampled_from(("a.jsonl", "a.csv", "a.parquet", "a.jsonl.gz")))
def test_no_bytes_end_a_run(tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(content)
    assert all(isinstance(f, Item | InputError) for f in read(path))
