"""Who and to whom by the tree: agents, recipients by frame, never what merely stands beside."""

from __future__ import annotations

import pytest

from chancery.events.parties import by_frame, by_syntax, given, party, runs
from chancery.knowledge.event_data import event_cues
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
    assert [p.id for p in by_syntax(LENT, LENT[1], named(LENT, **ACTORS))] == ["RUS"]


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
    assert [p.id for p in by_syntax(doc, doc[2], named(doc, **ACTORS))] == ["RUS"]
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
