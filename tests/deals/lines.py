"""Lines of a ledger for tests, a report each, without a ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from chancery.deals.deeds import Deed, deeds
from chancery.ledger import LedgerEvent, LedgerLink, ReportEntry
from chancery.records import Act, Actor, Goods, Instrument, LinkKind, Span, Status
from tests.factories import make_event, make_link, make_time

READ = datetime(2020, 1, 1, tzinfo=UTC)
TEXT = "It recognized them during the president's visit, and nobody knows what it was paid for that in all."


def entry(report: str, published: date | None, publisher: str | None = None) -> ReportEntry:
    return ReportEntry(report, f"{report}.txt", None, publisher, published, None, "en", READ, "1")


def line(
    id: str,
    told: str,
    parties: str = "RUR>GRA",
    act: Act = "SUPPORT",
    instrument: Instrument | None = "recognition",
    status: Status = "occurred",
    *,
    day: str | None = None,
    report: str | None = None,
    **changes: Any,
) -> LedgerEvent:
    """A line told on a day; `parties` as "A,B>C"."""
    givers, _, takers = parties.partition(">")
    if day is not None:
        first, _, last = day.partition("/")
        changes["time"] = make_time(date.fromisoformat(first), date.fromisoformat(last or first))
    changes.setdefault("trigger", Span(3, 13))
    changes.setdefault("sentence", Span(0, TEXT.index(",")))
    event = make_event(
        id,
        tuple(i for i in givers.split(",") if i),
        tuple(i for i in takers.split(",") if i),
        act=act,
        instrument=instrument,
        status=status,
        **changes,
    )
    return LedgerEvent(event, entry(report or f"r{id}", date.fromisoformat(told)))


def acts(*lines: LedgerEvent) -> tuple[Deed, ...]:
    return deeds(lines)


def tied(
    give: LedgerEvent, take: LedgerEvent, kind: LinkKind = "in_return_for", *, explicit: bool = True
) -> LedgerLink:
    return LedgerLink(
        make_link(give.event.id, take.event.id, kind=kind, explicit=explicit), give.report, "for"
    )


def goods(item: str, count: int | None = None) -> Goods:
    return Goods(item, count, item, None, Span(0, 4))


def states(*ids: str) -> dict[str, Actor]:
    return {i: Actor(i, i.title(), "state") for i in ids}


def text(_: str) -> str:
    return TEXT
