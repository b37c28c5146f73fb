"""People's judgements into a ledger: appended, closed when another takes their place, never changed.

The line that a judgement leaves is kept as a reading of its own, of that one line, so that questions find
it like any other; the reader's line of the same id steps back while a judgement on it holds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from chancery.errors import EventUnknown, JudgementRefused, ReportUnknown
from chancery.knowledge.actor_data import actor_knowledge
from chancery.knowledge.code_data import codebook_version
from chancery.ledger import queries, schema
from chancery.ledger import rows as rowing
from chancery.ledger.encoding import as_json
from chancery.ledger.entries import ClosedWhy, Judgement, Ruling
from chancery.ledger.fields import differing
from chancery.ledger.queries import At
from chancery.ledger.reviving import revived
from chancery.ledger.rows import Loader, next_number
from chancery.records import Actor, Event, Reading, Reason, Report, event_id

_TOLD = ("file", "title", "published", "url", "language")


def judge(connection: Connection, ruling: Ruling) -> Judgement:
    """Put a judgement on record. Raises `JudgementRefused`, `EventUnknown`, `ReportUnknown`."""
    if not ruling.reviewer.strip():
        raise JudgementRefused("no reviewer is named", "say who judges")
    if ruling.verdict in ("merge", "split"):
        return _on_set(connection, ruling)
    if ruling.verdict == "add":
        return _added(connection, ruling)
    return _on_line(connection, ruling)


def withdraw(connection: Connection, number: int) -> None:
    """Close a judgement; the line stands again as others left it, or as the reader reads it.

    Raises `JudgementRefused` where none of that number holds.
    """
    now = datetime.now(UTC)
    table = schema.judgements
    query = select(table).where(table.c.id == number, table.c.closed_at.is_(None))
    found = connection.execute(query).one_or_none()
    if found is None:
        raise JudgementRefused(f"no judgement {number} holds", "`chancery log` lists them")
    close(connection, number, "withdrawn", now)
    if found.event is not None:
        _stand_again(connection, found.report, found.event, now)


def close(connection: Connection, number: int, why: ClosedWhy, now: datetime) -> None:
    """A judgement no longer holds, nor does the line it left."""
    table = schema.judgements
    closing = update(table).where(table.c.id == number, table.c.closed_at.is_(None))
    connection.execute(closing.values(closed_at=now, closed_why=why))
    close_line(connection, number, now)


def close_line(connection: Connection, number: int, now: datetime) -> None:
    """The line that a judgement left steps back."""
    table = schema.readings
    mine = (table.c.judgement == number) & table.c.closed_at.is_(None)
    connection.execute(update(table).where(mine).values(closed_at=now))


def open_line(connection: Connection, number: int, reviewer: str, report: Report, event: Event) -> None:
    """Open the line that a judgement leaves, as a reading of its own."""
    now = datetime.now(UTC)
    reading = next_number(connection, schema.readings)
    told = [getattr(report, name) for name in _TOLD]
    row = (reading, report.id, f"person {reviewer}", now, None, *told, None, number)
    rowing.insert(connection, schema.readings, [row])
    actors = _unnamed(connection, event)
    loader = Loader()
    loader.take(reading, Reading(report, actors, (), (event,), (), (), f"person {reviewer}"))
    loader.put(connection)


def _unnamed(connection: Connection, event: Event) -> tuple[Actor, ...]:
    """The line's actors whom no reading has named yet."""
    ids = [*(p.id for p in (*event.actors, *event.recipients)), *event.held_by]
    table = schema.actors
    named = connection.execute(select(table.c.id).where(table.c.id.in_(ids)).distinct()).scalars()
    missing = dict.fromkeys(i for i in ids if i not in set(named))
    return tuple(actor_knowledge().actor(i) for i in missing)


