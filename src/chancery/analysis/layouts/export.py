"""One call for every layout: choose, leave out what has no place in it, write, say what was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

from chancery.analysis.layouts import arms, dyadic, flows, graphs, maps
from chancery.analysis.layouts.annotations import web_annotations
from chancery.analysis.layouts.chosen import Chosen, choose, one_sided, undated
from chancery.analysis.layouts.dealt import Dealt, deals_of
from chancery.analysis.layouts.files import (
    Listed,
    Row,
    Style,
    json_text,
    making,
    write_lines,
    write_list,
    write_table,
)
from chancery.analysis.layouts.flat import flat_rows
from chancery.analysis.layouts.ftm import entities
from chancery.analysis.layouts.panel import panel_rows
from chancery.analysis.layouts.parquet import write_parquet
from chancery.analysis.layouts.plover import plover_records
from chancery.analysis.layouts.polecat import polecat_rows
from chancery.analysis.layouts.provenance import CONTEXT, prov_nodes
from chancery.analysis.layouts.tasks import configuration, tasks
from chancery.knowledge.layout_data import Layout, LayoutName, layout
from chancery.ledger import EventQuery, Ledger, LedgerEvent

Rows = Callable[[Chosen], Iterator[Row] | Iterator[Listed]]
Write = Callable[[Chosen, Path, Layout, Style], Mapping[str, int]]
WhyNot = Callable[[LedgerEvent], str | None]
_T = TypeVar("_T")

_EVERYTHING = EventQuery()
_PLAIN = Style()
_PROV_HEAD = f'{{"@context": {json_text(CONTEXT)}, "@graph": ['


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of an export: records by file, and how many events (or deals) were left out, and why."""

    files: Mapping[str, int]
    left_out: Mapping[str, int]
    layout: Layout
    counted: Literal["event", "deal"] = "event"


@dataclass(frozen=True, slots=True)
class _Format:
    """How a layout is written, and which lines have no place in it."""

    write: Write
    why_not: tuple[WhyNot, ...] = ()


@dataclass(frozen=True, slots=True)
class _DealFormat:
    """A layout of one table whose rows are deals: its rows, and which deals have no place in it."""

    rows: Callable[[Chosen, Sequence[Dealt]], Iterator[Row] | Iterator[Listed]]
    why_not: Callable[[Dealt], str | None]


def export(
    ledger: Ledger,
    name: LayoutName,
    target: Path,
    query: EventQuery = _EVERYTHING,
    *,
    style: Style = _PLAIN,
    replacing: bool = False,
) -> Exported:
    """Write what a query asks of a ledger in a layout; a file, or a folder where it has several.

    Layouts of deals have every deal that a chosen event tells of. Raises `OutputExists`,
    `OutputUnwritable`, and what `Ledger` raises. What is written is whole or not there.
    """
    found, chosen = layout(name), choose(ledger, query)
    of_deals = _DEALS.get(name)
    if of_deals is None:
        format = _FORMATS[name]
        kept, left_out = _sorted_out(chosen.lines, format.why_not)
        chosen, write = replace(chosen, lines=kept), format.write
    else:
        write, left_out = _of_deals(of_deals, chosen)
    with making(target, replace=replacing) as part:
        files = write(chosen, part, found, style)
    named = {target.name if file == part.name else f"{target.name}/{file}": n for file, n in files.items()}
    return Exported(named, left_out, found, "event" if of_deals is None else "deal")


def _of_deals(format: _DealFormat, chosen: Chosen) -> tuple[Write, Mapping[str, int]]:
    deals, left_out = _sorted_out(deals_of(chosen), (format.why_not,))
    return _one_table(lambda of: format.rows(of, deals)), left_out


def _sorted_out(
    found: Iterable[_T], tests: tuple[Callable[[_T], str | None], ...]
) -> tuple[tuple[_T, ...], Mapping[str, int]]:
    kept, left_out = [], Counter[str]()
    for each in found:
        reason = next((why for test in tests if (why := test(each))), None)
        if reason is None:
            kept.append(each)
        else:
            left_out[reason] += 1
    return tuple(kept), dict(left_out)


def _one_table(rows: Rows) -> Write:
    def write(chosen: Chosen, path: Path, found: Layout, style: Style) -> Mapping[str, int]:
        (table,) = found.tables
        return {path.name: write_table(path, table, found.shape, rows(chosen), style)}

    return write


def _tables(*each: Rows) -> Write:
    """A folder with a file for each of the layout's tables, in their order."""

    def write(chosen: Chosen, path: Path, found: Layout, style: Style) -> Mapping[str, int]:
        path.mkdir()
        counts = {}
        for table, rows in zip(found.tables, each, strict=True):
            assert table.file is not None  # the loader's tests hold that
            file = path / table.file
            counts[table.file] = write_table(file, table, found.shape, rows(chosen), style)
        return counts

    return write


def _lines(objects: Callable[[Chosen], Iterable[object]]) -> Write:
    return lambda chosen, path, _, style: {path.name: write_lines(path, objects(chosen), style)}


def _list(objects: Callable[[Chosen], Iterator[object]], before: str, after: str) -> Write:
    return lambda chosen, path, *_: {path.name: write_list(path, objects(chosen), (before, after))}


def _graph(write: Callable[[Chosen, Path], int]) -> Write:
    return lambda chosen, path, *_: {path.name: write(chosen, path)}


def _label_studio(chosen: Chosen, path: Path, *_: object) -> Mapping[str, int]:
    path.mkdir()
    (path / "config.xml").write_text(configuration(), encoding="utf-8")
    return {"tasks.json": write_list(path / "tasks.json", tasks(chosen), ("[", "]")), "config.xml": 1}


_FORMATS: Mapping[LayoutName, _Format] = {
    "csv": _Format(_one_table(flat_rows)),
    "parquet": _Format(lambda chosen, path, *_: write_parquet(chosen, path)),
    "jsonl": _Format(_lines(web_annotations)),
    "plover": _Format(_lines(plover_records)),
    "polecat": _Format(_one_table(polecat_rows)),
    "icews": _Format(_one_table(dyadic.icews_rows), (one_sided,)),
    "gdelt": _Format(_tables(dyadic.gdelt_events, dyadic.gdelt_mentions), (undated,)),
    "cameo": _Format(_one_table(dyadic.cameo_rows), (one_sided,)),
    "panel": _Format(_one_table(panel_rows), (one_sided, undated)),
    "graphml": _Format(_graph(graphs.write_graphml), (one_sided,)),
    "gexf": _Format(_graph(graphs.write_gexf), (one_sided,)),
    "geojson": _Format(
        _list(maps.features, '{"type": "FeatureCollection", "features": [', "]}"), (maps.nowhere,)
    ),
    "ftm": _Format(_lines(entities)),
    "prov": _Format(_list(prov_nodes, _PROV_HEAD, "]}")),
    "labelstudio": _Format(_label_studio),
}
_DEALS: Mapping[LayoutName, _DealFormat] = {
    "sipri": _DealFormat(arms.sipri_rows, arms.no_arms_deal),
    "aidata": _DealFormat(flows.aidata_rows, flows.no_flow),
}
