"""Archives of invented reports."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.factories import TEXT

Archive = Callable[..., Path]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Writes a JSONL file of so many reports of several months, the texts of some in place of others."""

    def write(count: int = 10, name: str = "in.jsonl", texts: Mapping[int, str] | None = None) -> Path:
        path = tmp_path / name
        records = (record(i, (texts or {}).get(i)) for i in range(count))
        path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf8")
        return path

    return write


def record(i: int, text: str | None = None) -> dict[str, Any]:
    day = None if i % 5 == 4 else f"2009-{1 + i % 3:02d}-1{i % 10}"
    return {"text": text or f"{TEXT} Telegram {i}.", "published": day, "publisher": "The Gazette"}


def content(out: Path) -> dict[str, bytes]:
    """All files of a dataset but the private ones, as bytes."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.relative_to(out).parts[0] != "_chancery"
    }
