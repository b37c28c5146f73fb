"""The ledger itself: store readings, ask for events. One object a process; close it when done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, Row, Select, select
from sqlalchemy.exc import IntegrityError

from chancery.contract import event_from_json
from chancery.errors import (
    ContractError,
    EventUnknown,
    LedgerCorrupt,
    LedgerRefused,
    ReportUnknown,
)
from chancery.ledger import queries, schema, writing
from chancery.ledger.entries import (
    EventQuery,
    LedgerEvent,
    LedgerFinding,
    LedgerLink,
    ReportEntry,
    Stored,
)
from chancery.ledger.place import engine_at, make_ready, named, told
from chancery.records import Actor, Finding, Link, Reading, Report, Span

BUSY_SECONDS = 5.0
_EVERYTHING = EventQuery()
_CANDIDATES = 8  # as many ids as one line of a message can list


def open_ledger(place: str, *, create: bool = False, busy_seconds: float = BUSY_SECONDS) -> Ledger:
    """The ledger at `place`, a path or an SQLAlchemy URL; `create` makes one where there is none.

    `busy_seconds` is how long to wait for another program's writing. Raises `LedgerMissing`,
    `LedgerUnusable`, `LedgerLocked`, `LedgerCorrupt`, `LedgerTooNew`.
    """
    engine = engine_at(place, create=create, busy_seconds=busy_seconds)
    try:
        make_ready(engine, place, create=create, busy_seconds=busy_seconds)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(engine, place)


class Ledger:
    """Readings of reports, append-only. Made by `open_ledger`; use it as a context manager.

    Every method may raise `LedgerLocked`, `LedgerCorrupt` or `LedgerUnusable`.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._place = place

    @property
    def place(self) -> str:
        """Where it is kept, as a message may show it."""
        return named(self._place)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Closing twice does no harm."""
        self._engine.dispose()

    def store(self, reading: Reading) -> Stored:
        """Store a reading, whole or not at all.

        The same report read by the same version again changes nothing; another version, or a
        newly told day of publication, closes the open reading and opens this one.
        Raises `LedgerRefused` on a reading that contradicts itself or the stored text.
        """
        writer = self._engine.execution_options(writes=True)
        with told(self._place):
            try:
                with writer.begin() as connection:
                    return writing.store(connection, reading)
            except IntegrityError as error:
                raise LedgerRefused(reading.report.id, str(error.orig)) from error

    def has(self, report_id: str, version: str) -> bool:
        """Whether that version's reading of the report is the open one."""
        table = schema.readings
        wanted = (table.c.report == report_id) & (table.c.version == version)
        return bool(self._ask(select(table.c.id).where(wanted, table.c.closed_at.is_(None))))

    def holds(self, report: Report, version: str) -> bool:
        """Whether storing that version's reading of the report would change nothing.

        Unlike `has`, it sees a newly told day of publication.
        """
        table = schema.readings
        wanted = (table.c.report == report.id) & (table.c.version == version)
        if report.published is not None:
            wanted &= table.c.published == report.published
        return bool(self._ask(select(table.c.id).where(wanted, table.c.closed_at.is_(None))))

    def events(self, query: EventQuery = _EVERYTHING) -> tuple[LedgerEvent, ...]:
        """The events a query asks for, by day of publication, then file, then place in the text."""
        return tuple(self._event(row) for row in self._ask(queries.matching(query)))

    def event(self, id_or_prefix: str) -> LedgerEvent:
        """The one event of that id, or whose id alone begins so. Raises `EventUnknown`."""
        if not id_or_prefix:
            raise EventUnknown(id_or_prefix)
        rows = self._ask(queries.beginning_with(id_or_prefix, _CANDIDATES))
        exact = [row for row in rows if row.id == id_or_prefix]
        fitting = exact or rows
        if len(fitting) != 1:
            raise EventUnknown(id_or_prefix, tuple(row.id for row in fitting))
        return self._event(fitting[0])

    def reports(self) -> tuple[ReportEntry, ...]:
        """All reports, by day of publication, then file."""
        return tuple(queries.entry_of(row) for row in self._ask(queries.all_reports()))

    def text(self, report_id: str) -> str:
        """The report's text as it was first stored. Raises `ReportUnknown`."""
        table = schema.reports
        rows = self._ask(select(table.c.text).where(table.c.id == report_id))
        if not rows:
            raise ReportUnknown(report_id)
        return str(rows[0].text)

    def links(self) -> tuple[LedgerLink, ...]:
        """All links, in the order of their reports."""
        rows = self._ask(queries.lines_of(schema.links))
        return tuple(LedgerLink(_link(row), queries.entry_of(row), row.text) for row in rows)

    def findings(self) -> tuple[LedgerFinding, ...]:
        """All doubts, in the order of their reports."""
        rows = self._ask(queries.lines_of(schema.findings))
        return tuple(LedgerFinding(_finding(row), queries.entry_of(row), row.text) for row in rows)

    def actors(self) -> Mapping[str, Actor]:
        """The actors by id, as the latest reading knows them."""
        rows = self._ask(queries.latest_actors())
        return {row.id: Actor(row.id, row.name, row.kind, row.affiliation, row.sector) for row in rows}

    def actor_names(self) -> Mapping[str, str]:
        """The actors' names by id."""
        return {id: actor.name for id, actor in self.actors().items()}

    def _ask(self, query: Select[Any]) -> list[Row[Any]]:
        with told(self._place), self._engine.connect() as connection:
            return list(connection.execute(query))

    def _event(self, row: Row[Any]) -> LedgerEvent:
        try:
            event = event_from_json(json.loads(row.contract))
        except (ContractError, ValueError) as error:
            raise LedgerCorrupt(self.place, f"event {row.id}: {error}") from error
        return LedgerEvent(event, queries.entry_of(row))


def _link(row: Row[Any]) -> Link:
    span = Span(row.span_start, row.span_end)
    return Link(row.kind, row.give, row.take, span, row.explicit, row.reason)


def _finding(row: Row[Any]) -> Finding:
    span = None if row.span_start is None else Span(row.span_start, row.span_end)
    return Finding(row.kind, row.message, span, row.event)
