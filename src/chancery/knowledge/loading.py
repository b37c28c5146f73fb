"""Loads data files and checks every entry against its type; a wrong entry is a `KnowledgeError`."""

from __future__ import annotations

from datetime import MAXYEAR, date
from functools import cache
from importlib import resources
from typing import Annotated, Any, TypeVar, cast

import yaml
from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from chancery.errors import KnowledgeError
from chancery.knowledge.parsed import remembered

T = TypeVar("T")

STRICT = ConfigDict(extra="forbid", frozen=True)


def _day(value: Any, *, last: bool) -> Any:
    """A date; a bare year or month is its first day, or its last for an end."""
    if isinstance(value, date) or value is None:
        return value
    parts = [int(p) for p in str(value).split("-")]
    if not all(1 <= part <= MAXYEAR for part in parts):  # for some, `date` raises what is no ValueError
        raise ValueError("a date has no such number")
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else (12 if last else 1)
    if not last:
        return date(year, month, 1)
    return date(year + month // 12, month % 12 + 1, 1).replace(day=1) - date.resolution


def _texts(value: Any) -> Any:
    """YAML reads a bare number or truth word as such; names are text. One bare word is no list."""
    if isinstance(value, str):
        raise ValueError(f"should be a list; write [{value}]")  # noqa: TRY004 (pydantic's way to refuse)
    return tuple(str(v) if isinstance(v, (int, float)) else v for v in value or ())


From = Annotated[date | None, BeforeValidator(lambda v: _day(v, last=False))]
Until = Annotated[date | None, BeforeValidator(lambda v: _day(v, last=True))]
Words = Annotated[frozenset[str], BeforeValidator(lambda v: frozenset(_texts(v)))]
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]


def read_yaml(name: str) -> Any:
    """The parsed content of `knowledge/NAME`. Raises `KnowledgeError`."""
    content = (resources.files("chancery.knowledge") / name).read_bytes()
    return remembered(name, content, lambda: _parsed(name, content))


def _parsed(name: str, content: bytes) -> Any:
    try:
        return yaml.load(content.decode("utf8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except (yaml.YAMLError, UnicodeError) as broken:
        raise KnowledgeError(name, "the file", str(broken).replace("\n", " ")) from broken


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def load_list(name: str, kind: type[T]) -> tuple[T, ...]:
    """Entries of a list file as `kind` (a pydantic dataclass). Raises `KnowledgeError`."""
    raw = read_yaml(name)
    if not isinstance(raw, list):
        raise KnowledgeError(name, "the file", "should be a list of entries")
    return tuple(check(name, _called(entry, i), entry, kind) for i, entry in enumerate(raw))


def _called(entry: Any, position: int) -> str:
    if isinstance(entry, dict):
        for key in ("id", "name", "noun", "title", "word"):
            if key in entry:
                return str(entry[key])
    return f"entry {position + 1}"


def check(file: str, called: str, value: Any, kind: type[T]) -> T:
    """`value` as `kind`; the first fault becomes a `KnowledgeError` that names the entry."""
    try:
        made: T = _adapter(cast("Any", kind)).validate_python(value)
    except ValidationError as wrong:
        fault = wrong.errors()[0]
        where = ".".join(str(p) for p in fault["loc"])
        raise KnowledgeError(file, called, f"{where}: {fault['msg']}") from wrong
    return made
