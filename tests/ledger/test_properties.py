"""Whatever is stored and judged in whatever order: each answer of the past can be had again."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.errors import EventUnknown, JudgementRefused
from chancery.ledger import Ledger, Ruling, open_ledger
from chancery.ledger.columns import storable
from chancery.ledger.encoding import as_json
from chancery.ledger.reviving import revived
from chancery.ledger.rows import pairs_of
from chancery.records import Act, Report
from tests.databases import SERVER, WITHOUT_SERVER, server_place
from tests.factories import full_reading, make_event, make_party, make_reading, make_report

REPORTS = tuple(make_report(f"Ruritania recognized Graustark, says {n}.", file=f"{n}.txt") for n in range(2))
_acts: st.SearchStrategy[Act] = st.sampled_from(("SUPPORT", "REJECT"))
_line = st.tuples(st.integers(0, 3), _acts)
_read = st.tuples(st.just("read"), st.integers(0, 1), st.integers(1, 3), st.lists(_line, max_size=4))
_judge = st.tuples(
    st.sampled_from(("accept", "reject", "correct")),
    st.integers(0, 1),
    st.integers(0, 3),
    st.sampled_from("AB"),
)
_withdraw = st.tuples(st.just("withdraw"), st.integers(1, 4))
_steps = st.lists(st.one_of(_read, _judge, _withdraw), min_size=1, max_size=8)


def line_id(report: Report, number: int) -> str:
    return f"e{report.id[:4]}{number}"


def take(ledger: Ledger, step: tuple[Any, ...]) -> None:
    match step:
        case "read", which, version, lines:
            acts = dict(lines)
            events = [make_event(line_id(REPORTS[which], n), act=act) for n, act in acts.items()]
            ledger.store(make_reading(events, report=REPORTS[which], version=str(version)))
        case "withdraw", number:
            ledger.withdraw(number)
        case verdict, which, number, who:
            id = line_id(REPORTS[which], number)
            line = ledger.event(id).event
            status = "planned" if line.status == "occurred" else "occurred"
            after = replace(line, status=status) if verdict == "correct" else None
            ledger.judge(Ruling(verdict, who, (id,), after, None, "why"))


def answers(ledger: Ledger) -> tuple[Any, ...]:
    return ledger.events(), ledger.reports(), ledger.findings(), ledger.judgements(), dict(ledger.actors())


def holds_together(ledger: Ledger) -> None:
    lines = Counter(line.event.id for line in ledger.events())
    assert not [id for id, count in lines.items() if count > 1], "a line stands once"
    held = Counter((j.events, j.reviewer) for j in ledger.judgements())
    assert not [key for key, count in held.items() if count > 1], "one word of one person on one line"
    rejected = {j.events[0] for j in ledger.judgements() if j.verdict == "reject"}
    kept = {j.events[0] for j in ledger.judgements() if j.verdict != "reject"}
    assert not (rejected - kept) & lines.keys()


@settings(max_examples=25, deadline=None)
@given(_steps)
def test_the_past_answers_as_it_did(steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        replayed(str(Path(folder) / "l.db"), steps)


@settings(max_examples=5, deadline=None)
@given(_steps)
def test_the_past_answers_as_it_did_on_a_server(steps: list[tuple[Any, ...]]) -> None:
    if SERVER is None:
        pytest.skip(WITHOUT_SERVER)
    with server_place(SERVER) as place:
        replayed(place, steps)


def replayed(place: str, steps: list[tuple[Any, ...]]) -> None:
    with open_ledger(place, create=True) as ledger:
        past = []
        for step in steps:
            try:
                take(ledger, step)
            except (EventUnknown, JudgementRefused):
                continue
            holds_together(ledger)
            past.append((datetime.now(UTC), answers(ledger)))
        for instant, said in past:
            assert answers(ledger.at(instant)) == said


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, 3), min_size=1), st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)))
def test_all_judgements_on_words_that_did_not_change_are_kept(
    judged: set[int], same: set[int], otherwise: set[int]
) -> None:
    report = REPORTS[0]
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(str(Path(folder) / "l.db"), create=True) as ledger,
    ):
        first = [make_event(line_id(report, n)) for n in range(4)]
        ledger.store(make_reading(first, report=report))
        for n in judged:
            ledger.judge(Ruling("accept", "Ann", (line_id(report, n),)))
        anew = [make_event(line_id(report, n), status="planned") for n in same]
        anew += [make_event(line_id(report, n), act="REJECT") for n in otherwise - same]
        ledger.store(make_reading(anew, report=report, version="2"))
        assert {j.events[0] for j in ledger.judgements()} == {line_id(report, n) for n in judged & same}
        lost = [f for f in ledger.findings() if f.finding.kind == "judgement_not_carried"]
        assert len(lost) == len(judged - same)


@given(st.text())
def test_what_is_made_storable_keeps_its_length(words: str) -> None:
    for dialect in ("sqlite", "postgresql"):
        kept = storable(words, dialect)
        assert len(kept) == len(words)
        kept.encode("utf8")
    assert storable(words, "sqlite") == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in words)


@given(st.text(), st.floats(allow_nan=False), st.integers())
def test_an_event_comes_back_from_its_json(words: str, value: float, count: int) -> None:
    event = full_reading().events[1]
    event = replace(
        event,
        trigger_text=words,
        amounts=(replace(event.amounts[0], value=value, text=words),),
        goods=(replace(event.goods[0], count=count),),
    )
    assert revived(as_json(event)) == event


@given(st.lists(st.sampled_from("ABCD"), max_size=4), st.lists(st.sampled_from("ABCD"), max_size=4))
def test_pairs_are_those_that_the_brief_counts(givers: list[str], takers: list[str]) -> None:
    event = make_event("e", actors=givers, recipients=takers)
    event = replace(event, recipients=tuple(make_party(t) for t in takers))
    for one, other in ("AB", "AC", "BD", "CD"):
        crossed = (one in givers and other in takers) or (other in givers and one in takers)
        joint = not takers and one in givers and other in givers
        assert ((one, other) in pairs_of(event)) == (crossed or joint)
