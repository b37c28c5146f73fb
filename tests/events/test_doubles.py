"""The same act named twice in a sentence is one line; acts that contradict each other are two."""

from __future__ import annotations

from chancery.events.doubles import merge_doubles
from chancery.records import Span
from tests.factories import make_amount, make_event
from tests.trees import tree

GRANTED = tree("""
Moscow 2 nsubj PROPN
granted 0 root VERB grant
loan 2 obj NOUN loan
and 5 cc CCONJ
visited 2 conj VERB visit
""")


def test_verb_and_object_name_one_act() -> None:
    verb = make_event("e1", trigger=Span(7, 14), confidence=0.9)
    noun = make_event("e2", trigger=Span(15, 19), confidence=0.7, amounts=(make_amount(1e9),))
    kept, into = merge_doubles(GRANTED, {1: verb, 2: noun})
    assert list(kept) == [1]
    assert into == {"e2": "e1"}
    assert kept[1].amounts == noun.amounts
    assert any("also named by" in reason.detail for reason in kept[1].reasons)


def test_other_parties_acts_or_clauses_stay_apart() -> None:
    one = make_event("e1", trigger=Span(7, 14))
    for other in (
        make_event("e2", ("BOR",), trigger=Span(15, 19)),
        make_event("e2", act="AID", trigger=Span(15, 19)),
        make_event("e2", status="promised", trigger=Span(15, 19)),
    ):
        assert len(merge_doubles(GRANTED, {1: one, 2: other})[0]) == 2
    coordinated = make_event("e3", trigger=Span(24, 31))
    assert len(merge_doubles(GRANTED, {1: one, 4: coordinated})[0]) == 2
