"""Sums: words -> value, currency or unit, low, high, bound."""

from __future__ import annotations

import pytest
from spacy.language import Language

from chancery.events.amounts import find_amounts

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
]


@pytest.mark.parametrize(("words", "value", "currency", "unit", "low", "high", "bound"), TABLE)
def test_amount(
    blank: Language, words: str, value: float, currency: str | None, unit: str | None,
    low: float | None, high: float | None, bound: str | None,
) -> None:  # fmt: skip
    """One sum in a plain sentence."""
    doc = blank(f"Moscow lent {words} to the island.")
    (a,) = find_amounts(doc)
    assert (a.value, a.currency, a.unit, a.low, a.high, a.bound) == (
        pytest.approx(value), currency, unit, low, high, bound,
    )  # fmt: skip
    assert a.span.of(doc.text) == a.text == words


@pytest.mark.parametrize("words", ["100M people", "six fighters", "in 2009", "Resolution 1973", "a Su-30"])
def test_no_amount(blank: Language, words: str) -> None:
    """A number without currency or unit is no sum."""
    assert find_amounts(blank(f"They counted {words}.")) == ()
