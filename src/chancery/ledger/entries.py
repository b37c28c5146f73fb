"""What one puts to a ledger and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from chancery.records import (
    Act,
    Difference,
    DifferenceKind,
    Event,
    Finding,
    Instrument,
    Link,
    Member,
    Occurrence,
    Sector,
    Span,
    Status,
)

Outcome = Literal["new", "unchanged", "reread"]
Verdict = Literal["accept", "correct", "reject", "add", "merge", "split"]
ClosedWhy = Literal["replaced", "withdrawn", "not_carried"]
LogKind = Literal["added", "reread", "judged", "closed"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a reading: `events` is how many the open reading of that report has now."""

    outcome: Outcome
    report: str
    events: int


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report as the ledger lists it; `read_at` (UTC) and `version` are of its open reading.

    For a line that a person left so, they are when that was, and `person NAME`.
    """

    id: str
    file: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    language: str
    read_at: datetime
    version: str


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """An event and the report that tells it; `judgement` numbers the one that left it so, if any did."""

    event: Event
    report: ReportEntry
    judgement: int | None = None

    @property
    def place(self) -> tuple[date | None, str]:
        """Where it stands among all lines from the latest day on: its last day, and its id."""
        return self.event.time.end if self.event.time else self.report.published, self.event.id


@dataclass(frozen=True, slots=True)
class LedgerLink:
    """A link between two events of one report, with the words it rests on."""

    link: Link
    report: ReportEntry
    text: str


@dataclass(frozen=True, slots=True)
class LedgerFinding:
    """A doubt, the report it is about, and the words in question if it names any."""

    finding: Finding
    report: ReportEntry
    text: str | None


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events are wanted; an empty tuple or `None` asks nothing.

    `since` and `until` (both inclusive) compare with the event's own time where the report gives
    one, else with the day the report was published; an event with neither is not within any dates.
    `party` is any side: actor, recipient or holder. `between` names two actors that deal with each
    other, either way, or jointly with no third named as recipient. `report` is an id or its
    beginning. `newest` puts the latest days first, undated events last; then `after`, the `place` of
    a line, asks for what comes after it: so lists are turned over page by page. `unjudged` leaves out
    what a person has judged.
    """

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    act: tuple[Act, ...] = ()
    instrument: tuple[Instrument, ...] = ()
    status: tuple[Status, ...] = ()
    since: date | None = None
    until: date | None = None
    report: str | None = None
    min_confidence: float = 0.0
    limit: int | None = None
    between: tuple[str, str] | None = None
    newest: bool = False
    unjudged: bool = False
    after: tuple[date | None, str] | None = None
    party: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some of the events a query asks for; `after` is where the next ones begin, `None` after the last."""

    lines: tuple[LedgerEvent, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Another actor, in how many lines it stands beside the first, and the latest day of these."""

    actor: str
    lines: int
    last: date | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person has to say: the verdict and on what; `Ledger.judge` makes it a judgement.

    accept, correct, reject: on `events[0]`, an id; correct brings the line as it should be in
    `after`. `as_read` means the reader's own line, whatever others have made of it: so two people
    can judge without seeing each other's work. add: `after` is the missed line of `report`, an id.
    merge: `events` are one act; split: each of them is an act of its own. A rejection says `why`.
    """

    verdict: Verdict
    reviewer: str
    events: tuple[str, ...] = ()
    after: Event | None = None
    report: str | None = None
    why: str | None = None
    as_read: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on a line (or on a set of them), as it stands on record; it never changes.

    `before` is the line as it stood and `reader` the version that read it, both `None` for an added
    line; `after` is the line as the person leaves it, `None` where none is left. `closed_at` and
    `closed_why` tell since when it no longer holds.
    """

    id: int
    verdict: Verdict
    reviewer: str
    made_at: datetime
    report: str | None
    events: tuple[str, ...]
    before: Event | None
    after: Event | None
    why: str | None
    codebook: str
    reader: str | None
    closed_at: datetime | None
    closed_why: ClosedWhy | None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that happened to the ledger, and when (UTC).

    `added`: a report came in, with `lines` lines. `reread`: another version read it anew; `gone` and
    `changed` count the earlier lines that are no longer there or read otherwise. `judged` and
    `closed`: a judgement was made, or no longer holds.
    """

    at: datetime
    kind: LogKind
    report: ReportEntry | None
    version: str | None = None
    lines: int = 0
    gone: int = 0
    changed: int = 0
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """What a report taught: `person` held `office` for `actor` on the day it was published.

    `speaker` is on whose word within the report; `None` is the report's own.
    """

    person: str
    surname: str
    office: str
    actor: str
    sector: Sector | None
    span: Span
    text: str
    speaker: str | None
    report: ReportEntry


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its sentence and its place among occurrences; `member` numbers the place, if it has one.

    `reading` is the number of the reading whose line it is.
    """

    line: LedgerEvent
    sentence: str
    reading: int
    occurrence: str | None = None
    member: int | None = None
    part: str | None = None
    score: float | None = None
    reasons: str = "[]"


@dataclass(frozen=True, slots=True)
class Unreconciled:
    """What has changed since reports were last set beside each other: reports, and events judged as sets.

    `reading` numbers the latest reading there is, `at` is when that was so (UTC).
    """

    reports: tuple[str, ...]
    judged: tuple[str, ...]
    reading: int
    at: datetime


@dataclass(frozen=True, slots=True)
class NewMember:
    """A telling that has found its place: the line's reading, and the keys by which others meet it."""

    occurrence: str
    member: Member
    reading: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """Who belongs to an organization as a report lists it: (id, words) in its order."""

    report: str
    published: date | None
    organization: str
    members: tuple[tuple[str, str], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class AmountQuery:
    """Sums of money or measures from `low` to `high` (both inclusive); `None` asks nothing.

    `currency` is ISO 4217, `unit` as in `Amount`.
    """

    low: float | None = None
    high: float | None = None
    currency: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class OccurrenceQuery:
    """Which occurrences are wanted; an empty tuple or `None` asks nothing.

    `actor` and `partner` are parties on either side (any of those named). `since` and `until` (both
    inclusive) compare with the act's own days, else with the day of the first report. `reports` is the least
    number of reports that tell it.
    """

    actor: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    act: tuple[Act, ...] = ()
    instrument: tuple[Instrument, ...] = ()
    since: date | None = None
    until: date | None = None
    reports: int = 1
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DifferenceQuery:
    """Which differences are wanted: on acts of these actors or on who belongs to them, of kinds, on fields.

    An empty tuple asks nothing.
    """

    actor: tuple[str, ...] = ()
    kind: tuple[DifferenceKind, ...] = ()
    field: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerDifference:
    """A difference with the reports of its sides and the words of both passages, in the order of the sides.

    `occurrence` is the one it is about, if it is about one.
    """

    number: int
    difference: Difference
    reports: tuple[ReportEntry, ...]
    passages: tuple[str, ...]
    occurrence: Occurrence | None


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """Differences on some subjects, subject by subject; `counts` of all there are, by field and kind."""

    differences: tuple[LedgerDifference, ...]
    counts: Mapping[tuple[str, DifferenceKind], int]
    more: bool
