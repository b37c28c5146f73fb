"""Small readings for tests: a report of a few words, and events whose spans lie in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from chancery.records import (
    Act,
    Actor,
    ActorKind,
    Amount,
    Codes,
    Event,
    Finding,
    Goods,
    Instrument,
    Link,
    LinkKind,
    Mention,
    Party,
    Place,
    Reading,
    Reason,
    Report,
    Span,
    Speaker,
    Status,
    Time,
    report_id,
)

TEXT = (
    "Ruritania recognized Graustark in May. "
    "Borduria lent Ruritania over $1 billion and promised two ferries, its envoy said in Zenda."
)
KINDS: dict[str, ActorKind] = {"GRA": "partly_recognized_state"}
NAMES = {"RUR": "Ruritania", "GRA": "Graustark", "BOR": "Borduria", "SYL": "Syldavia"}


def make_report(text: str = TEXT, **changes: Any) -> Report:
    publisher = changes.get("publisher", "The Strelsau Gazette")
    report = Report(
        id=report_id(text, publisher),
        text=text,
        file="gazette.txt",
        title=None,
        publisher=publisher,
        published=date(2009, 6, 10),
        url=None,
        language="en",
    )
    return replace(report, **changes)


def make_party(actor: str, text: str = "", **changes: Any) -> Party:
    return replace(Party(id=actor, sector=None, agent=None, text=text, span=None), **changes)


def make_time(start: date, end: date | None = None, words: str = "in May") -> Time:
    return Time(words, start, end or start, "range" if end else "day", Span(0, 6))


def make_amount(value: float, currency: str | None = "USD", **changes: Any) -> Amount:
    plain = Amount("that much", value, currency, None, None, None, None, Span(0, 4))
    return replace(plain, **changes)


def make_speaker(text: str, actor: str | None = None) -> Speaker:
    return Speaker(text=text, actor=actor, span=Span(0, 1), cue="said")


def make_event(
    id: str,
    actors: Sequence[str] = ("RUR",),
    recipients: Sequence[str] = ("GRA",),
    *,
    act: Act = "SUPPORT",
    instrument: Instrument | None = "recognition",
    status: Status = "occurred",
    **changes: Any,
) -> Event:
    event = Event(
        id=id,
        trigger=Span(10, 20),
        trigger_text="recognized",
        sentence=Span(0, 38),
        act=act,
        instrument=instrument,
        status=status,
        actors=tuple(make_party(a) for a in actors),
        recipients=tuple(make_party(r) for r in recipients),
        held_by=(),
        speakers=(),
        time=None,
        place=None,
        amounts=(),
        goods=(),
        codes=Codes(act, None, (), None, 1, 0.0),
        confidence=0.9,
        reasons=(Reason("act", "lexicon", "recognize", 1.0),),
    )
    return replace(event, **changes)


def make_link(give: str, take: str, *, kind: LinkKind = "in_return_for", explicit: bool = True) -> Link:
    reason = "in return" if explicit else "told side by side"
    return Link(kind, give, take, Span(0, 20), explicit, reason)


def make_reading(
    events: Sequence[Event] = (),
    links: Sequence[Link] = (),
    *,
    report: Report | None = None,
    version: str = "1",
    findings: Sequence[Finding] = (),
) -> Reading:
    parties = [p.id for e in events for p in (*e.actors, *e.recipients)]
    return Reading(
        report=report or make_report(),
        actors=tuple(Actor(i, NAMES.get(i, i), KINDS.get(i, "state")) for i in dict.fromkeys(parties)),
        mentions=(),
        events=tuple(events),
        links=tuple(links),
        findings=tuple(findings),
        version=version,
    )


def full_reading(version: str = "1") -> Reading:
    """A reading that fills every table of the ledger and every key of the contract."""
    envoy = Span(TEXT.index("its envoy"), TEXT.index(" said"))
    loan = make_event(
        "b2",
        ("BOR",),
        ("RUR",),
        act="AID",
        instrument="loan",
        held_by=("BOR",),
        time=make_time(date(2009, 5, 1), date(2009, 5, 31)),
        place=Place("Zenda", "RUR", Span(TEXT.index("Zenda"), TEXT.index("Zenda") + 5)),
        speakers=(Speaker("its envoy", "BOR", envoy, "said"),),
        amounts=(make_amount(1e9, bound="over", low=1e9),),
        goods=(Goods("two ferries", 2, "ferries", "ships", Span(83, 94)),),
    )
    reading = make_reading([make_event("a1"), loan], [make_link("b2", "a1")], version=version)
    first = Mention(Span(0, 9), "Ruritania", "RUR", "RUR", "name", "GOV", None, None)
    told = Mention(
        Span(39, 56), "President Rassendyll", "RUR", "RUR", "office", "GOV", "Rudolf Rassendyll", "president"
    )
    doubt = Finding("unclear_actor", "two ferries: whose?", Span(83, 94), "b2")
    return replace(reading, mentions=(first, told), findings=(doubt, Finding("note", "no title")))
