"""The grammar of news time expressions: patterns with what each resolves to.

A rule's group `core`, where it has one, is the expression without the preposition that gives it away. The
longest match at a place wins; what cannot be resolved (no such day, no anchor) is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from chancery.events.numbers import alternatives, number, word_pattern
from chancery.events.time_values import (
    DAY,
    Anchor,
    Resolved,
    easter_sunday,
    month_number,
    months,
    moved,
    one_day,
    shifted,
    spanned,
    third,
    week_of,
    weekday_day,
    whole_month,
    whole_year,
    year_for_day,
    year_for_month,
    years,
)
from chancery.knowledge.quantity_data import TimePattern, quantities

Match = re.Match[str]
Resolver = Callable[[Match, Anchor], Resolved | None]

_HALF_AND_QUARTER = {"half": 6, "quarter": 3}
_STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and its resolver.

    A rule that is `loose` holds only for words given as a time, one `before_noun` only for a modifier.
    """

    name: str
    pattern: re.Pattern[str]
    resolve: Resolver
    loose: bool = False
    before_noun: bool = False

    def find(self, text: str) -> Iterator[Match]:
        """All matches in a text."""
        return self.pattern.finditer(text)


def resolved(rule: Rule, match: Match, anchor: Anchor) -> Resolved | None:
    """What a match means; None where it is no day, or there is nothing to count from."""
    try:
        made = rule.resolve(match, anchor)
    except (ValueError, OverflowError):  # "February 30", "9999 years ago": no such day
        return None
    return made if made is None or made.start <= made.end else None


@cache
def rules() -> tuple[Rule, ...]:
    """All rules; the order decides only between matches of one length."""
    parts = _parts()
    return tuple(_rule(pattern, parts) for pattern in quantities().time_patterns)


def _rule(p: TimePattern, parts: dict[str, str]) -> Rule:
    compiled = re.compile(_filled(p.pattern, parts), re.IGNORECASE)
    return Rule(p.name, compiled, _RESOLVERS[p.reads], p.given, p.before_noun)


def _parts() -> dict[str, str]:
    """What stands for each <PART> of a pattern."""
    words = quantities().times
    short = alternatives(m for m in words.month_short if m != "may")
    ordinals = [f"{n}{s}" for n in range(1, 22) for s in ("st", "nd", "rd", "th")]
    return {
        "M": rf"(?:{alternatives(words.months)}|(?:{short}|sept)\b\.?)",
        "W": alternatives(words.weekdays),
        "Y": r"(?:1[0-9]|20)\d\d",
        "D": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?",
        "N": rf"(?:(?<![\d,.])\d{{1,4}}(?![,\d])|{word_pattern()}|an?)",
        "U": r"(?:day|week|month|quarter|year|decade)",
        "YW": r"(?:last|this|next|the\s+(?:same|following|previous|next|current)|that)\s+year|the\s+year",
        "T": alternatives(words.thirds),
        "S": alternatives(words.seasons),
        "O": alternatives([*words.ordinals, *ordinals]),
        "R": r"(?:to|until|till|through|and|[-–—])",
        "H": alternatives([*words.holidays, *words.easter]),
        "DEC": alternatives(words.decades),
    }


def _filled(pattern: str, parts: dict[str, str]) -> str:
    """The pattern with its <parts>, and one blank for any run of blanks."""
    return re.sub(r"<([A-Z]+)>", lambda m: f"(?:{parts[m[1]]})", pattern.replace(" ", r"\s+"))


