"""What was parsed once is kept in the user's cache folder: parsing the files is most of a start.

A file is found there by the hash of its content, so an edited one is always parsed. What cannot be
kept or found is parsed as well; nothing depends on the folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

_FORM = 1  # of what is written
_DAY = "\0day"  # no key of a YAML file: stands for a date, which JSON lacks
_WORTH = 10_000  # bytes; smaller files are parsed as quickly


def remembered(name: str, content: bytes, parse: Callable[[], Any]) -> Any:
    """What `parse` makes of a file's content, or made of the same content before."""
    folder = user_cache_path("chancery", appauthor=False) / "knowledge"
    if len(content) < _WORTH or not folder.is_absolute():
        return parse()
    stem = f"{name.replace('/', '.')}-{_FORM}-"
    path = folder / f"{stem}{hashlib.sha256(content).hexdigest()}.json"
    with suppress(OSError, ValueError):
        return _read(path.read_bytes())
    parsed = parse()
    with suppress(OSError, ValueError, TypeError):
        text = json.dumps(parsed, default=_told, separators=(",", ":"))
        if _read(text) == parsed:  # JSON has not all that YAML has
            _keep(path, text, earlier=f"{stem}*.json")
    return parsed


def _keep(path: Path, text: str, *, earlier: str) -> None:
    """Whole or not at all, for another program may read it meanwhile; in the place of earlier ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, partial = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(number, "w", encoding="ascii") as file:
            file.write(text)
        for old in path.parent.glob(earlier):
            old.unlink(missing_ok=True)
        Path(partial).replace(path)
    except OSError:
        Path(partial).unlink(missing_ok=True)
        raise


def _read(text: str | bytes) -> Any:
    return json.loads(text, object_hook=_days)


def _told(value: object) -> dict[str, str]:
    if type(value) is date:
        return {_DAY: value.isoformat()}
    raise TypeError


def _days(made: dict[str, Any]) -> Any:
    day = made.get(_DAY)
    return made if day is None else date.fromisoformat(day)
