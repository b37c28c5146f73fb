"""A field of a line from the words a person types, in the form annotators of the corpus write.

    status=planned            act=AID            instrument=none
    actors=RUS[Moscow], VEN   held_by=RUS        speakers=the envoy=RUS, his aide=
    time=2009-10[next month]  place=Zenda=RUR    amounts=2e9 USD[$2 billion]  goods=2 ferry[two ferries]

Words in brackets stand in the text; those of the line's own sentence are meant before others.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from chancery.errors import UsageError
from chancery.events.codes import derive
from chancery.knowledge.actor_data import actor_knowledge
from chancery.knowledge.code_data import code_tables
from chancery.records import (
    ACTS,
    INSTRUMENTS,
    STATUSES,
    Act,
    Amount,
    Event,
    Goods,
    Party,
    Place,
    Precision,
    Span,
    Speaker,
    Time,
)

Word = TypeVar("Word", bound=str)
_PARTY = re.compile(r"\s*([^\s\[\],]+)\s*(?:\[([^\]]*)\])?\s*(?:,|$)")
_AMOUNT = re.compile(r"\s*([\d.]+(?:e\d+)?)\s+([^\s\[\],]+)\s*\[([^\]]+)\]\s*(?:,|$)", re.IGNORECASE)
_GOODS = re.compile(r"\s*(\d+|\?)\s+([^\[\],]+?)\s*\[([^\]]+)\]\s*(?:,|$)")
_TIME = re.compile(r"([\d-]+)(?:/([\d-]+))?\s*(?:\[(.+)\])?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def edited(event: Event, field: str, value: str, text: str) -> Event:
    """The line with one field as typed, its codes derived anew. Raises `UsageError`."""
    edit = EDITABLE.get(field.strip())
    if edit is None:
        raise UsageError(f"{field.strip()!r} is no field; fields are {', '.join(EDITABLE)}")
    made = edit(event, value.strip(), text)
    return replace(made, codes=derive(made.act, made.instrument, made.status, code_tables()))


def new_line(act: Act, trigger: str, text: str) -> Event:
    """A line on the first place where the trigger's words stand, otherwise empty: occurred, by nobody.

    Raises `UsageError` where they do not stand in the text.
    """
    return new_line_on(act, _standing(trigger, text, Span(0, len(text))), text)


def new_line_on(act: Act, trigger: Span, text: str) -> Event:
    """A line on these characters of the text, otherwise empty. Raises `UsageError` where there are none."""
    words = trigger.of(text)
    if not words.strip() or trigger.end > len(text):
        raise UsageError(f"characters {trigger.start}-{trigger.end} hold no words of the text")
    codes = derive(act, None, "occurred", code_tables())
    return Event(
        "", trigger, words, sentence_around(text, trigger), act, None, "occurred", (), (), (), (), None,
        None, (), (), codes, 1.0, (),
    )  # fmt: skip


def sentence_around(text: str, span: Span) -> Span:
    """From the end of the sentence or line before to the end of this one."""
    begun = [m.end() for m in re.finditer(r"[.!?][\"”’)]*\s+|\n\s*", text[: span.start])]
    end = re.compile(r"[.!?][\"”’)]*(?=\s|$)|(?=\n)|$").search(text, span.end)
    return Span(begun[-1] if begun else 0, end.end() if end else len(text))


def _standing(words: str, text: str, sentence: Span) -> Span:
    """Where words stand whole: in the sentence, else anywhere first."""
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)") if words else None
    found = pattern and (pattern.search(text, sentence.start, sentence.end) or pattern.search(text))
    if not found:
        raise UsageError(f"{words!r} does not stand in the report's text")
    return Span(found.start(), found.end())


def _word(kind: str, value: str, allowed: tuple[Word, ...]) -> Word:
    for word in allowed:
        if word == value:
            return word
    raise UsageError(f"{kind} {value!r} is unknown; allowed are {', '.join(allowed)}")


def _act(event: Event, value: str, _text: str) -> Event:
    return replace(event, act=_word("act", value, ACTS))


def _instrument(event: Event, value: str, _text: str) -> Event:
    chosen = None if value in ("", "none") else _word("instrument", value, INSTRUMENTS)
    return replace(event, instrument=chosen)


def _status(event: Event, value: str, _text: str) -> Event:
    return replace(event, status=_word("status", value, STATUSES))


def _each(pattern: re.Pattern[str], kind: str, value: str) -> Iterator[re.Match[str]]:
    """Matches that follow each other to the end. Raises `UsageError` at what is none."""
    at = 0
    while at < len(value) and value not in ("", "none"):
        found = pattern.match(value, at)
        if found is None or found.end() == at:
            raise UsageError(
                f"{kind} are not understood from {value[at:].strip()!r} on; see `chancery judge --help`"
            )
        yield found
        at = found.end()


def _parties(event: Event, value: str, text: str, side: tuple[Party, ...]) -> tuple[Party, ...]:
    """Parties by id; one that was there keeps its words unless others are given."""
    before = {p.id: p for p in side}
    made = []
    for found in _each(_PARTY, "parties", value):
        id, words = found[1], found[2]
        party = before.get(id, Party(id, actor_knowledge().actor(id).sector, None, "", None))
        if words:
            party = replace(party, text=words, span=_standing(words, text, event.sentence))
        made.append(party)
    return tuple(made)


def _actors(event: Event, value: str, text: str) -> Event:
    return replace(event, actors=_parties(event, value, text, event.actors))


def _recipients(event: Event, value: str, text: str) -> Event:
    return replace(event, recipients=_parties(event, value, text, event.recipients))


def _held_by(event: Event, value: str, _text: str) -> Event:
    return replace(event, held_by=tuple(m[1] for m in _each(_PARTY, "holders", value)))


def _speakers(event: Event, value: str, text: str) -> Event:
    said = re.split(r",\s(?=[^,]*=)", value) if value not in ("", "none") else []
    return replace(event, speakers=tuple(_speaker(event, each, text) for each in said))


def _speaker(event: Event, said: str, text: str) -> Speaker:
    words, equals, actor = said.rpartition("=")
    if not equals:
        raise UsageError(f"speaker {said!r} is not understood; a speaker is words=ID")
    words = words.strip()
    before = next((s for s in event.speakers if s.text == words), None)
    span = before.span if before else _standing(words, text, event.sentence)
    return Speaker(words, actor.strip() or None, span, before.cue if before else None)


def _place(event: Event, value: str, text: str) -> Event:
    if value in ("", "none"):
        return replace(event, place=None)
    words, equals, country = value.rpartition("=")
    words = words.strip() if equals else value
    span = _standing(words, text, event.sentence)
    return replace(event, place=Place(words, (country.strip() or None) if equals else None, span))


def _time(event: Event, value: str, text: str) -> Event:
    if value in ("", "none"):
        return replace(event, time=None)
    found = _TIME.fullmatch(value)
    if found is None:
        raise UsageError(f"time {value!r} is not understood; a time is 2009-10[next month]")
    start, end, precision = _interval(found[1])
    if found[2]:
        end, precision = _interval(found[2])[1], "range"
    if found[3]:
        words, span = found[3], _standing(found[3], text, event.sentence)
    elif event.time:
        words, span = event.time.text, event.time.span
    else:
        raise UsageError(f"time {value!r} names no words; write {value}[words of the text]")
    if end < start:
        raise UsageError(f"time {value!r} ends before it begins")
    return replace(event, time=Time(words, start, end, precision, span))


def _interval(value: str) -> tuple[date, date, Precision]:
    try:
        match [int(part) for part in value.split("-")]:
            case [year, month, day]:
                return date(year, month, day), date(year, month, day), "day"
            case [year, month]:
                last = calendar.monthrange(year, month)[1]
                return date(year, month, 1), date(year, month, last), "month"
            case [year]:
                return date(year, 1, 1), date(year, 12, 31), "year"
    except (ValueError, calendar.IllegalMonthError):
        pass
    raise UsageError(f"{value!r} is no day, month or year, as 2009-10-26, 2009-10 or 2009")


def _amounts(event: Event, value: str, text: str) -> Event:
    made = []
    for found in _each(_AMOUNT, "amounts", value):
        words, unit = found[3], found[2]
        span = _standing_loosely(words, text, event.sentence)
        currency = unit if _CURRENCY.fullmatch(unit) else None
        unit_or_none = None if currency else unit
        made.append(Amount(words, float(found[1]), currency, unit_or_none, None, None, None, span))
    return replace(event, amounts=tuple(made))


def _standing_loosely(words: str, text: str, sentence: Span) -> Span:
    """Sums begin and end with signs, which are no words."""
    at = text.find(words, sentence.start, sentence.end)
    at = text.find(words) if at < 0 else at
    if at < 0:
        raise UsageError(f"{words!r} does not stand in the report's text")
    return Span(at, at + len(words))


def _goods(event: Event, value: str, text: str) -> Event:
    before = {g.item: g.category for g in event.goods}
    made = []
    for found in _each(_GOODS, "goods", value):
        count = None if found[1] == "?" else int(found[1])
        span = _standing(found[3], text, event.sentence)
        made.append(Goods(found[3], count, found[2], before.get(found[2]), span))
    return replace(event, goods=tuple(made))


EDITABLE: Mapping[str, Callable[[Event, str, str], Event]] = {
    "act": _act,
    "instrument": _instrument,
    "status": _status,
    "actors": _actors,
    "recipients": _recipients,
    "held_by": _held_by,
    "speakers": _speakers,
    "time": _time,
    "place": _place,
    "amounts": _amounts,
    "goods": _goods,
}
