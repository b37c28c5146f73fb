"""PDF: paragraphs out of printed lines, and what a PDF that cannot be read says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from chancery.errors import InputError
from chancery.ingest.opening import reports_in
from chancery.ingest.papers import paragraphs_of
from chancery.ingest.raw import Raw
from chancery.records import Report
from chancery.settings import Settings
from tests.ingest.papers import paper, pictures
from tests.ingest.saved_pages import articles

LOCK = "zenda"
LIMITS = Settings(max_report_characters=100_000)


def one(content: bytes, published: date | None = None) -> Report | InputError:
    (item,) = reports_in(Raw(content, "a.pdf", "a.pdf", published=published), LIMITS)
    return item


def test_paragraphs_come_out_as_they_went_in() -> None:
    for article in articles():
        report = one(paper(article.title, article.paragraphs))
        assert isinstance(report, Report)
        assert report.title == article.title
        assert " ".join(report.text.split()) == " ".join((article.title, *article.paragraphs))
        assert report.source is not None
        assert report.source.media_type == "application/pdf"


def test_the_day_a_file_was_made_is_a_guess_that_is_told() -> None:
    report = one(paper("Minister visits", ["The minister of Ritany went to Zenda."]))
    assert isinstance(report, Report)
    assert report.published is not None
    assert abs((datetime.now(UTC).date() - report.published).days) <= 1
    assert [f.kind for f in report.doubts] == ["guessed_date"]
    told = one(paper("Minister visits", ["The minister of Ritany went to Zenda."]), date(2009, 10, 26))
    assert isinstance(told, Report)
    assert (told.published, told.doubts) == (date(2009, 10, 26), ())


HEADED = [
    "Daily 1\nOne page of text.\nEnd of one is here.",
    "Daily 2\nTwo has other text.\nEnd of two is here.",
    "Daily 3\nThird has more text.\nThe end of the third.",
]
UNHEADED = (
    "One page of text. End of one is here. Two has other text. End of two is here. "
    "Third has more text. The end of the third."
)
TWO = "First paragraph here ends.\n\nSecond paragraph is here."
CUT = ["A sentence that is broken by\n12", "the end of a page goes on.\n13"]


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        (["A line that goes on\nin the next one. End."], "A line that goes on in the next one. End."),
        (["Words are bro-\nken at the margin here."], "Words are broken at the margin here."),
        ([TWO], TWO),
        (CUT, "A sentence that is broken by the end of a page goes on."),
        (HEADED, UNHEADED),
        ([""], ""),
    ],
)
def test_lines_become_paragraphs(pages: list[str], text: str) -> None:
    assert paragraphs_of(pages) == text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (pictures(), "is a PDF in which no text was found; its pages may be pictures"),
        (paper("Locked", ["Nobody reads this."], password=LOCK), "asks for a password"),
        (b"%PDF-1.7\nnothing else", "cannot be read as a PDF"),
        (paper("Cut", ["A few words that are cut."])[:400], "cannot be read as a PDF"),
        (b"", "is empty"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, told: str) -> None:
    error = one(content)
    assert isinstance(error, InputError)
    assert told in str(error)
    assert "\n" not in str(error)
