"""The ledger itself: store readings, judge lines, ask. One object a process; close it when done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Engine, Row, Select, func, select
from sqlalchemy.exc import IntegrityError

from chancery.errors import (
    ContractError,
    EventUnknown,
    LedgerCorrupt,
    LedgerRefused,
    ReportUnknown,
)
from chancery.ledger import (
    answers,
    apart,
    backing,
    counting,
    history,
    judging,
    loading,
    matching,
    occurring,
    paging,
    queries,
    remembering,
    schema,
    searching,
    writing,
)
from chancery.ledger.entries import (
    AmountQuery,
    Counterpart,
    DifferencePage,
    DifferenceQuery,
    EventPage,
    EventQuery,
    Judgement,
    LedgerDifference,
    LedgerEvent,
    LedgerFinding,
    LedgerLink,
    LogEntry,
    OccurrenceQuery,
    ReportEntry,
    Ruling,
    Stored,
    Title,
)
from chancery.ledger.place import engine_at, make_ready, named, told
from chancery.ledger.settling import Desk
from chancery.records import Actor, Holder, Mention, Occurrence, Reading, Report

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from chancery.tables import TableName

BUSY_SECONDS = 5.0
_EVERYTHING = EventQuery()
_ALL_ACTS = OccurrenceQuery()
_CANDIDATES = 8  # as many ids as one line of a message can list


def open_ledger(place: str, *, create: bool = False, busy_seconds: float = BUSY_SECONDS) -> Ledger:
    """The ledger at `place`, a path or an SQLAlchemy URL; `create` makes one where there is none.

    One of an older schema is upgraded; `Ledger.upgraded_from` says so. `busy_seconds` is how long to
    wait for another program's writing. Raises `LedgerMissing`, `LedgerUnusable`, `LedgerLocked`,
    `LedgerCorrupt`, `LedgerTooNew`, `LedgerFull`.
    """
    engine = engine_at(place, create=create, busy_seconds=busy_seconds)
    try:
        older = make_ready(engine, place, create=create, busy_seconds=busy_seconds)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(engine, place, upgraded_from=older)


class Ledger:
    """Readings of reports and judgements on them. Made by `open_ledger`; use it as a context manager.

    Every method may raise `LedgerLocked`, `LedgerCorrupt`, `LedgerFull` or `LedgerUnusable`.
    """

    def __init__(
        self, engine: Engine, place: str, *, upgraded_from: int | None = None, at: datetime | None = None
    ) -> None:
        self._engine = engine
        self._place = place
        self._at = at
        self._runs: dict[str, int] = {}
        self.upgraded_from = upgraded_from

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

    def at(self, instant: datetime | None) -> Ledger:
        """The same ledger as it stood then (an aware datetime); questions to it answer as they did.

        What is stored or judged through it counts as of now, as ever.
        """
        return Ledger(self._engine, self._place, at=instant)

    def store(self, reading: Reading) -> Stored:
        """Store a reading, whole or not at all.

        The same report read by the same version again changes nothing; another version, or a
        newly told day of publication, closes the open reading and opens this one; people's judgements
        are carried over where the quoted words and the act still match, else a finding says so.
        Raises `LedgerRefused` on a reading that contradicts itself or the stored text.
        """
        return self._store([reading])[0]

    def store_many(self, readings: Iterable[Reading]) -> Iterator[Stored]:
        """Store readings in large transactions, for archives; what was given back is confirmed.

        Raises `LedgerRefused` as `store` does; the readings before the refused one are stored.
        """
        for batch in loading.batches(readings):
            try:
                yield from self._store(batch)
            except LedgerRefused:
                for reading in batch:
                    yield self.store(reading)

    def bulk_load(self, readings: Iterable[Reading]) -> Iterator[Stored]:
        """Store an archive's readings as fast as can be; what was given back is confirmed.

        A ledger that holds little yet takes all of them in one transaction, and gives back nothing
        before its end; another takes some 50,000 events at a time. Other programs wait with their
        writing meanwhile. Raises `LedgerRefused` as `store_many` does.
        """
        with told(self._place):
            whole = loading.holds_little(self._engine)
        for portion in loading.portions(readings, whole=whole):
            with told(self._place):
                with loading.large_transaction(self._engine) as connection:
                    stored, refusal = loading.load(connection, portion, self._runs, whole=whole)
                loading.give_back_space(self._engine)
            yield from stored
            if refusal is not None:
                raise refusal

    def _store(self, readings: list[Reading]) -> list[Stored]:
        with told(self._place):
            try:
                with self._writing() as connection:
                    return writing.store(connection, readings, self._runs)
            except IntegrityError as error:
                raise loading.refused(readings[0], error) from error

    def _writing(self) -> Any:
        return self._engine.execution_options(writes=True).begin()

    def judge(self, ruling: Ruling) -> Judgement:
        """Put a person's judgement on record; it holds from now on.

        One reviewer has one judgement on a line that holds: a new one closes the earlier. Of several
        reviewers' the latest decides how the line stands. Raises `JudgementRefused`,
        `EventUnknown`, `ReportUnknown`.
        """
        with told(self._place), self._writing() as connection:
            return judging.judge(connection, ruling)

    def withdraw(self, judgement: int) -> None:
        """Close a judgement without another in its place. Raises `JudgementRefused`."""
        with told(self._place), self._writing() as connection:
            judging.withdraw(connection, judgement)

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
        return self._events(self._ask(matching.matching(query, self._at)))

    def count(self, query: EventQuery = _EVERYTHING) -> int:
        """How many events a query asks for, were there no limit and no line after which it goes on."""
        return int(self._ask(matching.counting(query, self._at))[0][0])

    def has_at_most(self, number: int) -> bool:
        """Whether no more lines than that were ever read into it; quick however many there are."""
        some = select(schema.events.c.position).limit(number + 1).subquery()
        return int(self._ask(select(func.count()).select_from(some))[0][0]) <= number

    def page(self, query: EventQuery, size: int, after: str | None = None) -> EventPage:
        """Some events a query asks for, in the order they came in; `after` from the page before.

        Raises `CursorUnknown`.
        """
        numbers = [int(self._ask(each)[0][0]) for each in paging.frequencies(query)]
        walk = min(numbers, default=0) >= paging.often(query)
        rows = self._ask(paging.page_of(query, self._at, size + 1, after, walk=walk))
        more = paging.place_of(rows[size - 1]) if len(rows) > size else None
        return EventPage(self._events(rows[:size]), more)

    def tally(self, query: EventQuery, by: tuple[counting.By, ...]) -> dict[tuple[Any, ...], int]:
        """How many of the lines a query asks for share the same values of these fields."""
        rows = self._ask(counting.tally(query, by, self._at))
        return {tuple(row[:-1]): int(row[-1]) for row in rows}

    def counterparts(self, actor: str, limit: int) -> tuple[Counterpart, ...]:
        """With whom an actor stands in lines, the most frequent first."""
        rows = self._ask(counting.counterparts(actor, limit, self._at))
        return tuple(Counterpart(row.actor, int(row.number), row.last_day) for row in rows)

    def ties(self, query: EventQuery, limit: int) -> dict[tuple[str, str], int]:
        """From whom to whom the lines a query asks for go, and how many; the most frequent first."""
        rows = self._ask(counting.ties(query, limit, self._at))
        return {(row.giver, row.taker): int(row.number) for row in rows}

    def places(self, query: EventQuery, limit: int) -> dict[tuple[str, str | None], int]:
        """Words and country of where the lines a query asks for took place, and how many; frequent first."""
        rows = self._ask(counting.places(query, limit, self._at))
        return {(row.place_text, row.place_country): int(row.number) for row in rows}

    def latest_unsure(self, below: float, limit: int) -> tuple[LedgerEvent, ...]:
        """Lines that nobody has judged, less sure than `below` or with a doubt on them, the latest first."""
        return self._events(self._ask(paging.latest_unsure(below, limit, self._at)))

    def saying(self, words: str, limit: int, amount: AmountQuery | None = None) -> tuple[LedgerEvent, ...]:
        """Lines with all these words in their sentence, and such a sum, the latest read first.

        Words match by their stems ("loans" finds "loan"), those in quotation marks as they stand one
        after another, "recog*" whatever begins so. Where neither words nor sum are asked for, none.
        """
        wanted = searching.terms(words)
        if not wanted and amount is None:
            return ()
        rare = amount is not None and self._ask(searching.rarely(amount))[0][0] < searching.FEW
        search = searching.LineSearch(wanted, amount, rare)
        return self._events(self._ask(searching.saying(search, limit, self._at, self._dialect)))

    def reports_saying(self, words: str, limit: int) -> tuple[ReportEntry, ...]:
        """Reports with all these words, found as `saying` does, in title and text, the latest first."""
        wanted = searching.terms(words)
        if not wanted:
            return ()
        found = self._ask(searching.reports_saying(wanted, limit, self._at, self._dialect))
        return tuple(map(queries.entry_of, found))

    @property
    def _dialect(self) -> str:
        return self._engine.dialect.name

    def event(self, id_or_prefix: str) -> LedgerEvent:
        """The one event of that id, or whose id alone begins so. Raises `EventUnknown`."""
        if not id_or_prefix:
            raise EventUnknown(id_or_prefix)
        rows = self._ask(queries.beginning_with(id_or_prefix, _CANDIDATES, self._at))
        exact = [row for row in rows if row.id == id_or_prefix]
        fitting = exact or rows
        if len(fitting) != 1:
            raise EventUnknown(id_or_prefix, tuple(row.id for row in fitting))
        return self._events(fitting)[0]

    def as_read(self, event: str) -> LedgerEvent | None:
        """The line of that id as the reader reads it, whatever people have made of it, if it does."""
        rows = self._ask(queries.line_as_read(event, self._at))
        return next(iter(self._events(rows)), None)

    def reports(self) -> tuple[ReportEntry, ...]:
        """All reports, by day of publication, then file."""
        return tuple(queries.entry_of(row) for row in self._ask(queries.all_reports(self._at)))

    def latest_reports(self, limit: int, skip: int = 0) -> tuple[ReportEntry, ...]:
        """Reports, the latest published first."""
        return tuple(map(queries.entry_of, self._ask(queries.latest_reports(limit, skip, self._at))))

    def report(self, report_id: str) -> ReportEntry:
        """The report of that id. Raises `ReportUnknown`."""
        rows = self._ask(queries.report_at(report_id, self._at))
        if not rows:
            raise ReportUnknown(report_id)
        return queries.entry_of(rows[0])

    def text(self, report_id: str) -> str:
        """The report's text as it was first stored. Raises `ReportUnknown`."""
        table = schema.reports
        rows = self._ask(select(table.c.text).where(table.c.id == report_id))
        if not rows:
            raise ReportUnknown(report_id)
        return str(rows[0].text)

    def links(self) -> tuple[LedgerLink, ...]:
        """All links, in the order of their reports."""
        return self._links(None)

    def links_of(self, report: str) -> tuple[LedgerLink, ...]:
        """The links that one report tells."""
        return self._links(report)

    def findings(self) -> tuple[LedgerFinding, ...]:
        """All doubts, in the order of their reports."""
        return self._findings(None)

    def findings_on(self, report: str) -> tuple[LedgerFinding, ...]:
        """The doubts about one report."""
        return self._findings(report)

    def _links(self, report: str | None) -> tuple[LedgerLink, ...]:
        rows = self._ask(queries.lines_of(schema.links, self._at, report))
        return tuple(LedgerLink(answers.link(row), queries.entry_of(row), row.text) for row in rows)

    def _findings(self, report: str | None) -> tuple[LedgerFinding, ...]:
        rows = self._ask(queries.lines_of(schema.findings, self._at, report))
        return tuple(LedgerFinding(answers.finding(row), queries.entry_of(row), row.text) for row in rows)

    def mentions_of(self, report: str) -> tuple[Mention, ...]:
        """Which words of a report its open reading took for which actors, in their order."""
        rows = self._ask(queries.lines_of(schema.mentions, self._at, report))
        return tuple(answers.mention(row) for row in rows)

    def actors_of(self, report: str) -> tuple[Actor, ...]:
        """The actors that a report names, in the order of its open reading."""
        rows = self._ask(queries.lines_of(schema.actors, self._at, report))
        return tuple(answers.actor(row) for row in rows)

    def mentions(self) -> Iterator[tuple[str, Mention]]:
        """The ids of all reports with the mentions in them, in the order of the reports."""
        rows = self._ask(queries.lines_of(schema.mentions, self._at))
        return ((row.report_id, answers.mention(row)) for row in rows)

    def named(self) -> Iterator[tuple[str, Actor]]:
        """The ids of all reports with the actors they name, in the order of the reports."""
        rows = self._ask(queries.lines_of(schema.actors, self._at))
        return ((row.report_id, answers.actor(row)) for row in rows)

    def state(self) -> tuple[int, ...]:
        """Numbers that are others after each reading stored, and each judgement made or closed."""
        return tuple(self._ask(counting.state())[0])

    def actors(self) -> Mapping[str, Actor]:
        """The actors by id, as the latest reading knows them."""
        rows = self._ask(queries.latest_actors(self._at))
        return {row.id: answers.actor(row) for row in rows}

    def actor_names(self) -> Mapping[str, str]:
        """The actors' names by id."""
        return {id: actor.name for id, actor in self.actors().items()}

    def titles(self, surnames: Collection[str] | None = None) -> tuple[Title, ...]:
        """What reports taught of who held which office, by their day; of these surnames alone if any."""
        rows = self._ask(queries.titles_of(schema.titles, self._at, surnames))
        return tuple(answers.title(row) for row in rows)

    def learned(self, report: Report) -> tuple[Holder, ...]:
        """Whom reports of that day and earlier introduced, among the names that this one may name."""
        names = remembering.capitalized(report.text)
        titles = [t for t in self.titles(names) if _teaches(t, report)] if report.published else []
        if not titles:
            return ()
        successors = self._ask(queries.titles_in(schema.titles, {t.actor for t in titles}))
        return remembering.holders(titles, [answers.title(row) for row in successors])

    def judgements(self) -> tuple[Judgement, ...]:
        """The judgements that hold, in the order they were made."""
        with told(self._place), self._engine.connect() as connection:
            return history.judgements(connection, queries.judgements_that_held(self._at), self._at)

    def judgement(self, number: int) -> Judgement:
        """The judgement of that number. Raises `JudgementRefused` where there is none."""
        with told(self._place), self._engine.connect() as connection:
            return judging.one(connection, number)

    def judgements_in(self, report: str) -> tuple[Judgement, ...]:
        """The judgements on lines of one report that hold, in the order they were made."""
        with told(self._place), self._engine.connect() as connection:
            return history.judgements(connection, queries.judgements_in(report, self._at), self._at)

    def judgements_on(self, event: str) -> tuple[Judgement, ...]:
        """Every judgement ever made on a line or on a set with it, closed ones too."""
        with told(self._place), self._engine.connect() as connection:
            return history.judgements(connection, queries.judgements_on(event, self._at), self._at)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Where reports are set beside each other: all of what is done at it is kept, or nothing."""
        with told(self._place), self._writing() as connection:
            yield Desk(connection)

    def reconciled(self) -> bool:
        """Whether nothing has been read or judged since reports were last set beside each other."""
        with told(self._place), self._engine.connect() as connection:
            found = Desk(connection).unreconciled()
        return not found.reports and not found.judged

    def occurrences(self, query: OccurrenceQuery = _ALL_ACTS) -> tuple[Occurrence, ...]:
        """The acts that reports tell, each once, by their day; reconciling makes them."""
        with told(self._place), self._engine.connect() as connection:
            return occurring.occurrences(connection, query, self._at)

    def occurrences_of(self, event: str) -> tuple[Occurrence, ...]:
        """The occurrences that a line is a telling of; several for a compound event."""
        with told(self._place), self._engine.connect() as connection:
            ids = occurring.occurrence_of(connection, event, self._at)
            return occurring.occurrences(connection, OccurrenceQuery(ids=ids), self._at) if ids else ()

    def differences(self, query: OccurrenceQuery = _ALL_ACTS) -> tuple[LedgerDifference, ...]:
        """Where accounts part, on the occurrences a query asks for and the members of those it names."""
        with told(self._place), self._engine.connect() as connection:
            return occurring.differences(connection, query, self._at)

    def difference_page(self, query: DifferenceQuery, size: int, skip: int = 0) -> DifferencePage:
        """Where accounts part on `size` acts, those last found first, and how many differences there are."""
        with told(self._place), self._engine.connect() as connection:
            return apart.page(connection, query, size, skip, self._at)

    def lines(self, events: Collection[str]) -> Mapping[str, LedgerEvent]:
        """The lines of these ids as they stand, those that there are."""
        with told(self._place), self._engine.connect() as connection:
            return occurring.lines(connection, events, self._at)

    def backup(self, destination: str) -> tuple[int, int]:
        """Copy the ledger into a new file while it is in use; how many reports, and bytes, it has.

        Raises `LedgerUnusable` where the file cannot be made, is there already, or the ledger is on
        a server.
        """
        with told(self._place):
            return backing.copy_to(self._engine, self.place, destination)

    def log(self, skip: int = 0) -> Iterator[LogEntry]:
        """What happened to the ledger, the latest first: reports added and reread, judgements.

        The `skip` latest are left out.
        """
        with told(self._place), self._engine.connect() as connection:
            yield from history.log(connection, self._at, skip)

    def to_arrow(self, table: TableName = "events", query: EventQuery = _EVERYTHING) -> pa.Table:
        """A table of `chancery.tables` (docs/exports.md) as Arrow, of the events a query asks for.

        Raises `UsageError` on a name that is no table.
        """
        from chancery.ledger.frames import arrow_table  # noqa: PLC0415 (Arrow is loaded where it is wanted)

        return arrow_table(self, table, query)

    def to_pandas(self, table: TableName = "events", query: EventQuery = _EVERYTHING) -> pd.DataFrame:
        """The same as a pandas DataFrame whose columns keep Arrow's types. Raises `ExtraMissing`."""
        from chancery.ledger.frames import to_pandas  # noqa: PLC0415

        return to_pandas(self.to_arrow(table, query))

    def to_polars(self, table: TableName = "events", query: EventQuery = _EVERYTHING) -> pl.DataFrame:
        """The same as a polars DataFrame. Raises `ExtraMissing`."""
        from chancery.ledger.frames import to_polars  # noqa: PLC0415

        return to_polars(self.to_arrow(table, query))

    def _ask(self, query: Select[Any]) -> list[Row[Any]]:
        with told(self._place), self._engine.connect() as connection:
            return list(connection.execute(query))

    def _events(self, rows: Iterable[Row[Any]]) -> tuple[LedgerEvent, ...]:
        try:
            return answers.events(rows)
        except ContractError as error:
            raise LedgerCorrupt(self.place, str(error)) from error


def _teaches(title: Title, report: Report) -> bool:
    day, told = report.published, title.report.published
    return title.report.id != report.id and day is not None and told is not None and told <= day
