"""All that speaks for or against one line: its words, its report, links, doubts, judgements, others.

`alike` are lines of other reports that may tell the same act; nobody has said so, and they are found
by their fields alone. `merged` are those of which a person has said it. `occurrences` are the acts, each
with all that tell it and their origins, that the line was found to be a telling of.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from chancery.errors import EventUnknown
from chancery.ledger import EventQuery, Judgement, Ledger, LedgerEvent, LedgerFinding, LedgerLink
from chancery.records import Event, Occurrence, Span

_MOST_ALIKE = 20
_LOOKED_AT = 1000
_TOLD_WITHIN = timedelta(days=366)  # an undated line counts by its report's day


@dataclass(frozen=True, slots=True)
class Tie:
    """A link and the line at its other end, where that still stands."""

    link: LedgerLink
    is_give: bool
    other: LedgerEvent | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line with all that the ledger has on it. `sha256` is of the report's text in UTF-8."""

    line: LedgerEvent
    text: str
    paragraph: Span
    sha256: str
    ties: tuple[Tie, ...]
    doubts: tuple[LedgerFinding, ...]
    judgements: tuple[Judgement, ...]
    merged: tuple[LedgerEvent, ...]
    alike: tuple[LedgerEvent, ...]
    occurrences: tuple[Occurrence, ...]


def evidence(ledger: Ledger, id_or_prefix: str) -> Evidence:
    """The evidence for the line of that id, or whose id alone begins so. Raises `EventUnknown`."""
    line = ledger.event(id_or_prefix)
    text = ledger.text(line.report.id)
    judgements = ledger.judgements_on(line.event.id)
    merged = tuple(_merged(ledger, line, judgements))
    known = {line.event.id, *(m.event.id for m in merged)}
    return Evidence(
        line=line,
        text=text,
        paragraph=paragraph_around(text, line.event.sentence),
        sha256=hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest(),
        ties=tuple(_ties(ledger, line)),
        doubts=tuple(f for f in ledger.findings_on(line.report.id) if f.finding.event == line.event.id),
        judgements=judgements,
        merged=merged,
        alike=tuple(other for other in alike(ledger, line) if other.event.id not in known),
        occurrences=ledger.occurrences_of(line.event.id),
    )


def paragraph_around(text: str, sentence: Span) -> Span:
    """From the blank line before the sentence to the one after it, without blanks at either end."""
    start = text.rfind("\n\n", 0, sentence.start)
    end = text.find("\n\n", sentence.end)
    start, end = (0 if start < 0 else start + 2), (len(text) if end < 0 else end)
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip())))


def alike(ledger: Ledger, line: LedgerEvent) -> tuple[LedgerEvent, ...]:
    """Lines of other reports with the same act, instrument and parties, at times that do not part."""
    event = line.event
    actors = tuple(p.id for p in event.actors)
    recipients = tuple(p.id for p in event.recipients)
    if not actors:
        return ()
    one_each = len(actors) == len(recipients) == 1 and actors != recipients
    time = event.time
    query = EventQuery(
        act=(event.act,),
        instrument=(event.instrument,) if event.instrument else (),
        actor=() if one_each else actors,  # which way it went is looked at below
        recipient=() if one_each else recipients,
        between=(actors[0], recipients[0]) if one_each else None,
        since=time.start if time else None,
        until=time.end + _TOLD_WITHIN if time else None,
        newest=True,
        limit=_LOOKED_AT,
    )
    found = (other for other in ledger.events(query) if _may_be_one(line, other))
    return tuple(islice(found, _MOST_ALIKE))


def _may_be_one(line: LedgerEvent, other: LedgerEvent) -> bool:
    one, two = line.event, other.event
    parted = one.time and two.time and (one.time.end < two.time.start or two.time.end < one.time.start)
    same = _sides(one) == _sides(two) and one.instrument == two.instrument
    return other.report.id != line.report.id and same and not parted


def _sides(event: Event) -> tuple[set[str], set[str]]:
    return {p.id for p in event.actors}, {p.id for p in event.recipients}


def _ties(ledger: Ledger, line: LedgerEvent) -> list[Tie]:
    shown = line.event.id
    ties = []
    for entry in ledger.links_of(line.report.id):
        link = entry.link
        if shown in (link.give, link.take):
            other = link.take if link.give == shown else link.give
            ties.append(Tie(entry, link.give == shown, _standing(ledger, other)))
    return ties


def _merged(ledger: Ledger, line: LedgerEvent, judgements: tuple[Judgement, ...]) -> list[LedgerEvent]:
    """The other lines of merges that hold."""
    held = [j for j in judgements if j.verdict == "merge" and j.closed_at is None]
    others = dict.fromkeys(e for j in held for e in j.events if e != line.event.id)
    return [found for event in others if (found := _standing(ledger, event))]


def _standing(ledger: Ledger, event: str) -> LedgerEvent | None:
    try:
        return ledger.event(event)
    except EventUnknown:
        return None
