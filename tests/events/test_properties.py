"""Whatever the text: the parsers never raise, spans lie inside it, intervals and bounds are in order."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from chancery.events.amounts import amounts_in
from chancery.events.numbers import number
from chancery.events.times import find_times, read_time
from tests.conftest import make_blank

PIECES = (
    "in", "from", "to", "between", "and", "early", "late", "mid", "the", "May", "march", "Sept.", "Friday",
    "next", "last", "week", "year", "2009", "31", "30th", "1,000", "3.5", "-", "–", ",", ".", "/", "$", "US$",
    "€", "%", "million", "bn", "half", "a", "two", "dozen", "ago", "later", "days", "dollars", "cents",
    "or more", "tens of", "end of", "century", "1990s", "'90s", "Q5", "FY10", "weekend", "0", "9999", "years",
    "within", "same", "\n",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=60)
DAYS = st.none() | st.dates()
BLANK: Language = make_blank()


@settings(deadline=None, max_examples=150)
@given(TEXTS, DAYS)
def test_times(text: str, published: date | None) -> None:
    doc = BLANK(text)
    found = find_times(doc, published)
    at = 0
    for time in found:
        assert at <= time.span.start < time.span.end <= len(doc.text)
        assert time.span.of(doc.text) == time.text
        assert time.start <= time.end
        at = time.span.end
    alone = read_time(text, published, found[0] if found else None)
    assert alone is None or alone.start <= alone.end


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_amounts(text: str) -> None:
    at = 0
    for a in amounts_in(text):
        assert at <= a.span.start < a.span.end <= len(text)
        assert a.span.of(text) == a.text
        assert a.low is None or a.low <= a.value
        assert a.high is None or a.value <= a.high
        assert (a.currency is None) != (a.unit is None)
        at = a.span.end


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_numbers(text: str) -> None:
    value = number(text)
    assert value is None or value >= 0
