"""People whom earlier reports introduced by title, met here without one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from spacy.tokens import Doc, Span

from chancery.actors.names import NameIndex, holds
from chancery.language.mentions import Found
from chancery.records import Holder


def remembered(
    doc: Doc, found: list[Found], day: date | None, index: NameIndex, holders: Iterable[Holder]
) -> list[Found]:
    """Names of persons that just one earlier introduced holder bears on the day.

    A name that the report itself gives to somebody, or that an office holder of the knowledge bears
    on that day, is left alone; so is every name of an undated report.
    """
    by_surname: dict[str, list[Holder]] = {}
    for holder in holders:
        if day is not None and holds(holder.since, holder.until, day):
            by_surname.setdefault(holder.name.split()[-1], []).append(holder)
    own = {f.agent.split()[-1] for f in found if f.agent}
    made = []
    for entity in doc.ents if by_surname else ():
        surname = entity[-1].text
        if entity.label_ != "PER" or surname in own or _is_taken(entity, found):
            continue
        if any(holds(e.since, e.until, day) for e in index.surnames.get(surname, ())):
            continue
        bearer = _bearer(entity, by_surname.get(surname, ()))
        if bearer is not None:
            made.append(_mention(entity, bearer))
    return made


def _is_taken(entity: Span, found: Iterable[Found]) -> bool:
    return any(f.start < entity.end and entity.start < f.end for f in found)


def _bearer(entity: Span, holders: Sequence[Holder]) -> Holder | None:
    """The one holder; one who is called otherwise in full is another person."""
    if len(holders) != 1:
        return None
    words = tuple(t.text for t in entity)
    known = tuple(holders[0].name.split())
    return holders[0] if words in (known, known[-1:]) or known == words[-1:] else None


def _mention(entity: Span, holder: Holder) -> Found:
    return Found(
        entity.start, entity.end, holder.actor, holder.actor, "person", holder.sector, holder.name,
        holder.office,
    )  # fmt: skip
