"""News time expressions against the report's date, and against dates told before in the sentence.

Weeks run from Monday to Sunday. Intervals are whole days, both ends inclusive; precision says how
exact the words are. Where neither report nor sentence gives a year, nothing is resolved.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Doc

from chancery.knowledge.quantity_data import quantities
from chancery.records import Precision, Span, Time

Resolved = tuple[date, date, Precision]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What an expression is resolved against: the report's date and the last date told."""

    published: date | None
    told: date | None


def find_times(doc: Doc, published: date | None) -> tuple[Time, ...]:
    """Resolved time expressions in reading order, the longest at each place."""
    made: list[Time] = []
    for sentence in doc.sents:
        told: date | None = None
        at = 0
        for match in _pattern().finditer(sentence.text):
            if match.start() < at:
                continue
            resolved = _resolve(match, _Anchor(published, told))
            if resolved is None:
                continue
            start, end, precision = resolved
            told, at = start, match.end()
            span = Span(sentence.start_char + match.start(), sentence.start_char + match.end())
            made.append(Time(match.group(), start, end, precision, span))
    return tuple(made)


@cache
def _pattern() -> re.Pattern[str]:
    words = quantities().times
    month = "|".join([*words.months, *(f"{m}\\.?" for m in words.month_short if m != "may")])
    weekday = "|".join(words.weekdays)
    number = "|".join([r"\d+", *sorted(words.numbers, key=len, reverse=True)])
    unit = "day|week|month|year|decade"
    year = r"(?:19|20)\d\d"
    no_year = (
        rf"(?!,?\s+(?:of\s+)?(?:{year}|last year|this year|next year|\d{{1,2}}\b)|\s+and\s+(?:{month})\s)"
    )
    parts = (
        r"(?P<iso>\b\d{4}-\d\d-\d\d\b)",
        rf"(?P<dmy>\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{month}),?\s+(?P<y1>{year})\b)",
        rf"(?P<mdy>\b(?P<m2>{month})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>{year})\b)",
        rf"(?P<pair>\b(?P<m3>{month})\s+and\s+(?P<m3b>{month})\s+(?P<r3>last year|this year|{year})\b)",
        rf"(?P<my>\b(?P<m4>{month}),?\s+(?:of\s+)?(?P<r4>{year}|last year|this year|next year)\b)",
        rf"(?P<md>\b(?P<m5>{month})\s+(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:million|billion|percent)))",
        rf"(?P<dm>\b(?P<d6>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m6>{month})\b)",
        (
            rf"(?P<rm>\b(?P<r7>last|next|this|earlier in|in|since|by|until|during|early|late|mid-?)\s+"
            rf"(?:early\s+|late\s+|mid-)?(?P<m7>{month})\b{no_year})"
        ),
        rf"(?P<ago>\b(?P<n8>{number})\s+(?P<u8>{unit})s?\s+(?:ago|earlier)\b)",
        r"(?P<ru>\b(?:(?:earlier|later)\s+)?(?P<r9>last|next|this|past|coming|previous)\s+(?P<u9>week|month|year|quarter)\b)",
        rf"(?P<wd>\b(?:(?P<r10>last|next|this|on)\s+)?(?P<w10>{weekday})\b)",
        r"(?P<rel>\b(?:yesterday|today|tomorrow|tonight)\b)",
        rf"(?P<yr>\b(?:in|since|by|during|until|of|for)\s+(?:early\s+|late\s+|mid-)?(?P<y11>{year})\b)",
    )
    return re.compile("|".join(parts), re.IGNORECASE)


def _resolve(match: re.Match[str], anchor: _Anchor) -> Resolved | None:
    name = next(k for k in _RESOLVERS if match[k])
    try:
        return _RESOLVERS[name](match, anchor)
    except (ValueError, OverflowError):  # "February 30", "9999 years ago": no such day
        return None


def _month(word: str) -> int:
    words = quantities().times
    word = word.lower().rstrip(".")
    return words.months.index(word) + 1 if word in words.months else words.month_short.index(word[:3]) + 1


def _whole_month(year: int, month: int) -> Resolved:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"


def _one_day(day: date) -> Resolved:
    return day, day, "day"


def _year_of(words: str, anchor: _Anchor) -> int | None:
    if words.isdigit():
        return int(words)
    if anchor.published is None:
        return None
    return anchor.published.year + {"last": -1, "this": 0, "next": 1}[words.split(maxsplit=1)[0].lower()]


def _iso(m: re.Match[str], _: _Anchor) -> Resolved:
    return _one_day(date.fromisoformat(m["iso"]))


def _dmy(m: re.Match[str], _: _Anchor) -> Resolved:
    return _one_day(date(int(m["y1"]), _month(m["m1"]), int(m["d1"])))


def _mdy(m: re.Match[str], _: _Anchor) -> Resolved:
    return _one_day(date(int(m["y2"]), _month(m["m2"]), int(m["d2"])))


def _pair(m: re.Match[str], anchor: _Anchor) -> Resolved | None:
    year = _year_of(m["r3"], anchor)
    if year is None:
        return None
    first, last = _whole_month(year, _month(m["m3"])), _whole_month(year, _month(m["m3b"]))
    return first[0], last[1], "range"


