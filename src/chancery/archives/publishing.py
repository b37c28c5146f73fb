"""From parts to the dataset: `OUT/events/month=2009-10/part-00000.parquet`, in the order of the input.

Files are written beside the dataset and moved in when all are complete; what was broken off in between
is gone on with, or done again. Same input, same bytes, whoever read it and however often it was
broken off. Nothing but one batch of a table is in memory.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from chancery.archives.manifest import Manifest, sync_folder, write_through
from chancery.archives.work import COMPRESSION, MONTH
from chancery.tables import TABLES, TableName, arrow_schema

T = TypeVar("T")

UNDATED: Final = "undated"  # a word: a column of nothing but Hive's null has no type for Arrow
_TOGETHER: Final = 32  # chunks in memory at once, of one table
_MONTHS: Final = 400  # files open at once


def publish(manifest: Manifest) -> int:
    """Put all finished chunks into the dataset; how many there were. Raises `OSError`."""
    making = manifest.folder / "publishing"
    ready = making / "READY"
    if ready.exists():
        _move_in(manifest, making, [int(n) for n in ready.read_text().split()])
    shutil.rmtree(making, ignore_errors=True)
    chunks = manifest.unpublished()
    if not chunks:
        return 0
    generation = manifest.generation()
    parts = [manifest.part(number) for number in chunks]
    for name in TABLES:
        _write_table(name, parts, making, f"part-{generation:05d}.parquet")
    write_through(ready, " ".join(map(str, [generation, *chunks])).encode())
    sync_folder(making)
    _move_in(manifest, making, [generation, *chunks])
    return len(chunks)


def _move_in(manifest: Manifest, making: Path, noted: Sequence[int]) -> None:
    """Move files to where the dataset has them; may be done again after any of its steps."""
    generation, *chunks = noted
    for file in sorted(making.glob("*/*/*.parquet")):
        goal = manifest.out / file.relative_to(making)
        goal.parent.mkdir(parents=True, exist_ok=True)
        file.replace(goal)
        sync_folder(goal.parent)
    manifest.published(chunks, generation)
    for number in chunks:
        shutil.rmtree(manifest.part(number), ignore_errors=True)
    shutil.rmtree(making)


def _write_table(name: TableName, parts: Sequence[Path], making: Path, file: str) -> None:
    """One file a month; months in groups, since each keeps a file open."""
    months = sorted({m for part in parts for m in _months(_read(name, [part]))}, key=lambda m: m or "")
    for group in _slices(months, _MONTHS):
        with ExitStack() as stack:
            writers = {m: stack.enter_context(_writer(name, making, m, file)) for m in group}
            for together in _slices(parts, _TOGETHER):
                table = _read(name, together)
                for month in _months(table) & writers.keys():
                    writers[month].write_table(_of_month(table, month))
    if not months:  # an empty table is still one that can be opened
        _writer(name, making, None, file).close()


def _slices(of: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    yield from (of[i : i + size] for i in range(0, len(of), size))


def _read(name: TableName, parts: Iterable[Path]) -> pa.Table:
    return pa.concat_tables([pq.ParquetFile(part / f"{name}.parquet").read() for part in parts])


def _months(table: pa.Table) -> set[str | None]:
    return set(pc.unique(table[MONTH]).to_pylist())


def _of_month(table: pa.Table, month: str | None) -> pa.Table:
    column = table[MONTH]
    these = pc.is_null(column) if month is None else pc.fill_null(pc.equal(column, month), False)
    return table.filter(these).drop_columns([MONTH])


def _writer(name: TableName, making: Path, month: str | None, file: str) -> pq.ParquetWriter:
    folder = making / name / f"{MONTH}={month or UNDATED}"
    folder.mkdir(parents=True, exist_ok=True)
    return pq.ParquetWriter(folder / file, arrow_schema(name), compression=COMPRESSION)
