"""Time expressions against a report's date: words -> first day, last day, precision."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from chancery.events.times import find_times

PUBLISHED = date(2009, 10, 26)  # a Monday

TABLE = [
    ("in September 2008", "2008-09-01", "2008-09-30", "month"),
    ("on 9 April 2003", "2003-04-09", "2003-04-09", "day"),
    ("on April 9, 2003", "2003-04-09", "2003-04-09", "day"),
    ("on 2003-04-09", "2003-04-09", "2003-04-09", "day"),
    ("on October 24", "2009-10-24", "2009-10-24", "day"),
    ("on December 30", "2008-12-30", "2008-12-30", "day"),
    ("last December", "2008-12-01", "2008-12-31", "month"),
    ("this April", "2009-04-01", "2009-04-30", "month"),
    ("next January", "2010-01-01", "2010-01-31", "month"),
    ("in August", "2009-08-01", "2009-08-31", "month"),
    ("by December", "2009-12-01", "2009-12-31", "month"),
    ("in September this year", "2009-09-01", "2009-09-30", "month"),
    ("in August and November last year", "2008-08-01", "2008-11-30", "range"),
    ("last week", "2009-10-19", "2009-10-25", "week"),
    ("next week", "2009-11-02", "2009-11-08", "week"),
    ("a week ago", "2009-10-19", "2009-10-25", "week"),
    ("three days ago", "2009-10-23", "2009-10-23", "day"),
    ("two months ago", "2009-08-01", "2009-08-31", "month"),
    ("five years ago", "2004-01-01", "2004-12-31", "year"),
    ("earlier this month", "2009-10-01", "2009-10-31", "month"),
    ("last year", "2008-01-01", "2008-12-31", "year"),
    ("last quarter", "2009-07-01", "2009-09-30", "quarter"),
    ("yesterday", "2009-10-25", "2009-10-25", "day"),
    ("on Friday", "2009-10-23", "2009-10-23", "day"),
    ("on Monday", "2009-10-26", "2009-10-26", "day"),
    ("next Friday", "2009-10-30", "2009-10-30", "day"),
    ("in 2004", "2004-01-01", "2004-12-31", "year"),
]


@pytest.mark.parametrize(("words", "start", "end", "precision"), TABLE)
def test_expression(blank: Language, words: str, start: str, end: str, precision: str) -> None:
    """One expression in a plain sentence."""
    doc = blank(f"The minister signed the contract {words}.")
    (time,) = find_times(doc, PUBLISHED)
    assert (str(time.start), str(time.end), time.precision) == (start, end, precision)
    assert time.span.of(doc.text) == time.text


def test_narrative_year(blank: Language) -> None:
    """A bare month follows the year told before it in the sentence."""
    doc = blank("He announced it in September 2008, and in December the loan came.")
    assert [str(t.start) for t in find_times(doc, PUBLISHED)] == ["2008-09-01", "2008-12-01"]


@pytest.mark.parametrize("words", ["last week", "on Friday", "in August", "yesterday", "on October 24"])
def test_no_date_no_guess(blank: Language, words: str) -> None:
    """Without the report's date nothing relative is resolved."""
    assert find_times(blank(f"They met {words}."), None) == ()


@pytest.mark.parametrize("words", ["He may march on.", "on February 30, 2009", "in 15,000 cases"])
def test_not_a_time(blank: Language, words: str) -> None:
    """Modals, impossible days and numbers are no times."""
    assert find_times(blank(words), PUBLISHED) == ()
