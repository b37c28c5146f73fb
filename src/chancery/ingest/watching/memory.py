"""What a watch remembers between rounds and runs: a small JSON file, written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Container
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from chancery.errors import UnreadableInput, WrongForm

_FORM: Final = 1
MOST_SEEN: Final = 5_000  # entries remembered of a feed; feeds list a hundred or so at a time


@dataclass(slots=True)
class FeedMemory:
    """Of one feed: what makes asking again cheap, entries done, attempts at others, and when to ask again."""

    etag: str | None = None
    modified: str | None = None
    seen: dict[str, None] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)
    failures: int = 0
    not_before: float = 0.0

    def is_done(self, key: str) -> None:
        """The entry needs no more attention."""
        self.seen[key] = None
        self.tries.pop(key, None)
        while len(self.seen) > MOST_SEEN:
            del self.seen[next(iter(self.seen))]

    def keep(self, keys: Container[str]) -> None:
        """Forget attempts at entries that the feed no longer lists."""
        self.tries = {k: n for k, n in self.tries.items() if k in keys}


@dataclass(slots=True)
class Memory:
    """Of all feeds of a file, by their address."""

    path: Path
    feeds: dict[str, FeedMemory] = field(default_factory=dict)

    def of(self, url: str) -> FeedMemory:
        """What is remembered of a feed."""
        return self.feeds.setdefault(url, FeedMemory())

    def save(self) -> None:
        """Put it in the file's place. Raises `UnreadableInput`."""
        made = {"form": _FORM, "feeds": {url: _plain(memory) for url, memory in self.feeds.items()}}
        beside = self.path.with_name(f"{self.path.name}.new")
        try:
            beside.write_text(json.dumps(made), encoding="ascii")
            os.replace(beside, self.path)  # noqa: PTH105 (Path.replace is the same)
        except OSError as refused:
            raise UnreadableInput(str(self.path), f"cannot be written: {refused.strerror}") from refused


def open_memory(path: Path) -> Memory:
    """The memory in a file; an empty one where there is none. Raises `WrongForm`, `UnreadableInput`."""
    try:
        told = json.loads(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        return Memory(path)
    except OSError as refused:
        raise UnreadableInput(str(path), refused.strerror or str(refused)) from refused
    except (ValueError, RecursionError) as broken:
        raise _wrong(path) from broken
    if not isinstance(told, dict) or told.get("form") != _FORM or not isinstance(told.get("feeds"), dict):
        raise _wrong(path)
    try:
        return Memory(path, {str(url): _revived(value) for url, value in told["feeds"].items()})
    except (TypeError, ValueError, AttributeError) as broken:
        raise _wrong(path) from broken


def _wrong(path: Path) -> WrongForm:
    return WrongForm(
        str(path), "no memory of a watch", "what `chancery watch` wrote; delete it to begin anew"
    )


def _plain(memory: FeedMemory) -> dict[str, Any]:
    return asdict(memory) | {"seen": list(memory.seen)}


def _revived(value: dict[str, Any]) -> FeedMemory:
    return FeedMemory(
        etag=_text(value["etag"]) if value.get("etag") else None,
        modified=_text(value["modified"]) if value.get("modified") else None,
        seen=dict.fromkeys(map(_text, value.get("seen", ()))),
        tries={_text(k): int(n) for k, n in value.get("tries", {}).items()},
        failures=int(value.get("failures", 0)),
        not_before=float(value.get("not_before", 0.0)),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
