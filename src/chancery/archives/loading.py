"""Readings out of a dataset, one after another, as they were before they became rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from chancery.errors import ArchiveUnusable
from chancery.records import Reading
from chancery.tables import TABLES, Row, TableName, reading_of

_ROWS: Final = 256  # of each table held at once


def readings(out: Path) -> Iterator[Reading]:
    """All readings of a dataset, month by month. Raises `ArchiveUnusable`, `ContractError`."""
    files = sorted((out / "reports").glob("*/*.parquet"))
    if not files:
        raise ArchiveUnusable(str(out), "there is no reports/month=.../*.parquet in it")
    for file in files:
        try:
            yield from _of_part(out, file.relative_to(out / "reports"))
        except (pa.ArrowException, OSError) as broken:
            raise ArchiveUnusable(str(out), f"damaged: {broken}") from broken


def _of_part(out: Path, part: Path) -> Iterator[Reading]:
    """The readings of one file of reports; the rows of other tables stand in the same order."""
    rest = {name: _Rows(out / name / part) for name in TABLES if name != "reports"}
    for report in _rows(out / "reports" / part):
        rows: dict[TableName, list[Row]] = {"reports": [report]}
        rows.update((name, stream.of(report["report"])) for name, stream in rest.items())
        yield reading_of(rows)
    for name, stream in rest.items():
        if stream.left is not None:
            raise ArchiveUnusable(str(out), f"{name}/{part} has a row of report {stream.left} out of place")


class _Rows:
    """The rows of a table, taken report by report."""

    def __init__(self, file: Path) -> None:
        self._rows = _rows(file) if file.exists() else iter(())
        self._next = next(self._rows, None)

    def of(self, report: str) -> list[Row]:
        """The rows of the next report."""
        found = []
        while self._next is not None and self._next["report"] == report:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found

    @property
    def left(self) -> str | None:
        """The report of the next row, if there is one."""
        return None if self._next is None else str(self._next["report"])


def _rows(file: Path) -> Iterator[Row]:
    with pq.ParquetFile(file) as content:
        for batch in content.iter_batches(batch_size=_ROWS):
            yield from batch.to_pylist()
