"""Readers without a model, some of which come to grief; at the top level, for processes of their own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from spacy.tokens import Doc

from chancery.archives import Fields, Job
from chancery.archives.manifest import Coded
from chancery.archives.planning import Chunk
from chancery.archives.work import Coder
from chancery.records import Reading, Report
from chancery.settings import Settings
from tests.factories import make_event, make_reading

VERSION = "fake-1"
SETTINGS = Settings(threads=1)


class FakeReader:
    """Two events a report. Words in the text make it raise, die, die once, or get stuck."""

    version = VERSION

    def parsed(self, reports: Sequence[Report]) -> list[Doc | None]:
        if any(report.text.startswith("DIE") for report in reports):
            os._exit(9)
        if any(report.text.startswith("RAISE") for report in reports):
            raise RuntimeError("no sense in them")
        return [None] * len(reports)

    def read(self, report: Report, doc: Doc | None = None) -> Reading:
        match report.text.split():
            case ["RAISE", *_]:
                raise RuntimeError("no sense in it")
            case ["DIE", *_]:
                os._exit(9)
            case ["ONCE", flag, *_] if not Path(flag).exists():
                Path(flag).touch()
                os._exit(9)
            case ["STUCK", *_]:
                time.sleep(60)
            case ["SLOWLY", *_]:
                time.sleep(0.05)
        events = [make_event(f"e{report.id[:8]}"), make_event(f"f{report.id[:8]}", status="promised")]
        return make_reading(events, report=report, version=VERSION)


def fake_coder(settings: Settings) -> Coder:
    return Coder(settings, FakeReader())


def dying_coder(settings: Settings) -> Coder:
    os._exit(7)


class Serial:
    """Reads in this process, after another order than that of the chunks, if asked."""

    def __init__(self, *, backwards: bool = False) -> None:
        self.backwards = backwards
        self.read: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def run(self, chunks: Iterable[Chunk]) -> Iterator[Coded]:
        coder = fake_coder(SETTINGS)
        given = list(chunks)[::-1] if self.backwards else chunks
        for chunk in given:
            self.read.append(chunk.number)
            yield coder.code(chunk.number, chunk.items, {}, lambda _: None)


def job(inputs: Iterable[Path], out: Path, most: int = 4, **fields: Any) -> Job:
    names = fields.pop("names", {})
    return Job(tuple(map(str, inputs)), out, Fields(names, **fields), SETTINGS, VERSION, most)
