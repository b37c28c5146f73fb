"""What a verb's own form says of how real its act is."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from chancery.events.moods import by_form
from chancery.records import Act, Status
from tests.trees import tree


def told(doc: Doc, at: int, status: Status, act: Act = "AID", tag: str = "") -> Status | None:
    doc[at].tag_ = tag
    settled = by_form(doc[at], act, status)
    return settled[0] if settled is not None else None


SENT = "Quito 4 nsubj\n{modal} 4 aux AUX\nhave 4 aux AUX\nsent 0 root VERB send\ntanks 4 obj"
WHETHER = "unclear 0 root ADJ\nwhether 4 mark SCONJ\nQuito 4 nsubj\npays 1 ccomp VERB pay"
HAD = "Had 3 aux AUX\nQuito 3 nsubj\npaid 5 advcl VERB pay\nit 5 nsubj\nwon 0 root VERB win\nwould 5 aux AUX"
ONCE = (
    "Quito 3 nsubj\n{will} 3 aux AUX\npay 0 root VERB\n{mark} 6 mark SCONJ\nLima 6 nsubj\nleaves 3 advcl VERB"
)
PLAIN = "Quito 2 nsubj\ncalls 0 root VERB call\noff 2 compound:prt ADP\ntalks 2 obj NOUN"


@pytest.mark.parametrize(
    ("modal", "status"),
    [("would", "not_occurred"), ("may", "possible"), ("could", "possible"), ("will", None)],
)
def test_a_modal_with_have_tells_no_deed(modal: str, status: Status | None) -> None:
    assert told(tree(SENT.format(modal=modal)), 3, "occurred") == status
    assert told(tree(SENT.format(modal=modal)), 3, "planned") is None


def test_what_is_asked_is_not_told() -> None:
    assert told(tree(WHETHER), 3, "not_occurred") == "possible"
    assert told(tree(WHETHER), 3, "requested") is None


def test_a_wish_about_the_past_was_not_done() -> None:
    assert told(tree(HAD), 2, "occurred") == "not_occurred"


def test_what_comes_first_is_still_to_come() -> None:
    assert told(tree(ONCE.format(will="will", mark="once")), 5, "occurred", tag="VBZ") == "expected"
    assert told(tree(ONCE.format(will="did", mark="once")), 5, "occurred", tag="VBZ") is None
    assert told(tree(ONCE.format(will="will", mark="as")), 5, "occurred", tag="VBZ") is None
    assert told(tree(ONCE.format(will="will", mark="once")), 5, "occurred", tag="VBD") is None


def test_a_plain_main_verb_asks_for_nothing_unless_it_is_a_request() -> None:
    assert told(tree(PLAIN), 1, "requested", "REJECT", "VBZ") == "occurred"
    assert told(tree(PLAIN), 1, "requested", "REQUEST", "VBZ") is None
    assert told(tree(PLAIN), 1, "requested", "REJECT", "VB") is None
    assert told(tree(PLAIN), 3, "requested", "CONSULT") is None
