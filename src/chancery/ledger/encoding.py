"""An event as the contract's JSON text, fast: a ledger writes one for each of its lines.

The same text as `json.dumps` makes of `contract.event_to_json` with separators that have no blanks
(a test holds both together), in a third of the time. ASCII only, so that even what columns cannot
hold comes back as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from json import encoder

from chancery.records import Amount, Codes, Event, Goods, Party, Reason, Span, Speaker, Time

_quoted: Callable[[str], str] = encoder.encode_basestring_ascii
_joined: Callable[[Iterable[str]], str] = ",".join
_OTHER = {"None": "null", "nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


def as_json(event: Event) -> str:
    """The whole event."""
    time, place = event.time, event.place
    return (
        f'{{"id":{_quoted(event.id)},"trigger":{_span(event.trigger)},'
        f'"trigger_text":{_quoted(event.trigger_text)},"sentence":{_span(event.sentence)},'
        f'"act":{_quoted(event.act)},"instrument":{_words(event.instrument)},'
        f'"status":{_quoted(event.status)},"actors":[{_joined(map(_party, event.actors))}],'
        f'"recipients":[{_joined(map(_party, event.recipients))}],'
        f'"held_by":[{_joined(map(_quoted, event.held_by))}],'
        f'"speakers":[{_joined(map(_speaker, event.speakers))}],'
        f'"time":{"null" if time is None else _time(time)},'
        f'"place":{"null" if place is None else _place(place.text, place.country, place.span)},'
        f'"amounts":[{_joined(map(_amount, event.amounts))}],"goods":[{_joined(map(_goods, event.goods))}],'
        f'"codes":{_codes(event.codes)},"confidence":{_number(event.confidence)},'
        f'"reasons":[{_joined(map(_reason, event.reasons))}]}}'
    )


def _words(words: str | None) -> str:
    return "null" if words is None else _quoted(words)


def _number(value: float | None) -> str:
    """As `json` writes numbers: Python's own text, with JavaScript's names for what is none."""
    text = repr(value)
    return _OTHER[text] if "n" in text else text


def _span(span: Span) -> str:
    return f"[{span.start},{span.end}]"


def _party(p: Party) -> str:
    span = "null" if p.span is None else _span(p.span)
    return (
        f'{{"id":{_quoted(p.id)},"sector":{_words(p.sector)},"agent":{_words(p.agent)},'
        f'"text":{_quoted(p.text)},"span":{span}}}'
    )


def _speaker(s: Speaker) -> str:
    return (
        f'{{"text":{_quoted(s.text)},"actor":{_words(s.actor)},"span":{_span(s.span)},"cue":{_words(s.cue)}}}'
    )


def _time(t: Time) -> str:
    return (
        f'{{"text":{_quoted(t.text)},"start":"{t.start.isoformat()}","end":"{t.end.isoformat()}",'
        f'"precision":{_quoted(t.precision)},"span":{_span(t.span)}}}'
    )


def _place(text: str, country: str | None, span: Span) -> str:
    return f'{{"text":{_quoted(text)},"country":{_words(country)},"span":{_span(span)}}}'


def _amount(a: Amount) -> str:
    return (
        f'{{"text":{_quoted(a.text)},"value":{_number(a.value)},"currency":{_words(a.currency)},'
        f'"unit":{_words(a.unit)},"low":{_number(a.low)},"high":{_number(a.high)},'
        f'"bound":{_words(a.bound)},"span":{_span(a.span)}}}'
    )


def _goods(g: Goods) -> str:
    return (
        f'{{"text":{_quoted(g.text)},"count":{_number(g.count)},"item":{_quoted(g.item)},'
        f'"category":{_words(g.category)},"span":{_span(g.span)}}}'
    )


def _codes(c: Codes) -> str:
    words = _code_words(c.plover_event, c.plover_mode, c.plover_contexts, c.cameo)
    return f'{words},"quad":{_number(c.quad)},"intensity":{_number(c.intensity)}}}'


@lru_cache(4096)
def _code_words(event: str, mode: str | None, contexts: tuple[str, ...], cameo: str | None) -> str:
    """There are few codes, and each stands in very many events."""
    return (
        f'{{"plover":{{"event":{_quoted(event)},"mode":{_words(mode)},'
        f'"contexts":[{_joined(map(_quoted, contexts))}]}},"cameo":{_words(cameo)}'
    )


def _reason(r: Reason) -> str:
    return (
        f'{{"field":{_quoted(r.field)},"source":{_quoted(r.source)},"detail":{_quoted(r.detail)},'
        f'"score":{_number(r.score)}}}'
    )
