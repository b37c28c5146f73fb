"""Who and to whom by the tree: agents, recipients by frame, never what merely stands beside."""

from __future__ import annotations

import pytest

from chancery.events.parties import by_frame, by_syntax, given, likeliest, party, runs
from chancery.knowledge.event_data import event_cues
from chancery.language import ActProposal, Scored
from tests.trees import named, tree

LENT = tree("""
Moscow 2 nsubj PROPN
lent 0 root VERB lend
money 2 obj
to 5 case ADP
Caracas 2 obl PROPN
after 7 case ADP
Quito 2 obl PROPN
""")
ACTORS = {"Moscow": "RUS", "Caracas": "VEN", "Quito": "ECU", "Kyiv": "UKR", "Minsk": "BLR"}


def recipients(doc: object, trigger: int, act: str, hints: dict[int, float]) -> list[str]:
    found = named(doc, **ACTORS)  # type: ignore[arg-type]
    frame = event_cues().frames[act]  # type: ignore[index]
    return [p.id for p in by_frame(doc[trigger], frame, list(hints.items()), found, 0.15)]  # type: ignore[index]


def test_the_agent_is_the_subject() -> None:
    assert [p.id for p in by_syntax(LENT, LENT[1], named(LENT, **ACTORS), event_cues().doers)] == ["RUS"]


def test_a_recipient_stands_where_the_frame_says_and_the_model_suspects() -> None:
    assert recipients(LENT, 1, "AID", {4: 0.2}) == ["VEN"]


def test_nothing_the_model_never_suspected() -> None:
    assert recipients(LENT, 1, "AID", {}) == []
    assert recipients(LENT, 1, "AID", {4: 0.1}) == []


def test_nothing_outside_the_frame() -> None:
    assert recipients(LENT, 1, "AID", {6: 0.4}) == []


def test_coordinated_recipients_count_one_by_one() -> None:
    doc = tree("""
    Moscow 2 nsubj PROPN
    warned 0 root VERB warn
    Kyiv 2 obj PROPN
    and 5 cc CCONJ
    Minsk 3 conj PROPN
    """)
    assert recipients(doc, 1, "REQUEST", {2: 0.3, 4: 0.3}) == ["UKR", "BLR"]
    assert recipients(doc, 1, "REQUEST", {2: 0.3}) == ["UKR"]


def test_a_passive_has_its_agent_behind_by() -> None:
    doc = tree("""
    Kyiv 3 nsubj:pass PROPN
    was 3 aux:pass AUX be
    warned 0 root VERB warn
    by 5 case ADP
    Moscow 3 obl PROPN
    """)
    assert [p.id for p in by_syntax(doc, doc[2], named(doc, **ACTORS), event_cues().doers)] == ["RUS"]
    assert recipients(doc, 2, "THREATEN", {0: 0.3}) == ["UKR"]


@pytest.mark.parametrize(
    ("scores", "stretches"),
    [
        ({0: 0.9}, [(0, 1)]),
        ({0: 0.4}, []),
        ({0: 0.9, 2: 0.9}, [(0, 1), (2, 3)]),
        ({4: 0.8, 6: 0.8}, [(4, 5), (6, 7)]),
    ],
)
def test_words_of_a_role_make_stretches(scores: dict[int, float], stretches: list[tuple[int, int]]) -> None:
    assert [(a, b) for a, b, _ in runs(LENT, list(scores.items()))] == stretches


def test_who_obtains_is_the_receiver_and_from_names_the_giver() -> None:
    doc = tree("""
    Quito 2 nsubj PROPN
    obtained 0 root VERB obtain
    credit 2 obj NOUN
    from 5 case ADP
    Moscow 3 nmod PROPN
    """)
    found = named(doc, **ACTORS)
    agents = [party(doc, f) for f in found if f.principal == "ECU"]
    givers, receivers = given(doc[1], agents, [], found, event_cues().receiving.verbs)
    assert ([g.id for g in givers], [r.id for r in receivers]) == (["RUS"], ["ECU"])


def test_nobody_gives_to_themselves() -> None:
    found = named(LENT, **ACTORS)
    caracas = [party(LENT, f) for f in found if f.principal == "VEN"]
    givers, receivers = given(LENT[1], caracas, caracas, found, event_cues().receiving.verbs)
    assert (givers, [r.id for r in receivers]) == ([], ["VEN"])


def proposal(actor: dict[int, float], recipient: dict[int, float]) -> ActProposal:
    none = (Scored("_", 1.0),)
    roles = {"actor": tuple(actor.items()), "recipient": tuple(recipient.items())}
    return ActProposal(1, 0.9, (Scored("AID", 0.9),), none, none, roles)


def likely(actor: dict[int, float], recipient: dict[int, float], role: str = "recipient") -> list[str]:
    found = named(LENT, **ACTORS)
    return [p.id for p in likeliest(LENT[1], proposal(actor, recipient), role, found, [])]


def test_where_the_model_is_sure_of_nobody_its_likeliest_is_taken() -> None:
    assert likely({}, {4: 0.4, 6: 0.3}) == ["VEN"]
    assert likely({0: 0.4}, {}, "actor") == ["RUS"]


def test_nobody_unlikely_is_taken_nor_who_is_likelier_on_the_other_side() -> None:
    assert likely({}, {4: 0.2}) == []
    assert likely({4: 0.6}, {4: 0.4}) == []


def test_what_is_received_from_a_partner_of_a_deal_is_given_by_it() -> None:
    doc = tree("""
    Moscow 2 nsubj PROPN
    signs 0 root VERB sign
    with 4 case ADP
    Minsk 2 obl PROPN
    to 6 mark PART
    receive 2 advcl VERB receive
    """)
    found = named(doc, **ACTORS)
    first, second = (party(doc, f) for f in found)
    givers, takers = given(doc[5], [first], [second], found, event_cues().receiving.verbs)
    assert ([g.id for g in givers], [t.id for t in takers]) == (["BLR"], ["RUS"])
