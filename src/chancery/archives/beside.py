"""The reports of a dataset set beside each other: occurrences and differences, as in a ledger.

Deciding is the reconcile room's; here DuckDB is the index by which tellings find each other. Tellings are
taken some at a time, in the order of their days, with the occurrences they could belong to and no
others: so memory stays as it is, whatever the size of the dataset.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from chancery.archives.loading import readings
from chancery.archives.manifest import Manifest, sync_folder
from chancery.archives.occurrence_tables import TABLES, difference_row, member_rows, occurrence_row
from chancery.archives.work import COMPRESSION
from chancery.contract import event_from_json, event_to_json
from chancery.errors import ArchiveUnusable
from chancery.reconcile import Book, Placed, Source, Telling, differences, occurrence, tellings
from chancery.reconcile.blocking import day_of, keys
from chancery.records import Difference, Event, Link, Occurrence, Reading, Reason, Span

T = TypeVar("T")

_TOGETHER: Final = 1000  # tellings placed, or occurrences told, at a time
_MEMORY: Final = "512MB"  # of DuckDB; what is more lies on the disk
_MOST_KEY: Final = 400  # of a fuller block the latest count, as in a `Book`
_TABLES: Final = """
CREATE TABLE told (n BIGINT, event VARCHAR, part VARCHAR, report VARCHAR, day DATE, first INT, last INT,
                   publisher VARCHAR, published DATE, content VARCHAR, sentence VARCHAR);
CREATE TABLE keys (key VARCHAR, n BIGINT);
CREATE TABLE texts (report VARCHAR, text VARCHAR, links VARCHAR);
CREATE TABLE placed (n BIGINT, place BIGINT, occurrence VARCHAR, score DOUBLE, reasons VARCHAR);
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """What setting beside found: tellings, the occurrences they are of, and differences."""

    tellings: int
    occurrences: int
    several: int  # of them told by more than one report
    differences: int


def set_beside(out: Path, tell: Callable[[int, int], None] | None = None) -> Beside:
    """Write `occurrences`, `members` and `differences` beside the other tables, anew.

    `tell` hears how many tellings of how many are placed. Raises `ArchiveError`.
    """
    with Manifest(out) as manifest:
        making = manifest.folder / "beside"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        try:
            with duckdb.connect(
                str(making / "work.db"), config={"threads": 1, "memory_limit": _MEMORY}
            ) as base:
                base.execute(_TABLES)
                _gather(base, out)
                _place(base, tell or (lambda *_: None))
                found = _tell(base, making)
        except (duckdb.Error, OSError) as broken:
            raise ArchiveUnusable(str(out), str(broken).partition("\n")[0]) from broken
        for name in TABLES:
            goal = out / name / "part-00000.parquet"
            goal.parent.mkdir(exist_ok=True)
            (making / f"{name}.parquet").replace(goal)
            sync_folder(goal.parent)
        shutil.rmtree(making)
        return found


def _gather(base: duckdb.DuckDBPyConnection, out: Path) -> None:
    """All tellings of the dataset with their keys, and what differences are told from."""
    number = 0
    for some in _some(readings(out), _TOGETHER):
        told: list[tuple[Any, ...]] = []
        met: list[tuple[str, int]] = []
        for reading in some:
            for telling, row in _rows(reading):
                told.append((number, *row))
                met.extend((key, number) for key in keys(telling))
                number += 1
        _insert(base, "told", told)
        _insert(base, "keys", met)
        _insert(base, "texts", [(r.report.id, r.report.text, _links_json(r)) for r in some])
    base.execute(
        "CREATE TABLE ordered AS SELECT *, row_number() OVER (ORDER BY day, report, first, last, n) AS place"
        " FROM told; DROP TABLE told"
    )


def _rows(reading: Reading) -> Iterator[tuple[Telling, tuple[Any, ...]]]:
    report = reading.report
    source = Source(report.id, report.publisher, report.published)
    for event in reading.events:
        content, sentence = json.dumps(event_to_json(event)), event.sentence.of(report.text)
        for telling in tellings(event, source, sentence):
            yield (
                telling,
                (
                    event.id, telling.part, report.id, day_of(telling), event.trigger.start,
                    event.trigger.end, report.publisher, report.published, content, sentence,
                ),
            )  # fmt: skip


def _links_json(reading: Reading) -> str:
    return json.dumps(
        [(k.kind, k.give, k.take, k.span.start, k.span.end, k.explicit, k.reason) for k in reading.links]
    )


