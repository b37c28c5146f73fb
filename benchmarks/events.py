"""Synthetic readings for benchmarks: many events of few actors, spread over years, told alike.

Actors are drawn by Zipf's law, as news has them: the first of 200 is a party of about every fifth
event. One event in five is promised, offered or planned; three in four have a time of their own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate

from chancery.records import (
    Act,
    Actor,
    Amount,
    Codes,
    Event,
    Instrument,
    Mention,
    Party,
    Reading,
    Reason,
    Report,
    Span,
    Status,
    Time,
    event_id,
    report_id,
)

ACTORS = tuple(f"{chr(65 + n // 26 // 26)}{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}" for n in range(200))
_WEIGHTS = tuple(accumulate(1 / (n + 1) for n in range(len(ACTORS))))
_KINDS: tuple[tuple[Act, Instrument | None], ...] = (
    ("AID", "loan"), ("CONSULT", "visit"), ("SUPPORT", "recognition"), ("COOPERATE", "trade"),
    ("SANCTION", "sanctions"), ("ACCUSE", None), ("REQUEST", "arms"), ("AGREE", "agreement"),
)  # fmt: skip
_STATUSES: tuple[Status, ...] = (
    "occurred", "occurred", "occurred", "ongoing", "occurred", "requested", "refused", "promised",
    "offered", "planned",
)  # fmt: skip
_FIRST, _DAYS = date(2000, 1, 1), 9000  # until August 2024
_SENTENCE = "{one} told {other} on {day} that it would lend {value} million dollars for the new port of {n}. "


def synthetic(events: int, each: int, *, version: str = "synthetic-1", seed: int = 7) -> Iterator[Reading]:
    """Readings with that many events in all, `each` a report; the same for the same arguments."""
    draw = random.Random(seed)  # noqa: S311 (a reproducible draw)
    for number in range(events // each):
        yield _reading(draw, number, each, version)


def _reading(draw: random.Random, number: int, each: int, version: str) -> Reading:
    published = _FIRST + timedelta(days=number * 7919 % _DAYS)
    drawn = [draw.choices(ACTORS, cum_weights=_WEIGHTS, k=2) for _ in range(each)]
    sentences = [
        _SENTENCE.format(one=one, other=other, day=published, value=number % 900 + 1, n=f"{number}-{i}")
        for i, (one, other) in enumerate(drawn)
    ]
    text = "".join(sentences)
    report = Report(
        report_id(text, "The Gazette"), text, f"{number}.txt", f"Report {number}", "The Gazette", published,
        None, "en",
    )  # fmt: skip
    starts = list(accumulate(map(len, sentences), initial=0))
    lines = tuple(
        _event(draw, report, Span(starts[i], starts[i] + len(words) - 1), pair)
        for i, (words, pair) in enumerate(zip(sentences, drawn, strict=True))
    )
    named = dict.fromkeys(actor for pair in drawn for actor in pair)
    actors = tuple(Actor(i, f"State {i}", "state") for i in named)
    parties = (p for e in lines for p in e.actors)
    mentions = tuple(Mention(p.span or Span(0, 3), p.text, p.id, p.id, "name") for p in parties)
    return Reading(report, actors, mentions, lines, (), (), version)


def _event(draw: random.Random, report: Report, sentence: Span, pair: Sequence[str]) -> Event:
    act, instrument = draw.choice(_KINDS)
    one, other = pair
    at = sentence.start
    trigger = Span(at + 4, at + 8)
    day = (report.published or _FIRST) - timedelta(days=draw.randrange(60))
    spoken = Span(at + 16, at + 26)
    time = Time(str(day), day, day, "day", spoken) if draw.random() < 0.75 else None
    value = float(draw.randrange(1, 900)) * 1e6
    amount = Amount("that much", value, "USD", None, None, None, None, spoken)
    actor = Party(one, "GOV", None, one, Span(at, at + 3))
    recipient = Party(other, None, None, other, Span(at + 9, at + 12))
    reasons = (Reason("act", "model", act, 0.9), Reason("status", "model", "occurred", 0.8))
    return Event(
        event_id(report.id, trigger), trigger, "told", sentence, act, instrument, draw.choice(_STATUSES),
        (actor,), (recipient,), (), (), time, None, (amount,) if instrument == "loan" else (), (),
        Codes(act, None, ("economic",), "071", 1, 3.4), round(draw.uniform(0.3, 1.0), 3), reasons,
    )  # fmt: skip
