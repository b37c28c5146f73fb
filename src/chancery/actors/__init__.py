"""Actors: which span of a document names which actor, as of the report's date, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc

from chancery.actors.names import name_index, named
from chancery.actors.people import people
from chancery.actors.phrases import organs, phrase_book
from chancery.actors.pronouns import pronouns
from chancery.actors.reference import bare_bodies, bare_offices, descriptions, halves
from chancery.actors.remembered import remembered
from chancery.knowledge.actor_data import actor_knowledge
from chancery.knowledge.event_data import event_cues
from chancery.language.mentions import Found, by_start, ending_at, outermost, record
from chancery.records import Finding, Holder

__all__ = ["Found", "find_mentions", "outermost", "record"]


def find_mentions(
    doc: Doc, published: date | None, learned: Sequence[Holder] = ()
) -> tuple[list[Found], list[Finding]]:
    """All mentions in reading order, and what was left open.

    `learned` are people whom earlier reports introduced: one met here without a title is found where
    just one of them fits the day. Names come first, then organs and people by their titles, then
    what refers back to either.
    """
    knowledge, index, book = actor_knowledge(), name_index(), phrase_book()
    found, findings = named(doc, published, index)
    found += people(doc, found, published, index, book, knowledge.reference)
    found += remembered(doc, found, published, index, learned)
    found += [o for o in organs(doc, found, book, knowledge.reference) if not _taken(o, found)]
    found += halves(doc, found, knowledge)
    found += descriptions(doc, found, knowledge)
    found += bare_offices(doc, found, book)
    found += bare_bodies(doc, found, book, knowledge)
    found += pronouns(doc, found, event_cues().speech)
    return by_start(dict.fromkeys(_with_article(doc, f) for f in found)), findings


def _with_article(doc: Doc, found: Found) -> Found:
    """ "the Kremlin", "the Ecuadorian president": the article belongs to what it determines."""
    before = doc[found.start - 1] if found.start else None
    if before is None or before.lower_ != "the" or not found.start <= before.head.i < found.end:
        return found
    return found.moved(before.i, found.end)


def _taken(organ: Found, found: list[Found]) -> bool:
    """Already part of a wider mention, or the same words as one."""
    same = ending_at(found, organ.end)
    return same is not None and same.covers(organ)
