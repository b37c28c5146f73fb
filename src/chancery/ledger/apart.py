"""Differences some at a time: the acts that were last found to be told otherwise, and counts of all."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from chancery.ledger import schema
from chancery.ledger.entries import DifferencePage, DifferenceQuery, LedgerDifference, OccurrenceQuery
from chancery.ledger.occurring import occurrences, told_differences
from chancery.ledger.queries import At, open_at

_TABLE = schema.differences


def page(connection: Connection, query: DifferenceQuery, size: int, skip: int, at: At) -> DifferencePage:
    """All differences that are asked for on `size` subjects, the last found first; and the counts of all."""
    wanted = [open_at(_TABLE, "made_at", at), *_asked(query)]
    counts = connection.execute(
        select(_TABLE.c.field, _TABLE.c.kind, func.count())
        .where(*wanted)
        .group_by(_TABLE.c.field, _TABLE.c.kind)
    )
    subjects = list(connection.execute(_subjects(wanted, size + 1, skip)).scalars())
    found = _on(connection, subjects[:size], wanted, at)
    return DifferencePage(found, {(row[0], row[1]): int(row[2]) for row in counts}, more=len(subjects) > size)


def _asked(query: DifferenceQuery) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [
        _TABLE.c[name].in_(words) for name, words in (("kind", query.kind), ("field", query.field)) if words
    ]
    return [*asked, _on_acts_of(query.actor)] if query.actor else asked


def _on_acts_of(actors: tuple[str, ...]) -> ColumnElement[bool]:
    """On acts of theirs, and on who belongs to them."""
    parties, acts = schema.occurrence_actors, schema.occurrences
    theirs = select(acts.c.occurrence).join(parties, parties.c.occurrence == acts.c.id)
    theirs = theirs.where(parties.c.actor.in_(actors))
    rosters = [f"members:{actor}" for actor in actors]
    return or_(_TABLE.c.subject.in_(theirs), _TABLE.c.subject.in_(rosters))


def _subjects(wanted: list[ColumnElement[bool]], limit: int, skip: int) -> Select[Any]:
    last = func.max(_TABLE.c.id)
    found = select(_TABLE.c.subject).where(*wanted).group_by(_TABLE.c.subject)
    return found.order_by(last.desc()).limit(limit).offset(skip)


def _on(
    connection: Connection, subjects: list[str], wanted: list[ColumnElement[bool]], at: At
) -> tuple[LedgerDifference, ...]:
    if not subjects:
        return ()
    query = select(_TABLE).where(*wanted, _TABLE.c.subject.in_(subjects)).order_by(_TABLE.c.id)
    place = {subject: number for number, subject in enumerate(subjects)}
    rows = sorted(connection.execute(query), key=lambda row: (place[row.subject], row.id))
    about = {o.id: o for o in occurrences(connection, OccurrenceQuery(ids=tuple(subjects)), at)}
    return told_differences(connection, rows, about, at)
