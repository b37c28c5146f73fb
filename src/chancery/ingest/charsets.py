"""What characters bytes stand for: told, or guessed, and then said to be guessed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

from chancery.errors import BinaryInput
from chancery.records import Finding

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 100_000  # bytes that are guessed from
_WESTERN: Final = "windows-1252"
# What English news writes beyond ASCII: quotes, dashes, dots, spaces, currencies, letters of names
_EXPECTED: Final = frozenset(
    "‘’‚“”„–—…•€£¥§©®°·«»´½¼¾\xa0áàâäãåæçéèêëíìîïñóòôöõøúùûüýÿšžœßÁÀÂÄÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜÝŠŽŒ"
)
_WRITTEN: Final = (
    "ascii", "big5", "cp125", "cp874", "cp932", "cp949", "euc", "gb", "hz", "iso2022", "iso8859", "johab",
    "koi8", "mac", "shift_jis", "tis", "utf-16", "utf-32",
)  # fmt: skip
_MOST_BEYOND: Final = 0.1  # share of characters beyond ASCII in a text of few foreign names


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the character set it was written in, and the doubt if that is a guess."""

    text: str
    charset: str
    doubts: tuple[Finding, ...] = ()


def decode(content: bytes, where: str, told: str | None = None) -> Decoded:
    """The text of bytes. Raises `BinaryInput` where they are no text in any set that is known.

    A byte-order mark decides; then UTF-8, which other text hardly passes for; then what the input
    tells of itself; then a guess.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strictly(content, name, where)
    nul = content.find(b"\0")
    if nul >= 0:
        raise BinaryInput(where, nul)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as broken:
        first = broken.start
    found = _as_told(content, told) or _guessed(content, first, told)
    if found is None:
        raise BinaryInput(where, first)
    return found


def _strictly(content: bytes, name: str, where: str) -> Decoded:
    try:
        text = content.decode("utf-8-sig" if name == "utf-8" else name)
    except UnicodeDecodeError as broken:
        raise BinaryInput(where, broken.start) from broken
    if "\0" in text:
        raise BinaryInput(where, text.index("\0"))
    return Decoded(text, name)


def _as_told(content: bytes, told: str | None) -> Decoded | None:
    """By the set it names itself; browsers take Latin-1 and ASCII to mean windows-1252."""
    name = _known(told)
    if name is None:
        return None
    if name in ("iso8859-1", "ascii"):
        name = _WESTERN
    try:
        return Decoded(content.decode(name), _named(name))
    except (UnicodeDecodeError, LookupError):
        return None


def _known(told: str | None) -> str | None:
    """Python's name of a set that pages are written in; it knows stranger codecs, some of them slow."""
    try:
        name = codecs.lookup((told or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return name if name.startswith(_WRITTEN) else None


def _named(codec: str) -> str:
    return {"cp1252": _WESTERN}.get(codec, codec)


def _guessed(content: bytes, first: int, told: str | None) -> Decoded | None:
    """As English news in windows-1252 if it looks so, else as charset-normalizer thinks best."""
    text = _western(content)
    name = _WESTERN
    if text is None:
        best = from_bytes(content[:_SAMPLE]).best()
        if best is None:
            return None
        name = best.encoding
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError):
            return None
        if "\0" in text:
            return None
    claim = f" (it claims {told!r})" if told else ""
    words = f"the text is not UTF-8 from byte {first}{claim}; read as {_named(name)}, which is a guess"
    return Decoded(text, _named(name), (Finding("guessed_charset", words),))


def _western(content: bytes) -> str | None:
    try:
        text = content.decode(_WESTERN)
    except UnicodeDecodeError:
        return None
    beyond = [c for c in text if c > "\x7f"]
    fits = len(beyond) <= _MOST_BEYOND * len(text) and all(c in _EXPECTED for c in beyond)
    return text if fits else None
