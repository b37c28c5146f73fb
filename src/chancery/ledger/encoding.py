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
    time, place, trigger, sentence = event.time, event.place, event.trigger, event.sentence
    return (
        f'{{"id":{_quoted(event.id)},"trigger":[{trigger.start},{trigger.end}],'
        f'"trigger_text":{_quoted(event.trigger_text)},"sentence":[{sentence.start},{sentence.end}],'
        f"{_kind(event.act, event.instrument, event.status)}"
        f'"actors":[{_joined([_party(p) for p in event.actors])}],'
        f'"recipients":[{_joined([_party(p) for p in event.recipients])}],'
        f'"held_by":[{_joined([_quoted(h) for h in event.held_by])}],'
        f'"speakers":[{_joined([_speaker(s) for s in event.speakers])}],'
        f'"time":{"null" if time is None else _time(time)},'
        f'"place":{"null" if place is None else _place(place.text, place.country, place.span)},'
        f'"amounts":[{_joined([_amount(a) for a in event.amounts])}],'
        f'"goods":[{_joined([_goods(g) for g in event.goods])}],'
        f'"codes":{_codes(event.codes)},"confidence":{_number(event.confidence)},'
        f'"reasons":[{_joined([_reason(r) for r in event.reasons])}]}}'
    )


# There are few kinds, codes, actors and sources, and each stands in very many events
@lru_cache(4096)
def _kind(act: str, instrument: str | None, status: str) -> str:
    return f'"act":{_quoted(act)},"instrument":{_words(instrument)},"status":{_quoted(status)},'


@lru_cache(4096)
def _party_head(id: str, sector: str | None) -> str:
    return f'{{"id":{_quoted(id)},"sector":{_words(sector)},"agent":'


@lru_cache(1024)
def _reason_head(field: str, source: str) -> str:
    return f'{{"field":{_quoted(field)},"source":{_quoted(source)},"detail":'


def _words(words: str | None) -> str:
    return "null" if words is None else _quoted(words)


def _number(value: float | None) -> str:
    """As `json` writes numbers: Python's own text, with JavaScript's names for what is none."""
    text = repr(value)
    return _OTHER[text] if "n" in text else text


def _span(span: Span) -> str:
    return f"[{span.start},{span.end}]"


def _party(p: Party) -> str:
    agent, span = p.agent, p.span
    return (
        f"{_party_head(p.id, p.sector)}{'null' if agent is None else _quoted(agent)},"
        f'"text":{_quoted(p.text)},"span":{"null" if span is None else f"[{span.start},{span.end}]"}}}'
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
    return (
        f'{{"plover":{{"event":{_quoted(event)},"mode":{_words(mode)},'
        f'"contexts":[{_joined(map(_quoted, contexts))}]}},"cameo":{_words(cameo)}'
    )


def _reason(r: Reason) -> str:
    return f'{_reason_head(r.field, r.source)}{_quoted(r.detail)},"score":{_number(r.score)}}}'
