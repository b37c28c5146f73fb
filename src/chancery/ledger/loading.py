"""Many readings at once: in batches, or a whole archive into a ledger that holds little yet.

For the latter the indexes that only questions need are taken off first and made again at the end,
which takes less time than to keep them up to date row by row. All of it is one transaction, the indexes
too: a load that is stopped leaves the ledger as it was, and readers meanwhile see it as it was.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import IntegrityError

from chancery.errors import LedgerRefused
from chancery.ledger import schema, searching, writing
from chancery.ledger.entries import Stored
from chancery.ledger.rows import part_of
from chancery.records import Reading

BATCH_EVENTS = 5000  # as many as one transaction of `store_many` takes, and a few more
_LITTLE = 50_000  # events; making the indexes of more again would cost what it saves
# Events a transaction where there are many already. Each touches pages all over the indexes, and a
# page is written once a transaction, however many of its rows are new.
_PORTION = 50_000
_EASED = {"cache_size": -262_144, "foreign_keys": 0}  # 256 MiB


def batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Groups of readings of different reports, with about as many events as a transaction takes."""
    batch: dict[str, Reading] = {}
    events = 0
    for reading in readings:
        if events >= BATCH_EVENTS or reading.report.id in batch:
            yield list(batch.values())
            batch, events = {}, 0
        batch[reading.report.id] = reading
        events += 1 + len(reading.events)
    if batch:
        yield list(batch.values())


def holds_little(engine: Engine) -> bool:
    """Whether a ledger has few enough events to be loaded whole."""
    some = select(schema.events.c.position).limit(_LITTLE).subquery()
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(some)).scalar_one()) < _LITTLE


def portions(readings: Iterable[Reading], *, whole: bool) -> Iterator[Iterator[Reading]]:
    """What each transaction of a load takes: all, or about `_PORTION` events. Use each up before the next."""
    left = iter(readings)
    while (first := next(left, None)) is not None:
        yield chain([first], left) if whole else _portion(first, left)


def _portion(first: Reading, left: Iterator[Reading]) -> Iterator[Reading]:
    yield first
    events = len(first.events)
    while events < _PORTION and (reading := next(left, None)) is not None:
        events += 1 + len(reading.events)
        yield reading


def load(
    connection: Connection, readings: Iterable[Reading], runs: dict[str, int], *, whole: bool
) -> tuple[list[Stored], LedgerRefused | None]:
    """Store readings in the caller's transaction, until one is refused; that one and the rest are not.

    The caller commits in either case. `whole` takes the indexes off meanwhile.
    """
    stored: list[Stored] = []
    refusal = None
    for index in schema.QUESTIONS if whole else ():
        index.drop(connection)
    with searching.filled_at_once(connection):
        for batch in batches(readings):
            refusal = _store(connection, batch, runs, stored)
            if refusal is not None:
                break
    for index in schema.QUESTIONS if whole else ():
        index.create(connection)
    return stored, refusal


def _store(
    connection: Connection, batch: list[Reading], runs: dict[str, int], stored: list[Stored]
) -> LedgerRefused | None:
    """The batch, or what of it comes before the reading that is refused."""
    try:
        for reading in batch:
            _look_at_links(reading)
        with part_of(connection), _nothing_collected():
            stored += writing.store(connection, batch, runs)
    except (IntegrityError, LedgerRefused) as error:
        if len(batch) == 1:
            return refused(batch[0], error)
        for reading in batch:
            refusal = _store(connection, [reading], runs, stored)
            if refusal is not None:
                return refusal
    return None


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Rows are made by the hundred thousand and have no cycles: looking for some would take its time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _look_at_links(reading: Reading) -> None:
    """Raises `LedgerRefused` where a link leads to no event."""
    lines = {event.id for event in reading.events} if reading.links else set()
    for link in reading.links:
        for end in (link.give, link.take):
            if end not in lines:
                raise LedgerRefused(reading.report.id, f"a link leads to {end}, which is no event of it")


def refused(reading: Reading, error: IntegrityError | LedgerRefused) -> LedgerRefused:
    """What the database said of a reading that contradicts itself, in our words."""
    if isinstance(error, LedgerRefused):
        return error
    refusal = LedgerRefused(reading.report.id, str(error.orig))
    refusal.__cause__ = error
    return refusal


@contextmanager
def large_transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; SQLite has more memory for its pages meanwhile, and trusts foreign keys.

    Rows are made so that their keys lead to rows made before; where a reading could say otherwise, in
    its links, `load` looks itself.
    """
    with engine.execution_options(writes=True).connect() as connection:
        eased = _EASED if engine.dialect.name == "sqlite" else {}
        before = {name: _setting(connection, name, value) for name, value in eased.items()}
        try:
            with connection.begin():
                yield connection
        finally:
            for name, value in before.items():
                _setting(connection, name, value)


def _setting(connection: Connection, name: str, value: int) -> int:
    """Set one of SQLite's switches, which is done outside of transactions; what it was."""
    cursor: Any = connection.connection.cursor()
    (before,) = cursor.execute(f"PRAGMA {name}").fetchone()
    cursor.execute(f"PRAGMA {name} = {value}")
    return int(before)


def give_back_space(engine: Engine) -> None:
    """SQLite's log keeps the size that it once had; after a large load that is much."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()  # not within a transaction
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()