def _day(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _year(words: str | None, anchor: Anchor) -> int | None:
    """A year in digits, or "last year", "that year"; None where there is no anchor."""
    if words is None:
        return None
    if words[:4].isdigit():
        return int(words[:4])
    word = words.lower().split()
    if word[0] == "that" or "same" in word:
        return anchor.narrative.start.year if anchor.narrative else None
    if "following" in word or "previous" in word:
        step = 1 if "following" in word else -1
        return anchor.narrative.start.year + step if anchor.narrative else None
    if anchor.published is None:
        return None
    return anchor.published.year + {"last": -1, "next": 1}.get(word[-2], 0)


def _iso(m: Match, _: Anchor) -> Resolved:
    return one_day(date.fromisoformat(m[0]), explicit=True)


def _slashed(m: Match, _: Anchor) -> Resolved | None:
    """Digits with slashes, where only one order makes a day."""
    first, second, year = int(m["a"]), int(m["b"]), int(m["y"])
    year += 0 if year > 99 else 1900 if year > 50 else 2000
    if first <= 12 and second <= 12 and first != second:
        return None
    return one_day(date(year, min(first, second), max(first, second)), explicit=True)


def _date(m: Match, anchor: Anchor) -> Resolved | None:
    """Month and day, the year told or counted."""
    month, day = month_number(m["m"]), _day(m["d"])
    told = _year(m["y"], anchor)
    year = told if m["y"] else year_for_day(month, day, anchor)
    return None if year is None else one_day(date(year, month, day), explicit=m["y"] is not None)


def _days(m: Match, anchor: Anchor) -> Resolved | None:
    """From one day to another, the month of the first perhaps told only with the last."""
    month = month_number(m["m"])
    last_month = month_number(m["m2"]) if m["m2"] else month
    year = _year(m["y"], anchor) if m["y"] else year_for_day(last_month, _day(m["d2"]), anchor)
    if year is None:
        return None
    last = one_day(date(year, last_month, _day(m["d2"])), explicit=m["y"] is not None)
    return spanned(one_day(date(year - (month > last_month), month, _day(m["d"]))), last)


def _month_year(m: Match, anchor: Anchor) -> Resolved | None:
    year = _year(m["y"], anchor)
    return None if year is None else _part(m, whole_month(year, month_number(m["m"]), explicit=True))


def _month_range(m: Match, anchor: Anchor) -> Resolved | None:
    first, last = month_number(m["m"]), month_number(m["m2"])
    year = _year(m["y"], anchor) if m["y"] else year_for_month(last, anchor)
    if year is None:
        return None
    return spanned(
        whole_month(year - (first > last), first, explicit=m["y"] is not None), whole_month(year, last)
    )


def _month(m: Match, anchor: Anchor) -> Resolved | None:
    """A month by itself: "last May", "by May", "in early May"."""
    month, word = month_number(m["m"]), (m["w"] or "").lower()
    here = anchor.published
    if m["m"].islower() or (word in ("last", "next", "this") and here is None):
        return None
    if word == "last" and here is not None:
        year: int | None = here.year - (month >= here.month)
    elif word == "next" and here is not None:
        year = here.year + (month <= here.month)
    elif word == "this" and here is not None:
        year = here.year
    elif word in ("by", "until", "before") and here is not None and anchor.told is None:
        year = here.year + (month < here.month)
    else:
        year = year_for_month(month, anchor)
    return None if year is None else _part(m, whole_month(year, month))


def _part(m: Match, whole: Resolved) -> Resolved:
    """The early or late part, where the words say so."""
    word = m.groupdict().get("t")
    return (
        third(whole, quantities().times.thirds[" ".join(word.lower().rstrip("-").split())]) if word else whole
    )


def _year_alone(m: Match, anchor: Anchor) -> Resolved | None:
    year = _year(m["y"], anchor)
    return None if year is None else _part(m, whole_year(year, explicit=m["y"][0].isdigit()))


def _year_range(m: Match, _: Anchor) -> Resolved | None:
    first, last = int(m["y"]), m["y2"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return spanned(whole_year(first, explicit=True), whole_year(end, explicit=True))


def _decade(m: Match, _: Anchor) -> Resolved:
    """ "The 1990s", "the '90s", "the nineties"."""
    if m["y"]:
        digits = int(m["y"])
        first = digits if digits > 99 else 1900 + digits
    else:
        first = 1900 + quantities().times.decades[m["word"].lower()]
    return _part(m, years(first, 10))


def _century(m: Match, _: Anchor) -> Resolved:
    return _part(m, years((_ordinal(m["o"]) - 1) * 100, 100))


def _ordinal(word: str) -> int:
    return _day(word) if word[0].isdigit() else quantities().times.ordinals[word.lower()]


def _piece(m: Match, anchor: Anchor) -> Resolved | None:
    """A half or quarter of a year: "the first half of 2009", "Q3 2009"."""
    size = _HALF_AND_QUARTER[m["kind"].lower()] if m["kind"] else 3 if m["q"].upper() == "Q" else 6
    which = _ordinal(m["o"]) if m["o"] else int(m["n"])
    year = _year(m["y"], anchor) if m["y"] else (anchor.published.year if anchor.published else None)
    if year is None or which * size > 12:
        return None
    return months(year, (which - 1) * size + 1, size, "quarter" if size == 3 else "range", explicit=True)


def _fiscal(m: Match, _: Anchor) -> Resolved:
    year = int(m["y"])
    return months((year if year > 99 else 2000 + year) - 1, 10, 12, "range", explicit=True)


def _season(m: Match, anchor: Anchor) -> Resolved | None:
    first = quantities().times.seasons[m["s"].lower()]
    word = (m["w"] or "").lower()
    here = anchor.published
    if m["y"]:
        year = _year(m["y"], anchor)
    elif here is None:
        return None
    elif word == "next":
        year = here.year + (here.month >= first)
    elif word == "last":
        year = here.year - (here.month < first + 3)
    else:
        year = (
            here.year
            if anchor.direction == "future" or word == "this" or here.month >= first
            else here.year - 1
        )
    return None if year is None else months(year, first, 3, "range")


def _end_of(m: Match, anchor: Anchor) -> Resolved | None:
    """The last day of a month or year."""
    if m["m"]:
        year = _year(m["y2"], anchor) if m["y2"] else year_for_month(month_number(m["m"]), anchor)
        whole = whole_month(year, month_number(m["m"])) if year is not None else None
    elif m["y"]:
        year = _year(m["y"], anchor)
        whole = whole_year(year) if year is not None else None
    else:
        here = anchor.published
        step = _STEPS.get((m["w"] or "this").lower().split()[-1], 0)
        whole = moved(one_day(here), m["u"].lower(), step) if here else None
    return Resolved(whole.end, whole.end, "day") if whole else None


def _unit(m: Match, anchor: Anchor) -> Resolved | None:
    """ "Last week", "this year", "early next year"."""
    here = anchor.published
    if here is None:
        return None
    step = _STEPS[m["w"].lower().split()[-1]]
    unit = m["u"].lower()
    made = moved(one_day(here), unit, step) if unit != "day" or not step else None
    return _part(m, made) if made else None


def _weekend(m: Match, anchor: Anchor) -> Resolved | None:
    here = anchor.published
    if here is None:
        return None
    word = (m["w"] or "").lower().split()[-1:]
    monday = week_of(here).start
    if word in (["next"], ["coming"]) or anchor.direction == "future":
        saturday = monday + (5 if word != ["next"] or here.weekday() < 5 else 12) * DAY
    elif word == ["last"] or here.weekday() < 5:
        saturday = monday - 2 * DAY
    else:
        saturday = monday + 5 * DAY
    return Resolved(saturday, saturday + DAY, "range")


def _weekday(m: Match, anchor: Anchor) -> Resolved | None:
    wanted = quantities().times.weekdays.index(m["wd"].lower())
    if m["week"]:
        if anchor.published is None:
            return None
        week = week_of(anchor.published + 7 * _STEPS[m["week"].lower()] * DAY)
        return one_day(week.start + wanted * DAY)
    day = weekday_day(wanted, anchor, (m["w"] or "").lower())
    return None if day is None else one_day(day)


def _day_word(m: Match, anchor: Anchor) -> Resolved | None:
    if anchor.published is None:
        return None
    words = m[0].lower()
    step = -1 if "yesterday" in words or "last" in words else 1 if "tomorrow" in words else 0
    return one_day(anchor.published + (step * 2 if words.startswith("the day") else step) * DAY)


def _count(words: str) -> int:
    value = number(words)
    return 1 if value is None else int(value)


def _ago(m: Match, anchor: Anchor) -> Resolved | None:
    """So many units before the report; "earlier" and "later" count from the narrative."""
    word, unit, count = " ".join(m["w"].lower().split()), m["u"].lower(), _count(m["n"])
    if unit == "hour":
        unit, count = "day", count // 24
        if not count:
            return None
    here = one_day(anchor.published) if anchor.published else None
    if word in ("ago", "from now"):
        base, back = here, word == "ago"
    else:
        back = word in ("earlier", "before", "previously")
        base = anchor.narrative or (here if word == "earlier" else None)
    return moved(base, unit, -count if back else count) if base else None


def _stretch(m: Match, anchor: Anchor) -> Resolved | None:
    """ "The past 30 days", "the next three years", "within two weeks": up to the report, or from it."""
    here = anchor.published
    if here is None:
        return None
    unit, count = m["u"].lower(), _count(m["n"]) if m["n"] else 1
    if m["w"] and m["w"].lower() in ("last", "past", "previous"):
        return Resolved(shifted(here, unit, -count), here, "range")
    return Resolved(here, shifted(here, unit, count), "range")


def _narrative(m: Match, anchor: Anchor) -> Resolved | None:
    """ "The same day", "the following month", "the year before": counted from the time told last."""
    base = anchor.narrative
    if base is None:
        return None
    word = (m["w"] or m["w2"]).lower()
    if word == "then":
        return Resolved(base.start, base.end, base.precision)
    step = {"same": 0, "that": 0, "following": 1, "next": 1, "after": 1, "later": 1}.get(word, -1)
    if base.precision != "day" and (m["u"] or m["u2"]).lower() == "day":
        return None
    return moved(base, (m["u"] or m["u2"]).lower(), step)


def _since_then(_: Match, anchor: Anchor) -> Resolved | None:
    """From the time told last up to the report."""
    base, here = anchor.narrative, anchor.published
    return Resolved(base.start, here, "range") if base and here else None


def _holiday(m: Match, anchor: Anchor) -> Resolved | None:
    words = quantities().times
    name = " ".join(m["h"].lower().split())
    fixed = words.holidays.get(name)
    month, day = fixed or (4, 1)
    year = _year(m["y"], anchor) if m["y"] else year_for_day(month, day, anchor)
    if year is None:
        return None
    explicit = m["y"] is not None
    if fixed:
        return one_day(date(year, month, day), explicit=explicit)
    return one_day(easter_sunday(year) + words.easter[name] * DAY, explicit=explicit)


def _year_end(_: Match, anchor: Anchor) -> Resolved | None:
    if anchor.published is None:
        return None
    return one_day(date(anchor.published.year, 12, 31))


_RESOLVERS: dict[str, Resolver] = {
    "iso": _iso,
    "slashed": _slashed,
    "date": _date,
    "days": _days,
    "month_year": _month_year,
    "month_range": _month_range,
    "month": _month,
    "year_alone": _year_alone,
    "year_range": _year_range,
    "decade": _decade,
    "century": _century,
    "piece": _piece,
    "fiscal": _fiscal,
    "season": _season,
    "end_of": _end_of,
    "year_end": _year_end,
    "unit": _unit,
    "weekend": _weekend,
    "weekday": _weekday,
    "day_word": _day_word,
    "ago": _ago,
    "stretch": _stretch,
    "narrative": _narrative,
    "since_then": _since_then,
    "holiday": _holiday,
}
