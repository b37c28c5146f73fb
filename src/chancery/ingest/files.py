"""Files as they are found: missing, a directory, unreadable, not text, too large."""

from __future__ import annotations

from pathlib import Path

from chancery.errors import (
    BinaryInput,
    DirectoryInput,
    EmptyInput,
    MissingInput,
    TooLargeInput,
    UnreadableInput,
)


def checked_file(name: str) -> Path:
    """The path of a file that is there. Raises the `InputError` that says why it is not."""
    path = Path(name)
    try:
        if path.is_dir():
            raise DirectoryInput(name)
        if not path.exists():
            raise MissingInput(name)
        if not path.is_file():
            raise UnreadableInput(name, "not a regular file")
    except (OSError, ValueError) as refused:  # a name too long, a NUL in it
        raise UnreadableInput(name, str(refused)) from refused
    return path


def content(path: Path) -> bytes:
    """The file's bytes. Raises `UnreadableInput`."""
    try:
        return path.read_bytes()
    except OSError as refused:
        raise UnreadableInput(str(path), refused.strerror or str(refused)) from refused


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