def _insert(base: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    named: pa.Schema = base.table(table).limit(0).to_arrow_table().schema
    columns = [pa.array(c, f.type) for c, f in zip(zip(*rows, strict=True), named, strict=True)]
    base.register("made", pa.Table.from_arrays(columns, schema=named))
    base.execute(f"INSERT INTO {table} SELECT * FROM made")  # noqa: S608 (our own names)
    base.unregister("made")


def _place(base: duckdb.DuckDBPyConnection, tell: Callable[[int, int], None]) -> None:
    """Give each telling its occurrence, in the order of their days."""
    (count,) = base.execute("SELECT count(*) FROM ordered").fetchone() or (0,)
    for first in range(1, count + 1, _TOGETHER):
        last = first + _TOGETHER
        book, numbers = Book(), dict[tuple[str, str], tuple[int, int]]()
        for _, _, placed in _placed(base, _NEAR, (first, last, _MOST_KEY)):
            book.put(placed)
        wanted = []
        for n, place, *row in base.execute(_NEW, (first, last)).fetchall():
            telling = _telling(row)
            numbers[telling.key] = n, place
            wanted.append(telling)
        made = [(*numbers[p.telling.key], p.occurrence, p.score, _reasons(p)) for p in book.join(wanted)]
        _insert(base, "placed", made)
        tell(min(last - 1, count), count)


_NEW: Final = """
SELECT n, place, event, part, report, publisher, published, content, sentence FROM ordered
WHERE place >= ? AND place < ? ORDER BY place
"""
# what stands already and shares a key with some new telling, with all of its occurrence
_NEAR: Final = """
WITH met AS (SELECT DISTINCT key FROM keys JOIN ordered USING (n) WHERE place >= ? AND place < ?),
near AS (
    SELECT occurrence FROM met JOIN keys USING (key) JOIN placed USING (n)
    QUALIFY row_number() OVER (PARTITION BY key ORDER BY place DESC) <= ?
)
SELECT p.occurrence, p.place, p.score, p.reasons,
       o.event, o.part, o.report, o.publisher, o.published, o.content, o.sentence
FROM placed p JOIN ordered o USING (n)
WHERE p.occurrence IN (SELECT occurrence FROM near) ORDER BY p.place
"""
_ALL: Final = """
SELECT p.occurrence, p.place, p.score, p.reasons,
       o.event, o.part, o.report, o.publisher, o.published, o.content, o.sentence
FROM placed p JOIN ordered o USING (n) ORDER BY min(p.place) OVER (PARTITION BY p.occurrence), p.place
"""


def _placed(
    base: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()
) -> Iterator[tuple[str, int, Placed]]:
    found = base.cursor().execute(query, values)
    while rows := found.fetchmany(_TOGETHER):
        for id, place, score, reasons, *row in rows:
            why = tuple(Reason(*parts) for parts in json.loads(reasons))
            yield id, place, Placed(id, _telling(row), score, why)


def _telling(row: Sequence[Any]) -> Telling:
    _, part, report, publisher, published, content, sentence = row
    event = event_from_json(json.loads(content))
    made = tellings(event, Source(report, publisher, published), sentence)
    return next(t for t in made if t.part == part)


def _reasons(placed: Placed) -> str:
    return json.dumps([(r.field, r.source, r.detail, r.score) for r in placed.reasons])


def _tell(base: duckdb.DuckDBPyConnection, making: Path) -> Beside:
    """Tell each occurrence once, and where its accounts part."""
    count = several = parted = members = 0
    writers = {name: pq.ParquetWriter(making / f"{name}.parquet", TABLES[name], compression=COMPRESSION)
               for name in TABLES}  # fmt: skip
    try:
        groups = (
            [p for _, _, p in group] for _, group in groupby(_placed(base, _ALL), key=lambda found: found[0])
        )
        for some in _some(groups, _TOGETHER):
            told = list(_told(base, some))
            rows = {
                "occurrences": [occurrence_row(o) for o, _ in told],
                "members": [row for o, _ in told for row in member_rows(o)],
                "differences": [difference_row(d, o.id) for o, ds in told for d in ds],
            }
            for name, made in rows.items():
                writers[name].write_table(pa.Table.from_pylist(made, schema=TABLES[name]))
            count, parted = count + len(told), parted + len(rows["differences"])
            several += sum(len({m.report for m in o.members}) > 1 for o, _ in told)
            members += len(rows["members"])
    finally:
        for writer in writers.values():
            writer.close()
    return Beside(members, count, several, parted)


def _told(
    base: duckdb.DuckDBPyConnection, some: Sequence[Sequence[Placed]]
) -> Iterator[tuple[Occurrence, tuple[Difference, ...]]]:
    reports = sorted({
        p.telling.source.report
        for members in some
        if len({p.telling.source.report for p in members}) > 1
        for p in members
    })  # fmt: skip
    texts, links = dict[str, str](), dict[str, tuple[Link, ...]]()
    events: Mapping[str, dict[str, Event]] = defaultdict(dict)
    if reports:
        for report, text, told in base.execute(_TEXTS, (reports,)).fetchall():
            texts[report], links[report] = text, _links(told)
        for report, content in base.execute(_EVENTS, (reports,)).fetchall():
            event = event_from_json(json.loads(content))
            events[report][event.id] = event
    listed = {report: tuple(found.values()) for report, found in events.items()}
    for members in some:
        made = occurrence(members, texts)
        yield made, differences(made, members, texts, listed, links)


_TEXTS: Final = "SELECT report, text, links FROM texts WHERE report IN (SELECT unnest(?))"
_EVENTS: Final = "SELECT report, content FROM ordered WHERE report IN (SELECT unnest(?)) ORDER BY first, n"


def _links(told: str) -> tuple[Link, ...]:
    return tuple(
        Link(kind, give, take, Span(start, end), explicit, reason)
        for kind, give, take, start, end, explicit, reason in json.loads(told)
    )


def _some(of: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(of)
    while found := list(islice(iterator, size)):
        yield found
