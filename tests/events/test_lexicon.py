"""The lexicon's second opinion: it lifts what the model half believes and corrects what it is unsure of."""

from __future__ import annotations

import pytest

from chancery.errors import KnowledgeError
from chancery.events.lexicon import act_word, second_opinions
from chancery.knowledge.event_data import ActWord, _by_word, event_cues
from chancery.language import ActProposal, Scored
from tests.trees import tree

DOC = tree("""
Quito 2 nsubj PROPN
condemned 0 root VERB condemn
raids 2 obj NOUN raid
""")


def proposal(token: int, score: float, act: str, sure: float) -> ActProposal:
    return ActProposal(
        token,
        score,
        (Scored(act, sure), Scored("ACCUSE", 0.1)),
        (Scored("_", 0.5),),
        (Scored("occurred", 1.0),),
        {},
    )


def believed(token: int, score: float, act: str = "ACCUSE", sure: float = 0.9) -> list[ActProposal]:
    return second_opinions(DOC, [proposal(token, score, act, sure)], event_cues(), 0.5)


def test_a_known_word_is_taken_up_where_the_model_half_believes() -> None:
    assert believed(1, 0.35)
    assert not believed(1, 0.25)
    assert not believed(0, 0.35)


def test_an_unsure_act_yields_and_a_sure_one_stays() -> None:
    (unsure,) = believed(1, 0.9, "SANCTION", 0.5)
    assert (unsure.acts[0], unsure.acts[1].label) == (Scored("ACCUSE", 0.1), "SANCTION")
    (sure,) = believed(1, 0.9, "SANCTION", 0.95)
    assert sure.acts[0].label == "SANCTION"


def test_the_instrument_of_the_word_is_added_with_its_act() -> None:
    (made,) = believed(1, 0.9)
    assert made.instruments[0].label == "statement"
    (other,) = believed(1, 0.9, "SANCTION", 0.95)
    assert other.instruments[0].label == "_"


def test_words_count_as_they_are_used() -> None:
    cues = event_cues()
    assert (entry := act_word(DOC[2], cues)) is not None
    assert entry.act == "ASSAULT"
    assert act_word(DOC[0], cues) is None


def test_one_word_one_act() -> None:
    twice = [("raid", ActWord("ASSAULT")), ("raid", ActWord("COERCE"))]
    with pytest.raises(KnowledgeError, match="raid: stands twice as a noun"):
        _by_word("noun", twice)
