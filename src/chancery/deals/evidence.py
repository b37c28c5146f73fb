"""On whose word a dealing stands: how many origins, which of the parties, and whether any denies it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from chancery.deals.deeds import DONE, Deed
from chancery.knowledge.deal_data import deal_words
from chancery.ledger import LedgerEvent
from chancery.records import EvidenceGrade, Speaker


def grade(deeds: Sequence[Deed], sides: Collection[str]) -> EvidenceGrade:
    """The strongest that may be said of some acts between these parties; a contest outweighs all."""
    lines = [line for deed in deeds for line in deed.lines]
    statuses = [{line.event.status for line in deed.lines} for deed in deeds]
    if any(found & DONE and "not_occurred" in found for found in statuses):
        return "contested"
    answering = {s.actor for line in lines for s in line.event.speakers if s.actor in sides and answers(s)}
    if len(answering) > 1:
        return "confirmed_by_both"
    if any(_is_official(line) for line in lines):
        return "official_document"
    if any(deed.origins > 1 for deed in deeds):
        return "independent"
    return "same_origin" if len({line.report.id for line in lines}) > 1 else "one_source"


def answers(speaker: Speaker) -> bool:
    """Whether somebody answers for what is said: a name or an office, not "a source"."""
    return not _words(speaker.text) & deal_words().sources.vague


def is_official(lines: Iterable[LedgerEvent], actors: Collection[str]) -> bool:
    """Whether one of these actors is quoted for it by name or office, innermost speaker."""
    return any(
        line.event.speakers and line.event.speakers[-1].actor in actors and answers(line.event.speakers[-1])
        for line in lines
    )


def _is_official(line: LedgerEvent) -> bool:
    publisher = (line.report.publisher or "").casefold()
    return any(word in publisher for word in deal_words().sources.official)


def _words(text: str) -> set[str]:
    return {word.strip(".,'’") for word in text.casefold().split()}
