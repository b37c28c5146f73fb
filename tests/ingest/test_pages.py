"""Saved pages: how well the text, title, publisher and day are found, and that no page breaks the reader."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from chancery.errors import InputError
from chancery.ingest.opening import reports_in
from chancery.ingest.raw import Raw
from chancery.records import Report
from chancery.settings import Settings
from tests.ingest.saved_pages import Article, SavedPage, articles, broken, modern, pages, plain, two_articles

DAY = date(2009, 10, 26)
ARTICLE = (
    "The envoy of Ruritania left Strelsau on Monday, and will be back in May for another round of talks."
)
LIMITS = Settings(max_report_characters=200_000)


def read(content: bytes, name: str = "page.html", **told: Any) -> list[Report | InputError]:
    return list(reports_in(Raw(content, name, name, **told), LIMITS))


def reports(page: SavedPage) -> list[Report]:
    return [r for r in read(page.content) if isinstance(r, Report)]


def overlap(found: str, wanted: str) -> float:
    """F1 of words as a multiset."""
    one, other = Counter(found.split()), Counter(wanted.split())
    common = sum((one & other).values())
    return 2 * common / (one.total() + other.total())


def text_of(article: Article) -> str:
    return "\n\n".join((article.title, *article.paragraphs))


@dataclass(frozen=True, slots=True)
class Score:
    """Means over all articles of the saved pages; of what a page tells, the share found."""

    pages: int
    text: float
    least: float
    title: float
    publisher: float
    published: float


def score() -> Score:
    """The figures that docs/inputs.md reports."""
    texts: list[float] = []
    told: dict[str, list[bool]] = {"title": [], "publisher": [], "published": []}
    every = list(pages())
    for page in every:
        found = reports(page)
        for i, article in enumerate(page.articles):
            report = found[i] if len(found) == len(page.articles) else None
            texts.append(overlap(report.text, text_of(article)) if report else 0.0)
            wanted = {"title": article.title, "publisher": article.publisher, "published": article.day}
            for field in page.tells:
                told[field].append(getattr(report, field, None) == wanted[field])
    means = {field: sum(values) / len(values) for field, values in told.items()}
    return Score(len(every), sum(texts) / len(texts), min(texts), **means)


def test_the_text_of_saved_pages_is_found() -> None:
    found = score()
    assert found.pages >= 200
    assert found.text >= 0.99
    assert found.least >= 0.9
    assert min(found.title, found.publisher, found.published) >= 0.98


def test_a_page_that_tells_no_day_is_dated_by_whoever_reads_it() -> None:
    (report,) = read(plain(articles()[0]).encode(), published=DAY)
    assert isinstance(report, Report)
    assert report.published == DAY


def test_the_page_is_hashed_and_its_offsets_are_those_of_the_text() -> None:
    article = articles()[0]
    content = modern(article).encode()
    (report,) = read(content)
    assert isinstance(report, Report)
    assert report.source is not None
    assert report.source.sha256 == hashlib.sha256(content).hexdigest()
    assert (report.source.media_type, report.source.charset) == ("text/html", "utf-8")
    assert report.text.startswith(f"{article.title}\n\n{article.paragraphs[0]}")


def test_articles_of_one_page_are_reports_with_days_of_their_own() -> None:
    one, other, *_rest = articles()
    found = read(two_articles(one, other).encode(), name="today.html")
    assert [(r.file, r.published) for r in found if isinstance(r, Report)] == [
        ("today.html#1", one.day),
        ("today.html#2", other.day),
    ]


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("windows-1252", None), ("windows-1251", "windows-1251"), ("koi8-r", "koi8-r"), ("utf-16", None)],
)
def test_character_sets_are_told_or_guessed(charset: str, declared: str | None) -> None:
    text = "Премьер" if declared else "“Président” Gül’s café"
    meta = f'<meta charset="{declared}">' if declared else ""
    page = f"<html><head>{meta}<title>t</title></head><body><p>{text} said no. {ARTICLE}</p></body></html>"
    (report,) = read(page.encode(charset))
    assert isinstance(report, Report)
    assert text in report.text
    guessed = [f.kind for f in report.doubts]
    assert guessed == (["guessed_charset"] if charset == "windows-1252" else [])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<html></html>", "is an HTML page in which no text was found"),
        (b"<!doctype html><body><script>x()</script></body>", "no text was found"),
        (b"<html><body>" + b"<p>word word" * 30_000 + b"</body></html>", "30,00"),
        (b"<html><body>" + b"<div>" * 100_000, "HTML page"),
        (b"<html>\xff\xfe\x81\x8d" + bytes(range(128, 256)) * 4, "is not text in a known character set"),
    ],
)
def test_a_page_without_a_report_says_so(content: bytes, told: str) -> None:
    (error,) = read(content)
    assert isinstance(error, InputError)
    assert told in str(error)
    assert "\n" not in str(error)


def test_no_malformed_page_breaks_the_reader() -> None:
    for content in broken(60):
        for item in read(content):
            assert isinstance(item, Report | InputError)


if __name__ == "__main__":
    print(score())  # noqa: T201
