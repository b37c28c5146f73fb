"""A ledger for questions, filled with invented reports on invented states."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chancery.ledger import Ledger, open_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "chancery.db"), create=True) as ledger:
        yield ledger
