"""The full-text index over sentences, titles and texts, and what is searched for in it, as SQL.

English word stems, on SQLite by FTS5 and on PostgreSQL by GIN; other databases are searched word by word.
On SQLite triggers fill the index, so that nothing is stored without it. It holds no text of its own:
a line stands in it under a number made of its reading and its place there, a report under its reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)

from chancery.ledger.entries import AmountQuery
from chancery.ledger.paging import latest_lines
from chancery.ledger.queries import At, all_reports
from chancery.ledger.schema import amounts, events, readings, reports

_TERM = re.compile(r'"([^"]*)"|(\w+\*?)')
_MOST_TERMS = 20
_SENTENCE = 5000  # characters of a sentence that are indexed; some texts are one sentence
_TEXT = 200_000  # of a report's text on PostgreSQL, whose index of one text ends at a megabyte
_PLACES = 20  # bits for a line's place in its reading
_CHANCES = 500  # latest lines looked at for some that still hold
_REPORTS = 2000  # of very many reports, so many of those read last are put in order
_LOOKED = 5000  # latest lines with the words looked at for some that tell such a sum
FEW = 5000  # lines; more than that are looked through from the latest on

_FTS = "content='', tokenize='porter unicode61 remove_diacritics 2'"
_ON_SQLITE = (
    f"CREATE VIRTUAL TABLE line_words USING fts5(sentence, {_FTS})",
    f"CREATE VIRTUAL TABLE report_words USING fts5(title, text, {_FTS})",
)
_FILLING = (
    f"""CREATE TRIGGER events_searched AFTER INSERT ON events WHEN NEW.position < {1 << _PLACES} BEGIN
    INSERT INTO line_words(rowid, sentence)
    VALUES ((NEW.reading << {_PLACES}) | NEW.position, substr(NEW.sentence_text, 1, {_SENTENCE})); END""",  # noqa: S608 (our own numbers)
    """CREATE TRIGGER readings_searched AFTER INSERT ON readings WHEN NEW.judgement IS NULL BEGIN
    INSERT INTO report_words(rowid, title, text)
    SELECT NEW.id, NEW.title, text FROM reports WHERE id = NEW.report; END""",
)
_FILL = (
    f"""INSERT INTO line_words(rowid, sentence)
    SELECT (reading << {_PLACES}) | position, substr(sentence_text, 1, {_SENTENCE}) FROM events
    WHERE reading > ? AND position < {1 << _PLACES} ORDER BY reading, position""",  # noqa: S608
    """INSERT INTO report_words(rowid, title, text) SELECT r.id, r.title, p.text
    FROM readings r JOIN reports p ON p.id = r.report
    WHERE r.id > ? AND r.judgement IS NULL ORDER BY r.id""",
)
_PLACED = f"""SELECT rowid >> {_PLACES}, rowid & {(1 << _PLACES) - 1} FROM line_words
WHERE line_words MATCH :searched ORDER BY rowid DESC LIMIT :chances"""  # noqa: S608
_TOLD = "SELECT rowid FROM report_words WHERE report_words MATCH :searched ORDER BY rowid DESC LIMIT :chances"
_LINE_VECTOR = f"to_tsvector('english', left(events.sentence_text, {_SENTENCE}))"
_TEXT_VECTOR = f"to_tsvector('english', left(reports.text, {_TEXT}))"
_TITLE_VECTOR = "to_tsvector('english', coalesce(readings.title, ''))"
_ON_POSTGRESQL = tuple(
    f"CREATE INDEX {table}_words ON {table} USING gin ({vector})"
    for table, vector in (("events", _LINE_VECTOR), ("reports", _TEXT_VECTOR), ("readings", _TITLE_VECTOR))
)


def add_index(connection: Connection, *, fill: bool = False) -> None:
    """Make the index, and `fill` it from the lines that are there."""
    dialect = connection.dialect.name
    if dialect == "sqlite":
        for statement in (*_ON_SQLITE, *_FILLING):
            connection.exec_driver_sql(statement)
        if fill:
            _fill(connection, 0)
    elif dialect == "postgresql":
        for statement in _ON_POSTGRESQL:
            connection.execute(text(statement))


def _fill(connection: Connection, after: int) -> None:
    for statement in _FILL:
        connection.exec_driver_sql(statement, (after,))


@contextmanager
def filled_at_once(connection: Connection) -> Iterator[None]:
    """A part of the caller's transaction whose lines are indexed at its end, in their order.

    At each row that a trigger adds SQLite writes what it has of the index: most of a large load's time.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    after = connection.execute(select(func.coalesce(func.max(readings.c.id), 0))).scalar_one()
    for name in ("events_searched", "readings_searched"):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    _fill(connection, after)
    for statement in _FILLING:
        connection.exec_driver_sql(statement)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after another; of the last one only the beginning, where `open`."""

    words: tuple[str, ...]
    open: bool = False


def terms(wanted: str) -> tuple[Term, ...]:
    """What is searched for: words, words in quotation marks as they stand, and beginnings ("recog*").

    All else in it is no word and asks nothing.
    """
    return tuple(_terms(wanted))[:_MOST_TERMS]


def _terms(wanted: str) -> Iterator[Term]:
    for quoted, word in _TERM.findall(wanted):
        words = tuple(re.findall(r"\w+", quoted or word))
        if words:
            yield Term(words, open=word.endswith("*"))


def _on_sqlite(wanted: tuple[Term, ...]) -> str:
    # in quotation marks nothing but themselves has a meaning, and they are no part of a word
    return " ".join(f'"{" ".join(term.words)}"{" *" if term.open else ""}' for term in wanted)


def _on_postgresql(wanted: tuple[Term, ...]) -> str:
    return " & ".join(" <-> ".join(f"'{w}'" for w in term.words) + ":*" * term.open for term in wanted)


def rarely(amount: AmountQuery) -> Select[Any]:
    """How many lines tell such a sum, as far as one has to count to know whether they are many."""
    some = select(amounts.c.reading).where(*_such(amount)).limit(FEW).subquery()
    return select(func.count()).select_from(some)


@dataclass(frozen=True, slots=True)
class LineSearch:
    """Lines with all of the terms in their sentence and such a sum; `rare` is whether few have that sum."""

    terms: tuple[Term, ...]
    amount: AmountQuery | None = None
    rare: bool = False


def saying(wanted: LineSearch, limit: int, at: At, dialect: str) -> Select[Any]:
    """The lines that are searched for, the latest read first."""
    found = latest_lines(at, limit)
    if wanted.amount is not None:
        found = found.where(_tells(wanted.amount, rare=wanted.rare))
    if not wanted.terms:
        return found
    if dialect == "postgresql":
        return found.where(_matches(_LINE_VECTOR, wanted.terms))
    if dialect != "sqlite":
        return found.where(*(_contains(events.c.sentence_text, term) for term in wanted.terms))
    chances = -1 if at is not None or wanted.rare else _LOOKED if wanted.amount else _CHANCES + limit
    places = text(_PLACED).bindparams(searched=_on_sqlite(wanted.terms), chances=chances)
    return found.where(literal_column("(events.reading, events.position)").in_(places))


def reports_saying(wanted: tuple[Term, ...], limit: int, at: At, dialect: str) -> Select[Any]:
    """Reports with all of it in title and text, the latest published first.

    On SQLite, where more than `_REPORTS` have it, of those read last.
    """
    query = all_reports(at).order_by(None)
    query = query.order_by(readings.c.published.desc().nulls_last(), readings.c.id).limit(limit)
    if dialect == "sqlite":
        there = text(_TOLD).bindparams(searched=_on_sqlite(wanted), chances=_REPORTS if at is None else -1)
        return query.where(readings.c.id.in_(there))
    if dialect == "postgresql":
        return query.where(or_(_matches(_TEXT_VECTOR, wanted), _matches(_TITLE_VECTOR, wanted)))
    return query.where(
        *(or_(_contains(reports.c.text, term), _contains(readings.c.title, term)) for term in wanted)
    )


def _tells(amount: AmountQuery, *, rare: bool) -> ColumnElement[bool]:
    if rare:  # all of them are found first
        found = select(amounts.c.reading, amounts.c.event).where(*_such(amount))
        return tuple_(events.c.reading, events.c.id).in_(found)
    own = and_(amounts.c.reading == events.c.reading, amounts.c.event == events.c.id)
    return exists().where(own, *_such(amount))


def _such(amount: AmountQuery) -> list[ColumnElement[bool]]:
    asked = [] if amount.low is None else [amounts.c.value >= amount.low]
    asked += [] if amount.high is None else [amounts.c.value <= amount.high]
    asked += [] if amount.currency is None else [amounts.c.currency == amount.currency]
    return asked + ([] if amount.unit is None else [amounts.c.unit == amount.unit])


def _matches(vector: str, wanted: tuple[Term, ...]) -> ColumnElement[bool]:
    searched = func.to_tsquery(literal_column("'english'"), _on_postgresql(wanted))
    return literal_column(vector).bool_op("@@")(searched)


def _contains(column: Any, term: Term) -> ColumnElement[bool]:
    return cast("ColumnElement[bool]", column.icontains(" ".join(term.words), autoescape=True))
