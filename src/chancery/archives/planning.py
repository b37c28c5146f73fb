"""Which reports are read together: new ones in chunks, in the order of the input; none twice.

A chunk ends with so many reports or so many characters. Reports of chunks that an earlier run planned
and did not finish are gathered into these very chunks again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from chancery.archives.inputs import Found, Item
from chancery.archives.manifest import Aside, Manifest
from chancery.errors import InputError
from chancery.records import report_id

MOST_REPORTS: Final = 256
MOST_CHARACTERS: Final = 400_000


@dataclass(slots=True)
class Chunk:
    """Reports that one worker reads at a stretch."""

    number: int
    items: list[Item] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)

    def take(self, key: int, item: Item) -> None:
        """Add a report."""
        self.items.append(item)
        self.keys.append(key)


def planned(found: Iterable[Found], manifest: Manifest, most: int = MOST_REPORTS) -> Iterator[Chunk]:
    """The chunks that are still to be read; what is no report is set aside."""
    return _Plan(manifest, most).chunks(found)


class _Plan:
    def __init__(self, manifest: Manifest, most: int) -> None:
        self._manifest = manifest
        self._most = most
        self._left = manifest.undone()
        self._gathering: dict[int, Chunk] = {}
        self._open = Chunk(manifest.next_number())
        self._open_keys: set[int] = set()
        self._characters = 0

    def chunks(self, found: Iterable[Found]) -> Iterator[Chunk]:
        for item in found:
            key = self._key(item)
            if key is not None and isinstance(item, Item):
                yield from self._place(key, item)
        if self._open.items:
            yield self._closed()
        for chunk in self._gathering.values():
            self._manifest.shrink(chunk.number, chunk.keys)
            yield chunk

    def _key(self, item: Found) -> int | None:
        """The report's id as a number; none for what is no report, which is set aside."""
        if isinstance(item, InputError):
            self._manifest.set_aside([Aside(item.where, item.problem)])
            return None
        text, publisher = item.record["text"], item.record["publisher"]
        if not isinstance(text, str) or not (publisher is None or isinstance(publisher, str)):
            name = "text" if not isinstance(text, str) else "publisher"
            problem = f'"{name}" is missing' if item.record[name] is None else f'"{name}" is not a string'
            self._manifest.set_aside([Aside(item.where, problem)])
            return None
        try:
            return int(report_id(text, publisher), 16) - (1 << 63)
        except UnicodeEncodeError:
            self._manifest.set_aside([Aside(item.where, "holds half a surrogate pair")])
            return None

    def _place(self, key: int, item: Item) -> Iterator[Chunk]:
        if key in self._open_keys:
            return
        number = self._manifest.chunk_of(key)
        if number is not None:
            yield from self._again(number, key, item)
            return
        self._open.take(key, item)
        self._open_keys.add(key)
        self._characters += len(item.record["text"])
        if len(self._open.items) >= self._most or self._characters >= MOST_CHARACTERS:
            yield self._closed()

    def _again(self, number: int, key: int, item: Item) -> Iterator[Chunk]:
        """A report that was planned before: once more where its chunk is not done."""
        if number not in self._left:
            return
        chunk = self._gathering.setdefault(number, Chunk(number))
        if key in chunk.keys:
            return
        chunk.take(key, item)
        if len(chunk.items) == self._left[number]:
            del self._left[number], self._gathering[number]
            yield chunk

    def _closed(self) -> Chunk:
        chunk = self._open
        self._manifest.plan(chunk.number, chunk.keys, chunk.items[0].where, chunk.items[-1].where)
        self._open, self._open_keys, self._characters = Chunk(chunk.number + 1), set(), 0
        return chunk
