"""The ordered steps from a report to its reading, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable

from spacy.language import Language
from spacy.tokens import Doc

from chancery import language
from chancery.actors import Found, find_mentions, record
from chancery.events import read_events
from chancery.knowledge import own
from chancery.knowledge.actor_data import actor_knowledge
from chancery.language.model import EmbeddedModel, embedded_model
from chancery.records import Event, Finding, Holder, Link, Reading, Report
from chancery.settings import Settings


@dataclass(frozen=True, slots=True)
class Draft:
    """A reading in the making; each step returns a fuller one."""

    report: Report
    doc: Doc
    learned: Sequence[Holder] = ()
    found: list[Found] = field(default_factory=list)
    events: tuple[Event, ...] = ()
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()


def name_actors(draft: Draft) -> Draft:
    """Which spans name which actors, as of the report's date."""
    found, findings = find_mentions(draft.doc, draft.report.published, draft.learned)
    return replace(draft, found=found, findings=(*draft.findings, *findings))


def tell_events(draft: Draft) -> Draft:
    """Acts with parties, status and speakers, and the links between them."""
    events, links, findings = read_events(draft.report, draft.doc, draft.found)
    return replace(draft, events=events, links=links, findings=(*draft.findings, *findings))


STEPS = (name_actors, tell_events)
_READ = ("en", "und")  # languages: English, and what is too short to tell


class Reader:
    """Reads reports one by one or in streams. Loading the model happens at the first report.

    `learned` tells, for a report, whom earlier ones introduced by title (`Ledger.learned`).
    """

    def __init__(
        self,
        settings: Settings | None = None,
        learned: Callable[[Report], Sequence[Holder]] | None = None,
    ) -> None:
        self.settings = settings or Settings()
        own.use(self.settings.knowledge)
        self._learned = learned

    @cached_property
    def _nlp(self) -> Language:
        return language.load(
            self.settings.threads, syntax=self.settings.syntax, provider=self.settings.provider
        )

    @property
    def _model(self) -> EmbeddedModel:
        return embedded_model(self.settings.threads, self.settings.provider)

    @cached_property
    def version(self) -> str:
        """Model version and a hash of the knowledge and code that read: another reading, another version."""
        model = self._model.version
        syntax = f"+{self.settings.syntax}" if self.settings.syntax else ""
        return f"model-{model}+{_fingerprint()}{syntax}"

    def read(self, report: Report, doc: Doc | None = None) -> Reading:
        """The reading of one report; `doc` is its document, where `parsed` has made it."""
        if report.language not in _READ:
            return self._unread(report)
        learned = self._learned(report) if self._learned else ()
        doc = self._nlp(report.text) if doc is None else doc
        return self._finish(Draft(report, doc, learned, findings=report.doubts))

    def parsed(self, reports: Sequence[Report]) -> list[Doc | None]:
        """Documents of several reports, which share the model's batches; none for what is not read.

        None at all where a report's scores would then hang on the reports beside it.
        """
        if self.settings.syntax or not self._model.fixed_scales:
            return [None] * len(reports)
        texts = [report.text for report in reports if report.language in _READ]
        made = self._nlp.pipe(texts, batch_size=max(1, len(texts)))
        return [next(made) if report.language in _READ else None for report in reports]

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Readings in the order of the reports."""
        yield from map(self.read, reports)

    def _unread(self, report: Report) -> Reading:
        words = f"the text is in {report.language!r}; chancery reads English, so it was kept but not read"
        return Reading(
            report, (), (), (), (), (*report.doubts, Finding("other_language", words)), self.version
        )

    def _finish(self, draft: Draft) -> Reading:
        for step in STEPS:
            draft = step(draft)
        knowledge = actor_knowledge()
        ids = dict.fromkeys(i for f in draft.found for i in (f.actor, f.principal))
        mentions = tuple(record(draft.doc, f) for f in draft.found)
        kept = tuple(e for e in draft.events if e.confidence >= self.settings.min_confidence)
        shown = {e.id for e in kept}
        links = tuple(k for k in draft.links if k.give in shown and k.take in shown)
        return Reading(
            draft.report, tuple(knowledge.actor(i) for i in ids), mentions, kept, links,
            draft.findings, self.version,
        )  # fmt: skip


def _fingerprint() -> str:
    """Eight hex digits over the knowledge files, the user's too, and the rooms that read."""
    digest = hashlib.sha256()
    root = resources.files("chancery")
    for room in ("knowledge", "language", "actors", "events"):
        for path in _files(root / room):
            digest.update(path.read_bytes())
    digest.update(own.digest())
    return digest.hexdigest()[:8]


def _files(folder: Traversable) -> Iterator[Traversable]:
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.is_dir() and path.name not in ("__pycache__", "model"):
            yield from _files(path)
        elif path.name.endswith((".py", ".yaml")):
            yield path
