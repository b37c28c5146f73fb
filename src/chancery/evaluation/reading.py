"""Texts read as the pipeline reads them, with the annotated document kept beside the reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from chancery import language
from chancery.pipeline import STEPS, Draft
from chancery.records import Report, report_id

BATCH = 64


class Drafts:
    """Reads texts in order. The model is loaded at the first one."""

    def __init__(self, threads: int = 0) -> None:
        self.threads = threads

    def __call__(self, texts: Iterable[str], published: date | None = None) -> Iterator[Draft]:
        """A finished draft for each text."""
        nlp = language.load(self.threads)
        listed = list(texts)
        for text, doc in zip(listed, nlp.pipe(listed, batch_size=BATCH), strict=True):
            report = Report(report_id(text, None), text, "", None, None, published, None, "en")
            draft = Draft(report, doc)
            for step in STEPS:
                draft = step(draft)
            yield draft
