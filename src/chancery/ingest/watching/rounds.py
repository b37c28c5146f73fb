"""One round of a watch: each feed is asked once, then each new entry's page, hosts taking turns.

An entry is remembered as done when whoever takes its report asks for the next one: a watch that is cut off
begins again where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from chancery.errors import FetchFailed, FetchRefused, InputError
from chancery.ingest.feeds import Entry, Feed, parsed, told_of
from chancery.ingest.fetching import Answer, Fetcher, Turned
from chancery.ingest.opening import raw_of, reports_in
from chancery.ingest.raw import Raw, report_of, source_of
from chancery.ingest.watching.feeds_file import FeedsFile, WatchedFeed
from chancery.ingest.watching.manners import Manners
from chancery.ingest.watching.memory import FeedMemory, Memory
from chancery.records import Finding, Report, report_id
from chancery.settings import Settings

MOST_TRIES: Final = 3  # at a page; then the feed's own words are taken
_LONGEST_REST: Final = 86_400.0  # seconds after which a feed that fails is asked again at the latest
_NOT_ALLOWED: Final = "its robots.txt does not allow it"


@dataclass(slots=True)
class Tally:
    """What a round did, for the status line."""

    feeds: int = 0
    unchanged: int = 0
    resting: int = 0
    failed: int = 0
    entries: int = 0
    reports: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class _Job:
    """An entry to be read."""

    entry: Entry
    feed: Feed
    watched: WatchedFeed
    raw: Raw

    @property
    def at(self) -> str:
        """Where the next request goes."""
        return self.entry.link or self.watched.url


@dataclass(frozen=True, slots=True)
class _Mark:
    """A feed as it was told this round, and the keys of its entries."""

    answer: Answer
    keys: set[str]


@dataclass(slots=True)
class Watcher:
    """A watch of the feeds of a file. `clock` is the time of day, in seconds."""

    file: FeedsFile
    memory: Memory
    fetcher: Fetcher
    manners: Manners
    settings: Settings
    clock: Callable[[], float] = time.time
    tally: Tally = field(default_factory=Tally)
    _marks: dict[str, _Mark] = field(default_factory=dict)

    def round(self) -> Iterator[Report | InputError]:
        """The reports of all that is new, and the errors of what could not be had."""
        self.tally = Tally()
        jobs: list[_Job] = []
        for watched in self.file.feeds:
            found = self._ask(watched)
            if isinstance(found, InputError):
                yield found
            else:
                jobs.extend(found)
        self.memory.save()
        self.tally.entries = len(jobs)
        while jobs:
            job = min(jobs, key=lambda j: self.manners.ready_at(j.at))
            jobs.remove(job)
            self.tally.waiting = len(jobs)
            yield from self._read(job)
            self.memory.save()

    def _ask(self, watched: WatchedFeed) -> list[_Job] | InputError:
        """The entries of a feed that are not done."""
        memory = self.memory.of(watched.url)
        self.tally.feeds += 1
        if memory.not_before > self.clock():
            self.tally.resting += 1
            return []
        try:
            return self._entries(watched, memory)
        except InputError as error:
            self.tally.failed += 1
            memory.failures += 1
            rest = min(self.file.every_minutes * 60 * 2 ** (memory.failures - 1), _LONGEST_REST)
            told = error.wait if isinstance(error, Turned) and error.wait else 0.0
            memory.not_before = self.clock() + max(rest * 0.9, told)  # a round begins a little early or late
            return error

    def _entries(self, watched: WatchedFeed, memory: FeedMemory) -> list[_Job]:
        if not self.manners.allows(watched.url):
            raise FetchRefused(watched.url, _NOT_ALLOWED)
        self.manners.wait(watched.url)
        known = {"If-None-Match": memory.etag, "If-Modified-Since": memory.modified}
        answer = self.fetcher.get(watched.url, {name: value for name, value in known.items() if value})
        memory.failures, memory.not_before = 0, 0.0
        if answer.is_unchanged:
            self.tally.unchanged += 1
            return []
        raw = raw_of(answer, watched.url, None)
        feed = parsed(raw)
        # until all of it is done, the next round has to be told all of it again
        memory.etag = memory.modified = None
        self._marks[watched.url] = _Mark(answer, {e.key for e in feed.entries})
        memory.keep(self._marks[watched.url].keys)
        self._settle(watched.url)
        return [_Job(e, feed, watched, raw) for e in feed.entries if e.key not in memory.seen]

    def _read(self, job: _Job) -> Iterator[Report | InputError]:
        memory = self.memory.of(job.watched.url)
        if not (job.watched.pages and job.entry.link):
            yield from self._own_words(job, None)
        else:
            failed = None
            for item in self._page(job):
                if isinstance(item, InputError):
                    failed = item
                else:
                    yield self._counted(item)
            if failed is not None and self._again(failed, job, memory):
                yield failed
                return
            if failed is not None:
                yield from self._own_words(job, failed)
        memory.is_done(job.entry.key)
        self._settle(job.watched.url)

    def _settle(self, url: str) -> None:
        """Once all that a feed lists is done, only what is newer has to be told."""
        memory, mark = self.memory.of(url), self._marks[url]
        if mark.keys <= memory.seen.keys():
            memory.etag, memory.modified = mark.answer.etag, mark.answer.modified

    def _again(self, failed: InputError, job: _Job, memory: FeedMemory) -> bool:
        """Whether the page is worth another try in another round; it is not where it is no page for us."""
        if not isinstance(failed, FetchFailed) or (
            isinstance(failed, Turned) and failed.status in (404, 410)
        ):
            return False
        if isinstance(failed, Turned) and failed.wait:
            self.manners.leave_alone(job.at, failed.wait)
        tries = memory.tries.get(job.entry.key, 0) + 1
        memory.tries[job.entry.key] = tries
        return tries < MOST_TRIES

    def _page(self, job: _Job) -> Iterator[Report | InputError]:
        """The page an entry leads to."""
        url = job.at
        try:
            if not self.manners.allows(url):
                raise FetchRefused(url, _NOT_ALLOWED)
            self.manners.wait(url)
            raw = replace(raw_of(self.fetcher.get(url), url, job.entry.published), publisher=job.feed.title)
        except InputError as error:
            yield error
            return
        for item in reports_in(raw, self.settings):
            yield self._published_by(item, job) if isinstance(item, Report) else item

    def _published_by(self, report: Report, job: _Job) -> Report:
        """As the file names the publisher, if it does."""
        name = job.watched.publisher
        if name is None:
            return report
        return replace(report, publisher=name, id=report_id(report.text, name))

    def _own_words(self, job: _Job, failed: InputError | None) -> Iterator[Report | InputError]:
        """What the feed itself says of an entry, with a doubt where its page could not be read."""
        told = told_of(job.entry, job.feed)
        if failed is not None:
            words = f"the page was not read, only the feed's words: {failed}"
            told = replace(told, doubts=(Finding("page_not_read", words),))
        raw = replace(job.raw, where=job.at, name=job.raw.name)
        try:
            report = report_of(raw, told, self.settings, source_of(raw, "application/xml", job.feed.charset))
        except InputError as error:
            yield error
        else:
            yield self._counted(self._published_by(report, job))

    def _counted(self, report: Report) -> Report:
        self.tally.reports += 1
        return report
