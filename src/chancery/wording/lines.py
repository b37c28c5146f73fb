"""Lines of the ledger in words: parties, days, money, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from chancery.records import Act, Event, Instrument, LinkKind, Party, Time

if TYPE_CHECKING:
    from chancery.ledger import LedgerEvent

Names = Mapping[str, str]

NOBODY = "nobody named"
_NOUNS: Mapping[Act, tuple[str, str]] = {
    "AGREE": ("agreement", "with"),
    "CONSULT": ("talks", "with"),
    "SUPPORT": ("support", "for"),
    "COOPERATE": ("cooperation", "with"),
    "AID": ("aid", "to"),
    "CONCEDE": ("concession", "to"),
    "RETREAT": ("retreat", "towards"),
    "REQUEST": ("request", "to"),
    "ACCUSE": ("accusation", "against"),
    "REJECT": ("rejection", "of"),
    "THREATEN": ("threat", "against"),
    "PROTEST": ("protest", "against"),
    "SANCTION": ("sanction", "against"),
    "MOBILIZE": ("mobilization", "towards"),
    "COERCE": ("coercion", "against"),
    "ASSAULT": ("assault", "against"),
}
# How each end of a link stands to the other: (said of `give`, said of `take`)
_ENDS: Mapping[LinkKind, tuple[str, str]] = {
    "in_return_for": ("given in return for", "paid for with"),
    "condition": ("on condition of", "condition of"),
    "purpose": ("in order to get", "purpose of"),
    "because": ("because of", "reason of"),
    "unrequited": ("given, yet not answered by", "did not come in return for"),
}
# The same without a direction, where only one end is known
BESIDE: Mapping[LinkKind, str] = {
    "in_return_for": "in return",
    "condition": "as its condition",
    "purpose": "as its purpose",
    "because": "as its reason",
    "unrequited": "yet not in return",
}


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`; each word once."""
    parts = list(dict.fromkeys(words))
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def named(ids: Iterable[str], names: Names) -> str:
    """Actors by their names."""
    return listed(names.get(id, id) for id in ids)


def side(parties: Iterable[Party], names: Names) -> str:
    """One side of an event."""
    return named((p.id for p in parties), names)


def act_words(act: Act, instrument_id: Instrument | None) -> str:
    """The act with its instrument: `aid (debt relief)`."""
    noun = _NOUNS[act][0]
    instrument = (instrument_id or "").replace("_", " ")
    return f"{noun} ({instrument})" if instrument and instrument != noun else noun


def deed(event: Event, names: Names) -> str:
    """Who did what to whom, with what is given, without how far it came or when."""
    who = side(event.actors, names) or NOBODY
    to = f" {_towards(event)} {side(event.recipients, names)}" if event.recipients else ""
    things = [a.text for a in event.amounts] + [g.text for g in event.goods]
    return ", ".join([f"{who}: {act_words(event.act, event.instrument)}{to}", *dict.fromkeys(things)])


def _towards(event: Event) -> str:
    if event.instrument == "recognition" and event.act == "SUPPORT":
        return "of"
    return _NOUNS[event.act][1]


def in_words(event: Event, names: Names) -> str:
    """The whole line: the deed, how far it came, and when."""
    when = [period(event.time)] if event.time else []
    return ", ".join([deed(event, names), event.status.replace("_", " "), *when])


def day_words(day: date) -> str:
    """`26 October 2009`."""
    return f"{day.day} {day:%B} {day.year}"


def period(time: Time) -> str:
    """A time as precise as its words and no more."""
    start, end = time.start, time.end
    match time.precision:
        case "year" if start.year == end.year:
            return str(start.year)
        case "quarter" if (start.month - 1) // 3 == (end.month - 1) // 3:
            return f"quarter {(start.month + 2) // 3} of {start.year}"
        case "month" if (start.year, start.month) == (end.year, end.month):
            return f"{start:%B} {start.year}"
        case "week":
            return f"week of {day_words(start)}"
    return day_words(start) if start == end else f"{day_words(start)} to {day_words(end)}"


def number(value: float) -> str:
    """`2.2 billion`, `668.5`: as a person writes it."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{round(value / size, 3):g} {word}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def on_whose_word(line: LedgerEvent, names: Names) -> str:
    """The report's publisher, then those it quotes, outermost first; alone in its own voice."""
    source = line.report.publisher or line.report.file
    quoted = (
        s.text if s.actor is None else f"{s.text} ({names.get(s.actor, s.actor)})"
        for s in line.event.speakers
    )
    return " > ".join((source, *quoted))


def tie(kind: LinkKind, *, is_give: bool) -> str:
    """How an event stands to the other end of a link."""
    return _ENDS[kind][0 if is_give else 1]
