"""Events from the JSON that a ledger keeps of them: quickly, for questions have thousands of answers.

What a ledger wrote was a record, so its words need no second check here; what does not have the
shape at all is given to `contract`, which says what is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from chancery.contract import event_from_json
from chancery.records import Amount, Codes, Event, Goods, Party, Place, Reason, Span, Speaker, Time

_day = date.fromisoformat


def revived(contract: str) -> Event:
    """The event. Raises `ContractError` or `ValueError` on what is none."""
    data = json.loads(contract)
    try:
        return _event(data)
    except (KeyError, TypeError, ValueError, AttributeError):
        return event_from_json(data)


def _event(d: dict[str, Any]) -> Event:
    return Event(
        d["id"], Span(*d["trigger"]), d["trigger_text"], Span(*d["sentence"]), d["act"], d["instrument"],
        d["status"], _each(_party, d["actors"]), _each(_party, d["recipients"]), tuple(d["held_by"]),
        _each(_speaker, d["speakers"]), d["time"] and _time(d["time"]), d["place"] and _place(d["place"]),
        _each(_amount, d["amounts"]), _each(_goods, d["goods"]), _codes(d["codes"]), d["confidence"],
        _each(_reason, d["reasons"]),
    )  # fmt: skip


def _each(make: Callable[[dict[str, Any]], Any], parts: list[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple([make(part) for part in parts]) if parts else ()


def _party(d: dict[str, Any]) -> Party:
    return Party(d["id"], d["sector"], d["agent"], d["text"], d["span"] and Span(*d["span"]))


def _speaker(d: dict[str, Any]) -> Speaker:
    return Speaker(d["text"], d["actor"], Span(*d["span"]), d["cue"])


def _time(d: dict[str, Any]) -> Time:
    return Time(d["text"], _day(d["start"]), _day(d["end"]), d["precision"], Span(*d["span"]))


def _place(d: dict[str, Any]) -> Place:
    return Place(d["text"], d["country"], Span(*d["span"]))


def _amount(d: dict[str, Any]) -> Amount:
    bounds = (d["low"], d["high"], d["bound"])
    return Amount(d["text"], d["value"], d["currency"], d["unit"], *bounds, Span(*d["span"]))


def _goods(d: dict[str, Any]) -> Goods:
    return Goods(d["text"], d["count"], d["item"], d["category"], Span(*d["span"]))


def _codes(d: dict[str, Any]) -> Codes:
    p = d["plover"]
    return Codes(p["event"], p["mode"], tuple(p["contexts"]), d["cameo"], d["quad"], d["intensity"])


def _reason(d: dict[str, Any]) -> Reason:
    return Reason(d["field"], d["source"], d["detail"], d["score"])
