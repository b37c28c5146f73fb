"""Whether a write failed for want of room: SQLite tells so of full disks, not of quotas and limits."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path

if sys.platform != "win32":  # where there are no such limits
    import resource

_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_PROBE_BYTES = 65_536  # no page, and no frame of the log beside it, is larger
_BESIDE = ("", "-wal", "-shm", "-journal")


def no_room(path: str, size: int = 0) -> bool:
    """Whether the file at `path` cannot reach `size` bytes, or it or those beside it grow by a page."""
    return _at_limit(path, size) or _refused(Path(path).resolve().parent)


def _at_limit(path: str, size: int) -> bool:
    """Whether one of the files is as large as this process may make files."""
    if sys.platform == "win32":
        return False
    limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    beside = (Path(path + end) for end in _BESIDE)
    largest = max((file.stat().st_size for file in beside if file.exists()), default=0)
    return limit != resource.RLIM_INFINITY and max(size, largest + _PROBE_BYTES) > limit


def _refused(folder: Path) -> bool:
    """Whether a small file beside it finds no room either: the disk is full, or somebody's share of it."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_PROBE_BYTES))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return error.errno in _NO_ROOM
    return False
