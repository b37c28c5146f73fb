"""What a worker does: the reports of a chunk into tables.

Reports that stand together share the model's batches, where that changes no score (`Reader.parsed`): a
report's rows are the same in every chunk, in every run, and in `chancery read`.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Final, Protocol

import pyarrow as pa
import pyarrow.parquet as pq
from spacy.tokens import Doc

from chancery.archives.inputs import Item
from chancery.archives.manifest import Aside, Coded
from chancery.errors import InputError
from chancery.ingest.lines import report_in_record
from chancery.pipeline import Reader
from chancery.records import Reading, Report
from chancery.settings import Settings
from chancery.tables import TABLES, Row, TableName, reading_rows, to_arrow

MONTH: Final = "month"
SEVERAL: Final = -1  # in the place of a report's: several are being parsed
TOGETHER: Final = 64  # reports parsed at a time; their documents are in memory together
COMPRESSION: Final = "zstd"


class ReadsReports(Protocol):
    """What is asked of `chancery.pipeline.Reader`."""

    @property
    def version(self) -> str:
        """Another reading, another version."""

    def parsed(self, reports: Sequence[Report]) -> Sequence[Doc | None]:
        """Documents of reports, where they can be parsed together."""

    def read(self, report: Report, doc: Doc | None = None) -> Reading:
        """The reading of one report."""


class Coder:
    """Reads chunks; the model is loaded once, at the first."""

    def __init__(self, settings: Settings, reader: ReadsReports | None = None) -> None:
        self._settings = settings
        self._reader = reader or Reader(settings)
        self.version = self._reader.version

    def code(
        self, number: int, items: Sequence[Item], poison: Mapping[int, str], told: Callable[[int], None],
        *, alone: bool = False,
    ) -> Coded:  # fmt: skip
        """The tables of a chunk. `told` hears of each report before it is read; `poison` is not read.

        With `alone` no reports are parsed together, so that it is known which of them does harm.
        """
        begun = time.perf_counter()
        made = _Tables()
        most = 1 if alone else TOGETHER
        for first in range(0, len(items), most):
            told(first if alone else SEVERAL)
            places = range(len(items))[first : first + most]
            part = {at: poison.get(at) or self._report(items[at]) for at in places}
            docs = (
                self._parsed({at: r for at, r in part.items() if isinstance(r, Report)}) if most > 1 else {}
            )
            for at, report in part.items():
                told(at)
                problem = report if isinstance(report, str) else self._read(report, docs.get(at), made)
                if problem is not None:
                    made.asides.append(Aside(items[at].where, problem))
        return Coded(
            number, made.packed(), made.read, made.characters, made.events,
            time.perf_counter() - begun, self.version, tuple(made.asides),
        )  # fmt: skip

    def _report(self, item: Item) -> Report | str:
        """The report, or what is wrong with it."""
        try:
            report = report_in_record(item.record, item.where, item.unnamed, None, self._settings)
        except InputError as error:
            return error.problem
        except Exception as error:  # noqa: BLE001 (whatever a hostile text may set off)
            return _told(error)
        return replace(report, doubts=item.doubts)

    def _parsed(self, reports: Mapping[int, Report]) -> dict[int, Doc | None]:
        """Documents by the reports' places; none where one of them comes to grief: it is told when read."""
        with suppress(Exception):
            return dict(zip(reports, self._reader.parsed(list(reports.values())), strict=True))
        return {}

    def _read(self, report: Report, doc: Doc | None, made: _Tables) -> str | None:
        """Read one report; what went wrong, if it did: one bad report must not cost the others."""
        try:
            made.take(self._reader.read(report, doc))
        except InputError as error:
            return error.problem
        except Exception as error:  # noqa: BLE001 (whatever a hostile text may set off)
            return _told(error)
        return None


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


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
