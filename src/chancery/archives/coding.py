"""An archive into a Parquet dataset, without a ledger; see `docs/archives.md`.

One process reads the input and keeps the manifest, workers read the reports. Broken off at any point,
the same call goes on where it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chancery.archives.inputs import Fields, items, size_of
from chancery.archives.manifest import PRIVATE, Coded, Manifest, Totals, write_through
from chancery.archives.planning import MOST_REPORTS, Chunk, planned
from chancery.archives.publishing import publish
from chancery.errors import ArchiveOther, ArchiveUnusable
from chancery.settings import Settings

ASIDE = "set_aside.jsonl"


class Reads(Protocol):
    """Who reads chunks: a pool of processes, or Ray."""

    def run(self, chunks: Iterable[Chunk]) -> Iterator[Coded]:
        """What each chunk made, in the order they are finished."""


Workers = Callable[[Settings], AbstractContextManager[Reads]]


@dataclass(frozen=True, slots=True)
class Job:
    """What is read into which folder, and how; `version` is the reader's."""

    inputs: tuple[str, ...]
    out: Path
    fields: Fields
    settings: Settings
    version: str
    most: int = MOST_REPORTS


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: bytes of the input, and what was read in this run."""

    position: int
    size: int
    reports: int
    events: int
    set_aside: int


def code(job: Job, workers: Workers, told: Callable[[Progress], None]) -> Totals:
    """Reads what the dataset lacks; what it holds then, over all runs.

    Raises `ArchiveError`: in use, begun by another version or with other options, not to be written,
    or no worker stays up.
    """
    _not_inside(job.inputs, job.out)
    with Manifest(job.out) as manifest:
        manifest.agree(_about(job))
        try:
            _read(job, workers, manifest, told)
            publish(manifest)
            _tell_aside(manifest)
        except OSError as refused:
            raise ArchiveUnusable(str(job.out), refused.strerror or str(refused)) from refused
        return manifest.totals()


def _not_inside(inputs: Sequence[str], out: Path) -> None:
    """A dataset inside its own input would be read as input by the next run."""
    for name in inputs:
        if out.resolve().is_relative_to(Path(name).resolve()):
            raise ArchiveUnusable(str(out), f"it lies in the input {name}")


def _about(job: Job) -> dict[str, str]:
    """What must stay the same for all of a dataset to be read in one way."""
    return {
        "reader": job.version,
        "fields": json.dumps(dict(sorted(job.fields.names.items()))),
        "published": job.fields.published.isoformat() if job.fields.published else "",
        "publisher": job.fields.publisher or "",
        "reports a chunk": str(job.most),
    }


def _read(job: Job, workers: Workers, manifest: Manifest, told: Callable[[Progress], None]) -> None:
    position, size = 0, size_of(job.inputs)
    reports = events = aside = 0

    def moved(to: int) -> None:
        nonlocal position
        position = to

    chunks = planned(items(job.inputs, job.fields, job.settings, moved), manifest, job.most)
    first = next(chunks, None)
    if first is None:  # nothing new: no worker need load the model
        return
    with workers(job.settings) as pool:
        for coded in pool.run(_chained(first, chunks)):
            if coded.version != job.version:  # of another machine of a cluster
                raise ArchiveOther(str(job.out), "reader", job.version, coded.version)
            manifest.finish(coded)
            reports, events = reports + coded.read, events + coded.events
            aside += len(coded.asides)
            told(Progress(position, size, reports, events, aside))


def _chained(first: Chunk, rest: Iterator[Chunk]) -> Iterator[Chunk]:
    yield first
    yield from rest


def _tell_aside(manifest: Manifest) -> None:
    """`set_aside.jsonl`: what is not in the dataset, and why."""
    lines = [json.dumps({"where": a.where, "problem": a.problem}) + "\n" for a in manifest.asides()]
    making = manifest.out / PRIVATE / ASIDE
    write_through(making, "".join(lines).encode())
    making.replace(manifest.out / ASIDE)
