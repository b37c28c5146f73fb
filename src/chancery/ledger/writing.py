"""A reading into rows: all of them, in one transaction of the caller's, or none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, insert, select, update

from chancery.contract import event_to_json
from chancery.errors import LedgerRefused
from chancery.ledger import schema
from chancery.ledger.entries import Stored
from chancery.records import Event, Party, Reading, Report, Span

Values = dict[str, Any]


def store(connection: Connection, reading: Reading) -> Stored:
    """Store one reading. The caller commits; before that nothing of it is in the ledger.

    Raises `LedgerRefused` where the report's text is not the one stored under its id.
    """
    now = datetime.now(UTC)
    report = reading.report
    _keep_report(connection, report, now)
    current = _open_reading(connection, report.id)
    if current is not None and _same(current, reading):
        return Stored("unchanged", report.id, _count_events(connection, current.id))
    if current is not None:
        closing = update(schema.readings).where(schema.readings.c.id == current.id)
        connection.execute(closing.values(closed_at=now))
    number = _new_reading(connection, reading, now)
    for table, rows in _Rows(reading, number).all():
        if rows:
            connection.execute(insert(table), rows)
    return Stored("new" if current is None else "reread", report.id, len(reading.events))


def _keep_report(connection: Connection, report: Report, now: datetime) -> None:
    """Add the report, or check that it is the one we have: a report's text never changes."""
    table = schema.reports
    found = connection.execute(select(table.c.text).where(table.c.id == report.id)).one_or_none()
    if found is None:
        row = {"id": report.id, "publisher": report.publisher, "text": report.text, "added_at": now}
        connection.execute(insert(table), [row])
    elif found.text != schema.storable(report.text):
        raise LedgerRefused(report.id, "the ledger has another text under that id")


def _open_reading(connection: Connection, report: str) -> Row[Any] | None:
    table = schema.readings
    wanted = (table.c.report == report) & table.c.closed_at.is_(None)
    query: Select[Any] = select(table.c.id, table.c.version, table.c.published).where(wanted)
    return connection.execute(query).one_or_none()


def _same(current: Row[Any], reading: Reading) -> bool:
    """Same version, and no other date of publication: that one moves "last month" and its like."""
    published = reading.report.published
    same_day = published is None or published == current.published
    return bool(current.version == schema.storable(reading.version) and same_day)


def _count_events(connection: Connection, reading: int) -> int:
    wanted = schema.events.c.reading == reading
    query = select(func.count()).select_from(schema.events).where(wanted)
    return int(connection.execute(query).scalar_one())


def _new_reading(connection: Connection, reading: Reading, now: datetime) -> int:
    report = reading.report
    row = insert(schema.readings).values(
        report=report.id,
        version=reading.version,
        read_at=now,
        file=report.file,
        title=report.title,
        published=report.published,
        url=report.url,
        language=report.language,
    )
    key = connection.execute(row).inserted_primary_key
    if key is None:
        raise LedgerRefused(report.id, "the database gave the reading no number")
    return int(key[0])


