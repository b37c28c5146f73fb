"""By when a thing is due: as the report words it, and the day that resolves to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from chancery.knowledge.deal_data import deal_words
from chancery.ledger import LedgerEvent
from chancery.records import Schedule, Step

_LONGEST = 60  # characters of a due day's words


def schedule_of(lines: Sequence[LedgerEvent], texts: Callable[[str], str]) -> Schedule | None:
    """The first due day that tellings give, with what later ones say instead; the first stays."""
    first: Schedule | None = None
    revisions: list[Step] = []
    for line in lines:
        found = _told(line, texts)
        if found is None:
            continue
        if first is None:
            first = found
        elif found.due is not None and found.due != first.due:
            day = line.report.published
            revisions.append(Step(found.due.isoformat(), day, line.event.id, line.report.id))
    if first is None or not revisions:
        return first
    return Schedule(first.text, first.due, first.event, tuple(revisions))


def _told(line: LedgerEvent, texts: Callable[[str], str]) -> Schedule | None:
    event, told = line.event, line.report.published
    if event.time is not None and (told is None or event.time.end >= told):
        return Schedule(event.time.text, event.time.end, event.id)
    if event.time is not None:
        return None
    after = texts(line.report.id)[event.trigger.end : max(event.sentence.end, event.trigger.end)]
    worded = _pattern().search(after)
    return Schedule(" ".join(worded.group().split()), None, event.id) if worded else None


@cache
def _pattern() -> re.Pattern[str]:
    openings = "|".join(re.escape(word) for word in sorted(deal_words().sources.due, key=len, reverse=True))
    return re.compile(
        rf"\b(?:{openings})\s+(?:the|his|her|its|their|a|an|this|next|that)\s+[^,.;:()]{{2,{_LONGEST}}}",
        re.IGNORECASE,
    )
