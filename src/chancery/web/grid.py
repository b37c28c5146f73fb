"""Differences as a grid: a row a report, a column a field, and in each cell what that report says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from chancery.ledger import LedgerDifference, ReportEntry
from chancery.records import DifferenceKind

# the order of a line's own parts; what else there is follows
_ORDER = (
    "status", "actors", "recipients", "speakers", "time", "place", "amount", "amounts", "goods", "in return",
    "members",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """What a report says where accounts part: its words, the passage, and how it parts from others."""

    value: str
    passage: str
    kind: DifferenceKind
    report: str
    event: str | None


@dataclass(slots=True)
class Row:
    """One report's cells by field."""

    report: ReportEntry
    cells: dict[str, list[Cell]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """One subject: the reports that part on it, by day, and for each field the kinds and reasons."""

    about: LedgerDifference
    rows: tuple[Row, ...]
    why: Mapping[str, tuple[tuple[DifferenceKind, str], ...]]


@dataclass(frozen=True, slots=True)
class Grid:
    """All subjects under the same columns."""

    fields: tuple[str, ...]
    blocks: tuple[Block, ...]


def grid(found: Sequence[LedgerDifference]) -> Grid:
    """The grid of differences, those on one subject beside each other."""
    blocks = [_block(list(some)) for _, some in groupby(found, key=lambda d: d.difference.subject)]
    return Grid(in_order(d.difference.field for d in found), tuple(blocks))


def in_order(fields: Iterable[str]) -> tuple[str, ...]:
    """Fields once each, in the order of a line's parts."""
    place = {name: number for number, name in enumerate(_ORDER)}
    return tuple(sorted(set(fields), key=lambda name: (place.get(name, len(place)), name)))


def _block(found: list[LedgerDifference]) -> Block:
    rows: dict[str, Row] = {}
    why: dict[str, dict[tuple[DifferenceKind, str], None]] = {}
    for each in found:
        told = each.difference
        why.setdefault(told.field, {})[told.kind, told.reason] = None
        for side, report, passage in zip(told.sides, each.reports, each.passages, strict=True):
            cells = rows.setdefault(report.id, Row(report)).cells.setdefault(told.field, [])
            cell = Cell(side.value, passage, told.kind, report.id, side.event)
            if all(cell.value != other.value for other in cells):
                cells.append(cell)
    ordered = sorted(rows.values(), key=lambda row: (str(row.report.published or "9999"), row.report.file))
    return Block(found[0], tuple(ordered), {name: tuple(told) for name, told in why.items()})
