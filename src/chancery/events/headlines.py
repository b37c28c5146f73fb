"""A headline and the sentence that tells it in full: the full one says how real the act is.

"Ankara recognises Graustark", and below it "Turkey will recognise Graustark next month": headlines stand
in the present tense whatever is meant. The headline's line is kept, with the status of the other, and
with the parties that it left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc

from chancery.events.codes import derive
from chancery.events.phrases import worded
from chancery.knowledge.code_data import CodeTables, Worded
from chancery.language.mentions import sentence_bounds
from chancery.records import Event, Party, Reason

_MOST_WORDS = 20
_LEAD = 2  # sentences below the headline in which it is told in full
_ENDS = (".", "!", "?", ":", ";", '."', ".”")


def with_headline(doc: Doc, events: Mapping[int, Event], codes: CodeTables) -> dict[int, Event]:
    """The events by their words, those of the headline agreeing with the lead's."""
    end = headline_end(doc)
    if end is None:
        return dict(events)
    lead = _lead(doc, end)
    told = [events[i] for i in lead if i in events]
    made = dict(events)
    for at in range(end):
        fuller = next((e for e in told if at in events and _tells(events[at], e)), None)
        if fuller is not None:
            made[at] = _agreeing(events[at], fuller, codes, worded(doc[at]))
    return made


def headline_end(doc: Doc) -> int | None:
    """The end of the headline, in words: a short first paragraph without a full stop, above another."""
    first = next((t.i for t in doc if not t.is_space), len(doc))
    end = next((t.i for t in doc[first:] if "\n" in t.text), None)
    if end is None or end - first > _MOST_WORDS or doc[first:end].text.endswith(_ENDS):
        return None
    return end if any(not t.is_space for t in doc[end:]) else None


def _lead(doc: Doc, start: int) -> range:
    """The words of the first sentences below the headline."""
    seen = 0
    for first, last in sentence_bounds(doc):
        if any(t.pos_ in ("VERB", "AUX") for t in doc[max(first, start) : last]):
            seen += 1
        if seen == _LEAD:
            return range(start, last)
    return range(start, len(doc))


def _tells(short: Event, full: Event) -> bool:
    """Whether the fuller line tells the headline's act: same act, no other thing, no other parties."""
    if short.act != full.act or _differ(short.instrument, full.instrument):
        return False
    return bool(_ids(short.actors) & _ids(full.actors)) and not _apart(short.recipients, full.recipients)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _ids(parties: tuple[Party, ...]) -> set[str]:
    return {p.id for p in parties}


def _apart(one: tuple[Party, ...], other: tuple[Party, ...]) -> bool:
    return bool(one and other) and not _ids(one) & _ids(other)


def _agreeing(short: Event, full: Event, codes: CodeTables, words: Worded) -> Event:
    changed = {
        "status": full.status if short.status != full.status else None,
        "recipients": full.recipients if not short.recipients else (),
    }
    if not any(changed.values()):
        return short
    why = [
        Reason(field, "rule", f"as {full.trigger_text!r} below the headline tells it")
        for field, value in changed.items()
        if value
    ]
    held = full.held_by if changed["status"] else short.held_by
    return replace(
        short,
        status=full.status,
        held_by=held,
        recipients=short.recipients or full.recipients,
        codes=derive(short.act, short.instrument, full.status, codes, words),
        reasons=(*short.reasons, *why),
    )