def report_of(connection: Connection, report: str) -> Report:
    """The report as its open reading tells it. Raises `ReportUnknown`."""
    found = connection.execute(queries.report_as_told(report)).one_or_none()
    if found is None:
        raise ReportUnknown(report)
    return Report(
        report, found.text, found.file, found.title, found.publisher, found.published, found.url,
        found.language,
    )  # fmt: skip


def _on_line(connection: Connection, ruling: Ruling) -> Judgement:
    """Accept, correct or reject the line as it stands."""
    wanted = ruling.events[0] if ruling.events else ""
    query = queries.line_as_read(wanted, None) if ruling.as_read else queries.line(wanted)
    found = connection.execute(query).first()
    if found is None:
        raise EventUnknown(wanted)
    before = revived(found.contract)
    report = report_of(connection, found.report_id)
    after = _after(ruling, before, report.text)
    return _keep(connection, ruling, report, (before, after), reader=_reader(connection, report.id))


def _after(ruling: Ruling, before: Event, text: str) -> Event | None:
    if ruling.verdict == "reject":
        if not (ruling.why or "").strip():
            raise JudgementRefused("the rejection gives no reason", "say why the line is wrong")
        return None
    if ruling.verdict == "accept":
        return _by_person(before, ruling, ())
    after = ruling.after
    if after is None or not (changed := _changed(before, after)):
        raise JudgementRefused("the correction changes nothing", "accept the line, or change a field")
    _check(after, text)
    return _by_person(replace(after, id=before.id), ruling, changed)


def _changed(before: Event, after: Event) -> tuple[str, ...]:
    """The fields that differ; `line` where the difference is in none of those that are compared."""
    plain = replace(after, id=before.id, reasons=before.reasons, confidence=before.confidence)
    return differing(before, after) or (("line",) if plain != before else ())


def _by_person(event: Event, ruling: Ruling, fields: tuple[str, ...]) -> Event:
    """The line with its reasons, the person's last; a person is sure."""
    detail = f"corrected {', '.join(fields)}" if fields else f"{ruling.verdict}ed"
    reason = Reason("line", f"person {ruling.reviewer}", detail)
    kept = tuple(r for r in event.reasons if not r.source.startswith("person "))
    return replace(event, confidence=1.0, reasons=(*kept, reason))


def _check(event: Event, text: str) -> None:
    """The words of a line stand in the text, as its spans say."""
    spans = [event.sentence, event.trigger, *(a.span for a in event.amounts), *(g.span for g in event.goods)]
    spans += [p.span for p in (*event.actors, *event.recipients) if p.span] + [s.span for s in event.speakers]
    spans += [event.time.span] if event.time else []
    for span in spans:
        if span.end > len(text):
            raise JudgementRefused(f"{span.start}-{span.end} is not inside the text", "count characters")
    if event.trigger.of(text) != event.trigger_text:
        words = event.trigger.of(text)
        raise JudgementRefused(
            f"{event.trigger_text!r} does not stand there, but {words!r}", "quote the text"
        )


def _added(connection: Connection, ruling: Ruling) -> Judgement:
    """A line that the reader missed."""
    if ruling.after is None or ruling.report is None:
        raise JudgementRefused("the added line is not told", "give its report and the line")
    report = report_of(connection, ruling.report)
    _check(ruling.after, report.text)
    after = replace(ruling.after, id=event_id(report.id, ruling.after.trigger))
    if connection.execute(queries.line(after.id)).first() is not None:
        raise JudgementRefused(f"line {after.id} is there already", "correct it instead")
    return _keep(connection, ruling, report, (None, _by_person(after, ruling, ())), reader=None)


def _on_set(connection: Connection, ruling: Ruling) -> Judgement:
    """Merge or split: the events are one act, or each its own."""
    events = tuple(dict.fromkeys(ruling.events))
    if len(events) < 2:
        raise JudgementRefused(f"a {ruling.verdict} of {len(events)} line", "name two or more")
    for wanted in events:
        if connection.execute(queries.line(wanted)).first() is None:
            raise EventUnknown(wanted)
    now = datetime.now(UTC)
    for number in connection.execute(queries.judged_alike(ruling.reviewer, events)).scalars():
        close(connection, number, "replaced", now)
    number = _append(connection, ruling, None, (None, None), None, now)
    rowing.insert(connection, schema.judged, [(number, event, i) for i, event in enumerate(events)])
    return one(connection, number)


