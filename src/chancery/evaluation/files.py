"""Files of the corpora: plain or gzipped UTF-8, read whole; a wrong form is told with its line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from typing import Any

from chancery.errors import UnreadableInput, WrongForm
from chancery.ingest.files import checked_file, content, decoded

_GZIP = b"\x1f\x8b"


def text_of(file: str) -> str:
    """The file's text. Raises `InputError`."""
    raw = content(checked_file(file))
    if raw.startswith(_GZIP):
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error) as broken:
            raise UnreadableInput(file, f"a damaged gzip file: {broken}") from broken
    return decoded(raw, file)


def lines_of(file: str) -> Iterator[tuple[str, str]]:
    """Each line that is not blank, with its place "FILE, line N"."""
    for number, line in enumerate(text_of(file).split("\n"), 1):
        if line.strip():
            yield f"{file}, line {number}", line.rstrip("\r")


def objects_of(file: str, wanted: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line's JSON object with its place. Raises `WrongForm`."""
    for where, line in lines_of(file):
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            raise WrongForm(where, shown(line), wanted) from None
        if not isinstance(found, dict):
            raise WrongForm(where, shown(line), wanted)
        yield where, found


def shown(found: Any) -> str:
    """What was found, short enough for one line."""
    words = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
    return repr(words if len(words) <= 60 else words[:57] + "...")


def some(rows: list[Any], file: str, wanted: str) -> list[Any]:
    """The rows, if there are any. Raises `WrongForm`."""
    if not rows:
        raise WrongForm(file, "nothing", wanted)
    return rows
