"""Sides by the tree: table of hand-made trees -> who acts and who suffers."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from chancery.events.doers import Two, family, settled
from chancery.events.parties import others, party
from chancery.knowledge.event_data import event_cues
from chancery.records import Act
from tests.trees import named, tree

ACTORS = {"Warsaw": "POL", "Moscow": "RUS", "Kyiv": "UKR", "Minsk": "BLR", "Riga": "LVA"}


def sides(doc: Doc, at: int, act: Act, agents: str = "", patients: str = "") -> tuple[list[str], list[str]]:
    """The ids of both sides after the rules, from what the model is made to say."""
    found = named(doc, **ACTORS)
    of = {doc[f.start].text: party(doc, f) for f in found}
    two = Two(tuple(of[w] for w in agents.split()), tuple(of[w] for w in patients.split()))
    cues = event_cues()
    told = settled(doc[at], act, two, found, cues.doers, cues.frames[act])
    return [p.id for p in told.agents], [p.id for p in told.patients]


DENIES = tree("""
Warsaw 2 nsubj PROPN
complains 0 root VERB complain
while 5 mark SCONJ
Moscow 5 nsubj PROPN
denies 2 advcl VERB deny
""")


def test_a_verbs_own_subject_acts_and_no_other_clauses() -> None:
    assert sides(DENIES, 4, "REJECT", "Warsaw Moscow") == (["RUS"], [])
    assert sides(DENIES, 1, "ACCUSE", "Warsaw Moscow") == (["POL"], [])


def test_a_subject_the_model_holds_for_the_sufferer_stays_so() -> None:
    assert sides(DENIES, 1, "ACCUSE", "", "Warsaw") == ([], ["POL"])


def test_an_infinitive_is_done_by_whoever_is_directed_to_do_it() -> None:
    doc = tree("""
    Warsaw 2 nsubj PROPN
    urges 0 root VERB urge
    Minsk 2 obj PROPN
    to 5 mark PART
    yield 2 xcomp VERB yield
    """)
    assert sides(doc, 4, "CONCEDE", "Warsaw") == (["BLR"], [])


def test_who_stands_behind_by_acts() -> None:
    doc = tree("""
    Kyiv 3 nsubj:pass PROPN
    was 3 aux:pass AUX
    condemned 0 root VERB condemn
    by 5 case ADP
    Moscow 3 obl:agent PROPN
    """)
    assert sides(doc, 2, "ACCUSE", "Kyiv") == (["RUS"], ["UKR"])


def test_a_list_stands_on_one_side() -> None:
    doc = tree("""
    concessions 0 root NOUN
    to 3 case ADP
    Warsaw 1 nmod PROPN
    and 5 cc CCONJ
    Kyiv 3 conj PROPN
    """)
    assert sides(doc, 0, "CONCEDE", "", "Warsaw") == ([], ["POL", "UKR"])
    assert sides(doc, 0, "CONCEDE", "Kyiv", "Warsaw") == ([], ["POL", "UKR"])


def test_two_partners_of_talks_stand_on_both_sides() -> None:
    doc = tree("""
    talks 0 root NOUN
    between 3 case ADP
    Warsaw 1 nmod PROPN
    and 5 cc CCONJ
    Kyiv 3 conj PROPN
    """)
    assert sides(doc, 0, "CONSULT", "Warsaw") == (["POL"], ["UKR"])
    assert sides(doc, 0, "CONSULT", "Warsaw", "Kyiv") == (["POL"], ["UKR"])


def test_a_backer_is_no_party() -> None:
    doc = tree("""
    Moscow 4 compound PROPN
    - 3 punct PUNCT
    backed 4 amod VERB back
    rebels 5 nsubj NOUN
    shelled 0 root VERB shell
    Kyiv 5 obj PROPN
    """)
    assert sides(doc, 4, "ASSAULT", "Moscow", "Kyiv") == ([], ["UKR"])


def test_whose_the_object_is_suffers_not_where_it_is() -> None:
    doc = tree("""
    downing 0 root NOUN
    of 4 case ADP
    Moscow 4 nmod:poss PROPN
    jet 1 nmod NOUN
    over 6 case ADP
    Riga 1 nmod PROPN
    """)
    assert sides(doc, 0, "ASSAULT", "", "Riga") == ([], ["RUS"])
    assert sides(doc, 0, "CONSULT", "", "Riga") == ([], ["LVA"])


def test_a_name_is_not_given_up_for_its_own_pronoun() -> None:
    """The model's actor is the subject's already, by a better word."""
    doc = tree("""
    Warsaw 2 nsubj PROPN
    says 0 root VERB say
    it 4 nsubj PRON
    lends 2 ccomp VERB lend
    """)
    found = named(doc, Warsaw="POL", it="POL")
    two = Two((party(doc, found[0]),), ())
    assert settled(doc[3], "AID", two, found, event_cues().doers).agents == two.agents


def test_each_other_puts_all_on_both_sides() -> None:
    doc = tree("""
    Warsaw 4 nsubj PROPN
    and 3 cc CCONJ
    Minsk 1 conj PROPN
    accuse 0 root VERB accuse
    each 6 det DET
    other 4 obj ADJ
    """)
    assert sides(doc, 3, "ACCUSE", "Warsaw Minsk") == (["POL", "BLR"], ["POL", "BLR"])


def test_a_family_is_told_from_any_member() -> None:
    doc = tree("""
    Warsaw 0 root PROPN
    , 3 punct PUNCT
    Minsk 1 conj PROPN
    and 5 cc CCONJ
    Kyiv 3 conj PROPN
    """)
    assert [t.text for t in family(doc[4])] == ["Warsaw", "Minsk", "Kyiv"]


def test_a_states_own_people_may_suffer_it_under_other_words() -> None:
    doc = tree("police 2 nsubj\narrest 0 root VERB\nIvan 2 obj PROPN")
    police, ivan = (party(doc, f) for f in named(doc, police="RUS", Ivan="RUS"))
    leader = replace(ivan, agent="Ivan")
    assert others([police], [leader]) == [leader]
    assert others([police], [ivan]) == []  # nobody else is named
    assert others([leader], [leader]) == []


def test_who_stands_where_the_act_puts_its_recipients_is_meant_and_no_other() -> None:
    doc = tree("""
    sanctions 0 root NOUN sanction
    on 3 case ADP
    Minsk 1 nmod PROPN
    for 5 mark SCONJ
    arming 1 acl VERB arm
    Moscow 5 obj PROPN
    """)
    assert sides(doc, 0, "SANCTION", "", "Minsk Moscow") == ([], ["BLR"])


def test_the_holder_of_a_decision_does_what_it_is_about() -> None:
    doc = tree("""
    Riga 2 nsubj PROPN
    regrets 0 root VERB regret
    the 4 det DET
    decision 2 obj NOUN
    of 6 case ADP
    Minsk 4 nmod PROPN
    to 8 mark PART
    train 4 acl VERB train
    troops 8 obj NOUN
    """)
    assert sides(doc, 7, "COOPERATE", "Riga") == (["BLR"], [])


def test_a_relative_pronoun_is_what_it_takes_up() -> None:
    doc = tree("""
    plans 0 root NOUN plan
    of 3 case ADP
    Minsk 1 nmod PROPN
    that 6 obj PRON that
    Warsaw 6 nsubj PROPN
    opposes 1 acl:relcl VERB oppose
    """)
    doc[3].tag_ = "WDT"
    assert sides(doc, 5, "REJECT", "Warsaw") == (["POL"], ["BLR"])


def test_partners_of_one_list_stand_together_against_a_third() -> None:
    doc = tree("""
    Warsaw 4 nsubj PROPN
    and 3 cc CCONJ
    Riga 1 conj PROPN
    thank 0 root VERB thank
    Kyiv 4 obj PROPN
    """)
    assert sides(doc, 3, "SUPPORT", "Warsaw", "Riga Kyiv") == (["POL", "LVA"], ["UKR"])


def test_troops_that_are_sent_are_moved_by_their_own_state() -> None:
    doc = tree("""
    Minsk 3 nsubj:pass PROPN
    was 3 aux:pass AUX
    sent 0 root VERB send
    """)
    assert sides(doc, 2, "MOBILIZE", "", "Minsk") == (["BLR"], [])
