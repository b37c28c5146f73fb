"""Rows that questions gave, as records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from chancery.errors import ContractError
from chancery.ledger.entries import LedgerEvent, ReportEntry, Title
from chancery.ledger.queries import entry_of
from chancery.ledger.reviving import revived
from chancery.records import Actor, Finding, Link, Mention, Span


def events(rows: Iterable[Row[Any]]) -> tuple[LedgerEvent, ...]:
    """The lines; those of one reading share its entry. Raises `ContractError`."""
    entries: dict[int, ReportEntry] = {}
    return tuple([_event(row, entries) for row in rows])


def _event(row: Row[Any], entries: dict[int, ReportEntry]) -> LedgerEvent:
    try:
        event = revived(row.contract)
    except (ContractError, ValueError) as error:
        raise ContractError(f"event {row.id}", str(error)) from error
    entry = entries.get(row.reading)
    if entry is None:
        entry = entries[row.reading] = entry_of(row)
    return LedgerEvent(event, entry, row.judgement_id)


def actor(row: Row[Any]) -> Actor:
    """An actor as one reading names it."""
    return Actor(row.id, row.name, row.kind, row.affiliation, row.sector)


def mention(row: Row[Any]) -> Mention:
    """A span that names an actor."""
    span = Span(row.span_start, row.span_end)
    return Mention(
        span, row.text, row.actor, row.principal, row.how, row.sector, row.agent, row.role
    )  # fmt: skip


def link(row: Row[Any]) -> Link:
    """A tie between two acts."""
    span = Span(row.span_start, row.span_end)
    return Link(row.kind, row.give, row.take, span, row.explicit, row.reason)


def finding(row: Row[Any]) -> Finding:
    """A doubt."""
    span = None if row.span_start is None else Span(row.span_start, row.span_end)
    return Finding(row.kind, row.message, span, row.event)


def title(row: Row[Any]) -> Title:
    """What a report taught of who holds which office."""
    span = Span(row.span_start, row.span_end)
    return Title(
        row.person, row.surname, row.office, row.actor, row.sector, span, row.text, row.speaker,
        entry_of(row),
    )  # fmt: skip
