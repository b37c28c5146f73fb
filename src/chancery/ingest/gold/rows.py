"""Marks as a row of the corpus of dealings (training/dealings), checked against text and vocabularies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from chancery.errors import WrongForm
from chancery.ingest.gold.marks import Mark, Marked
from chancery.knowledge.actor_data import actor_knowledge
from chancery.records import ACTS, INSTRUMENTS, LINK_KINDS, STATUSES, report_id

Row = dict[str, Any]
PARTS: Final = ("actor", "recipient", "speaker", "time", "place", "amount", "goods")
LABELS: Final = (*ACTS, *PARTS)
_SIDES: Final = {"actor": "actors", "recipient": "recipients"}
_NAMES: Final = ("name", "acronym", "demonym", "capital")
_SHOWN: Final = 40  # characters of a text in a message


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated report: its row, and the report as a line that `chancery read` takes."""

    row: Row
    report: Row


def gold_row(marked: Marked) -> Gold:
    """The row that marks make. Raises `WrongForm`, naming the mark."""
    triggers = {key: mark for key, mark in marked.marks.items() if mark.label in ACTS}
    for key, mark in marked.marks.items():
        if mark.label not in LABELS:
            raise _wrong(marked, key, f"the label {mark.label!r}", f"one of {', '.join(LABELS)}")
    order = sorted(triggers, key=lambda key: triggers[key].span)
    events = {key: _event(marked, key, triggers[key]) for key in order}
    links = list(_related(marked, events))
    key = report_id(marked.text, marked.publisher)
    row = {
        "key": key,
        "source": "gold",
        "sha256": hashlib.sha256(marked.text.encode()).hexdigest(),
        "reader": marked.reader,
        "events": list(events.values()),
        "links": links,
    }
    report = {
        "name": marked.name,
        "published": marked.published,
        "publisher": marked.publisher,
        "text": marked.text,
    }
    return Gold(row, report)


def _event(marked: Marked, key: str, mark: Mark) -> Row:
    status = mark.attributes.get("status", "occurred")
    instrument = mark.attributes.get("instrument") or None
    if status not in STATUSES:
        raise _wrong(marked, key, f"the status {status!r}", f"one of {', '.join(STATUSES)}")
    if instrument is not None and instrument not in INSTRUMENTS:
        raise _wrong(marked, key, f"the instrument {instrument!r}", f"one of {', '.join(INSTRUMENTS)}")
    return {
        "trigger": _span(mark), "act": mark.label, "instrument": instrument, "actors": [], "recipients": [],
        "status": status, "held_by": [], "speakers": [], "time": None, "amounts": [], "goods": [],
    }  # fmt: skip


def _related(marked: Marked, events: dict[str, Row]) -> Iterator[Row]:
    """The links; parts are put into their events."""
    numbers = {key: number for number, key in enumerate(events)}
    for relation in marked.relations:
        where = f"{relation.one} to {relation.other}"
        if relation.one not in events or relation.other not in marked.marks:
            raise _wrong(marked, where, "a relation that does not lead from an act to a mark", "such a one")
        if relation.label in LINK_KINDS:
            if relation.other not in events:
                raise _wrong(marked, where, f"a link {relation.label!r} to no act", "one between two acts")
            give, take = numbers[relation.one], numbers[relation.other]
            yield {"kind": relation.label, "give": give, "take": take, "cue": None}
            continue
        part = marked.marks[relation.other]
        if relation.label not in PARTS or part.label not in PARTS:
            wanted = f"{', '.join(PARTS)} to such a part, or {', '.join(LINK_KINDS)} to an act"
            raise _wrong(marked, where, f"a relation {relation.label!r} to {part.label!r}", wanted)
        _put(events[relation.one], relation.label, part, marked, relation.other)


def _put(event: Row, role: str, part: Mark, marked: Marked, key: str) -> None:
    """A part into its event; places are not in the corpus."""
    span, value = _span(part), part.attributes.get("value")
    match role:
        case "actor" | "recipient":
            event[_SIDES[role]].append({"id": _actor(part, marked, key), "span": span})
        case "speaker":
            told = part.attributes.get("id")
            event["speakers"].append({"actor": _actor(part, marked, key) if told else None, "span": span})
        case "time":
            event["time"] = {"value": value, "span": span}
        case "amount":
            number, currency = _money(value, marked, key)
            event["amounts"].append({"value": number, "currency": currency, "span": span})
        case "goods":
            event["goods"].append(_goods(value, part.span.of(marked.text), span))
        case _:
            pass


def _goods(value: str | None, words: str, span: list[int]) -> Row:
    """`2 Mi-17`: a count, if there is one, and the thing; without a value the marked words."""
    first, _, rest = (value or "").partition(" ")
    if first.isdigit() and rest:
        return {"count": int(first), "item": rest, "span": span}
    return {"count": None, "item": value or words, "span": span}


def _money(value: str | None, marked: Marked, key: str) -> tuple[float | None, str | None]:
    """`1000000 USD` as a number and a currency; None where it is not told."""
    if not value:
        return None, None
    number, _, currency = value.replace(",", "").partition(" ")
    try:
        return float(number), currency or None
    except ValueError:
        raise _wrong(
            marked, key, f"the value {value!r}", "a number and a currency, such as 1000000 USD"
        ) from None


def _actor(mark: Mark, marked: Marked, key: str) -> str:
    """An id that we know, or the one actor of that name."""
    told = mark.attributes.get("id") or mark.span.of(marked.text)
    knowledge = actor_knowledge()
    if told in knowledge.entries:
        return told
    fits = {n.actor for n in knowledge.names if n.text == told and n.how in _NAMES}
    if len(fits) != 1:
        raise _wrong(marked, key, f"the actor {told!r}", "an id of an actor known here, such as ECU")
    return fits.pop()


def _span(mark: Mark) -> list[int]:
    return [mark.span.start, mark.span.end]


def checked_mark(marked_text: str, start: Any, end: Any, where: str, words: str | None) -> tuple[int, int]:
    """Offsets that lie in the text and cover those words, if they are told. Raises `WrongForm`."""
    whole = isinstance(start, int) and isinstance(end, int) and not isinstance(start, bool)
    if not whole or not 0 <= start < end <= len(marked_text):
        raise WrongForm(
            where, f"the span {start!r} to {end!r}", f"one inside the text of {len(marked_text)} characters"
        )
    if words is not None and marked_text[start:end] != words:
        found = f"the words {words[:_SHOWN]!r} where the text has {marked_text[start:end][:_SHOWN]!r}"
        raise WrongForm(where, found, "offsets that count characters (code points) of the text as it is")
    return start, end


def _wrong(marked: Marked, key: str, found: str, wanted: str) -> WrongForm:
    return WrongForm(f"{marked.where}, {key}", found, wanted)
