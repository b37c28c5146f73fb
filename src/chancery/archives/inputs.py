"""What an archive is read from: JSONL, CSV and Parquet with a report a line or row, text files, folders.

Everything is streamed; nothing is held but the line or batch of rows at hand. What cannot be read becomes
an error beside the items. Whether a record is a report is found out where it is read (`work.py`), so that
the one process that feeds all others stays ahead of them.
"""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from chancery.errors import (
    ChanceryError,
    EmptyInput,
    InputError,
    MalformedLine,
    TooLargeInput,
    UnreadableInput,
    WrongForm,
)
from chancery.ingest import load
from chancery.ingest.files import checked_file, decoded
from chancery.ingest.kinds import by_name
from chancery.records import Finding, Report
from chancery.settings import Settings

KEYS: Final = ("text", "published", "publisher", "title", "name", "url")
_ESCAPED: Final = 12  # bytes that one character may take in JSON: two \uXXXX
_ROWS: Final = 256  # of Parquet held at once
_PACKED: Final = frozenset((".gz", ".zst"))
_RECORDS: Final = frozenset((".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"))


@dataclass(frozen=True, slots=True)
class Fields:
    """Which field of a record holds what, and what holds for all where a record says nothing."""

    names: Mapping[str, str]
    published: date | None = None
    publisher: str | None = None

    def of(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """The record under our own keys; days as ISO text."""
        found = {key: record.get(self.names.get(key, key)) for key in KEYS}
        day = found["published"] or self.published
        found["published"] = day.isoformat() if isinstance(day, date) else day
        found["publisher"] = found["publisher"] or self.publisher
        return found


@dataclass(frozen=True, slots=True)
class Item:
    """One record as it was found: `where` for a message, `unnamed` its name where it brings none.

    `doubts` are those of a text that was taken from a page, a mail, a paper.
    """

    where: str
    unnamed: str
    record: dict[str, Any]
    doubts: tuple[Finding, ...] = ()


Found = Item | InputError
Told = Callable[[int], None]


def size_of(inputs: Iterable[str]) -> int:
    """Bytes of all files, as they lie on the disk; those that are not there count nothing."""
    return sum(_size(path) for name in inputs for path in _files(name))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def items(inputs: Iterable[str], fields: Fields, settings: Settings, told: Told) -> Iterator[Found]:
    """All records of the inputs, always in the same order; `told` hears how many bytes were read."""
    before = 0

    def onward(position: int) -> None:
        told(before + position)

    for name in inputs:
        for path in _files(name):
            try:
                checked_file(str(path))
                yield from _of_file(path, fields, settings, onward)
            except InputError as error:
                yield error
            before += _size(path)
            told(before)


def _files(name: str) -> Iterator[Path]:
    """The file, or all files of a folder that are read by their endings, hidden ones left out."""
    path = Path(name)
    try:
        if not path.is_dir():
            yield path
            return
        for inner in sorted(path.iterdir()):
            if inner.name.startswith((".", "_")):
                continue
            if inner.is_dir():
                yield from _files(str(inner))
            elif _ending(inner) in _RECORDS or by_name(inner.name):
                yield inner
    except (OSError, ValueError):
        yield path  # the check of each file says what is wrong


def _ending(path: Path) -> str:
    return Path(path.stem if path.suffix.lower() in _PACKED else path.name).suffix.lower()


def _of_file(path: Path, fields: Fields, settings: Settings, told: Told) -> Iterator[Found]:
    kind = _ending(path)
    if kind in (".jsonl", ".ndjson"):
        yield from _lines(path, fields, settings, told)
    elif kind in (".csv", ".tsv"):
        yield from _table(path, fields, settings, told, "\t" if kind == ".tsv" else ",")
    elif kind == ".parquet":
        yield from _parquet(path, fields, told)
    else:
        for found in load([str(path)], published=fields.published, settings=settings):
            yield _item(found, path) if isinstance(found, Report) else found


def _item(report: Report, path: Path) -> Item:
    record = {
        "text": report.text, "title": report.title, "publisher": report.publisher, "url": report.url,
        "name": report.file, "published": report.published.isoformat() if report.published else None,
    }  # fmt: skip
    return Item(str(path), report.file, record, report.doubts)


def _lines(path: Path, fields: Fields, settings: Settings, told: Told) -> Iterator[Found]:
    longest = settings.max_report_characters * _ESCAPED
    seen = False
    with _Stream(path) as stream:
        for number, raw in enumerate(iter(lambda: stream.line(longest + 1), b""), 1):
            where = f"{path}, line {number}"
            if len(raw) > longest:
                yield TooLargeInput(where, len(raw), settings.max_report_characters)
                return  # the rest of the line cannot be told from the next one
            if raw.strip():
                seen = True
                yield _line(raw, where, f"{path.name}:{number}", fields)
            told(stream.position)
    if not seen:
        raise EmptyInput(str(path))


def _line(raw: bytes, where: str, unnamed: str, fields: Fields) -> Found:
    try:
        value = json.loads(decoded(raw, where))
    except InputError as error:
        return error
    except (ValueError, RecursionError):
        return MalformedLine(where, "is not JSON")
    if not isinstance(value, dict):
        return MalformedLine(where, f"is a JSON {type(value).__name__}, not an object")
    return Item(where, unnamed, fields.of(value))


class _Stream:
    """A file's bytes, unpacked where its name ends in `.gz` or `.zst`, line by line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._raw: IO[bytes] | None = None
        self._packed: Any = None

    def __enter__(self) -> Self:
        """Raises `UnreadableInput`."""
        try:
            self._raw = self._path.open("rb")
        except OSError as refused:
            raise UnreadableInput(str(self._path), refused.strerror or str(refused)) from refused
        self._packed = _unpacked(self._raw, self._path.suffix.lower())
        return self

    def __exit__(self, *_: object) -> None:
        for stream in (self._packed, self._raw):
            if stream is not None:
                stream.close()

    @property
    def position(self) -> int:
        """Bytes taken from the disk."""
        assert self._raw is not None
        return self._raw.tell()

    def line(self, longest: int) -> bytes:
        """The next line; nothing at the end. Raises `UnreadableInput` where the file is damaged."""
        try:
            return bytes(self._packed.readline(longest))
        except (OSError, EOFError, zlib.error, pa.ArrowException) as broken:
            raise UnreadableInput(str(self._path), f"damaged: {broken}") from broken

    def text_lines(self, longest: int) -> Iterator[str]:
        """All lines as text. Raises `BinaryInput`, `UnreadableInput`, `TooLargeInput`."""
        for number, raw in enumerate(iter(lambda: self.line(longest + 1), b""), 1):
            where = f"{self._path}, line {number}"
            if len(raw) > longest:
                raise TooLargeInput(where, len(raw), longest)
            yield decoded(raw, where)


def _unpacked(raw: IO[bytes], suffix: str) -> Any:
    if suffix == ".gz":
        return gzip.GzipFile(fileobj=raw)
    if suffix == ".zst":
        return _Buffered(pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), "zstd"))
    return raw


class _Buffered:
    """Lines of a stream of Arrow's, which has none of its own."""

    _BLOCK = 1 << 20

    def __init__(self, stream: Any) -> None:
        self._stream, self._held, self._at = stream, b"", 0

    def readline(self, longest: int) -> bytes:
        while True:
            end = self._held.find(b"\n", self._at)
            if end >= 0 or len(self._held) - self._at >= longest:
                break
            block = self._stream.read(self._BLOCK)
            if not block:
                end = len(self._held) - 1
                break
            self._held, self._at = self._held[self._at :] + block, 0
        last = min(self._at + longest, end + 1 if end >= 0 else len(self._held))
        line, self._at = self._held[self._at : last], last
        return line

    def close(self) -> None:
        self._stream.close()


def _table(path: Path, fields: Fields, settings: Settings, told: Told, mark: str) -> Iterator[Found]:
    """CSV with a heading; a fault in its quoting ends it, since what follows cannot be told apart."""
    csv.field_size_limit(settings.max_report_characters * 4)
    with _Stream(path) as stream:
        rows = csv.DictReader(stream.text_lines(settings.max_report_characters * 4), delimiter=mark)
        try:
            _has_text(path, list(rows.fieldnames or ()), fields)
            for number, row in enumerate(rows, 1):
                told(stream.position)
                yield Item(f"{path}, row {number}", f"{path.name}:{number}", fields.of(row))
        except csv.Error as broken:
            raise WrongForm(f"{path}, line {rows.line_num}", str(broken), "CSV with a heading") from broken


def _has_text(path: Path, columns: list[str], fields: Fields) -> None:
    wanted = fields.names.get("text", "text")
    if not columns:
        raise EmptyInput(str(path))
    if wanted not in columns:
        named = ", ".join(repr(c) for c in columns[:12])
        raise WrongForm(
            str(path), f"the columns {named}", f"one named {wanted!r}; --text-field names another"
        )


def _parquet(path: Path, fields: Fields, told: Told) -> Iterator[Found]:
    try:
        with pq.ParquetFile(path, memory_map=False) as file:
            columns = list(file.schema_arrow.names)
            _has_text(path, columns, fields)
            wanted = [c for c in columns if c in {fields.names.get(key, key) for key in KEYS}]
            rows, number = max(1, file.metadata.num_rows), 0
            size = path.stat().st_size
            for batch in file.iter_batches(batch_size=_ROWS, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield Item(f"{path}, row {number}", f"{path.name}:{number}", fields.of(row))
                told(size * number // rows)
    except ChanceryError:
        raise
    except (pa.ArrowException, OSError, ValueError) as broken:
        raise UnreadableInput(str(path), f"damaged or not Parquet: {broken}") from broken
