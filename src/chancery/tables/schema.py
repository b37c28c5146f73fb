"""The tables: their columns, types and meanings, and the Arrow schema made of them.

Spans are two columns or fields, `start` (inclusive) and `end` (exclusive), in characters of the
report's `text`. A row of any table but `reports` names its report; `position` is its place among the
rows of that report (of an event's side, in `parties`), from 0. Lists of records (sums, goods,
speakers, reasons) are lists of structs, so that one event is one row; `parties` has a row a party,
for joins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

import pyarrow as pa

VERSION = 1  # goes up when a column changes its meaning, or goes; not when one is added

TableName = Literal["reports", "events", "parties", "mentions", "actors", "links", "findings"]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_TEXT, _DAY, _AT, _WHOLE, _NUMBER = pa.string(), pa.date32(), pa.int32(), pa.int64(), pa.float64()
_TEXTS = pa.list_(_TEXT)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its Arrow type, what it holds, and whether a row may lack it."""

    name: str
    type: pa.DataType
    meaning: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table and what one row of it is."""

    name: TableName
    row: str
    columns: tuple[Column, ...]


def _struct(*fields: tuple[str, pa.DataType]) -> pa.DataType:
    return pa.list_(pa.struct([pa.field(name, kind) for name, kind in fields]))


_SPAN = (("start", _AT), ("end", _AT))
_SPEAKERS = _struct(("text", _TEXT), ("actor", _TEXT), *_SPAN, ("cue", _TEXT))
_AMOUNTS = _struct(
    ("text", _TEXT), ("value", _NUMBER), ("currency", _TEXT), ("unit", _TEXT), ("low", _NUMBER),
    ("high", _NUMBER), ("bound", _TEXT), *_SPAN,
)  # fmt: skip
_GOODS = _struct(("text", _TEXT), ("count", _WHOLE), ("item", _TEXT), ("category", _TEXT), *_SPAN)
_REASONS = _struct(("field", _TEXT), ("source", _TEXT), ("detail", _TEXT), ("score", _NUMBER))

_REPORT = Column("report", _TEXT, "id of the report")
_POSITION = Column("position", _AT, "place among the report's rows, from 0")
_EVENT = Column("event", _TEXT, "id of the event")


def _span(of: str, *, nullable: bool = False) -> tuple[Column, Column]:
    start = Column("start", _AT, f"first character of {of}", nullable)
    return start, Column("end", _AT, f"the character after the last of {of}", nullable)


_REPORTS = Table(
    "reports",
    "a report as it was published",
    (
        Column("report", _TEXT, "its id, a hash of text and publisher"),
        Column("file", _TEXT, "the file or line it was read from"),
        Column("title", _TEXT, "its title", nullable=True),
        Column("publisher", _TEXT, "its publisher", nullable=True),
        Column("published", _DAY, "its day", nullable=True),
        Column("url", _TEXT, "its address", nullable=True),
        Column("language", _TEXT, "its language (ISO 639), `und` where unknown"),
        Column("version", _TEXT, "the reader that read it"),
        Column("text", _TEXT, "its text, which all offsets count"),
    ),
)
_EVENTS = Table(
    "events",
    "an act as one report tells it",
    (
        _REPORT,
        Column("published", _DAY, "the report's day", nullable=True),
        _EVENT,
        _POSITION,
        Column("trigger", _TEXT, "the word that names the act"),
        Column("trigger_start", _AT, "first character of the trigger"),
        Column("trigger_end", _AT, "the character after its last"),
        Column("sentence", _TEXT, "the sentence that tells it"),
        Column("sentence_start", _AT, "first character of the sentence"),
        Column("sentence_end", _AT, "the character after its last"),
        Column("act", _TEXT, "the core act, one of PLOVER's sixteen"),
        Column("instrument", _TEXT, "what the act gives, asks or withholds", nullable=True),
        Column("status", _TEXT, "how far it has come: occurred, promised, requested ..."),
        Column("actors", _TEXTS, "ids of who does it; all of them in `parties`"),
        Column("recipients", _TEXTS, "ids of whom it is done to or for; all of them in `parties`"),
        Column("held_by", _TEXTS, "ids of who promises, expects, demands it"),
        Column("speakers", _SPEAKERS, "on whose word, outermost first; empty is the report's own voice"),
        Column("time_text", _TEXT, "when, as worded; null where nothing is said", nullable=True),
        Column("time_first", _DAY, "first day of that time", nullable=True),
        Column("time_last", _DAY, "last day of that time", nullable=True),
        Column("time_precision", _TEXT, "day, week, month, quarter, year or range", nullable=True),
        Column("time_start", _AT, "first character of the time's words", nullable=True),
        Column("time_end", _AT, "the character after their last", nullable=True),
        Column("place", _TEXT, "where, as worded", nullable=True),
        Column("place_country", _TEXT, "id of the country of the place", nullable=True),
        Column("place_start", _AT, "first character of the place's words", nullable=True),
        Column("place_end", _AT, "the character after their last", nullable=True),
        Column("amounts", _AMOUNTS, "sums: as worded, best value, currency (ISO 4217) or unit, bounds"),
        Column("goods", _GOODS, "things given or sought: as worded, how many, what, of what category"),
        Column("plover_event", _TEXT, "PLOVER event type"),
        Column("plover_mode", _TEXT, "the status as a PLOVER mode", nullable=True),
        Column("plover_contexts", _TEXTS, "PLOVER contexts"),
        Column("cameo", _TEXT, "CAMEO code", nullable=True),
        Column("quad", pa.int8(), "quad class, 1 to 4"),
        Column("intensity", _NUMBER, "intensity, -10 to 10"),
        Column("confidence", _NUMBER, "how sure the reader is, 0 to 1"),
        Column("reasons", _REASONS, "what spoke for each field: a rule, an entry, the model"),
        Column("judgement", _WHOLE, "number of the judgement that left the line so", nullable=True),
    ),
)
_PARTIES = Table(
    "parties",
    "one party on one side of an event",
    (
        _REPORT,
        _EVENT,
        Column("side", _TEXT, "`actor` or `recipient`"),
        Column("position", _AT, "place on that side, from 0"),
        Column("actor", _TEXT, "id of the principal: state, organization, group"),
        Column("sector", _TEXT, "PLOVER sector", nullable=True),
        Column("agent", _TEXT, "the person or body it acts through", nullable=True),
        Column("text", _TEXT, "the words that name it, empty where it is understood"),
        *_span("those words", nullable=True),
    ),
)
_MENTIONS = Table(
    "mentions",
    "a span that names an actor",
    (
        _REPORT,
        _POSITION,
        *_span("the words"),
        Column("text", _TEXT, "the words"),
        Column("actor", _TEXT, "id of the actor named"),
        Column("principal", _TEXT, "id of the state, organization or group it stands for"),
        Column("how", _TEXT, "the reason: name, demonym, seat, office, pronoun ..."),
        Column("sector", _TEXT, "PLOVER sector", nullable=True),
        Column("agent", _TEXT, "the person or body", nullable=True),
        Column("role", _TEXT, "the office, if told", nullable=True),
    ),
)
_ACTORS = Table(
    "actors",
    "an actor that a report names",
    (
        _REPORT,
        _POSITION,
        Column("actor", _TEXT, "its id"),
        Column("name", _TEXT, "its name"),
        Column("kind", _TEXT, "state, igo, company, armed_group ..."),
        Column("affiliation", _TEXT, "id of the actor it acts for", nullable=True),
        Column("sector", _TEXT, "PLOVER sector", nullable=True),
    ),
)
_LINKS = Table(
    "links",
    "how one act answers another",
    (
        _REPORT,
        _POSITION,
        Column("kind", _TEXT, "in_return_for, condition, purpose, because or unrequited"),
        Column("give", _TEXT, "id of the event that is the price, or depends"),
        Column("take", _TEXT, "id of the event that is its return, or condition"),
        *_span("the words that say so"),
        Column("text", _TEXT, "those words"),
        Column("explicit", pa.bool_(), "whether words of the report state it"),
        Column("reason", _TEXT, "the cue, or why it is thought so"),
    ),
)
_FINDINGS = Table(
    "findings",
    "a doubt that a person should look at",
    (
        _REPORT,
        _POSITION,
        Column("kind", _TEXT, "what sort of doubt"),
        Column("message", _TEXT, "the doubt in words"),
        *_span("the words in question", nullable=True),
        Column("event", _TEXT, "id of the event in question", nullable=True),
    ),
)
TABLES: Mapping[TableName, Table] = {
    table.name: table
    for table in (_REPORTS, _EVENTS, _PARTIES, _MENTIONS, _ACTORS, _LINKS, _FINDINGS)
}  # fmt: skip
assert tuple(TABLES) == get_args(TableName)


@cache
def arrow_schema(name: TableName) -> pa.Schema:
    """The Arrow schema of a table; each field's metadata has its `meaning`, the schema's the `version`."""
    fields = [
        pa.field(c.name, c.type, nullable=c.nullable, metadata={"meaning": c.meaning})
        for c in TABLES[name].columns
    ]
    return pa.schema(fields, metadata={"chancery.table": name, "chancery.version": str(VERSION)})


def to_arrow(name: TableName, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows of `tables.rows` as an Arrow table. Half surrogate pairs, which are no text, become U+FFFD."""
    listed = list(rows)
    try:
        return pa.Table.from_pylist(listed, schema=arrow_schema(name))
    except UnicodeEncodeError:
        return pa.Table.from_pylist([_storable(row) for row in listed], schema=arrow_schema(name))


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _LONE_SURROGATE.sub(_REPLACED, value)
    if isinstance(value, Mapping):
        return {key: _storable(part) for key, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list) else value
