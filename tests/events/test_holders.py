"""Whose promise or demand an act is, by the verb that governs it."""

from __future__ import annotations

from typing import Any

import pytest

from chancery.events.holders import with_holders
from chancery.knowledge.event_data import event_cues
from chancery.records import Status
from tests.factories import make_event
from tests.trees import named, tree

EXPECTS = tree("""
Moscow 2 nsubj PROPN
expects 0 root VERB expect
Quito 5 nsubj PROPN
to 5 mark PART
sign 2 ccomp VERB sign
""")


def held(doc: Any, trigger: int, status: Status, others: dict[int, Any] | None = None) -> tuple[str, ...]:
    event = make_event("e1", ("ECU",), status=status)
    events = {trigger: event, **(others or {})}
    found = named(doc, Moscow="RUS", Quito="ECU")
    return with_holders(doc, events, found, event_cues().holding)[trigger].held_by


def test_the_subject_of_the_governing_verb_holds_it() -> None:
    assert held(EXPECTS, 4, "expected") == ("RUS",)


def test_a_verb_that_cannot_stand_behind_the_status_holds_nothing() -> None:
    assert held(EXPECTS, 4, "occurred") == ()
    assert held(EXPECTS, 4, "refused") == ("ECU",)  # whoever acts refuses


@pytest.mark.parametrize("status", ["promised", "planned", "offered", "refused"])
def test_what_one_does_oneself_one_holds(status: Status) -> None:
    doc = tree("Quito 2 nsubj PROPN\nsigns 0 root VERB sign")
    assert held(doc, 1, status) == ("ECU",)


def test_a_request_that_is_an_act_itself_gives_its_actors() -> None:
    doc = tree("""
    demand 0 root NOUN demand
    to 3 mark PART
    sign 1 acl VERB sign
    """)
    request = make_event("e0", ("COL",), ("ECU",), act="REQUEST", status="requested")
    assert held(doc, 2, "demanded", {0: request}) == ("COL",)


def test_the_model_is_not_overruled() -> None:
    event = make_event("e1", status="expected", held_by=("GRA",))
    found = named(EXPECTS, Moscow="RUS")
    assert with_holders(EXPECTS, {4: event}, found, event_cues().holding)[4] == event


@pytest.mark.parametrize(
    ("noun", "status", "holder"),
    [("promise", "promised", ("RUS",)), ("demand", "demanded", ("RUS",)), ("demand", "promised", ("ECU",))],
)
def test_whose_promise_a_noun_tells_holds_it(noun: str, status: Status, holder: tuple[str, ...]) -> None:
    doc = tree(f"""
    Moscow 2 nmod:poss PROPN
    {noun} 0 root NOUN {noun}
    to 4 mark PART
    help 2 acl VERB help
    """)
    assert held(doc, 3, status) == holder


def test_an_offer_from_somebody_is_theirs() -> None:
    doc = tree("""
    offers 0 root NOUN offer
    from 3 case ADP
    Moscow 1 nmod PROPN
    to 5 mark PART
    help 1 acl VERB help
    """)
    assert held(doc, 4, "offered") == ("RUS",)
