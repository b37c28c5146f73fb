"""The public JSON of one reading, and back. The shape is the design's contract: names never change.

Spans are `[start, end]`, days ISO 8601 strings, every key is there even where it is empty.
Beyond the contract: `version`, `report.url`, an actor's `affiliation` and `sector`, a mention's
`sector`, `agent`, `role` and `principal`, a link's `reason`, and spans wherever
the contract has only words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, get_args

from chancery.errors import ContractError
from chancery.records import (
    ACTOR_KINDS,
    ACTS,
    INSTRUMENTS,
    LINK_KINDS,
    PRECISIONS,
    SECTORS,
    STATUSES,
    Actor,
    Amount,
    Bound,
    Codes,
    Event,
    Finding,
    Goods,
    How,
    Link,
    Mention,
    Party,
    Place,
    Reading,
    Reason,
    Report,
    Source,
    Span,
    Speaker,
    Time,
)

Json = dict[str, Any]
T = TypeVar("T")

_HOWS: tuple[How, ...] = get_args(How)
_BOUNDS: tuple[Bound, ...] = get_args(Bound)


def reading_to_json(reading: Reading) -> Json:
    """One reading as the object that `chancery read --format jsonl` prints."""
    report = _record(replace(reading.report, source=None, doubts=()))
    del report["text"], report["doubts"]
    report["source"] = _source(reading.report.source)
    return {
        "report": report,
        "version": reading.version,
        "actors": _plain(reading.actors),
        "mentions": _plain(reading.mentions),
        "events": _plain(reading.events),
        "links": _plain(reading.links),
        "findings": _plain(reading.findings),
    }


def event_to_json(event: Event) -> Json:
    """One event as it stands in the contract's `events`."""
    return _record(event)


_SAME = frozenset((str, int, float, bool, type(None)))


def _plain(value: Any) -> Any:  # noqa: PLR0911 (one a type; a table of functions is slower)
    """A record or a field of one, in JSON's own types. Ledgers do this for each event they store."""
    kind = value.__class__
    if kind in _SAME:
        return value
    if kind is Span:
        return [value.start, value.end]
    if kind is tuple:
        return [_plain(part) for part in value]
    if kind is date:
        return value.isoformat()
    if kind is Codes:
        return _codes(value)
    if kind is Mention:
        rest = _record(value)
        del rest["span"]
        return {"start": value.span.start, "end": value.span.end, **rest}
    return _record(value)


def _record(record: Any) -> Json:
    """The record's fields under their own names, which are the contract's (a test holds both)."""
    names, values = _fields_of(record.__class__)
    return dict(zip(names, map(_plain, values(record)), strict=True))


