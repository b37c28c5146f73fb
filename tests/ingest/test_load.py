"""Files become reports; each bad input becomes an error that names it, and the others are read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.errors import InputError
from chancery.ingest import load
from chancery.records import Report, report_id
from chancery.settings import Settings

DAY = date(2009, 10, 26)
ENGLISH = (
    "Two ministers met in Quito on Monday. They agreed to send a delegation to Moscow within a month, "
    "and they refused to say what it would be offered there."
)


def read(*paths: Path, published: date | None = None, limit: int = 10_000) -> list[Report | InputError]:
    return list(load(map(str, paths), published=published, settings=Settings(max_report_characters=limit)))


def one(path: Path, **options: object) -> Report | InputError:
    (item,) = read(path, **options)  # type: ignore[arg-type]
    return item


def test_a_text_file_is_one_report(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfA title without a stop\r\n\r\n" + ENGLISH.encode())
    report = one(path, published=DAY)
    assert isinstance(report, Report)
    assert report.text == "A title without a stop\n\n" + ENGLISH
    assert (report.title, report.file, report.published) == ("A title without a stop", "a.txt", DAY)
    assert (report.language, report.publisher, report.url) == ("en", None, None)
    assert report.id == report_id(report.text, None)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        f"A first sentence that ends.\n\n{ENGLISH}",
        f"No blank line below\n{ENGLISH}",
        f"{'word ' * 60}\n\n{ENGLISH}",
        "Only a title\n\n",
    ],
)
def test_what_is_no_title(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    report = one(tmp_path / "a.txt")
    assert isinstance(report, Report)
    assert report.title is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty; a report needs text"),
        (b" \n\t\n", "is empty"),
        (b"\x00\x01\x02", "is not text in a known character set (not UTF-8 from byte 0)"),
        (b"\xff\xfe\x00\xd8", "is not text in a known character set (not UTF-8 from byte 2)"),
        ("ж".encode() * 10_001, "has 10,001 characters, more than the 10,000"),
    ],
)
def test_a_bad_file_says_what_is_wrong(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    error = one(path)
    assert isinstance(error, InputError)
    assert str(error).startswith(str(path))
    assert told in str(error)


def test_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ENGLISH)
    (tmp_path / "dir").mkdir()
    items = read(tmp_path / "none.txt", tmp_path / "dir", tmp_path / "good.txt", Path("x" * 5000))
    assert [type(i).__name__ for i in items] == [
        "MissingInput",
        "DirectoryInput",
        "Report",
        "UnreadableInput",
    ]


def test_lines_are_reports_and_bad_ones_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = {"name": "n", "published": "2009-10-26T08:00:00Z", "publisher": "P", "title": "T", "url": "u"}
    lines = [
        json.dumps(good | {"text": ENGLISH}),
        "",
        "{",
        "[1]",
        '{"text": 5}',
        '{"title": "t"}',
        '{"text": "x", "name": 7}',
        '{"text": "x", "published": "26.10.2009"}',
        '{"text": "\\ud800"}',
        '{"text": "  "}',
        json.dumps({"text": ENGLISH, "more": [1]}),
    ]
    path.write_text("\n".join(lines))
    items = read(path, published=date(2001, 1, 1))
    first, last = items[0], items[-1]
    assert isinstance(first, Report)
    assert (first.file, first.published, first.publisher, first.url) == ("n", DAY, "P", "u")
    assert isinstance(last, Report)
    assert (last.file, last.published) == ("a.jsonl:11", date(2001, 1, 1))
    told = [str(i) for i in items[1:-1]]
    assert [t.partition(": ")[0] for t in told] == [f"{path}, line {n}" for n in range(3, 11)]
    for words, error in zip(
        ("not JSON (column 2)", "a JSON list", "not a string", "is missing", '"name" is not a string',
         "is not a day", "half a surrogate", "is empty"),
        told, strict=True,
    ):  # fmt: skip
        assert words in error


def test_an_endless_line_is_refused_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "' + "x" * 200_000)
    (error,) = read(path, limit=100)
    assert "more than the 100" in str(error)


def test_an_empty_file_of_lines(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text("\n \n")
    assert "is empty" in str(one(tmp_path / "a.ndjson"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        ("Le président équatorien a signé mardi à Moscou un contrat pour deux hélicoptères russes.", "fr"),
        ("Президент Эквадора подписал в Москве договор о поставке двух вертолётов Ми-17.", "ru"),
        ("El presidente viajará a Moscú la próxima semana para firmar varios acuerdos militares.", "es"),
        ("Quito, Moskau", "und"),
    ],
)
def test_languages(tmp_path: Path, text: str, language: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    report = one(tmp_path / "a.txt")
    assert isinstance(report, Report)
    assert report.language == language


@given(st.binary(max_size=300))
def test_any_bytes_are_a_report_or_an_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    for name in ("a.txt", "a.jsonl"):
        path = tmp_path_factory.getbasetemp() / name
        path.write_bytes(content)
        for item in read(path):
            assert isinstance(item, Report | InputError)
