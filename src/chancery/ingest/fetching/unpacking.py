"""What a server packed with gzip, deflate or brotli, unpacked no further than a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

ACCEPTED: Final = "gzip, deflate, br"
_GZIP: Final = 31  # zlib's number for gzip's own head and tail
_ZLIB: Final = 15
_PORTION: Final = 1 << 16  # bytes that brotli unpacks at a time
_BARE: Final = -15  # deflate without zlib's head, as some servers send it


class WrongPacking(ValueError):
    """A packing that was not asked for, or that is broken."""


class TooMuch(ValueError):
    """More than the limit."""


def unpacked(pieces: Iterable[bytes], packing: str, limit: int) -> bytes:
    """The whole of a body. Raises `WrongPacking`, `TooMuch`."""
    made = bytearray()
    for piece in _unpack(_within(pieces, limit), packing.strip().lower(), limit):
        made += piece
        if len(made) > limit:
            raise TooMuch
    return bytes(made)


def _within(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The pieces as they come, no more of them than the limit."""
    number = 0
    for piece in pieces:
        number += len(piece)
        if number > limit:
            raise TooMuch
        yield piece


def _unpack(pieces: Iterable[bytes], packing: str, limit: int) -> Iterator[bytes]:
    if packing in ("", "identity"):
        yield from pieces
        return
    if packing == "br":
        yield from _brotli(pieces)
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise WrongPacking(f"it is packed as {packing!r}; {ACCEPTED} were asked for")
    opened: Any = None
    for piece in pieces:
        rest = piece
        while rest:
            if opened is None or opened.eof:
                opened = zlib.decompressobj(_way(packing, rest))
            try:
                yield opened.decompress(rest, limit + 1)
            except zlib.error as broken:
                raise WrongPacking(f"its {packing} is broken") from broken
            rest = opened.unconsumed_tail or opened.unused_data
    if opened is not None and not opened.eof:
        raise WrongPacking(f"its {packing} ends too early")


def _brotli(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Brotli's own, some pieces at a time: who takes them stops where it is too much."""
    import brotli

    opened = brotli.Decompressor()
    try:
        for piece in pieces:
            if opened.is_finished():
                raise WrongPacking("its br goes on after its end")
            yield opened.process(piece, output_buffer_limit=_PORTION)
            while not opened.can_accept_more_data() and not opened.is_finished():
                yield opened.process(b"", output_buffer_limit=_PORTION)
    except brotli.error as broken:
        raise WrongPacking("its br is broken") from broken
    if not opened.is_finished():
        raise WrongPacking("its br ends too early")


def _way(packing: str, start: bytes) -> int:
    if packing != "deflate":
        return _GZIP
    return _ZLIB if start[0] & 0x0F == 8 else _BARE
