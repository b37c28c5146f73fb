"""Numbers in digits and words."""

from __future__ import annotations

import pytest

from chancery.events.numbers import number

TABLE = [
    ("7", 7),
    ("1,250,000", 1_250_000),
    ("12,34,567.89", 1_234_567.89),
    ("1.250.000", 1_250_000),
    ("twelve", 12),
    ("twenty-five", 25),
    ("two dozen", 24),
    ("a dozen", 12),
    ("one hundred and twenty", 120),
    ("three hundred and fifty thousand", 350_000),
    ("two million three hundred thousand", 2_300_000),
    ("half a billion", 5e8),
    ("a quarter of a million", 250_000),
    ("three quarters billion", 7.5e8),
    ("two and a half million", 2_500_000),
    ("35 lakh", 3_500_000),
    ("1 lakh crore", 1e12),
    ("several", None),
    ("hundred", None),
    ("a", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "value"), TABLE)
def test_number(words: str, value: float | None) -> None:
    assert number(words) == value
