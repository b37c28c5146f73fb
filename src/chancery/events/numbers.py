"""Numbers in digits and in words: "1,250,000", "12,34,567", "twenty-five", "half a billion", "35 lakh".

The grammar is that of English numerals; "and" joins only behind a hundred or a thousand, or before a
half or quarter, so that "between two and three million" stays two numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from chancery.knowledge.quantity_data import NumberWords, quantities

_DIGITS = (
    r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:\.\d+)?)"
)
_TOKEN = re.compile(r"\d[\d.,\u00a0\u202f]*|[a-z]+", re.IGNORECASE)


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; a blank in a word is any run of blanks."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\ ", r"[ \t\u00a0]+") for w in ordered)


@cache
def number_pattern() -> str:
    """A pattern (for IGNORECASE) of one number in digits or words, without groups."""
    table = quantities().numbers
    magnitude = alternatives(table.magnitudes)
    return rf"(?:{digit_pattern()}(?:(?:[ \t\u00a0-]?(?:{magnitude})\b)*)|{word_pattern()})"


@cache
def digit_pattern() -> str:
    """A pattern of a number in digits."""
    return _DIGITS


@cache
def word_pattern() -> str:
    """A pattern (for IGNORECASE) of one number in words."""
    table = quantities().numbers
    magnitude = alternatives(table.magnitudes)
    ones = alternatives(w for w, v in table.small.items() if v < 10)
    small = rf"(?:(?:{alternatives(table.tens)})(?:[ -](?:{ones})\b)?|(?:{alternatives(table.small)}))\b"
    part = rf"(?:half|(?:three[ -])?quarters?)(?:[ ]+of)?(?:[ ]+an?)?(?=[ -]+(?:{magnitude})\b)"
    half = r"(?:[ ]+and[ ]+(?:a[ ]+)?(?:half|quarter)\b)?"
    head = rf"(?:(?:an?[ ]+)?{part}|an?(?=[ -](?:{magnitude})\b)|{small}{half})"
    times = rf"(?:[ -]+(?:{magnitude})\b)*"
    more = (
        rf"(?:(?<=hundred)[ ]and[ ]{small}(?![ -]hundred)"
        rf"|(?<=thousand)[ ]and[ ]{small}(?![ -](?:{magnitude})\b)"
        rf"|(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion))[ ]{small})"
    )
    return rf"(?:\b{head}{times}(?:{more}{times})*)"


@cache
def _number() -> re.Pattern[str]:
    return re.compile(number_pattern(), re.IGNORECASE)


def number(words: str) -> float | None:
    """The value of a number in digits or words; None where the words are no number."""
    if _number().fullmatch(words.strip()) is None:
        return None
    return _value(_TOKEN.findall(words.lower()), quantities().numbers)


def trailing_factor(words: str) -> int:
    """What the magnitudes at the end of a number multiply by: a million in "two million"."""
    factor = 1
    for token in reversed(_TOKEN.findall(words.lower())):
        size = quantities().numbers.magnitudes.get(token, 1)
        if size < 1000:
            break
        factor *= size
    return factor


def _value(tokens: list[str], table: NumberWords) -> float:
    total, current = 0.0, 0.0
    for token in tokens:
        factor = table.magnitudes.get(token)
        if token[0].isdigit():
            current = _digits(token)
        elif token in table.fractions:
            fraction = table.fractions[token]
            current = current * fraction if token.endswith("s") else current + fraction
        elif factor is None:
            current += (table.small | table.tens).get(token, 0)
        elif factor < 1000:
            current = (current or 1) * factor
        elif current or not total:
            total, current = total + (current or 1) * factor, 0.0
        else:
            total *= factor  # "1 lakh crore"
    return round(total + current, 6)


def _digits(token: str) -> float:
    token = re.sub(r"[,\u00a0\u202f]", "", token)
    return float(token.replace(".", "") if token.count(".") > 1 else token.rstrip("."))
