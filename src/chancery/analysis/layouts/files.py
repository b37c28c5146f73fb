"""Writing exports: whole or not at all, never over another file unless asked."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chancery.analysis.layouts.cells import Cell, written
from chancery.errors import OutputExists, OutputUnwritable
from chancery.knowledge.layout_data import LayoutTable, Shape

Row = Mapping[str, Cell]
Listed = tuple[Cell, ...]  # a value for each column, where some columns have no name

_DELIMITER: Mapping[Shape, str] = {"csv": ",", "tsv": "\t", "bare_tsv": "\t"}


@dataclass(frozen=True, slots=True)
class Style:
    """How text files are written: with a byte order mark, with cells guarded against spreadsheets."""

    mark: bool = False
    guard: bool = True

    @property
    def encoding(self) -> str:
        """Python's name of it."""
        return "utf-8-sig" if self.mark else "utf-8"


@contextmanager
def making(target: Path, *, replace: bool) -> Iterator[Path]:
    """A path beside `target` to write to; it takes the target's name when all went well.

    Raises `OutputExists`, and `OutputUnwritable` for what the system refuses.
    """
    if not replace and os.path.lexists(target):
        raise OutputExists(str(target))
    part = target.with_name(f".{target.name}.part")
    try:
        _remove(part)
        yield part
        _make_way(target, part)
        part.replace(target)
    except OSError as error:
        raise OutputUnwritable(str(target), error.strerror or str(error)) from error
    finally:
        _remove(part)


def _make_way(target: Path, part: Path) -> None:
    """Take away an earlier export, if there is one; a folder with anything else in it stays."""
    if target.is_dir() and not target.is_symlink():
        ours = {path.name for path in part.iterdir()} if part.is_dir() else set()
        if other := sorted({path.name for path in target.iterdir()} - ours):
            raise OutputUnwritable(str(target), f"it is a folder with other files in it: {other[0]}")
        shutil.rmtree(target)
    elif part.is_dir() and os.path.lexists(target):
        target.unlink()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def write_table(
    path: Path, table: LayoutTable, shape: Shape, rows: Iterable[Row | Listed], style: Style
) -> int:
    """Rows as a delimited file with the table's columns; how many there were.

    CSV is RFC 4180; tab-separated files have no quotation marks, as the field's own.
    """
    plain = shape != "csv"
    count = 0
    with path.open("w", encoding=style.encoding, newline="") as out:
        line = (
            _lines_to(out.write, _DELIMITER[shape])
            if plain
            else csv.writer(out, lineterminator="\n").writerow
        )
        if shape != "bare_tsv":
            line([column.name for column in table.columns])
        for row in rows:
            values = row if isinstance(row, tuple) else [row.get(column.name) for column in table.columns]
            line([written(value, guard=style.guard, one_line=plain) for value in values])
            count += 1
    return count


def _lines_to(write: Callable[[str], object], delimiter: str) -> Callable[[list[str]], object]:
    return lambda cells: write(delimiter.join(cells) + "\n")


def write_list(path: Path, objects: Iterable[object], around: tuple[str, str]) -> int:
    """JSON objects one after another within the text `around` them; how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(around[0])
        for each in objects:
            out.write((",\n" if count else "\n") + json_text(each))
            count += 1
        out.write("\n" + around[1] + "\n")
    return count


def write_lines(path: Path, objects: Iterable[object], style: Style) -> int:
    """One JSON object a line; how many."""
    count = 0
    with path.open("w", encoding=style.encoding, newline="\n") as out:
        for each in objects:
            out.write(json_text(each) + "\n")
            count += 1
    return count


def json_text(value: object, *, indent: int | None = None) -> str:
    """JSON in ASCII: nothing in it steers a terminal, and half surrogates stay what they are."""
    return json.dumps(value, ensure_ascii=True, indent=indent, default=_plain)


def _plain(value: Any) -> str:
    return str(value.isoformat())
