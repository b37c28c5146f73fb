"""The tables of a ledger. Every line knows its reading and its report, its span and its words.

What one filters on is a column; the whole event is kept besides as contract JSON, so that it
comes back exactly. Nothing is deleted: triggers (guards.py) hold that against our own mistakes too.

Two times stand beside each other. Valid time is when an act happened: `time_start` and `time_end`,
and `day` and `last_day`, which are those, else the day of publication. Transaction time is when the
ledger said so: a reading's `read_at` and `closed_at` hold for all its lines, `made_at` and
`closed_at` for a judgement, a membership, an occurrence, a difference. A person's line is a reading
too: of that one line, by that one judgement.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from chancery.ledger.columns import Count, Instant, Words

SCHEMA = 6
PROGRAM = "chancery"

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", String(255), nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Words, primary_key=True),
    Column("publisher", Words),
    Column("text", Words, nullable=False),
    Column("added_at", Instant, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("started_at", Instant, nullable=False),
    Column("reader", Words, nullable=False),  # the version that reads in this run
    Column("program", Words, nullable=False),  # the version of chancery
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("report", Words, ForeignKey("reports.id"), nullable=False),
    Column("version", Words, nullable=False),
    Column("read_at", Instant, nullable=False),
    Column("closed_at", Instant),
    # As they were told when it was read: the same text may come again under another file name.
    Column("file", Words, nullable=False),
    Column("title", Words),
    Column("published", Date),
    Column("url", Words),
    Column("language", Words, nullable=False),
    Column("run", Integer),  # null in readings older than runs, and where a person reads
    Column("judgement", Integer),  # null where the reader reads
    UniqueConstraint("id", "report"),
)
_OPEN = text("closed_at IS NULL AND judgement IS NULL")
Index("one_open_reading", readings.c.report, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)
Index("readings_by_report", readings.c.report)
Index("readings_by_instant", readings.c.read_at)
Index("readings_by_judgement", readings.c.judgement)


def _span(prefix: str = "span", *, nullable: bool = False) -> tuple[Column[int], Column[int]]:
    """Two columns: characters of the report's text, from (inclusive) and to (exclusive)."""
    return (
        Column(f"{prefix}_start", Integer, nullable=nullable),
        Column(f"{prefix}_end", Integer, nullable=nullable),
    )


def _of_reading(name: str, *columns: Any, key: str = "position") -> Table:
    """A table whose rows belong to one reading of one report."""
    return Table(
        name,
        metadata,
        Column("reading", Integer, primary_key=True, autoincrement=False),
        Column("report", Words, nullable=False),
        Column("position", Integer, primary_key=key == "position", autoincrement=False),
        *columns,
        ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
    )


