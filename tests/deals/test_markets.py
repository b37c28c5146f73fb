"""Favours, what stands beside them, and whether that is nearer in time than chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chancery.deals.chance import LEAST, closeness
from chancery.deals.favours import Favour, favours
from chancery.deals.markets import Gift, Market, MarketQuery, market
from chancery.ledger import LedgerEvent, LedgerLink
from chancery.records import Actor, Span
from tests.deals.lines import acts, goods, line, states, text, tied
from tests.factories import make_amount, make_party, make_speaker

ACTORS = states("RUR", "SYL", "BOR", "PEK") | {"GRA": Actor("GRA", "Graustark", "partly_recognized_state")}
QUERY = MarketQuery(("loan", "arms"), ("recognition",))


def done(*lines: LedgerEvent, whom: tuple[str, ...] = ()) -> list[Favour]:
    return list(favours(acts(*lines), ACTORS, ("recognition", "relations"), whom, text))


def prices(*lines: LedgerEvent, links: tuple[LedgerLink, ...] = (), query: MarketQuery = QUERY) -> Market:
    return market(acts(*lines), links, ACTORS, query, text)


def gifts(found: Market, state: str = "RUR") -> list[Gift]:
    return [g for e in found.exchanges if e.favour.state == state for g in e.gifts]


RECOGNIZED = line("f", "2009-09-10", "RUR>GRA")
LOAN = line("g", "2009-12-10", "BOR>RUR", "AID", "loan", amounts=(make_amount(1e9),))


def test_the_first_telling_counts() -> None:
    again = line("f2", "2010-01-01", "RUR>GRA")
    (favour,) = done(RECOGNIZED, again)
    assert (favour.state, favour.whom, favour.day) == ("RUR", ("GRA",), date(2009, 9, 10))
    assert [d.id for d in favour.deeds] == ["f", "f2"]


def test_a_withdrawal_ends_it_and_another_begins() -> None:
    ends = line("w", "2011-03-01", "RUR>GRA", "SANCTION", trigger_text="withdraws")
    anew = line("f3", "2012-01-01", "RUR>GRA")
    terms = [(f.day, f.withdrawn) for f in done(RECOGNIZED, ends, anew)]
    assert terms == [(date(2009, 9, 10), date(2011, 3, 1)), (date(2012, 1, 1), None)]


def test_what_is_withdrawn_in_the_same_words_was_recognized_before() -> None:
    both = {"report": "r", "sentence": Span(0, 60)}
    ends = line("w", "2011-03-01", "RUR>GRA", "SANCTION", trigger_text="withdraws", **both)  # type: ignore[arg-type]
    noun = line("f", "2011-03-01", "RUR>GRA", trigger_text="recognition", **both)  # type: ignore[arg-type]
    assert [(f.day, f.withdrawn) for f in done(ends, noun)] == [(None, date(2011, 3, 1))]


def test_a_switch_leaves_one_and_takes_another() -> None:
    words = "Ruritania switches recognition from Syldavia to Peking."
    at = {name: Span(words.index(name), words.index(name) + len(name)) for name in ("Syldavia", "Peking")}
    switched = line("s", "2005-01-20", "RUR>SYL,PEK", trigger_text="switches")
    event = switched.event
    parties = tuple(make_party(i, span=at[name]) for i, name in (("SYL", "Syldavia"), ("PEK", "Peking")))
    told = acts(LedgerEvent(type(event)(**{**_fields(event), "recipients": parties}), switched.report))
    found = favours(told, ACTORS, ("recognition",), (), lambda _: words)
    assert [(f.whom, f.day is None, f.withdrawn is not None) for f in found] == [
        (("SYL",), True, True),
        (("PEK",), False, False),
    ]


def _fields(event: object) -> dict[str, object]:
    return {name: getattr(event, name) for name in type(event).__slots__}  # type: ignore[attr-defined]


def test_what_is_only_ahead_stands_where_nothing_is_done() -> None:
    ahead = line("a", "2009-01-01", "RUR>GRA", status="promised")
    assert [f.stage for f in done(ahead)] == ["ahead"]
    assert [f.stage for f in done(ahead, RECOGNIZED)] == ["done"]


def test_what_was_only_assumed_and_is_still_expected_later_is_not_done() -> None:
    insiders = make_speaker("Insiders")
    assumed = line("i", "2009-10-20", "RUR>GRA", speakers=(insiders,))
    expected = line("e", "2009-10-26", "RUR>GRA", status="expected")
    (favour,) = done(assumed, expected)
    assert (favour.stage, favour.lead.id, [d.id for d in favour.others]) == ("ahead", "e", ["i"])
    assert [f.stage for f in done(assumed)] == ["done"], "nothing tells otherwise"
    earlier = line("e", "2009-10-19", "RUR>GRA", status="expected")
    assert [f.stage for f in done(assumed, earlier)] == ["done"], "it may have come since"
    dated = line("d", "2009-10-20", "RUR>GRA", speakers=(insiders,), day="2009-10-18")
    assert [f.stage for f in done(dated, expected)] == ["done"]
    assert [f.stage for f in done(RECOGNIZED, expected)] == ["done"], "the report's own word"


@pytest.mark.parametrize(
    ("words", "trigger", "is_own"),
    [
        ("Ruritania promotes recognition of Graustark.", "recognition", False),
        ("Ruritania spoke about the recognition of Graustark.", "recognition", False),
        ("Ruritania announced the recognition of Graustark.", "recognition", True),
        ("Ruritania rewarded Graustark for recognition.", "rewarded", False),
    ],
)
def test_an_act_about_recognition_recognizes_nobody(words: str, trigger: str, is_own: bool) -> None:
    at = words.index(trigger)
    told = line(
        "f", "2009-09-10", "RUR>GRA", trigger=Span(at, at + len(trigger)), trigger_text=trigger,
        sentence=Span(0, len(words)),
    )  # fmt: skip
    assert bool(favours(acts(told), ACTORS, ("recognition",), (), lambda _: words)) is is_own


def test_who_is_partly_recognized_is_rather_whom_it_was_about() -> None:
    actors = ACTORS | {
        "ALL": Actor("ALL", "The Alliance", "igo"),
        "PAR": Actor("PAR", "Paria", "partly_recognized_state"),
    }

    def found(parties: str) -> list[tuple[str, tuple[str, ...]]]:
        told = acts(line("f", "2009-09-10", parties))
        return [(f.state, f.whom) for f in favours(told, actors, ("recognition",), (), text)]

    assert found("GRA>RUR,ALL") == found("GRA>") == []
    assert found("GRA>PAR") == [("GRA", ("PAR",))]
    assert found("RUR>GRA,ALL") == [("RUR", ("GRA",))]
    assert found("RUR>ALL") == []


def test_relations_kept_up_are_not_opened() -> None:
    kept = line("k", "2009-01-01", "RUR>GRA", instrument="relations", trigger_text="reaffirms")
    assert done(kept) == []


def test_words_tie_and_nearness_does_not() -> None:
    near = line("n", "2009-10-01", "BOR>RUR", "AID", "arms")
    found = prices(RECOGNIZED, LOAN, near, links=(tied(LOAN, RECOGNIZED),))
    assert found.givers == ("BOR",)
    assert [(g.deed.id, g.how, g.order, g.days) for g in gifts(found)] == [
        ("n", "near", "after", 21),
        ("g", "stated", "after", 91),
    ]


def test_without_a_known_giver_nothing_is_near() -> None:
    assert gifts(prices(RECOGNIZED, LOAN)) == []
    asked = MarketQuery(("loan",), ("recognition",), givers=("BOR",))
    assert [g.how for g in gifts(prices(RECOGNIZED, LOAN, query=asked))] == ["near"]
    short = MarketQuery(("loan",), ("recognition",), givers=("BOR",), near=timedelta(days=30))
    assert gifts(prices(RECOGNIZED, LOAN, query=short)) == []


def test_inferred_ties_say_so() -> None:
    found = prices(RECOGNIZED, LOAN, links=(tied(LOAN, RECOGNIZED, explicit=False),))
    assert [g.how for g in gifts(found)] == ["together"]


def test_what_was_not_requited_then_stays_beside_what_came_later() -> None:
    early = line("e", "2008-10-01", "BOR>RUR", "AID", "loan", day="2008-09-01")
    not_then = line("x", "2008-10-01", "RUR>GRA", status="not_occurred")
    found = prices(RECOGNIZED, early, not_then, links=(tied(early, not_then, "unrequited"),))
    assert [(g.deed.id, g.kind, g.order) for g in gifts(found)] == [("e", "unrequited", "before")]


def test_received_promised_sought_and_given() -> None:
    offered = line("o", "2009-11-01", "BOR>RUR", "AID", "arms", "offered")
    asked = line("r", "2009-11-02", "RUR>BOR", "REQUEST", "loan")
    gave = line("y", "2009-11-03", "RUR>BOR", "AID", "arms")
    query = MarketQuery(("loan", "arms"), ("recognition",), givers=("BOR",))
    found = gifts(prices(RECOGNIZED, LOAN, offered, asked, gave, query=query))
    assert {g.deed.id: (g.stage, g.by_state) for g in found} == {
        "g": ("done", False),
        "o": ("ahead", False),
        "r": ("sought", False),
        "y": ("done", True),
    }


def test_agreements_and_purchases_are_had_and_not_given() -> None:
    agreed = line("a", "2009-11-01", "RUR>BOR", "AGREE", "loan")
    bought = line("b", "2009-11-02", "RUR>BOR", "COOPERATE", "arms", trigger_text="bought")
    contract = line(
        "c", "2009-11-03", "RUR", "SUPPORT", "agreement", "planned",
        goods=(replace(goods("Mi-17", 2), category="helicopters"),),
    )  # fmt: skip
    query = replace(QUERY, givers=("BOR",))
    found = {g.deed.id: g for g in gifts(prices(RECOGNIZED, agreed, bought, contract, query=query))}
    assert {id: (g.by_state, g.givers, g.stage) for id, g in found.items()} == {
        "a": (False, ("BOR",), "done"), "b": (False, ("BOR",), "done"), "c": (False, (), "ahead"),
    }  # fmt: skip


def many(n: int, *, close: bool) -> Market:
    """`n` states, each with a favour, and a gift that lies close to it or to the next state's."""
    actors = states("BOR", *(f"S{i}" for i in range(n))) | {"GRA": ACTORS["GRA"]}
    lines, links = [], []
    for i in range(n):
        told = date(2000, 1, 1) + timedelta(days=300 * i)
        given = told + timedelta(days=10 if close else 300 * ((i * 5 + 3) % n - i))
        favour = line(f"f{i}", told.isoformat(), f"S{i}>GRA")
        gift = line(f"g{i}", given.isoformat(), f"BOR>S{i}", "AID", "loan")
        lines += [favour, gift]
        links.append(tied(gift, favour))
    return market(acts(*lines), links, actors, QUERY, text)


def test_closeness_is_tested_where_states_are_many() -> None:
    near, far = closeness(many(12, close=True)), closeness(many(12, close=False))
    assert near.n == 12
    assert near.median == 10
    assert near.p is not None
    assert near.p < 0.01
    assert far.p is not None
    assert far.p > 0.05
    assert closeness(many(12, close=True)) == near, "the same seed, the same figures"


def test_closeness_is_refused_where_states_are_few() -> None:
    found = closeness(many(LEAST - 1, close=True))
    assert found.p is None
    assert found.refused is not None
    assert str(LEAST) in found.refused
