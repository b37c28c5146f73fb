"""Sums: words -> value, currency or unit, low, high, bound."""

from __future__ import annotations

import pytest
from spacy.language import Language

from chancery.events.amounts import amounts_in, currency_of, find_amounts

TABLE = [
    ("$1 billion", 1e9, "USD", None, None, None, None),
    ("$2.2 billion", 2.2e9, "USD", None, None, None, None),
    ("US$30m", 3e7, "USD", None, None, None, None),
    ("over $200 million", 2e8, "USD", None, 2e8, None, "over"),
    ("nearly $30 billion", 3e10, "USD", None, None, None, "about"),
    ("up to €6 billion", 6e9, "EUR", None, None, 6e9, "up_to"),
    ("at least £5bn", 5e9, "GBP", None, 5e9, None, "at_least"),
    ("$3-5 billion", 4e9, "USD", None, 3e9, 5e9, None),
    ("$3 billion to $5 billion", 4e9, "USD", None, 3e9, 5e9, None),
    ("55 million yuan", 5.5e7, "CNY", None, None, None, None),
    ("6,000 Polish zloty", 6000, "PLN", None, None, None, None),
    ("1,250,000 euros", 1.25e6, "EUR", None, None, None, None),
    ("100 Canadian dollars", 100, "CAD", None, None, None, None),
    ("20 million barrels", 2e7, None, "barrels", None, None, None),
    ("30 percent", 30, None, "percent", None, None, None),
    ("$1.5bn", 1.5e9, "USD", None, None, None, None),
    ("C$100 million", 1e8, "CAD", None, None, None, None),
    ("US $2.5 billion", 2.5e9, "USD", None, None, None, None),
    ("$US7 million", 7e6, "USD", None, None, None, None),
    ("EUR50m", 5e7, "EUR", None, None, None, None),
    ("1,200€", 1200, "EUR", None, None, None, None),
    ("75 USD million", 7.5e7, "USD", None, None, None, None),
    ("20 billion rubles", 2e10, "RUB", None, None, None, None),
    ("35 lakh rupees", 3.5e6, "INR", None, None, None, None),
    ("Rs 500 crore", 5e9, "INR", None, None, None, None),
    ("12,34,567 rupees", 1234567, "INR", None, None, None, None),
    ("5 million pounds", 5e6, "GBP", None, None, None, None),
    ("half a billion dollars", 5e8, "USD", None, None, None, None),
    ("two million euros", 2e6, "EUR", None, None, None, None),
    ("two and a half million euros", 2.5e6, "EUR", None, None, None, None),
    ("three hundred and fifty thousand dollars", 3.5e5, "USD", None, None, None, None),
    ("three dollars and 50 cents", 3.5, "USD", None, None, None, None),
    ("tens of millions of dollars", 1e7, "USD", None, 1e7, 1e8, None),
    ("$2 million or more", 2e6, "USD", None, 2e6, None, "at_least"),
    ("as much as $10bn", 1e10, "USD", None, None, 1e10, "up_to"),
    ("just under $4 billion", 4e9, "USD", None, None, 4e9, "under"),
    ("$200,000 to $4 million", 2.1e6, "USD", None, 2e5, 4e6, None),
    ("$89 to $93 billion", 9.1e10, "USD", None, 8.9e10, 9.3e10, None),
]


@pytest.mark.parametrize(("words", "value", "currency", "unit", "low", "high", "bound"), TABLE)
def test_amount(
    blank: Language, words: str, value: float, currency: str | None, unit: str | None,
    low: float | None, high: float | None, bound: str | None,
) -> None:  # fmt: skip
    """One sum in a plain sentence."""
    doc = blank(f"Moscow lent {words} yearly.")
    (a,) = find_amounts(doc)
    assert (a.value, a.currency, a.unit, a.low, a.high, a.bound) == (
        pytest.approx(value), currency, unit, low, high, bound,
    )  # fmt: skip
    assert a.span.of(doc.text) == a.text == words


@pytest.mark.parametrize("words", ["100M people", "six fighters", "in 2009", "Resolution 1973", "a Su-30"])
def test_no_amount(blank: Language, words: str) -> None:
    """A number without currency or unit is no sum."""
    assert find_amounts(blank(f"They counted {words}.")) == ()


MORE = [
    ("between $3 billion and $5 billion", [(3e9, 5e9)]),
    ("between two and three million euros", [(2e6, 3e6)]),
    ("raised from $3bn to $5bn", [(3e9, 3e9), (5e9, 5e9)]),
    ("rose by $4 million to $9 million", [(4e6, 4e6), (9e6, 9e6)]),
    ("$2 million and $3 million", [(2e6, 2e6), (3e6, 3e6)]),
    ("the country's $500 million", [(5e8, 5e8)]),
    ("A $5 million loan", [(5e6, 5e6)]),
    ("$5 million to 3 states", [(5e6, 5e6)]),
]


@pytest.mark.parametrize(("words", "wanted"), MORE)
def test_one_sum_or_two(words: str, wanted: list[tuple[float, float]]) -> None:
    """Ranges are one sum with both ends; changes and lists are two sums."""
    told = [(a.low or a.value, a.high or a.value) for a in amounts_in(words)]
    assert told == wanted


@pytest.mark.parametrize(
    "words",
    [
        "a 500-pound bomb", "5,000 pounds of rice", "several hundred thousand dollars", "they try 5 times",
        "the party won 12 seats", "all 27 states", "Type 054A", "in 1998 and 2003", "a 100M race",
    ],
)  # fmt: skip
def test_nothing_mistaken_for_money(words: str) -> None:
    """Weights, sizes without a number, years, designations and common words are no sums."""
    assert amounts_in(words) == ()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Swiss francs", ("CHF", 1.0)),
        ("cents", ("USD", 0.01)),
        ("pounds", ("GBP", 1.0)),
        ("plane", None),
    ],
)
def test_currency_by_its_words(words: str, wanted: tuple[str, float] | None) -> None:
    assert currency_of(words) == wanted