def _of_event(name: str, *columns: Any) -> Table:
    """A table whose rows belong to one event of one reading."""
    return Table(
        name,
        metadata,
        Column("reading", Integer, primary_key=True, autoincrement=False),
        Column("report", Words, nullable=False),
        Column("event", Words, primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *columns,
        ForeignKeyConstraint(["reading", "event"], ["events.reading", "events.id"]),
        ForeignKeyConstraint(["reading", "report"], ["readings.id", "readings.report"]),
    )


def _of_event_pair() -> Table:
    return Table(
        "pairs",
        metadata,
        Column("one", Words, primary_key=True),
        Column("other", Words, primary_key=True),
        Column("last_day", Date, primary_key=True),  # the event's, else the first day there is
        Column("reading", Integer, primary_key=True, autoincrement=False),
        Column("event", Words, primary_key=True),
        Column("day", Date),  # the event's first
        ForeignKeyConstraint(["reading", "event"], ["events.reading", "events.id"]),
        sqlite_with_rowid=False,
    )


actors = _of_reading(
    "actors",
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("affiliation", Words),
    Column("sector", String(8)),
    key="id",
)
Index("actors_by_id", actors.c.id, actors.c.reading)

mentions = _of_reading(
    "mentions",
    *_span(),
    Column("text", Words, nullable=False),
    Column("actor", Words, nullable=False),
    Column("principal", Words, nullable=False),
    Column("how", String(32), nullable=False),
    Column("sector", String(8)),
    Column("agent", Words),
    Column("role", Words),
)

events = _of_reading(
    "events",
    Column("id", Words, primary_key=True),
    *_span("trigger"),
    Column("trigger_text", Words, nullable=False),
    *_span("sentence"),
    Column("sentence_text", Words, nullable=False),
    Column("act", String(16), nullable=False),
    Column("instrument", String(32)),
    Column("status", String(16), nullable=False),
    Column("time_text", Words),
    Column("time_start", Date),
    Column("time_end", Date),
    Column("time_precision", String(16)),
    Column("place_text", Words),
    Column("place_country", Words),
    Column("plover_event", String(32), nullable=False),
    Column("plover_mode", String(64)),
    Column("cameo", String(8)),
    Column("quad", Integer, nullable=False),
    Column("intensity", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("contract", Text, nullable=False),
    Column("stage", String(16)),  # done | ahead | sought | refused
    Column("day", Date),
    Column("last_day", Date),
    key="id",
)
Index("events_by_id", events.c.id)
Index("events_by_kind", events.c.act, events.c.instrument)
Index("events_by_day", events.c.last_day, events.c.stage)

parties = _of_event(
    "parties",
    Column("side", String(16), primary_key=True),  # actor | recipient | holder
    Column("actor", Words, nullable=False),
    Column("sector", String(8)),
    Column("agent", Words),
    Column("text", Words),
    *_span(nullable=True),
    Column("last_day", Date),  # the event's
    Column("stage", String(16)),  # the event's
    Column("day", Date),  # the event's
)
# The days and the stage stand in the index, so that only rows that answer are looked up
Index(
    "parties_by_actor",
    parties.c.actor,
    parties.c.side,
    parties.c.last_day,
    parties.c.stage,
    parties.c.day,
)

# Who deals with whom, `one` before `other` in the alphabet: one row an event and pair
pairs = _of_event_pair()

speakers = _of_event(
    "speakers",
    Column("text", Words, nullable=False),
    Column("actor", Words),
    Column("cue", Words),
    *_span(),
)

amounts = _of_event(
    "amounts",
    Column("text", Words, nullable=False),
    Column("value", Float),  # null where it is not finite; the JSON keeps it
    Column("currency", Words),
    Column("unit", Words),
    Column("low", Float),
    Column("high", Float),
    Column("bound", String(16)),
    *_span(),
)

Index("amounts_by_value", amounts.c.value, amounts.c.currency)

goods = _of_event(
    "goods",
    Column("text", Words, nullable=False),
    Column("count", Count),
    Column("item", Words, nullable=False),
    Column("category", Words),
    *_span(),
)

links = _of_reading(
    "links",
    Column("kind", String(16), nullable=False),
    Column("give", Words, nullable=False),
    Column("take", Words, nullable=False),
    *_span(),
    Column("text", Words, nullable=False),
    Column("explicit", Boolean, nullable=False),
    Column("reason", Words, nullable=False),
    ForeignKeyConstraint(["reading", "give"], ["events.reading", "events.id"]),
    ForeignKeyConstraint(["reading", "take"], ["events.reading", "events.id"]),
)

findings = _of_reading(
    "findings",
    Column("kind", Words, nullable=False),
    Column("message", Words, nullable=False),
    *_span(nullable=True),
    Column("text", Words),
    Column("event", Words),
)

# What a reading learned of people: "Ecuadorian President Rafael Correa" in a report of that day
titles = _of_reading(
    "titles",
    *_span(),
    Column("text", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("surname", Words, nullable=False),
    Column("office", Words, nullable=False),
    Column("actor", Words, nullable=False),
    Column("sector", String(8)),
    Column("speaker", Words),  # on whose word within the report; null is the report's own
)
Index("titles_by_surname", titles.c.surname)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("verdict", String(16), nullable=False),  # accept | correct | reject | add | merge | split
    Column("report", Words, ForeignKey("reports.id")),  # null where it is on occurrences
    Column("event", Words),
    Column("reviewer", Words, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_why", String(16)),  # replaced | withdrawn | not_carried
    Column("why", Words),
    Column("codebook", Words, nullable=False),
    Column("reader", Words),  # the version whose line was judged; null for an added line
    Column("before", Text),  # the line as it stood, as contract JSON; null for an added line
    Column("after", Text),  # the line as the person leaves it; null where there is none
)
Index("judgements_by_event", judgements.c.event, judgements.c.report)

# The events that a judgement says are one act (merge), or each an act of its own (split)
judged = Table(
    "judged",
    metadata,
    Column("judgement", Integer, ForeignKey("judgements.id"), primary_key=True, autoincrement=False),
    Column("event", Words, primary_key=True),
    Column("position", Integer, nullable=False),
)
Index("judged_by_event", judged.c.event)

# Up to which reading, and when, the ledger's reports were last set beside each other, and with which weights
reconciliations = Table(
    "reconciliations",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("made_at", Instant, nullable=False),
    Column("version", Words, nullable=False),
    Column("reading", Integer, nullable=False),
)

# Which occurrence an event (or the part of a compound event that is one party's own act) is a telling of
members = Table(
    "members",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("occurrence", Words, nullable=False),
    Column("event", Words, nullable=False),
    Column("part", Words, nullable=False),  # an actor's id; empty where the event is one act
    Column("report", Words, nullable=False),
    Column("reading", Integer, nullable=False),  # whose line it was placed by
    Column("score", Float),
    Column("reasons", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("closed_at", Instant),
    ForeignKeyConstraint(["reading", "event"], ["events.reading", "events.id"]),
)
Index("members_by_event", members.c.event)
Index("members_by_occurrence", members.c.occurrence)
Index("members_by_report", members.c.report)

# By what a member may be met: parties and weeks, sums, words (reconcile/blocking.py)
member_keys = Table(
    "member_keys",
    metadata,
    Column("key", Words, primary_key=True),
    Column("member", Integer, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

occurrences = Table(
    "occurrences",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("occurrence", Words, nullable=False),
    Column("lead", Words, nullable=False),
    Column("act", String(16), nullable=False),
    Column("instrument", String(32)),
    Column("status", String(16), nullable=False),
    Column("start_day", Date),
    Column("end_day", Date),
    Column("told", Date),
    Column("actors", Text, nullable=False),  # ids, as JSON
    Column("recipients", Text, nullable=False),
    Column("origins", Text, nullable=False),  # [[reports], reason], as JSON
    Column("reports", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
Index("occurrences_by_id", occurrences.c.occurrence)

occurrence_actors = Table(
    "occurrence_actors",
    metadata,
    Column("actor", Words, primary_key=True),
    Column("occurrence", Integer, ForeignKey("occurrences.id"), primary_key=True, autoincrement=False),
    Column("side", String(16), primary_key=True),  # actor | recipient
    sqlite_with_rowid=False,
)

# Who belongs to an organization, as a report lists it in passing
rosters = Table(
    "rosters",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("reading", Integer, ForeignKey("readings.id"), nullable=False),
    Column("report", Words, nullable=False),
    Column("organization", Words, nullable=False),
    Column("members", Text, nullable=False),  # [id, words], as JSON
    *_span(),
    Column("made_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
Index("rosters_by_organization", rosters.c.organization)
Index("rosters_by_report", rosters.c.report)

differences = Table(
    "differences",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("subject", Words, nullable=False),  # an occurrence's id, or members:ORGANIZATION
    Column("kind", String(16), nullable=False),
    Column("field", String(16), nullable=False),
    Column("reason", Words, nullable=False),
    Column("sides", Text, nullable=False),  # [report, event, value, start, end], as JSON
    Column("made_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
Index("differences_by_subject", differences.c.subject)

# What only questions need; a large load is quicker where they are made afterwards
QUESTIONS = tuple(
    i for t in (actors, events, parties, amounts) for i in sorted(t.indexes, key=lambda i: str(i.name))
)
