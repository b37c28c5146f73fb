"""The bytes that reports were taken from (pages, papers, mails), kept beside the ledger by their hash.

A folder: `ab/abcdef....gz` holds what has that SHA-256, packed, once however many reports it told;
`reports/ID.json` says which of them a report was taken from. Plain text is not kept: the ledger has it.
What is kept came from strangers: it is handed out as bytes, or as characters to be escaped, and never opened.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chancery.errors import OriginalDamaged, OriginalsUnusable
from chancery.ledger.place import located
from chancery.records import Report, Source

LARGEST = 20_000_000  # bytes of one original, unpacked
MOST = 5_000_000_000  # bytes of a folder, packed
ENDING = ".originals"
NONE = "none"  # what a setting calls no folder at all
_ID = re.compile("[0-9a-f]{16}")
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Original:
    """What is known of the bytes a report was taken from. `size` in bytes, unpacked."""

    sha256: str
    media_type: str
    charset: str | None
    size: int


class Originals:
    """A folder of originals; made when the first is kept. Methods may raise `OriginalsUnusable`."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder = folder
        self._most = most
        self._held: int | None = None

    def keep(self, report: Report) -> bool:
        """Keep what the report was taken from; whether it is there now.

        Left out are plain text, what is larger than `LARGEST`, and all that would make the folder larger
        than its bound.
        """
        source = report.source
        if source is None or source.media_type == "text/plain" or not _ID.fullmatch(report.id):
            return False
        if len(source.content) > LARGEST:
            return False
        with _told(self.folder):
            if not self._keep(source):
                return False
            self._note(report.id, source)
        return True

    def of(self, report: str) -> tuple[Original, ...]:
        """What a report was taken from, the latest last; more than one where its page changed around it."""
        if not _ID.fullmatch(report):
            return ()
        place = self._notes(report)
        try:
            return tuple(map(_original, json.loads(place.read_text(encoding="utf8"))))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, KeyError) as broken:
            raise OriginalDamaged(str(place), type(broken).__name__) from broken

    def content(self, original: Original) -> bytes:
        """Its bytes. Raises `OriginalDamaged` where they are gone or are no longer those that were kept."""
        place = self._place(original.sha256)
        try:
            with place.open("rb") as packed, gzip.open(packed) as opened:
                found = opened.read(LARGEST + 1)
        except (OSError, EOFError, zlib.error) as broken:
            raise OriginalDamaged(str(place), type(broken).__name__) from broken
        if hashlib.sha256(found).hexdigest() != original.sha256:
            raise OriginalDamaged(str(place), "its hash is another")
        return found

    def copy_to(self, other: Path) -> int:
        """Copy all that is not there yet into another folder; how many files."""
        copied = 0
        with _told(other):
            for place in sorted(self.folder.glob("*/*")):
                target = other / place.parent.name / place.name
                if place.suffix != ".part" and not target.exists():
                    _write(target, place.read_bytes())
                    copied += 1
        return copied

    def _keep(self, source: Source) -> bool:
        place = self._place(source.sha256)
        if place.exists():
            return True
        packed = gzip.compress(source.content, compresslevel=6, mtime=0)
        if self._size() + len(packed) > self._most:
            return False
        _write(place, packed)
        self._held = self._size() + len(packed)
        return True

    def _note(self, report: str, source: Source) -> None:
        known = [k for k in self.of(report) if k.sha256 != source.sha256]
        told = Original(source.sha256, source.media_type, source.charset, len(source.content))
        _write(self._notes(report), json.dumps([asdict(k) for k in (*known, told)]).encode())

    def _size(self) -> int:
        if self._held is None:
            self._held = sum(place.stat().st_size for place in self.folder.glob("??/*.gz"))
        return self._held

    def _place(self, sha256: str) -> Path:
        if not _HASH.fullmatch(sha256):
            raise OriginalDamaged(str(self.folder), "a hash in it is none")
        return self.folder / sha256[:2] / f"{sha256}.gz"

    def _notes(self, report: str) -> Path:
        return self.folder / "reports" / f"{report}.json"


def originals_of(place: str, setting: str = "") -> Originals | None:
    """The originals of the ledger at `place`: beside its file, or in the folder a setting names.

    None where the setting is "none", and for a ledger on a server for which it names no folder.
    """
    if setting == NONE:
        return None
    if setting:
        return Originals(Path(setting))
    url = located(place)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Originals(Path(url.database + ENDING))


def _original(row: Any) -> Original:
    """Raises `KeyError`, `TypeError`, `ValueError` on what is none."""
    charset = row["charset"]
    return Original(
        str(row["sha256"]),
        str(row["media_type"]),
        None if charset is None else str(charset),
        int(row["size"]),
    )


def _write(place: Path, content: bytes) -> None:
    """Whole or not at all, whoever else writes the same."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(place)
    finally:
        with suppress(OSError):
            part.unlink()


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Errors of the system in our words."""
    try:
        yield
    except OSError as error:
        raise OriginalsUnusable(str(folder), error.strerror or str(error)) from error
