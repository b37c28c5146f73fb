"""What becomes of people's judgements when a report is read anew.

A judgement is carried over where the new reading has a line on the same quoted words (the same
trigger, hence the same id) with the act that the person saw or gave; an added line always, for
its words are the person's own. Where not, it no longer holds, and a finding says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from chancery.ledger import judging, schema
from chancery.ledger.fields import differing, in_words
from chancery.ledger.reviving import revived
from chancery.records import Event, Finding, Reading, Report

NOT_CARRIED = "judgement_not_carried"
OTHERWISE = "judged_line_reads_otherwise"


def carry_over(connection: Connection, reading: Reading, now: datetime) -> tuple[Finding, ...]:
    """Keep or close the judgements on a report's lines; what a person should look at again."""
    lines = {event.id: event for event in reading.events}
    holding = _on_report(connection, reading.report.id)
    return tuple(f for row in holding for f in _carry(connection, row, lines, reading.report, now))


def _on_report(connection: Connection, report: str) -> list[Row[Any]]:
    table = schema.judgements
    mine = (table.c.report == report) & table.c.closed_at.is_(None)
    return list(connection.execute(select(table).where(mine).order_by(table.c.id)))


def _carry(
    connection: Connection, row: Row[Any], lines: dict[str, Event], report: Report, now: datetime
) -> Iterator[Finding]:
    line = lines.get(row.event)
    seen = _events(row)
    if row.verdict != "add" and (line is None or line.act not in {event.act for event in seen}):
        judging.close(connection, row.id, "not_carried", now)
        yield _lost(row, seen[0], line)
        return
    _tell_anew(connection, row, report, now)
    if line is not None and row.verdict != "reject" and (fields := _news(seen, line)):
        yield _otherwise(row, seen[-1], line, fields)


def _news(seen: list[Event], line: Event) -> tuple[str, ...]:
    """Fields that read otherwise than the person left them, and than they read when the person looked."""
    then = differing(seen[0], line)
    return tuple(field for field in differing(seen[-1], line) if field in then)


def _events(row: Row[Any]) -> list[Event]:
    """The line as the person saw it, and as they left it."""
    return [revived(told) for told in (row.before, row.after) if told is not None]


def _lost(row: Row[Any], seen: Event, line: Event | None) -> Finding:
    now = "no line stands on these words now" if line is None else f"the act reads {line.act} now"
    words = f"{row.reviewer}'s {row.verdict} of {row.made_at:%Y-%m-%d} on {seen.act} {seen.trigger_text!r}"
    return Finding(
        NOT_CARRIED, f"{words} was not carried over: {now}", seen.trigger, line.id if line else None
    )


def _otherwise(row: Row[Any], left: Event, line: Event, fields: tuple[str, ...]) -> Finding:
    told = "; ".join(f"{f}: {in_words(left, f)}, not {in_words(line, f)}" for f in fields)
    return Finding(OTHERWISE, f"{row.reviewer} left {told}, as this version reads", line.trigger, line.id)


def _tell_anew(connection: Connection, row: Row[Any], report: Report, now: datetime) -> None:
    """The person's line follows its report where file, title, address or day are told otherwise now."""
    table = schema.readings
    mine = (table.c.judgement == row.id) & table.c.closed_at.is_(None)
    shown = connection.execute(select(table).where(mine)).one_or_none()
    told = ("file", "title", "published", "url", "language")
    if shown is not None and any(getattr(shown, name) != getattr(report, name) for name in told):
        judging.close_line(connection, row.id, now)
        judging.open_line(connection, row.id, row.reviewer, report, _events(row)[-1])
