"""JSONL: one report a line, `{"name", "published", "publisher", "title", "url", "text"}`, or in ninjs.

All but `text` may be missing or null; other keys are ignored. A line that is no report is an error
with the file's name and the line's number, and the lines after it are still read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from chancery.errors import (
    EmptyInput,
    InputError,
    MalformedLine,
    TooLargeInput,
    UnreadableInput,
    WrongDate,
)
from chancery.ingest.charsets import decode
from chancery.ingest.files import checked_text, decoded
from chancery.ingest.ninjs import is_ninjs, told_in_ninjs
from chancery.ingest.raw import Raw, report_of
from chancery.ingest.tongues import language_of
from chancery.records import Report, report_id
from chancery.settings import Settings

_WORDS = ("name", "publisher", "title", "url")
_ESCAPED = 12  # bytes that one character may take in JSON: two \uXXXX


def reports_in_lines(
    file: BinaryIO, where: str, name: str, published: date | None, settings: Settings
) -> Iterator[Report | InputError]:
    """The reports of a file in order, and the errors of its other lines. Raises `EmptyInput`."""
    longest = settings.max_report_characters * _ESCAPED
    seen = False
    try:
        for number, raw in enumerate(iter(lambda: file.readline(longest + 1), b""), 1):
            line = f"{where}, line {number}"
            if len(raw) > longest:
                yield TooLargeInput(line, len(raw), settings.max_report_characters)
                return  # the rest of the line cannot be told from the next one
            if raw.strip():
                seen = True
                yield _outcome(raw, line, f"{name}:{number}", published, settings)
    except OSError as refused:
        raise UnreadableInput(where, refused.strerror or str(refused)) from refused
    if not seen:
        raise EmptyInput(where)


def reports_in_json(raw: Raw, settings: Settings) -> Iterator[Report | InputError]:
    """A file of one object or a list of them. Raises `MalformedLine`, `BinaryInput`, `EmptyInput`."""
    found = decode(raw.content, raw.where, raw.charset)
    if not found.text.strip():
        raise EmptyInput(raw.where)
    value = _json(found.text, raw.where)
    values = value if isinstance(value, list) else [value]
    for number, item in enumerate(values, 1):
        where, name = raw.where, raw.name
        if isinstance(value, list):
            where, name = f"{where}, item {number}", f"{name}:{number}"
        try:
            yield report_in_record(_object(item, where), where, name, raw.published, settings)
        except InputError as error:
            yield error


def _outcome(
    raw: bytes, where: str, unnamed: str, published: date | None, settings: Settings
) -> Report | InputError:
    try:
        value = _json(decoded(raw, where).rstrip("\r\n"), where)
        return report_in_record(_object(value, where), where, unnamed, published, settings)
    except InputError as error:
        return error


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as broken:
        told = "nested too deep" if isinstance(broken, RecursionError) else "a number of too many digits"
        if isinstance(broken, json.JSONDecodeError):
            told = f"column {broken.colno}"
        raise MalformedLine(where, f"is not JSON ({told})") from broken


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedLine(where, f"is a JSON {type(value).__name__}, not an object")
    return value


def report_in_record(
    line: dict[str, Any], where: str, unnamed: str, published: date | None, settings: Settings
) -> Report:
    """The report of an object under the keys of a line; `unnamed` names what brings no name.

    Raises the `InputError` that says why it is none, with `where`.
    """
    if is_ninjs(line):
        return _story(line, where, unnamed, published, settings)
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


def _story(line: dict[str, Any], where: str, name: str, published: date | None, settings: Settings) -> Report:
    """A report in ninjs."""
    try:
        told = told_in_ninjs(line)
    except ValueError as long:
        raise MalformedLine(where, f"holds {long}") from long
    _encodable("body", told.text, where)
    return report_of(Raw(b"", where, name, published=published), told, settings, None)


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
