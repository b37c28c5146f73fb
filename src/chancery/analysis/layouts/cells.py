"""Values as cells of tables: safe to open in a spreadsheet, and read back as they were.

A spreadsheet runs a cell that begins with = + - @ (or a tab or line break before one) as a formula.
Text that does gets an apostrophe in front; so does text that already begins with apostrophes and such
a sign, so that taking one away (`unguarded`) always gives back what it was. Numbers of our own stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

Cell = str | int | float | date | None

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BREAK = re.compile(r"[\t\r\n\x85\u2028\u2029]+")
_REPLACED = "\N{REPLACEMENT CHARACTER}"
SEPARATOR = "; "


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made safe."""
    return cell[1:] if _GUARDED.match(cell) else cell


def written(value: Cell, *, guard: bool, one_line: bool) -> str:
    """A value as it stands in a file; nothing is an empty cell.

    Control characters become U+FFFD; `one_line` makes a blank of tabs and line breaks, for files
    that have no quotation marks.
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if not isinstance(value, str):
        return str(value)
    text = _CONTROL.sub(_REPLACED, value)
    text = _BREAK.sub(" ", text) if one_line else text
    return guarded(text) if guard else text


def joined(parts: Sequence[object]) -> str:
    """Several values in one cell; one that is missing is empty between its marks."""
    words = ["" if p is None else f"{p:.15g}" if isinstance(p, float) else str(p) for p in parts]
    return SEPARATOR.join(words) if any(words) else ""
