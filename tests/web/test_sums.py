"""Sums in what is searched for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.ledger import AmountQuery
from chancery.web.sums import sought


@pytest.mark.parametrize(
    ("wanted", "words", "low", "high", "currency"),
    [
        ("$1 billion", "", 0.995e9, 1.005e9, "USD"),
        ("loan 1bn russia", "loan russia", 0.995e9, 1.005e9, None),
        ("more than 100m", "", 1e8, None, None),
        ("> 100m euros", "", 1e8, None, "EUR"),
        (">= $2bn arms", "arms", 2e9, None, "USD"),
        ("under $5 million", "", None, 5e6, "USD"),
        ("up to 3bn dollars", "", None, 3e9, "USD"),
        ("about 3 million for ships", "for ships", 2.7e6, 3.3e6, None),
        ("between 1bn and 2bn", "", 1e9, 2e9, None),
        ("$1-2 billion grants", "grants", 1e9, 2e9, "USD"),
    ],
)
def test_a_sum_is_a_number(
    wanted: str, words: str, low: float | None, high: float | None, currency: str | None
) -> None:
    found = sought(wanted)
    assert found.words == words
    assert found.amount is not None
    assert found.amount.currency == currency
    assert found.amount.low == (low if low is None else pytest.approx(low))
    assert found.amount.high == (high if high is None else pytest.approx(high))


def test_bounds_leave_out_the_number_itself_where_the_words_do() -> None:
    over, least = sought("over $5m").amount, sought("at least $5m").amount
    assert over is not None
    assert over.low is not None
    assert over.low > 5e6
    assert least == AmountQuery(low=5e6, currency="USD")


@pytest.mark.parametrize("words", ["loans of 2009", "$", "resolution 1803", "a <b>1</b>", ""])
def test_other_words_are_no_sum(words: str) -> None:
    assert sought(words).amount is None
    assert sought(words).words == words


@given(st.text(max_size=200))
def test_any_words_are_taken(words: str) -> None:
    sought(words)