def _my(m: re.Match[str], anchor: _Anchor) -> Resolved | None:
    year = _year_of(m["r4"], anchor)
    return None if year is None else _whole_month(year, _month(m["m4"]))


def _near_year(month: int, day: int, anchor: _Anchor) -> int | None:
    """The year that brings a day nearest to the report, the past preferred beyond two months."""
    if anchor.told is not None:
        return anchor.told.year if month >= anchor.told.month else anchor.told.year + 1
    if anchor.published is None:
        return None
    here = anchor.published
    ahead = date(here.year, month, min(day, 28)) - here
    return here.year - 1 if ahead > timedelta(days=60) else here.year


def _md(m: re.Match[str], anchor: _Anchor) -> Resolved | None:
    month, day = _month(m["m5"]), int(m["d5"])
    year = _near_year(month, day, anchor)
    return None if year is None else _one_day(date(year, month, day))


def _dm(m: re.Match[str], anchor: _Anchor) -> Resolved | None:
    month, day = _month(m["m6"]), int(m["d6"])
    year = _near_year(month, day, anchor)
    return None if year is None else _one_day(date(year, month, day))


def _relative_month(m: re.Match[str], anchor: _Anchor) -> Resolved | None:  # noqa: PLR0911 (one row a word)
    month, word = _month(m["m7"]), m["r7"].lower()
    here = anchor.published
    if word in ("last", "next", "this"):
        if here is None:
            return None
        if word == "last":
            return _whole_month(here.year if month < here.month else here.year - 1, month)
        if word == "next":
            return _whole_month(here.year if month > here.month else here.year + 1, month)
        return _whole_month(here.year, month)
    if m["m7"].islower() and m["m7"] in ("may", "march"):
        return None
    if anchor.told is not None:
        return _whole_month(anchor.told.year + (month < anchor.told.month), month)
    if here is None:
        return None
    if word in ("by", "until"):
        return _whole_month(here.year + (month < here.month), month)
    return _whole_month(here.year if month <= here.month else here.year - 1, month)


def _ago(m: re.Match[str], anchor: _Anchor) -> Resolved | None:
    if anchor.published is None:
        return None
    told, unit = m["n8"].lower(), m["u8"].lower()
    n = int(told) if told.isdigit() else quantities().times.numbers[told]
    here = anchor.published
    if unit == "day":
        return _one_day(here - n * _DAY)
    if unit == "week":
        return _week(here - 7 * n * _DAY)
    if unit == "month":
        months = here.year * 12 + here.month - 1 - n
        return _whole_month(months // 12, months % 12 + 1)
    return _whole_year(here.year - n * (10 if unit == "decade" else 1))


def _week(day: date) -> Resolved:
    monday = day - day.weekday() * _DAY
    return monday, monday + 6 * _DAY, "week"


def _whole_year(year: int) -> Resolved:
    return date(year, 1, 1), date(year, 12, 31), "year"


def _relative_unit(m: re.Match[str], anchor: _Anchor) -> Resolved | None:
    here = anchor.published
    if here is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[m["r9"].lower()]
    unit = m["u9"].lower()
    if unit == "week":
        return _week(here + 7 * step * _DAY)
    if unit == "year":
        return _whole_year(here.year + step)
    size = 1 if unit == "month" else 3
    first = (here.month - 1) // size * size
    months = here.year * 12 + first + step * size
    start = date(months // 12, months % 12 + 1, 1)
    last = months + size - 1
    end = date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
    return start, end, "month" if size == 1 else "quarter"


def _weekday(m: re.Match[str], anchor: _Anchor) -> Resolved | None:
    """The last such day before the report (or its own day); "next" the first one after it."""
    here = anchor.published
    if here is None:
        return None
    wanted = quantities().times.weekdays.index(m["w10"].lower())
    if (m["r10"] or "").lower() == "next":
        return _one_day(here + ((wanted - here.weekday() - 1) % 7 + 1) * _DAY)
    back = (here.weekday() - wanted) % 7
    if back == 0 and (m["r10"] or "").lower() == "last":
        back = 7
    return _one_day(here - back * _DAY)


def _day_word(m: re.Match[str], anchor: _Anchor) -> Resolved | None:
    if anchor.published is None:
        return None
    step = {"yesterday": -1, "tomorrow": 1}.get(m["rel"].lower(), 0)
    return _one_day(anchor.published + step * _DAY)


def _bare_year(m: re.Match[str], _: _Anchor) -> Resolved:
    return _whole_year(int(m["y11"]))


_RESOLVERS: dict[str, Callable[[re.Match[str], _Anchor], Resolved | None]] = {
    "iso": _iso, "dmy": _dmy, "mdy": _mdy, "pair": _pair, "my": _my, "md": _md, "dm": _dm,
    "rm": _relative_month, "ago": _ago, "ru": _relative_unit, "wd": _weekday, "rel": _day_word,
    "yr": _bare_year,
}  # fmt: skip
