"""How far an act has come, in four stages, and on whose word a report tells it."""

from __future__ import annotations

from dataclasses import dataclass

from chancery.ledger import LedgerEvent
from chancery.records import STAGE_OF, Event, Stage

__all__ = ["STAGE_OF", "Stage", "Word", "stage_of", "word_for"]


def stage_of(event: Event) -> Stage:
    """How far the thing itself has come: that somebody asked for a loan is not yet a loan."""
    stage = STAGE_OF[event.status]
    if stage == "done" and event.act == "REQUEST":
        return "sought"
    if stage == "done" and event.act == "REJECT":
        return "refused"
    return stage


@dataclass(frozen=True, slots=True)
class Word:
    """On whose word: speakers as the report words them, outermost first, and whom they speak for.

    No speakers: the report's own voice. `source` is its publisher, else its file.
    """

    speakers: tuple[str, ...]
    actors: tuple[str, ...]
    source: str


def word_for(line: LedgerEvent) -> Word:
    """On whose word the ledger has this line."""
    speakers = line.event.speakers
    return Word(
        speakers=tuple(s.text for s in speakers),
        actors=tuple(s.actor for s in speakers if s.actor is not None),
        source=line.report.publisher or line.report.file,
    )
