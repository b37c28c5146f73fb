"""Days, weeks, months and longer periods as intervals, and how words are counted from an anchor.

Weeks run from Monday to Sunday. Intervals are whole days, both ends inclusive. Thirds of a month are its
days 1 to 10, 11 to 20 and the rest; of a year four months each. Centuries and decades begin with the year
that names them. The fiscal year is that of the United States: October to September of the year it is named
for (31 U.S.C. 1102).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from chancery.knowledge.quantity_data import quantities
from chancery.records import Precision

DAY = timedelta(days=1)
_SOON = 60 * DAY  # without a tense to tell, a month this near ahead is the coming one
_SLACK = 14 * DAY  # a past tense may still speak of a day this near ahead
_FAR = 240 * DAY

Direction = Literal["past", "future", "unknown"]


class Resolved(NamedTuple):
    """An interval with its precision; `explicit` where the words themselves tell the year."""

    start: date
    end: date
    precision: Precision
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression is counted from.

    `published` is the report's day, `told` a day told with its year in the same sentence, `narrative` the
    last time told before; `direction` is what the tense says.
    """

    published: date | None
    told: date | None = None
    narrative: Resolved | None = None
    direction: Direction = "unknown"


def one_day(day: date, *, explicit: bool = False) -> Resolved:
    """A day."""
    return Resolved(day, day, "day", explicit)


def week_of(day: date) -> Resolved:
    """The week a day is in."""
    monday = day - day.weekday() * DAY
    return Resolved(monday, monday + 6 * DAY, "week")


def months(year: int, month: int, count: int, precision: Precision, *, explicit: bool = False) -> Resolved:
    """So many whole months; a month beyond 12 is one of a later year."""
    first, last = year * 12 + month - 1, year * 12 + month + count - 2
    end = date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
    return Resolved(date(first // 12, first % 12 + 1, 1), end, precision, explicit)


def whole_month(year: int, month: int, *, explicit: bool = False) -> Resolved:
    """A month."""
    return months(year, month, 1, "month", explicit=explicit)


def whole_year(year: int, *, explicit: bool = False) -> Resolved:
    """A year."""
    return Resolved(date(year, 1, 1), date(year, 12, 31), "year", explicit)


def years(first: int, count: int) -> Resolved:
    """A decade or a century."""
    return Resolved(date(first, 1, 1), date(first + count - 1, 12, 31), "range", explicit=True)


def spanned(first: Resolved, last: Resolved) -> Resolved | None:
    """From the first day of one to the last of another; nothing where they stand the wrong way round."""
    if first.start > last.end:
        return None
    return Resolved(first.start, last.end, "range", first.explicit or last.explicit)


def third(whole: Resolved, part: int) -> Resolved:
    """The early, middle or late third of a month, year or longer; a shorter period stays whole."""
    if whole.precision == "month":
        first = whole.start + part * 10 * DAY
        last = whole.end if part == 2 else first + 9 * DAY
    elif whole.precision == "year":
        return months(whole.start.year, 1 + 4 * part, 4, "range", explicit=whole.explicit)
    elif whole.precision == "range" and whole.end.year > whole.start.year + 5:
        size = whole.end.year - whole.start.year + 1
        begin = whole.start.year + (0, round(size * 0.4), round(size * 0.7))[part]
        until = whole.start.year + (round(size * 0.4), round(size * 0.7), size)[part] - 1
        return Resolved(date(begin, 1, 1), date(until, 12, 31), "range", whole.explicit)
    else:
        return whole
    return Resolved(first, last, "range", whole.explicit)


def moved(whole: Resolved, unit: str, count: int) -> Resolved:
    """The day, week, month or year so many units after the beginning of an interval."""
    here = whole.start
    match unit:
        case "day":
            return one_day((whole.end if count > 0 else here) + count * DAY)
        case "week":
            return week_of(here + 7 * count * DAY)
        case "month":
            return months(here.year, here.month + count, 1, "month")
        case "quarter":
            return months(here.year, (here.month - 1) // 3 * 3 + 1 + 3 * count, 3, "quarter")
        case _:
            return whole_year(here.year + count * (10 if unit == "decade" else 1))


def shifted(day: date, unit: str, count: int) -> date:
    """The same day so many units later; the last of the month where there is none such."""
    if unit in ("day", "week"):
        return day + count * (7 if unit == "week" else 1) * DAY
    step = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit] * count
    total = day.year * 12 + day.month - 1 + step
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def month_number(word: str) -> int:
    """1 to 12."""
    words = quantities().times
    word = word.lower().rstrip(".")
    return words.months.index(word) + 1 if word in words.months else words.month_short.index(word[:3]) + 1


def year_for_month(month: int, anchor: Anchor) -> int | None:
    """The year of a month told without one: by the narrative, then by tense, then the nearest past."""
    if anchor.told is not None:
        return anchor.told.year + (month < anchor.told.month)
    here = anchor.published
    if here is None:
        return None
    if anchor.direction == "future":
        return here.year + (month < here.month)
    soon = date(here.year, month, 1) - here <= _SOON and anchor.direction == "unknown"
    return here.year if month <= here.month or soon else here.year - 1


def year_for_day(month: int, day: int, anchor: Anchor) -> int | None:
    """The year of a day told without one, likewise; without a tense the report's own unless far off."""
    if anchor.told is not None:
        return anchor.told.year + (month < anchor.told.month)
    here = anchor.published
    if here is None:
        return None
    ahead = date(here.year, month, min(day, 28)) - here
    if anchor.direction == "future":
        return here.year + (ahead < -_SLACK)
    limit = _FAR if anchor.direction == "unknown" else _SLACK
    return here.year - (ahead > limit) + (ahead < -_FAR - _SOON and anchor.direction == "unknown")


def weekday_day(wanted: int, anchor: Anchor, word: str = "") -> date | None:
    """The last such day up to the report's own, or the first from it where tense or word looks ahead."""
    here = anchor.published
    if here is None:
        return None
    forward, back = (wanted - here.weekday()) % 7, (here.weekday() - wanted) % 7
    if word == "next":
        return here + (forward or 7) * DAY
    if word == "last":
        return here - (back or 7) * DAY
    if word in ("coming", "upcoming", "by", "until") or (anchor.direction == "future" and word != "past"):
        return here + forward * DAY
    return here - back * DAY


def easter_sunday(year: int) -> date:
    """Western Easter by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)
