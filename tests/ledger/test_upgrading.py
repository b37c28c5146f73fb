"""Ledgers of schema 1 become ledgers of this schema, whole or not at all, and lose nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, insert, inspect, select

from chancery.ledger import EventQuery, Ledger, open_ledger
from chancery.ledger.guards import add_guards
from chancery.ledger.place import located
from chancery.ledger.schema import SCHEMA, metadata
from chancery.ledger.upgrading import upgrade
from tests.factories import full_reading
from tests.ledger.rows import ask, everything

OF_SCHEMA_1 = (
    "reports", "readings", "actors", "mentions", "events", "parties", "speakers", "amounts", "goods",
    "links", "findings",
)  # fmt: skip


@pytest.fixture
def older(place: str, tmp_path: Path) -> str:
    """A ledger as chancery with schema 1 left it, with the full reading in it."""
    newer = str(tmp_path / "newer.db")
    with open_ledger(newer, create=True) as ledger:
        ledger.store(full_reading())
    source, target = create_engine(located(newer)), create_engine(located(place))
    with source.connect() as old, target.begin() as connection:
        upgrade(connection, 0, 1)
        tables = MetaData()
        tables.reflect(connection)
        for name in OF_SCHEMA_1:
            shared = [c for c in metadata.tables[name].columns if c.name in tables.tables[name].columns]
            rows = [dict(row._mapping) for row in old.execute(select(*shared))]
            connection.execute(insert(metadata.tables[name]), rows)
        facts = [{"key": "program", "value": "chancery"}, {"key": "schema", "value": "1"}]
        connection.execute(insert(metadata.tables["meta"]), facts)
        tables.tables["alembic_version"].drop(connection)  # schema 1 knew no migrations
        if connection.dialect.name == "sqlite":  # there were no guards elsewhere
            add_guards(connection, OF_SCHEMA_1)
    source.dispose()
    target.dispose()
    return place


def test_an_older_ledger_is_upgraded_and_says_so(older: str) -> None:
    with open_ledger(older) as ledger:
        assert ledger.upgraded_from == 1
        assert tuple(line.event for line in ledger.events()) == full_reading().events
    with open_ledger(older) as ledger:
        assert ledger.upgraded_from is None


def test_what_the_new_schema_adds_is_filled_in(older: str) -> None:
    with open_ledger(older) as ledger:
        asked = EventQuery(between=("RUR", "BOR"), since=date(2009, 5, 31), until=date(2009, 5, 1))
        assert [line.event.id for line in ledger.events(asked)] == ["b2"]
        assert [t.person for t in ledger.titles()] == ["Rudolf Rassendyll"]
        fresh = str(ledger.place)
    rows = "SELECT id, stage, day, last_day FROM events ORDER BY id"
    assert [tuple(map(str, row)) for row in ask(fresh, rows)] == [
        ("a1", "done", "2009-06-10", "2009-06-10"),
        ("b2", "done", "2009-05-01", "2009-05-31"),
    ]


def test_an_upgraded_ledger_goes_on_and_is_guarded(older: str) -> None:
    with open_ledger(older) as ledger:
        assert ledger.store(full_reading()).outcome == "unchanged"
        assert ledger.store(full_reading("2")).outcome == "reread"
    with pytest.raises(Exception, match="a ledger only grows"):
        ask(older, "DELETE FROM events")
    with pytest.raises(Exception, match="a ledger only grows"):
        ask(older, "DELETE FROM titles")


def test_stopped_on_the_way_it_is_what_it_was(older: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(older)

    def stop(*_arguments: object) -> None:
        raise RuntimeError("stopped")

    # the migration's last step; it is loaded from its file, so its own names cannot be patched
    with monkeypatch.context() as patched:
        patched.setattr("chancery.ledger.guards.add_guards", stop)
        with pytest.raises(RuntimeError, match="stopped"):
            open_ledger(older)
    assert everything(older) == before
    with open_ledger(older) as ledger:
        assert ledger.upgraded_from == 1


def test_an_upgraded_ledger_is_like_a_new_one(older: str) -> None:
    open_ledger(older).close()
    engine = create_engine(located(older))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata})
        differences = [d for d in compare_metadata(context, metadata) if not _expected(d)]
        assert differences == []
        assert context.get_current_revision() == str(SCHEMA)
    engine.dispose()


def _expected(difference: object) -> bool:
    """Alembic's own table stands beside ours, and SQLAlchemy knows no indexes over words."""
    return any(name in repr(difference) for name in ("alembic_version", "_words"))


def test_a_new_ledger_stands_where_alembic_expects_it(ledger: Ledger, place: str) -> None:
    assert ask(place, "SELECT version_num FROM alembic_version") == [(str(SCHEMA),)]
    engine = create_engine(located(place))
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()