@cache
def _fields_of(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names of a record's fields, and what takes all their values at once."""
    names = tuple(field.name for field in fields(kind))
    return names, attrgetter(*names)


def _source(source: Source | None) -> Json | None:
    if source is None:
        return None
    return {"sha256": source.sha256, "media_type": source.media_type, "charset": source.charset}


def _codes(codes: Codes) -> Json:
    return {
        "plover": {
            "event": codes.plover_event,
            "mode": codes.plover_mode,
            "contexts": list(codes.plover_contexts),
        },
        "cameo": codes.cameo,
        "quad": codes.quad,
        "intensity": codes.intensity,
    }


def reading_from_json(data: object, text: str) -> Reading:
    """The reading that `reading_to_json` made; `text` is the report's, which the JSON leaves out.

    Raises `ContractError`, naming the place, on anything that is not in the contract's shape.
    """
    f = _Fields(data, "")
    return Reading(
        report=_read_report(f.inner("report"), text),
        actors=f.each("actors", _read_actor),
        mentions=f.each("mentions", _read_mention),
        events=f.each("events", _read_event),
        links=f.each("links", _read_link),
        findings=f.each("findings", _read_finding),
        version=f.text("version"),
    )


def event_from_json(data: object) -> Event:
    """The event that `event_to_json` made. Raises `ContractError`."""
    return _read_event(_Fields(data, "event"))


class _Fields:
    """A JSON object, read key by key with the type that is due; errors name the path."""

    __slots__ = ("_data", "_where")

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            raise ContractError(where, "is not an object")
        self._data: Mapping[str, Any] = data
        self._where = where

    def wrong(self, key: str, problem: str) -> ContractError:
        return ContractError(f"{self._where}.{key}".lstrip("."), problem)

    def value(self, key: str) -> Any:
        if key not in self._data:
            raise self.wrong(key, "is missing")
        return self._data[key]

    def of(self, key: str, kind: type[T], name: str) -> T:
        value = self.value(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(key, f"is not {name}")
        return value

    def text(self, key: str) -> str:
        return self.of(key, str, "text")

    def whole(self, key: str) -> int:
        return self.of(key, int, "a whole number")

    def flag(self, key: str) -> bool:
        return self.of(key, bool, "true or false")

    def number(self, key: str) -> float:
        if isinstance(self.value(key), float):
            return self.of(key, float, "a number")
        return float(self.of(key, int, "a number"))

    def word(self, key: str, allowed: tuple[T, ...]) -> T:
        for word in allowed:
            if self.value(key) == word:
                return word
        raise self.wrong(key, f"{self.value(key)!r} is not a word of the codebook")

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            raise self.wrong(key, f"{self.value(key)!r} is not a day as YYYY-MM-DD") from None

    def span(self, key: str) -> Span:
        match self.value(key):
            case [int(start), int(end)] if 0 <= start <= end:
                return Span(start, end)
        raise self.wrong(key, "is not a span [start, end]")

    def maybe(self, key: str, read: Callable[[str], T]) -> T | None:
        return None if self.value(key) is None else read(key)

    def maybe_word(self, key: str, allowed: tuple[T, ...]) -> T | None:
        return None if self.value(key) is None else self.word(key, allowed)

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.of(key, list, "a list")
        if not all(isinstance(v, str) for v in values):
            raise self.wrong(key, "is not a list of texts")
        return tuple(values)

    def inner(self, key: str) -> _Fields:
        return _Fields(self.value(key), f"{self._where}.{key}".lstrip("."))

    def each(self, key: str, read: Callable[[_Fields], T]) -> tuple[T, ...]:
        where = f"{self._where}.{key}".lstrip(".")
        values = enumerate(self.of(key, list, "a list"))
        return tuple(read(_Fields(value, f"{where}[{i}]")) for i, value in values)


def _read_report(f: _Fields, text: str) -> Report:
    return Report(
        id=f.text("id"),
        text=text,
        file=f.text("file"),
        title=f.maybe("title", f.text),
        publisher=f.maybe("publisher", f.text),
        published=f.maybe("published", f.day),
        url=f.maybe("url", f.text),
        language=f.text("language"),
    )


def _read_actor(f: _Fields) -> Actor:
    return Actor(
        id=f.text("id"),
        name=f.text("name"),
        kind=f.word("kind", ACTOR_KINDS),
        affiliation=f.maybe("affiliation", f.text),
        sector=f.maybe_word("sector", SECTORS),
    )


def _read_mention(f: _Fields) -> Mention:
    start, end = f.whole("start"), f.whole("end")
    if not 0 <= start <= end:
        raise f.wrong("start", f"{start}-{end} is not a span")
    return Mention(
        span=Span(start, end),
        text=f.text("text"),
        actor=f.text("actor"),
        principal=f.text("principal"),
        how=f.word("how", _HOWS),
        sector=f.maybe_word("sector", SECTORS),
        agent=f.maybe("agent", f.text),
        role=f.maybe("role", f.text),
    )


def _read_event(f: _Fields) -> Event:
    return Event(
        id=f.text("id"),
        trigger=f.span("trigger"),
        trigger_text=f.text("trigger_text"),
        sentence=f.span("sentence"),
        act=f.word("act", ACTS),
        instrument=f.maybe_word("instrument", INSTRUMENTS),
        status=f.word("status", STATUSES),
        actors=f.each("actors", _read_party),
        recipients=f.each("recipients", _read_party),
        held_by=f.texts("held_by"),
        speakers=f.each("speakers", _read_speaker),
        time=f.maybe("time", lambda key: _read_time(f.inner(key))),
        place=f.maybe("place", lambda key: _read_place(f.inner(key))),
        amounts=f.each("amounts", _read_amount),
        goods=f.each("goods", _read_goods),
        codes=_read_codes(f.inner("codes")),
        confidence=f.number("confidence"),
        reasons=f.each("reasons", _read_reason),
    )


def _read_party(f: _Fields) -> Party:
    return Party(
        id=f.text("id"),
        sector=f.maybe_word("sector", SECTORS),
        agent=f.maybe("agent", f.text),
        text=f.text("text"),
        span=f.maybe("span", f.span),
    )


def _read_speaker(f: _Fields) -> Speaker:
    return Speaker(f.text("text"), f.maybe("actor", f.text), f.span("span"), f.maybe("cue", f.text))


def _read_time(f: _Fields) -> Time:
    precision = f.word("precision", PRECISIONS)
    return Time(f.text("text"), f.day("start"), f.day("end"), precision, f.span("span"))


def _read_place(f: _Fields) -> Place:
    return Place(f.text("text"), f.maybe("country", f.text), f.span("span"))


def _read_amount(f: _Fields) -> Amount:
    return Amount(
        text=f.text("text"),
        value=f.number("value"),
        currency=f.maybe("currency", f.text),
        unit=f.maybe("unit", f.text),
        low=f.maybe("low", f.number),
        high=f.maybe("high", f.number),
        bound=f.maybe_word("bound", _BOUNDS),
        span=f.span("span"),
    )


def _read_goods(f: _Fields) -> Goods:
    return Goods(
        text=f.text("text"),
        count=f.maybe("count", f.whole),
        item=f.text("item"),
        category=f.maybe("category", f.text),
        span=f.span("span"),
    )


def _read_codes(f: _Fields) -> Codes:
    plover = f.inner("plover")
    return Codes(
        plover_event=plover.text("event"),
        plover_mode=plover.maybe("mode", plover.text),
        plover_contexts=plover.texts("contexts"),
        cameo=f.maybe("cameo", f.text),
        quad=f.whole("quad"),
        intensity=f.number("intensity"),
    )


def _read_reason(f: _Fields) -> Reason:
    score = f.maybe("score", f.number)
    return Reason(f.text("field"), f.text("source"), f.text("detail"), score)


def _read_link(f: _Fields) -> Link:
    kind = f.word("kind", LINK_KINDS)
    explicit, reason = f.flag("explicit"), f.text("reason")
    return Link(kind, f.text("give"), f.text("take"), f.span("span"), explicit, reason)


def _read_finding(f: _Fields) -> Finding:
    kind, message = f.text("kind"), f.text("message")
    return Finding(kind, message, f.maybe("span", f.span), f.maybe("event", f.text))
