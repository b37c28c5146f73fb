"""How real an act is: the words and clauses that settle it, over small trees."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from chancery.events.conditions import conditions
from chancery.events.statuses import how_real, silent
from chancery.knowledge.event_data import event_cues
from chancery.records import Act, Status
from tests.trees import tree


def settled(doc: Doc, at: int, status: Status, act: Act = "AID") -> Status:
    cues = event_cues()
    told, why = how_real(doc[at], act, status, cues.statuses, conditions(doc, cues.links))
    assert bool(why) == (told != status)
    return told


def tagged(text: str, **tags: str) -> Doc:
    doc = tree(text)
    for token in doc:
        token.tag_ = tags.get(token.text, "")
    return doc


MULLS = tagged(
    "Quito 2 nsubj PROPN\nmulls 0 root VERB mull\nsending 2 xcomp VERB send\ntanks 3 obj", sending="VBG"
)
VOWS = tagged(
    "Quito 2 nsubj PROPN\nvows 0 root VERB vow\nto 4 mark PART\nsend 2 xcomp VERB\ntanks 4 obj", send="VB"
)
DENIES = tagged(
    "Quito 2 nsubj PROPN\ndenies 0 root VERB deny\nthat 5 mark\nit 5 nsubj\nasked 2 ccomp VERB ask",
    asked="VBD",
)
DISMISSED = tagged(
    """
    Quito 2 nsubj PROPN
    dismissed 0 root VERB dismiss
    claims 2 obj NOUN claim
    that 6 mark SCONJ
    it 6 nsubj PRON
    paid 3 acl VERB pay
    """,
    paid="VBD",
)
POSSIBLE = tree("a 3 det\npossible 3 amod ADJ\nsale 0 root NOUN")
AHEAD = tree("ahead 4 case ADV\nof 1 fixed ADP\nthe 4 det\nvisit 0 root NOUN")
RULED_OUT = tagged(
    "Quito 4 nsubj PROPN\ndid 4 aux AUX do\nnot 4 advmod PART not\nrule 0 root VERB\nout 4 compound:prt ADP\n"
    "lending 4 xcomp VERB lend",
    lending="VBG",
)
HELD = tagged("plans 0 root NOUN plan\nto 3 mark PART\nhold 1 acl VERB\ntalks 3 obj NOUN talk", hold="VB")
NEVER = tree(
    "The 2 det\nvisit 4 nsubj NOUN\nnever 4 advmod ADV never\ntook 0 root VERB take\nplace 4 obj NOUN"
)
CALLED_OFF = tree(
    "The 2 det\nvisit 4 nsubj:pass NOUN\nwas 4 aux:pass\ncalled 0 root VERB call\noff 4 compound:prt ADP"
)
WITHOUT = tagged("left 0 root VERB leave\nwithout 3 mark SCONJ\nsigning 1 advcl VERB sign", signing="VBG")


@pytest.mark.parametrize(
    ("doc", "at", "model", "told"),
    [
        (MULLS, 2, "ongoing", "possible"),
        (VOWS, 3, "occurred", "promised"),
        (DENIES, 4, "requested", "not_occurred"),
        (DISMISSED, 5, "occurred", "not_occurred"),
        (POSSIBLE, 2, "occurred", "possible"),
        (AHEAD, 3, "occurred", "planned"),
        (RULED_OUT, 5, "refused", "possible"),
        (HELD, 3, "occurred", "planned"),
        (NEVER, 1, "occurred", "not_occurred"),
        (CALLED_OFF, 1, "occurred", "not_occurred"),
        (WITHOUT, 2, "occurred", "not_occurred"),
    ],
)
def test_a_word_rules_out_what_the_model_settled_on(doc: Doc, at: int, model: Status, told: Status) -> None:
    assert settled(doc, at, model) == told


@pytest.mark.parametrize(("doc", "at"), [(MULLS, 2), (VOWS, 3), (POSSIBLE, 2), (HELD, 3), (NEVER, 1)])
def test_what_no_word_rules_out_stands(doc: Doc, at: int) -> None:
    assert settled(doc, at, "conditional") == "conditional"


def test_another_form_of_the_verb_below_is_not_governed() -> None:
    branding = tagged(
        "Quito 2 nsubj PROPN\nvows 0 root VERB vow\nbranding 2 xcomp VERB brand", branding="VBG"
    )
    assert settled(branding, 2, "occurred") == "occurred"


def test_a_verb_that_adds_more_hides_what_stands_under_it() -> None:
    lift = tagged("plans 0 root NOUN plan\nto 3 mark PART\nlift 1 acl VERB\nsanctions 3 obj NOUN", lift="VB")
    assert settled(lift, 2, "occurred") == "planned"
    assert settled(lift, 3, "ongoing") == "ongoing"


UNLESS = tree("""
Quito 3 nsubj PROPN
will 3 aux AUX
lend 0 root VERB
unless 6 mark SCONJ
Bogota 6 nsubj PROPN
attacks 3 advcl VERB attack
""")
IF = tree("""
If 3 mark SCONJ
Quito 3 nsubj PROPN
pays 6 advcl VERB pay
Lima 6 nsubj PROPN
will 6 aux AUX
leave 0 root VERB
""")
ONLY_AFTER = """
Quito 3 nsubj PROPN
{helper} 3 aux AUX
sign 0 root VERB
only 7 advmod ADV
after 7 mark SCONJ
Lima 7 nsubj PROPN
pays 3 advcl VERB pay
"""


def test_what_depends_and_what_it_depends_on() -> None:
    assert settled(UNLESS, 2, "planned") == "conditional"
    assert settled(UNLESS, 5, "occurred", "ASSAULT") == "demanded"
    assert settled(IF, 5, "promised", "RETREAT") == "conditional"
    assert settled(IF, 2, "occurred", "COOPERATE") == "demanded"
    assert settled(IF, 2, "occurred", "ASSAULT") == "possible"


def test_a_refusal_with_a_condition_stays_a_refusal() -> None:
    assert settled(UNLESS, 2, "refused") == "refused"


def test_only_after_is_a_condition_only_of_what_is_ahead() -> None:
    ahead, past = tree(ONLY_AFTER.format(helper="will")), tree(ONLY_AFTER.format(helper="did"))
    assert settled(ahead, 2, "planned") == "conditional"
    assert settled(ahead, 6, "occurred") == "demanded"
    assert settled(past, 6, "occurred") == "occurred"


def test_provided_aid_opens_no_condition() -> None:
    aid = tree("Quito 2 nsubj PROPN\nprovided 0 root VERB provide\naid 2 obj\nfor 5 case ADP\nschools 2 obl")
    assert conditions(aid, event_cues().links) == ()


def test_a_verb_that_only_says_how_real_an_act_is_has_no_line() -> None:
    cues = event_cues().statuses
    assert silent(VOWS, {1, 3}, cues) == {1}
    assert silent(VOWS, {1}, cues) == frozenset()
    assert silent(DENIES, {1, 4}, cues) == frozenset()  # a denial is an act besides
