"""A user's own knowledge: a folder of files in the form of ours, used beside ours by whoever reads.

Each file is a YAML list, or JSONL with one entry a line (quicker, for thousands of them); every entry is
checked, and a wrong one is told with its line. Which folder is in use is one choice for the whole
program, made where it starts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from chancery.errors import KnowledgeError
from chancery.knowledge.actor_entries import (
    ActorEntry,
    BodyEntry,
    NameEntry,
    NounEntry,
    OfficeEntry,
    PersonEntry,
    PlaceEntry,
)
from chancery.knowledge.loading import check

# The concept a file holds, by its name without the ending, and the type of its entries
CONCEPTS: Final[dict[str, tuple[str, type[Any]]]] = {
    "states": ("actors", ActorEntry),
    "organizations": ("actors", ActorEntry),
    "companies": ("actors", ActorEntry),
    "armed_groups": ("actors", ActorEntry),
    "parties": ("actors", ActorEntry),
    "names": ("names", NameEntry),
    "bodies": ("bodies", BodyEntry),
    "places": ("places", PlaceEntry),
    "generic_bodies": ("nouns", NounEntry),
    "offices": ("offices", OfficeEntry),
    "people": ("people", PersonEntry),
}
_ENDINGS: Final = (".yaml", ".jsonl")


@dataclass(frozen=True, slots=True)
class Own:
    """What a folder adds. `lines` says where an entry stands, by its identity."""

    actors: tuple[ActorEntry, ...] = ()
    names: tuple[NameEntry, ...] = ()
    bodies: tuple[BodyEntry, ...] = ()
    places: tuple[PlaceEntry, ...] = ()
    nouns: tuple[NounEntry, ...] = ()
    offices: tuple[OfficeEntry, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    lines: dict[int, str] = field(default_factory=dict)


_in_use: list[str] = []


def use(folder: str | None) -> None:
    """Read with this folder from now on; without one where it is None or empty."""
    _in_use[:] = [str(Path(folder).resolve())] if folder else []


def folder_in_use() -> str | None:
    """The folder read with, if any."""
    return _in_use[0] if _in_use else None


def digest() -> bytes:
    """A hash over the files in use: another one, another reading."""
    folder = folder_in_use()
    found = hashlib.sha256()
    for path in _files(Path(folder)) if folder else ():
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.digest() if folder else b""


def read_folder(folder: str) -> tuple[Own, tuple[KnowledgeError, ...]]:
    """All entries of a folder's files that hold, and the faults of the others."""
    path = Path(folder)
    if not path.is_dir():
        return Own(), (
            KnowledgeError(folder, "the folder", "there is no such folder; --knowledge names one"),
        )
    made: dict[str, Any] = {}
    lines: dict[int, str] = {}
    faults: list[KnowledgeError] = []
    for file in _files(path):
        if file.stem not in CONCEPTS:
            faults.append(KnowledgeError(str(file), "the file", f"its name is none of {', '.join(CONCEPTS)}"))
            continue
        concept, kind = CONCEPTS[file.stem]
        for entry, fault in _entries(file, kind, lines):
            if fault is None:
                made.setdefault(concept, []).append(entry)
            else:
                faults.append(fault)
    return Own(**{concept: tuple(entries) for concept, entries in made.items()}, lines=lines), tuple(faults)


def strays(theirs: Own, known: Container[str]) -> Iterator[KnowledgeError]:
    """Entries for actors that neither we nor they know, and actors that we know already."""
    own_ids: set[str] = set()
    for actor in theirs.actors:
        where = theirs.lines[id(actor)]
        if actor.id in known:
            yield KnowledgeError(where, actor.id, "is known already; give it further names in names.yaml")
        elif actor.id in own_ids:
            yield KnowledgeError(where, actor.id, "stands twice; ids are unique over all files")
        own_ids.add(actor.id)
    for entry, called, wanted in _wanted(theirs):
        if wanted not in known and wanted not in own_ids:
            yield KnowledgeError(theirs.lines[id(entry)], called, f"no actor has the id {wanted}")


def _wanted(theirs: Own) -> Iterator[tuple[object, str, str]]:
    for name in theirs.names:
        yield name, name.name, name.actor
    for body in theirs.bodies:
        yield body, body.name, body.actor
    for place in theirs.places:
        yield place, place.name, place.state
    for person in theirs.people:
        yield person, person.name, person.affiliation


def _files(folder: Path) -> list[Path]:
    return sorted(f for f in folder.iterdir() if f.suffix in _ENDINGS and not f.name.startswith("."))


def _entries(
    file: Path, kind: type[Any], lines: dict[int, str]
) -> Iterator[tuple[Any, KnowledgeError | None]]:
    """Entries as `kind`, each with the place where it stands; a wrong one as its fault."""
    try:
        raw = list(_yaml_items(file) if file.suffix == ".yaml" else _json_items(file))
    except KnowledgeError as fault:
        yield None, fault
        return
    for number, value in raw:
        where = f"{file}, line {number}"
        try:
            if isinstance(value, KnowledgeError):
                raise value
            entry = check(where, _called(value), value, kind)
        except KnowledgeError as fault:
            yield None, fault
            continue
        lines[id(entry)] = where
        yield entry, None


def _called(value: Any) -> str:
    """What an entry is called in a message."""
    if not isinstance(value, dict):
        return "the entry"
    return str(next((value[k] for k in ("id", "name", "noun", "title") if k in value), "the entry"))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as refused:
        raise KnowledgeError(str(file), "the file", f"cannot be read ({refused})") from refused


def _yaml_items(file: Path) -> Iterable[tuple[int, Any]]:
    """The items of a YAML list, each with the line on which it begins. Raises `KnowledgeError`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(_text(file))
    try:
        node = loader.get_single_node()
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise KnowledgeError(str(file), "the file", "should be a list of entries")
        return [(item.start_mark.line + 1, loader.construct_document(item)) for item in node.value]
    except (yaml.YAMLError, ValueError, RecursionError) as broken:
        raise KnowledgeError(str(file), "the file", " ".join(str(broken).split())) from broken
    finally:
        loader.dispose()


def _json_items(file: Path) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(_text(file).splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as broken:
                where = f"{file}, line {number}"
                yield number, KnowledgeError(where, "the entry", f"is not JSON ({broken})")
