"""A real ledger for each test: a SQLite file, and a schema of a PostgreSQL server where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chancery.ledger import Ledger, open_ledger
from tests.databases import SERVER, WITHOUT_SERVER, server_place


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "chancery.db")
    elif SERVER is None:
        pytest.skip(WITHOUT_SERVER)
    else:
        with server_place(SERVER) as made:
            yield made


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    with open_ledger(place, create=True) as ledger:
        yield ledger
