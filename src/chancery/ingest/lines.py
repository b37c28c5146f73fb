"""JSONL: one report a line, `{"name", "published", "publisher", "title", "url", "text"}`.

All but `text` may be missing or null; other keys are ignored. A line that is no report is an error
with the file's name and the line's number, and the lines after it are still read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from chancery.errors import (
    EmptyInput,
    InputError,
    MalformedLine,
    TooLargeInput,
    UnreadableInput,
    WrongDate,
)
from chancery.ingest.files import checked_text, decoded
from chancery.ingest.tongues import language_of
from chancery.records import Report, report_id
from chancery.settings import Settings

_WORDS = ("name", "publisher", "title", "url")
_ESCAPED = 12  # bytes that one character may take in JSON: two \uXXXX


def reports_in_lines(path: Path, published: date | None, settings: Settings) -> Iterator[Report | InputError]:
    """The reports of a JSONL file in order, and the errors of its other lines. Raises `EmptyInput`."""
    longest = settings.max_report_characters * _ESCAPED
    seen = False
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(iter(lambda: file.readline(longest + 1), b""), 1):
                where = f"{path}, line {number}"
                if len(raw) > longest:
                    yield TooLargeInput(where, len(raw), settings.max_report_characters)
                    return  # the rest of the line cannot be told from the next one
                if raw.strip():
                    seen = True
                    yield _outcome(raw, path, number, published, settings)
    except OSError as refused:
        raise UnreadableInput(str(path), refused.strerror or str(refused)) from refused
    if not seen:
        raise EmptyInput(str(path))


def _outcome(
    raw: bytes, path: Path, number: int, published: date | None, settings: Settings
) -> Report | InputError:
    where = f"{path}, line {number}"
    try:
        return _report(_object(raw, where), where, f"{path.name}:{number}", published, settings)
    except InputError as error:
        return error


def _object(raw: bytes, where: str) -> dict[str, Any]:
    try:
        value = json.loads(decoded(raw, where).rstrip("\r\n"))
    except (json.JSONDecodeError, RecursionError) as broken:
        told = f"column {broken.colno}" if isinstance(broken, json.JSONDecodeError) else "nested too deep"
        raise MalformedLine(where, f"is not JSON ({told})") from broken
    if not isinstance(value, dict):
        raise MalformedLine(where, f"is a JSON {type(value).__name__}, not an object")
    return value


def _report(
    line: dict[str, Any], where: str, unnamed: str, published: date | None, settings: Settings
) -> Report:
    text = line.get("text")
    if not isinstance(text, str):
        raise MalformedLine(where, '"text" is missing' if text is None else '"text" is not a string')
    words = {key: _words(line, key, where) for key in _WORDS}
    for key, value in (*words.items(), ("text", text)):
        _encodable(key, value, where)
    return Report(
        id=report_id(checked_text(text, where, settings.max_report_characters), words["publisher"]),
        text=text,
        file=words["name"] or unnamed,
        title=words["title"],
        publisher=words["publisher"],
        published=_day(line.get("published"), where) or published,
        url=words["url"],
        language=language_of(text),
    )


def _words(line: dict[str, Any], key: str, where: str) -> str | None:
    value = line.get(key)
    if value is not None and not isinstance(value, str):
        raise MalformedLine(where, f'"{key}" is not a string')
    return value or None


def _encodable(key: str, value: str | None, where: str) -> None:
    """JSON can escape half a surrogate pair, which is no text and cannot be kept."""
    if value is not None and any("\ud800" <= c <= "\udfff" for c in value):
        raise MalformedLine(where, f'"{key}" holds half a surrogate pair')


def _day(value: object, where: str) -> date | None:
    """The day of an ISO 8601 date or date-time."""
    if value in (None, ""):
        return None
    words = str(value)
    try:
        day = date.fromisoformat(words[:10])
    except ValueError as wrong:
        raise WrongDate(where, words) from wrong
    if len(words) < 10 or words[10:11] not in ("", "T", " "):
        raise WrongDate(where, words)
    return day
