"""A real ledger file for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chancery.ledger import Ledger, open_ledger


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "chancery.db")


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    with open_ledger(place, create=True) as ledger:
        yield ledger
