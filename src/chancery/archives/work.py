"""What a worker does: the reports of a chunk into tables, each report alone.

The model quantizes what passes through it over a whole batch, so reports read together would change
each other's scores in the last digits. Read alone, a report's rows are the same in every chunk, in every
run, and in `chancery read`; and short batches are the faster ones on a CPU (docs/archives.md).
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from chancery.archives.inputs import Item
from chancery.archives.manifest import Aside, Coded
from chancery.errors import InputError
from chancery.ingest.lines import report_in_record
from chancery.pipeline import Reader
from chancery.records import Reading, Report
from chancery.settings import Settings
from chancery.tables import TABLES, Row, TableName, reading_rows, to_arrow

MONTH: Final = "month"
COMPRESSION: Final = "zstd"


class ReadsReports(Protocol):
    """What is asked of `chancery.pipeline.Reader`."""

    @property
    def version(self) -> str:
        """Another reading, another version."""

    def read(self, report: Report) -> Reading:
        """The reading of one report."""


class Coder:
    """Reads chunks; the model is loaded once, at the first."""

    def __init__(self, settings: Settings, reader: ReadsReports | None = None) -> None:
        self._settings = settings
        self._reader = reader or Reader(settings)
        self.version = self._reader.version

    def code(
        self, number: int, items: Sequence[Item], poison: Mapping[int, str], told: Callable[[int], None]
    ) -> Coded:
        """The tables of a chunk. `told` hears of each report before it is read; `poison` is not read."""
        begun = time.perf_counter()
        made = _Tables()
        for at, item in enumerate(items):
            told(at)
            problem = poison.get(at) or self._read(item, made)
            if problem is not None:
                made.asides.append(Aside(item.where, problem))
        return Coded(
            number, made.packed(), made.read, made.characters, made.events,
            time.perf_counter() - begun, self.version, tuple(made.asides),
        )  # fmt: skip

    def _read(self, item: Item, made: _Tables) -> str | None:
        """Read one report; what went wrong, if it did: one bad report must not cost the others."""
        try:
            report = report_in_record(item.record, item.where, item.unnamed, None, self._settings)
            made.take(self._reader.read(replace(report, doubts=item.doubts)))
        except InputError as error:
            return error.problem
        except Exception as error:  # noqa: BLE001 (whatever a hostile text may set off)
            return f"{type(error).__name__}: {error}"
        return None


class _Tables:
    """Rows of the reports read so far, with the month each belongs to."""

    def __init__(self) -> None:
        self.rows: dict[TableName, list[Row]] = {name: [] for name in TABLES}
        self.months: dict[TableName, list[str | None]] = {name: [] for name in TABLES}
        self.asides: list[Aside] = []
        self.read = self.characters = self.events = 0

    def take(self, reading: Reading) -> None:
        month = month_of(reading.report.published)
        for name, rows in reading_rows(reading).items():
            self.rows[name].extend(rows)
            self.months[name].extend([month] * len(rows))
        self.read += 1
        self.characters += len(reading.report.text)
        self.events += len(reading.events)

    def packed(self) -> dict[str, bytes]:
        """Each table as Parquet."""
        made: dict[str, bytes] = {}
        for name, rows in self.rows.items():
            table = to_arrow(name, rows).append_column(MONTH, pa.array(self.months[name], pa.string()))
            made[name] = as_parquet(table)
        return made


def as_parquet(table: pa.Table) -> bytes:
    """A table as the bytes of a file."""
    stream = io.BytesIO()
    pq.write_table(table, stream, compression=COMPRESSION)
    return stream.getvalue()


def month_of(day: date | None) -> str | None:
    """`2009-10`, by which the dataset is parted."""
    return None if day is None else day.isoformat()[:7]
