"""GUM's dates: expressions in the order of their text, with values, against the document's day.

JSONL, one document a line. A value is right where first and last day are those of the annotation: of
`when`, of `from` and `to`, or of `notBefore` and `notAfter`; of an open interval only the end told counts.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from chancery.errors import WrongForm
from chancery.evaluation.figures import Outcome, accuracy
from chancery.evaluation.files import objects_of, shown, some
from chancery.evaluation.reading import Drafts
from chancery.events.times import read_time
from chancery.records import Time

WANTED = '{"genre": "news", "dct": "YYYY-MM-DD", "dates": [{"text": "...", "when": "YYYY-MM-DD"}, ...]}'
GENRE = "news"
_VALUE = re.compile(r"(-?\d{1,4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:T.*)?")

Ends = tuple[date | None, date | None]
Row = tuple[str, date | None, list[tuple[str, dict[str, Any]]]]


def measure(file: str, _: Drafts) -> Outcome:
    """Accuracy over news and over all genres. No model is needed: the expressions are given."""
    rows = some([_row(where, found) for where, found in objects_of(file, WANTED)], file, WANTED)
    right: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    misses: list[str] = []
    for genre, day, dates in rows:
        told: Time | None = None
        for words, values in dates:
            read = read_time(words, day, told)
            told = read or told
            hit = is_right(values, read)
            for kind in {"", genre}:
                right[kind] += hit
                whole[kind] += 1
            if not hit:
                said = f"{read.start} to {read.end}" if read else "nothing"
                misses.append(f"{genre}, {day}: {words!r} is {_said(values)}, read {said}")
    news = accuracy(right[GENRE], whole[GENRE], prefix=f"{GENRE} ") if whole[GENRE] else ()
    return Outcome((*news, *accuracy(right[""], whole[""])), tuple(misses))


def _said(values: dict[str, Any]) -> str:
    return ", ".join(f"{k} {v}" for k, v in values.items() if k not in ("text", "rend"))


def _row(where: str, found: dict[str, Any]) -> Row:
    dates = found.get("dates")
    if not isinstance(dates, list):
        raise WrongForm(where, shown(found), WANTED)
    listed = []
    for entry in dates:
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
            raise WrongForm(where, shown(entry), WANTED)
        listed.append((entry["text"], entry))
    day = found.get("dct")
    try:
        return str(found.get("genre", "")), date.fromisoformat(day) if day else None, listed
    except (TypeError, ValueError):
        raise WrongForm(where, f"dct {shown(day)}", WANTED) from None


def is_right(values: dict[str, Any], read: Time | None) -> bool:
    """Whether the interval is the annotated one."""
    first, last = ends(values)
    if read is None or (first is None and last is None):
        return False
    return first in (None, read.start) and last in (None, read.end)


def ends(values: dict[str, Any]) -> Ends:
    """First and last day of an annotation, None where it tells none (or one before the year 1)."""
    if "when" in values:
        return _day(values["when"], last=False), _day(values["when"], last=True)
    return (
        _first(_day(values.get(k), last=False) for k in ("from", "notBefore")),
        _first(_day(values.get(k), last=True) for k in ("to", "notAfter")),
    )


def _first(days: Iterable[date | None]) -> date | None:
    return next((d for d in days if d is not None), None)


def _day(value: Any, *, last: bool) -> date | None:
    match = _VALUE.fullmatch(str(value or "").strip())
    if match is None or match[1].startswith("-"):
        return None
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    try:
        return date(year, month, int(match[3] or (monthrange(year, month)[1] if last else 1)))
    except ValueError:  # "2019-00-00"
        return None