def _chars(span: Span | None, prefix: str = "span") -> Values:
    start, end = (None, None) if span is None else (span.start, span.end)
    return {f"{prefix}_start": start, f"{prefix}_end": end}


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one reading, table by table, parents first."""

    reading: Reading
    number: int

    def all(self) -> Iterator[tuple[Table, list[Values]]]:
        of_event = (schema.parties, schema.speakers, schema.amounts, schema.goods)
        yield schema.actors, self._actors()
        yield schema.mentions, self._mentions()
        yield schema.events, [self._event(i, e) for i, e in enumerate(self.reading.events)]
        for table, rows in zip(of_event, (_parties, _speakers, _amounts, _goods), strict=True):
            yield table, [self._under(e) | row for e in self.reading.events for row in rows(e)]
        yield schema.links, self._links()
        yield schema.findings, self._findings()

    def _base(self) -> Values:
        return {"reading": self.number, "report": self.reading.report.id}

    def _under(self, event: Event) -> Values:
        return self._base() | {"event": event.id}

    def _words(self, span: Span | None) -> str | None:
        return None if span is None else span.of(self.reading.report.text)

    def _actors(self) -> list[Values]:
        return [
            self._base()
            | {"position": i, "id": a.id, "name": a.name, "kind": a.kind}
            | {"affiliation": a.affiliation, "sector": a.sector}
            for i, a in enumerate(self.reading.actors)
        ]

    def _mentions(self) -> list[Values]:
        return [
            self._base()
            | _chars(m.span)
            | {"position": i, "text": m.text, "actor": m.actor, "principal": m.principal}
            | {"how": m.how, "sector": m.sector, "agent": m.agent, "role": m.role}
            for i, m in enumerate(self.reading.mentions)
        ]

    def _event(self, position: int, event: Event) -> Values:
        return {
            **self._base(),
            **_chars(event.trigger, "trigger"),
            **_chars(event.sentence, "sentence"),
            **_when_and_where(event),
            "position": position,
            "id": event.id,
            "trigger_text": event.trigger_text,
            "sentence_text": self._words(event.sentence),
            "act": event.act,
            "instrument": event.instrument,
            "status": event.status,
            "plover_event": event.codes.plover_event,
            "plover_mode": event.codes.plover_mode,
            "cameo": event.codes.cameo,
            "quad": event.codes.quad,
            "intensity": event.codes.intensity,
            "confidence": event.confidence,
            # ASCII only, so that even what the other columns cannot hold comes back as it was
            "contract": json.dumps(event_to_json(event), ensure_ascii=True),
        }

    def _links(self) -> list[Values]:
        return [
            self._base()
            | _chars(k.span)
            | {"position": i, "kind": k.kind, "give": k.give, "take": k.take}
            | {"text": self._words(k.span), "explicit": k.explicit, "reason": k.reason}
            for i, k in enumerate(self.reading.links)
        ]

    def _findings(self) -> list[Values]:
        return [
            self._base()
            | _chars(f.span)
            | {"position": i, "kind": f.kind, "message": f.message}
            | {"text": self._words(f.span), "event": f.event}
            for i, f in enumerate(self.reading.findings)
        ]


def _when_and_where(event: Event) -> Values:
    time, place = event.time, event.place
    return {
        "time_text": time.text if time else None,
        "time_start": time.start if time else None,
        "time_end": time.end if time else None,
        "time_precision": time.precision if time else None,
        "place_text": place.text if place else None,
        "place_country": place.country if place else None,
    }


def _parties(event: Event) -> list[Values]:
    holders = tuple(Party(id, None, None, "", None) for id in event.held_by)
    sides: Sequence[tuple[str, tuple[Party, ...]]] = (
        ("actor", event.actors),
        ("recipient", event.recipients),
        ("holder", holders),
    )
    return [
        {"side": side, "position": i, "actor": p.id, "sector": p.sector, "agent": p.agent}
        | {"text": p.text or None, **_chars(p.span)}
        for side, parties in sides
        for i, p in enumerate(parties)
    ]


def _speakers(event: Event) -> list[Values]:
    return [
        {"position": i, "text": s.text, "actor": s.actor, "cue": s.cue, **_chars(s.span)}
        for i, s in enumerate(event.speakers)
    ]


def _amounts(event: Event) -> list[Values]:
    return [
        {"position": i, "text": a.text, "value": a.value, "currency": a.currency}
        | {"unit": a.unit, "low": a.low, "high": a.high, "bound": a.bound, **_chars(a.span)}
        for i, a in enumerate(event.amounts)
    ]


def _goods(event: Event) -> list[Values]:
    return [
        {"position": i, "text": g.text, "count": g.count, "item": g.item}
        | {"category": g.category, **_chars(g.span)}
        for i, g in enumerate(event.goods)
    ]
