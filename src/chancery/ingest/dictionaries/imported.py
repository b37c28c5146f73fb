"""What an import gives: entries in our own form, what was left out, and lines that are wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from chancery.errors import InputError, UnreadableInput
from chancery.ingest.charsets import decode
from chancery.ingest.files import checked_file, content

Entry = Mapping[str, Any]
CONCEPTS: Final = ("names", "people", "generic_bodies")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is right and of no use here, and why."""

    line: int
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """Entries by the file they belong to (`names`, `people`, `generic_bodies`), of one dictionary."""

    entries: Mapping[str, tuple[Entry, ...]]
    left_out: tuple[LeftOut, ...] = ()
    wrong: tuple[InputError, ...] = ()


def imported_file(
    file: str, reader: Callable[[str, str], Imported]
) -> tuple[Imported | None, tuple[InputError, ...]]:
    """A dictionary as `reader` takes it, and all that is wrong in it; none where it cannot be opened."""
    try:
        path = checked_file(file)
        if path.is_dir():
            raise UnreadableInput(file, "it is a folder")
        found = decode(content(path), file)
    except InputError as refused:
        return None, (refused,)
    made = reader(found.text, file)
    return made, made.wrong


def write_into(folder: Path, imports: Iterable[Imported]) -> dict[str, int]:
    """Add the entries to the folder's JSONL files; how many are new in each.

    What stands there already is not written twice. Raises `UnreadableInput` where it cannot be written.
    """
    wanted: dict[str, dict[str, None]] = {}
    for each in imports:
        for concept, entries in each.entries.items():
            made_lines = (json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in entries)
            wanted.setdefault(concept, {}).update(dict.fromkeys(made_lines))
    added = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for concept, lines in wanted.items():
            file = folder / f"{concept}.jsonl"
            there = dict.fromkeys(file.read_text(encoding="utf-8").splitlines()) if file.exists() else {}
            added[concept] = len(lines.keys() - there.keys())
            file.write_text("".join(f"{line}\n" for line in {**there, **lines}), encoding="utf-8")
    except (OSError, UnicodeDecodeError) as refused:
        raise UnreadableInput(str(folder), str(refused)) from refused
    return added
