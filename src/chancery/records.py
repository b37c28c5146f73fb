"""The records every room shares: reports, actors, mentions, events, links, findings.

All are frozen and slotted; a record is never changed, only replaced. Offsets count characters
of `Report.text`, which never changes. Vocabularies are literal types and tuples, so that a
wrong word is a type error in our code and a clear message in data (`knowledge/` checks with them).

Sources: acts follow PLOVER; statuses extend FactBank's and PLOVER's modality; kinds of actor and
sectors follow PLOVER's actor coding; the output shape is the design's contract.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

Act = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Instrument = Literal[
    "recognition", "relations", "visit", "talks", "agreement", "membership", "loan", "grant",
    "debt_relief", "investment", "payment", "trade", "arms", "military_access",
    "military_cooperation", "troops", "energy", "technology", "humanitarian", "territory",
    "prisoners", "vote", "sanctions", "force", "statement",
]  # fmt: skip
Status = Literal[
    "occurred", "ongoing", "planned", "promised", "offered", "requested", "demanded",
    "expected", "possible", "conditional", "refused", "not_occurred",
]  # fmt: skip
ActorKind = Literal[
    "state", "partly_recognized_state", "territory", "former_state", "igo", "company",
    "armed_group", "party", "person", "other",
]  # fmt: skip
Sector = Literal[
    "GOV", "MIL", "LEG", "JUD", "COP", "SPY", "OPP", "REB", "UAF", "CRM", "BUS", "LAB", "MED",
    "EDU", "HLH", "REL", "REF", "ELI", "SCI", "CVL", "IGO", "NGO", "UNK",
]  # fmt: skip
How = Literal[
    "name", "demonym", "capital", "seat", "office", "body", "apposition", "pronoun",
    "description", "acronym", "membership", "person", "place",
]  # fmt: skip
LinkKind = Literal["in_return_for", "condition", "purpose", "because", "unrequited"]
Precision = Literal["day", "week", "month", "quarter", "year", "range"]
Bound = Literal["over", "under", "about", "at_least", "up_to"]
Stage = Literal["done", "ahead", "sought", "refused"]
DifferenceKind = Literal["update", "scope", "rounding", "same_origin", "dispute", "misreading"]
DealStage = Literal[
    "considered", "requested", "offered", "agreed_in_principle", "initialled", "signed", "ratified",
    "funded", "delivering", "complete", "refused", "withdrawn", "suspended", "cancelled", "lapsed",
]  # fmt: skip
Fulfilment = Literal[
    "not_yet_rated", "in_progress", "stalled", "kept", "kept_in_part", "kept_late", "broken", "untestable",
]  # fmt: skip
EvidenceGrade = Literal[
    "one_source", "same_origin", "independent", "official_document", "confirmed_by_both", "contested",
]  # fmt: skip
PromiseKind = Literal["promise", "plan", "offer"]

ACTS: tuple[Act, ...] = get_args(Act)
INSTRUMENTS: tuple[Instrument, ...] = get_args(Instrument)
STATUSES: tuple[Status, ...] = get_args(Status)
ACTOR_KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
SECTORS: tuple[Sector, ...] = get_args(Sector)
LINK_KINDS: tuple[LinkKind, ...] = get_args(LinkKind)
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
DIFFERENCE_KINDS: tuple[DifferenceKind, ...] = get_args(DifferenceKind)
DEAL_STAGES: tuple[DealStage, ...] = get_args(DealStage)
FULFILMENTS: tuple[Fulfilment, ...] = get_args(Fulfilment)
PROMISE_KINDS: tuple[PromiseKind, ...] = get_args(PromiseKind)
STAGE_OF: Mapping[Status, Stage] = {
    "occurred": "done",
    "ongoing": "done",
    "planned": "ahead",
    "promised": "ahead",
    "offered": "ahead",
    "expected": "ahead",
    "possible": "ahead",
    "conditional": "ahead",
    "requested": "sought",
    "demanded": "sought",
    "refused": "refused",
    "not_occurred": "refused",
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` (inclusive) to `end` (exclusive) of a report's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}-{self.end}")

    def of(self, text: str) -> str:
        """The words this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Finding:
    """Doubt as a value: something a person should look at. It never stops a run."""

    kind: str
    message: str
    span: Span | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes a report was taken from: their SHA-256 in hex, media type, and character set if any."""

    sha256: str
    media_type: str
    charset: str | None
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """One text as it was published. `id` is a hash of text and publisher and never changes.

    `doubts` is what was uncertain when the text was taken from its `source`; the reader puts them among
    its findings. Neither makes another report of it.
    """

    id: str
    text: str
    file: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    language: str
    source: Source | None = field(default=None, compare=False)
    doubts: tuple[Finding, ...] = field(default=(), compare=False)


def report_id(text: str, publisher: str | None) -> str:
    """The first 16 hex digits of SHA-256 over publisher and text."""
    return hashlib.sha256(f"{publisher or ''}\0{text}".encode()).hexdigest()[:16]


def event_id(report: str, trigger: Span) -> str:
    """Stable for a report's id and a trigger, whoever or whatever version reads it."""
    return "e" + hashlib.sha256(f"{report}:{trigger.start}:{trigger.end}".encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Actor:
    """A party to dealings. `affiliation` is the actor it acts for, where it is not its own principal."""

    id: str
    name: str
    kind: ActorKind
    affiliation: str | None = None
    sector: Sector | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who is taken to hold an office for an actor from one day to another, both inclusive."""

    name: str
    actor: str
    sector: Sector | None
    office: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an actor, and `how` it was told (the reason).

    `actor` is the id of the actor named (may be a person or company of its own). A span naming
    several actors ("the two breakaway Georgian republics") is several mentions with one span.
    `principal` is the state, organization or group it stands for, `role` the office, if told.
    """

    span: Span
    text: str
    actor: str
    principal: str
    how: How
    sector: Sector | None = None
    agent: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an event. `id` is the principal, `agent` the person or body it acts through."""

    id: str
    sector: Sector | None
    agent: str | None
    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """On whose word: the words naming the speaker, the actor it speaks for, and the cue ("said")."""

    text: str
    actor: str | None
    span: Span
    cue: str | None


@dataclass(frozen=True, slots=True)
class Time:
    """When, as worded and as an interval of days (both inclusive), with the precision of the words."""

    text: str
    start: date
    end: date
    precision: Precision
    span: Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where, as worded, and the country if known."""

    text: str
    country: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Amount:
    """Money or another measured sum: as worded, best value, bounds where the text gives them.

    `currency` is ISO 4217; `unit` is set instead for what is not money ("barrels").
    """

    text: str
    value: float
    currency: str | None
    unit: str | None
    low: float | None
    high: float | None
    bound: Bound | None
    span: Span


@dataclass(frozen=True, slots=True)
class Goods:
    """Things given or sought: how many (if told), what, and of what category ("combat aircraft")."""

    text: str
    count: int | None
    item: str
    category: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of the field, derived from act, status and instrument; never set by a rule."""

    plover_event: str
    plover_mode: str | None
    plover_contexts: tuple[str, ...]
    cameo: str | None
    quad: int
    intensity: float


@dataclass(frozen=True, slots=True)
class Reason:
    """What spoke for a field: `source` (model, rule or lexicon entry), what it said, its score."""

    field: str
    source: str
    detail: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One act as one report tells it. `speakers` outermost first; empty is the report's own voice."""

    id: str
    trigger: Span
    trigger_text: str
    sentence: Span
    act: Act
    instrument: Instrument | None
    status: Status
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    held_by: tuple[str, ...]
    speakers: tuple[Speaker, ...]
    time: Time | None
    place: Place | None
    amounts: tuple[Amount, ...]
    goods: tuple[Goods, ...]
    codes: Codes
    confidence: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """How one act answers another: `give` is the price or condition's consequence, `take` its return.

    `give` and `take` are event ids; `span` covers the words that say so; implicit links have none
    of their own and span the two acts' sentences.
    """

    kind: LinkKind
    give: str
    take: str
    span: Span
    explicit: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one version of the reader saw in one report."""

    report: Report
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Member:
    """An event as one telling of an occurrence: by what it was joined to the others, and how surely.

    `part` is the one party of a compound event whose own act this is (Nicaragua's recognition, where a
    report tells Nicaragua's and Venezuela's in one word). `score` is in points (reconcile/features.yaml);
    a founder has none.
    """

    event: str
    report: str
    part: str | None
    score: float | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Reports (ids) that go back to one source as far as an occurrence goes, and why."""

    reports: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One act, as all reports of it tell it together.

    `lead` is the event that tells it best. Parties are ids, the fullest that reports give; `status` is the
    furthest it has come; `start` and `end` are days (both inclusive), None where no report gives any, and
    `told` is the day of the first report. Evidence counts `origins`, not members.
    """

    id: str
    members: tuple[Member, ...]
    origins: tuple[Origin, ...]
    lead: str
    act: Act
    instrument: Instrument | None
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    start: date | None
    end: date | None
    told: date | None


@dataclass(frozen=True, slots=True)
class Side:
    """What one report says where accounts part: in words, with the passage it stands in."""

    report: str
    event: str | None
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Difference:
    """Where accounts part on a `field` of a `subject` (an occurrence's id, or "members:ALBA").

    Both sides stay: a difference retires nothing.
    """

    kind: DifferenceKind
    field: str
    subject: str
    sides: tuple[Side, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step on an axis: what was reached, from which day, and the event and report that say so.

    `day` is the event's own where it is dated, else the report's; None where neither is.
    """

    value: str
    day: date | None
    event: str
    report: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a thing is due: as first worded and resolved. What later reports say instead are `revisions`.

    `due` is the last day on which it is still in time; None where the words ("during the visit") name no
    day.
    """

    text: str
    due: date | None
    event: str
    revisions: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody promised, plans or offers to do, and what became of it.

    `promisors` and `promisees` are actor ids; `content` is the trigger with its words. `word_of` are the
    speakers, outermost first (empty: the report's own word); `official` is whether the promisor, or an
    organ of it, is quoted by name or office. `made` is the day of the first telling. `conditions` are
    ids of events it depends on. `fulfilment` rests on `steps`; it knows the ledger up to `read_to`.
    """

    id: str
    kind: PromiseKind
    promisors: tuple[str, ...]
    promisees: tuple[str, ...]
    act: Act
    instrument: Instrument | None
    content: str
    amounts: tuple[Amount, ...]
    goods: tuple[Goods, ...]
    word_of: tuple[str, ...]
    official: bool
    made: date | None
    schedule: Schedule | None
    conditions: tuple[str, ...]
    tellings: tuple[str, ...]
    stage: DealStage
    fulfilment: Fulfilment
    steps: tuple[Step, ...]
    evidence: EvidenceGrade
    last_told: date | None
    read_to: date | None


@dataclass(frozen=True, slots=True)
class Share:
    """What one side gives in a deal: the act, what and how much, and how far that has come.

    `id` is the event that tells it best, `events` are all that tell it; `words` is how it is named there.
    `stages` are all steps, in order of days.
    """

    id: str
    givers: tuple[str, ...]
    takers: tuple[str, ...]
    act: Act
    instrument: Instrument | None
    words: str
    amounts: tuple[Amount, ...]
    goods: tuple[Goods, ...]
    stage: DealStage
    stages: tuple[Step, ...]
    start: date | None
    end: date | None
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deal:
    """The events of one bargain across reports, on four axes that are never one status.

    `shares[0]` is what is given; the others are its returns, as `links` tie them. Without links it is one
    dealing whose return nobody tells. `stage` is how far what is given has come; each return has its
    own. `fulfilment` says what became of what was agreed, `evidence` on whose word, `schedule` by when.
    `differs` says in words where reports part.
    """

    id: str
    parties: tuple[str, ...]
    shares: tuple[Share, ...]
    links: tuple[Link, ...]
    stage: DealStage
    fulfilment: Fulfilment
    evidence: EvidenceGrade
    schedule: Schedule | None
    differs: tuple[str, ...]
    first_told: date | None
    last_told: date | None
    read_to: date | None
