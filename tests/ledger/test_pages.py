"""Long lists: turned over page by page, counted, and led by whatever is narrowest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from benchmarks.events import ACTORS, synthetic
from chancery.ledger import EventQuery, Ledger, LedgerEvent, Ruling
from chancery.records import STAGE_OF
from tests.factories import make_event, make_party, make_reading, make_report

AHEAD = tuple(status for status, stage in STAGE_OF.items() if stage == "ahead")
ONE, OTHER = ACTORS[0], ACTORS[1]
QUERIES = [
    EventQuery(),
    EventQuery(actor=(ONE,)),
    EventQuery(recipient=(OTHER,)),
    EventQuery(actor=(ONE, OTHER)),
    EventQuery(actor=(ONE,), recipient=(OTHER,)),
    EventQuery(actor=(ONE, OTHER), recipient=(OTHER,)),
    EventQuery(between=(OTHER, ONE)),
    EventQuery(between=(ONE, OTHER), actor=(ONE,), since=date(2004, 1, 1), until=date(2015, 1, 1)),
    EventQuery(status=AHEAD),
    EventQuery(status=("promised",)),
    EventQuery(status=("promised", "occurred")),
    EventQuery(actor=(ONE,), status=("promised", "planned")),
    EventQuery(actor=(ONE,), status=AHEAD, since=date(2004, 1, 1), until=date(2015, 1, 1)),
    EventQuery(recipient=(ONE,), act=("AID", "ACCUSE"), min_confidence=0.6),
    EventQuery(since=date(2010, 1, 1)),
]


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    list(ledger.bulk_load(synthetic(240, 6)))
    undated = make_report("Undated.", published=None)
    lines = [make_event(f"u{n}", (ONE,), (OTHER,), status=("promised", "occurred")[n % 2]) for n in range(5)]
    twice = (make_party(ONE, "its army"), make_party(ONE, "its navy"))
    lines.append(replace(make_event("u9", (ONE,), (OTHER,)), actors=twice))
    ledger.store(make_reading(lines, report=undated))
    ledger.judge(Ruling("accept", "Ann", ("u1",)))
    ledger.judge(Ruling("reject", "Ann", ("u2",), why="no act"))
    return ledger


def fits(line: LedgerEvent, query: EventQuery) -> bool:
    """What the query asks, said in Python."""
    event, published = line.event, line.report.published
    first, last = (event.time.start, event.time.end) if event.time else (published, published)
    givers, takers = ({p.id for p in side} for side in (event.actors, event.recipients))
    two = set(query.between or ())
    return (
        (not query.actor or bool(givers & set(query.actor)))
        and (not query.recipient or bool(takers & set(query.recipient)))
        and (not two or (givers | takers >= two and bool(givers & two) and bool((takers or givers) & two)))
        and (not query.status or event.status in query.status)
        and (not query.act or event.act in query.act)
        and (query.since is None or (last is not None and last >= query.since))
        and (query.until is None or (first is not None and first <= query.until))
        and event.confidence >= query.min_confidence
    )


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_each_question_has_its_answers_once_in_either_order_and_page_by_page(
    filled: Ledger, number: int
) -> None:
    query = QUERIES[number]
    wanted = [line for line in filled.events() if fits(line, query)]
    assert list(filled.events(query)) == wanted
    assert wanted
    latest = filled.events(replace(query, newest=True))
    undated = [line.event.id for line in wanted if line.place[0] is None]
    dated = sorted((line.place for line in wanted if line.place[0]), key=lambda p: p[1])
    dated.sort(key=lambda p: p[0] or date.min, reverse=True)
    assert [line.event.id for line in latest] == [*(id for _, id in dated), *sorted(undated)]
    assert filled.count(replace(query, limit=3)) == len(wanted)
    pages, after = list[LedgerEvent](), None
    while page := filled.events(replace(query, newest=True, limit=7, after=after)):
        pages += page
        after = page[-1].place
    assert tuple(pages) == latest
