"""The layouts of exports: which columns they have, what fills each, and what they lose. One a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from chancery.errors import KnowledgeError
from chancery.knowledge.loading import STRICT, Texts, check, read_yaml

Shape = Literal["csv", "tsv", "bare_tsv", "jsonl", "json", "xml", "parquet"]
LayoutName = Literal[
    "csv", "parquet", "jsonl", "plover", "polecat", "icews", "gdelt", "cameo", "panel", "sipri",
    "aidata", "graphml", "gexf", "geojson", "ftm", "prov", "labelstudio",
]  # fmt: skip
LAYOUT_NAMES: tuple[LayoutName, ...] = LayoutName.__args__  # type: ignore[attr-defined]


@dataclass(config=STRICT, slots=True)
class LayoutColumn:
    """A column (in JSON and XML, a key or attribute), and what of ours it holds; nothing if empty."""

    name: str
    holds: str | None = None


@dataclass(config=STRICT, slots=True)
class LayoutTable:
    """The columns of one file; `file` is its name where an export is a folder.

    `count` is how many the field's documentation says there are.
    """

    row: str
    columns: tuple[LayoutColumn, ...]
    count: int
    file: str | None = None

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns if column.name]
        if len(self.columns) != self.count:
            raise ValueError(f"{len(self.columns)} columns, and {self.count} are stated")
        if len(set(names)) != len(names):
            raise ValueError("two columns have the same name")


@dataclass(config=STRICT, slots=True)
class Layout:
    """A layout: who reads it, where it is documented, its files, its losses.

    `words` are what it calls our words, by kind: sectors, quad classes, stages.
    """

    name: LayoutName
    title: str
    source: str
    shape: Shape
    tables: tuple[LayoutTable, ...]
    losses: Texts
    words: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)


@cache
def layout(name: LayoutName) -> Layout:
    """The layout of that name. Raises `KnowledgeError` on a file that contradicts itself."""
    file = f"layouts/{name}.yaml"
    found = check(file, name, read_yaml(file), Layout)
    if found.name != name:
        raise KnowledgeError(file, name, f"its name is {found.name}")
    return found
