"""Sources of reported speech and stance, by trees written out."""

from __future__ import annotations

import pytest

from chancery.events.speech import sources, speakers
from chancery.knowledge.event_data import event_cues
from chancery.records import Span
from tests.trees import tree

SAID = "said 0 root VERB say"
TABLE = [
    (("The 2 det DET", "envoy 3 nsubj", SAID, "it 5 nsubj PRON", "rained 3 ccomp VERB"), ["The envoy"]),
    (
        ("It 2 nsubj PRON", "rained 0 root VERB", "said 2 parataxis VERB say", "Quito 3 nsubj PROPN"),
        ["Quito"],
    ),
    (
        ("It 2 nsubj PRON", "rained 0 root VERB", "according 6 case ADP", "to 3 fixed ADP", "the 6 det DET",
         "envoy 2 obl"),
        ["the envoy"],
    ),
    (
        ("He 2 nsubj PRON", "left 0 root VERB leave", "saying 2 advcl VERB say", "it 5 nsubj PRON",
         "rained 3 ccomp VERB"),
        ["He"],
    ),
    (
        ("It 3 nsubj:pass PRON", "was 3 aux:pass AUX", "rejected 0 root VERB reject", "by 5 case ADP",
         "Quito 3 obl:agent PROPN"),
        ["Quito"],
    ),
    (("Quito 2 nsubj PROPN", "ate 0 root VERB eat", "bread 2 obj"), []),
    (("Quito 2 nsubj PROPN", "called 0 root VERB call", "for 4 case ADP", "talks 2 obl"), ["Quito"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "wanted"), TABLE)
def test_sources(words: tuple[str, ...], wanted: list[str]) -> None:
    doc = tree("\n".join(words))
    assert [s.of(doc.text) for s in sources(doc, event_cues().speech)] == wanted


def test_known_ones_are_kept_once() -> None:
    doc = tree("The 2 det DET\nenvoy 3 nsubj NOUN\nsaid 0 root VERB say\nso 3 obj ADV")
    assert sources(doc, event_cues().speech, [Span(4, 9)]) == (Span(0, 9),)


@pytest.mark.parametrize(
    ("conjunction", "told"),
    [("after 6 mark SCONJ", []), ("because 6 mark SCONJ", []), ("as 6 mark SCONJ", ["Minsk"])],
)
def test_a_clause_beside_the_act_tells_nothing_of_it(conjunction: str, told: list[str]) -> None:
    """ "Warsaw demands it after Minsk said ..." is not on the word of Minsk; "..., as Minsk said" is."""
    doc = tree(f"""
    Warsaw 2 nsubj PROPN
    demands 0 root VERB demand
    it 2 obj PRON
    {conjunction}
    Minsk 6 nsubj PROPN
    said 2 advcl VERB say
    """)
    found = speakers(doc, 1, ((4, 0.9),), [], event_cues().speech)
    assert [s.text for s in found] == told
