"""The seven tables of `chancery.tables` as Parquet files in one folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

import pyarrow.parquet as pq

from chancery.analysis.layouts.chosen import Chosen
from chancery.ledger import frames
from chancery.tables import TABLES, Row, arrow_schema, to_arrow

_BATCH = 20_000  # rows in memory at once, and in one row group


def write_parquet(chosen: Chosen, folder: Path) -> Mapping[str, int]:
    """One file a table; rows in each."""
    folder.mkdir()
    counts = {}
    for name in TABLES:
        path = folder / f"{name}.parquet"
        rows = frames.rows(chosen.ledger, name, chosen.lines, chosen.reports.values())
        with pq.ParquetWriter(path, arrow_schema(name), compression="zstd") as writer:
            counts[path.name] = 0
            for batch in _batches(rows):
                writer.write_table(to_arrow(name, batch))
                counts[path.name] += len(batch)
    return counts


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