def _keep(
    connection: Connection,
    ruling: Ruling,
    report: Report,
    lines: tuple[Event | None, Event | None],
    *,
    reader: str | None,
) -> Judgement:
    """Append the judgement; this reviewer's earlier one on the line is closed, others' lines step back."""
    before, after = lines
    now = datetime.now(UTC)
    shown = before or after
    assert shown is not None
    for row in _holding(connection, report.id, shown.id):
        if row.reviewer == ruling.reviewer:
            close(connection, row.id, "replaced", now)
        else:
            close_line(connection, row.id, now)
    number = _append(connection, ruling, (report.id, shown.id), lines, reader, now)
    if after is not None:
        open_line(connection, number, ruling.reviewer, report, after)
    return one(connection, number)


def _append(
    connection: Connection,
    ruling: Ruling,
    where: tuple[str, str] | None,
    lines: tuple[Event | None, Event | None],
    reader: str | None,
    now: datetime,
) -> int:
    number = next_number(connection, schema.judgements)
    before, after = (as_json(line) if line else None for line in lines)
    report, event = where or (None, None)
    row = (
        number, ruling.verdict, report, event, ruling.reviewer, now, None, None, ruling.why,
        codebook_version(), reader, before, after,
    )  # fmt: skip
    rowing.insert(connection, schema.judgements, [row])
    return number


def _holding(connection: Connection, report: str, event: str) -> list[Row[Any]]:
    """The judgements on a line that hold, the latest last."""
    table = schema.judgements
    mine = (table.c.event == event) & (table.c.report == report) & table.c.closed_at.is_(None)
    return list(connection.execute(select(table).where(mine).order_by(table.c.id)))


def _stand_again(connection: Connection, report: str, event: str, now: datetime) -> None:
    """The line as the latest judgement left that still holds, if one does."""
    holding = _holding(connection, report, event)
    for row in holding:
        close_line(connection, row.id, now)
    if holding and holding[-1].after is not None:
        last = holding[-1]
        open_line(connection, last.id, last.reviewer, report_of(connection, report), revived(last.after))


def _reader(connection: Connection, report: str) -> str | None:
    table = schema.readings
    mine = (table.c.report == report) & table.c.closed_at.is_(None) & table.c.judgement.is_(None)
    version = connection.execute(select(table.c.version).where(mine)).scalar_one_or_none()
    return None if version is None else str(version)


def one(connection: Connection, number: int) -> Judgement:
    """The judgement of that number. Raises `JudgementRefused`."""
    query = queries.judgements_made().where(schema.judgements.c.id == number)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise JudgementRefused(f"there is no judgement {number}", "`chancery log` lists them")
    judged = connection.execute(queries.judged_in((number,)))
    return judgement_of(row, tuple(r.event for r in judged))


def judgement_of(row: Row[Any], judged: tuple[str, ...], at: At = None) -> Judgement:
    """A row of the table as the record, as the ledger told it at an instant (now without one).

    `judged` are the events of a merge or split. What was closed later was not closed then.
    """
    closed = row.closed_at is not None and (at is None or row.closed_at <= at)
    return Judgement(
        id=row.id,
        verdict=row.verdict,
        reviewer=row.reviewer,
        made_at=row.made_at,
        report=row.report,
        events=judged if row.event is None else (row.event,),
        before=None if row.before is None else revived(row.before),
        after=None if row.after is None else revived(row.after),
        why=row.why,
        codebook=row.codebook,
        reader=row.reader,
        closed_at=row.closed_at if closed else None,
        closed_why=row.closed_why if closed else None,
    )
