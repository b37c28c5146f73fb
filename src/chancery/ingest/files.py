"""Files and folders as they are found: missing, unreadable, not text, too large."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from chancery.errors import (
    BinaryInput,
    DirectoryInput,
    EmptyInput,
    MissingInput,
    TooLargeInput,
    TooManyBytes,
    UnreadableInput,
)
from chancery.ingest.kinds import SUFFIXES, by_name


def checked_file(name: str) -> Path:
    """The path of a file or folder that is there. Raises the `InputError` that says why it is not."""
    path = Path(name)
    try:
        if path.is_dir():
            return path
        if not path.exists():
            raise MissingInput(name)
        if not path.is_file():
            raise UnreadableInput(name, "not a regular file")
    except (OSError, ValueError) as refused:  # a name too long, a NUL in it
        raise UnreadableInput(name, str(refused)) from refused
    return path


def files_in(folder: Path) -> Iterator[Path]:
    """The files of a folder and the folders in it that are read by their endings, in order of name.

    Hidden ones are left out, links to folders not followed. Raises `DirectoryInput` where there is none.
    """
    found = False
    for above, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and by_name(file):
                found = True
                yield Path(above, file)
    if not found:
        raise DirectoryInput(str(folder), " ".join((*SUFFIXES, ".warc.gz")))


def content(path: Path, limit: int | None = None) -> bytes:
    """The file's bytes. Raises `UnreadableInput`, `TooManyBytes`."""
    try:
        with path.open("rb") as file:
            found = file.read(-1 if limit is None else limit + 1)
    except OSError as refused:
        raise UnreadableInput(str(path), refused.strerror or str(refused)) from refused
    if limit is not None and len(found) > limit:
        raise TooManyBytes(str(path), limit)
    return found


def decoded(raw: bytes, where: str) -> str:
    """UTF-8 as text, a byte-order mark left out. Raises `BinaryInput`, naming the byte."""
    nul = raw.find(b"\0")
    if nul >= 0:
        raise BinaryInput(where, nul)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise BinaryInput(where, broken.start) from broken


def checked_text(text: str, where: str, limit: int) -> str:
    """The text itself, where it can be one report. Raises `EmptyInput`, `TooLargeInput`."""
    if not text.strip():
        raise EmptyInput(where)
    if len(text) > limit:
        raise TooLargeInput(where, len(text), limit)
    return text
