"""On whose word an act is told: hand-made trees, with what the model marks -> the speakers."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from chancery.events.speech import speakers
from chancery.knowledge.event_data import event_cues
from chancery.language.mentions import Found
from tests.trees import named, tree

ACTORS = {"Quito": "ECU", "Lima": "PER", "Moscow": "RUS", "ROJAS": "PER"}


def told(doc: Doc, trigger: int, *marked: tuple[int, float], found: list[Found] | None = None) -> list[str]:
    """The words of the speakers of an act, with their actors where known."""
    mentions = named(doc, **ACTORS) if found is None else found
    made = speakers(doc, trigger, marked, mentions, event_cues().speech)
    return [f"{s.text}={s.actor}" if s.actor else s.text for s in made]


EXPECTS = """
Moscow 2 nsubj PROPN
expects 0 root VERB expect
Quito 4 nsubj PROPN
sign 2 ccomp VERB sign
"""
WARNS = """
Moscow 2 nsubj PROPN
warns 0 root VERB warn
Quito 2 obj PROPN
to 5 mark PART
stop 2 xcomp VERB stop
"""
TELLS = """
Envoys 2 nsubj NOUN
said 0 root VERB say
to 4 case ADP
Lima 2 obl PROPN
Quito 6 nsubj PROPN
paid 2 ccomp VERB pay
"""
RELATIVE = """
They 2 nsubj PRON
sign 0 root VERB sign
a 4 det DET
paper 2 obj NOUN
which 6 nsubj PRON
states 2 parataxis VERB state
it 8 nsubj PRON
ends 6 ccomp VERB end
"""
SAYING = """
Quito 2 nsubj PROPN
objected 0 root VERB object
saying 2 advcl VERB say
Lima 5 nsubj PROPN
attacked 3 ccomp VERB attack
"""
ANNOUNCES = """
Quito 2 nsubj PROPN
condemns 0 root VERB condemn
it 2 obj PRON
and 5 cc CCONJ
announces 2 conj VERB announce
Lima 7 nsubj PROPN
paid 5 ccomp VERB pay
"""
RECALLED = """
Moscow 2 nsubj PROPN
recalled 0 root VERB recall
it 4 nsubj PRON
left 2 ccomp VERB leave
but 8 cc CCONJ
Quito 8 nsubj PROPN
never 8 advmod ADV
paid 2 conj VERB pay
"""
FINDS = """
The 2 det DET
court 3 nsubj NOUN
rules 0 root VERB rule
Quito 5 nsubj PROPN
paid 3 ccomp VERB pay
"""


@pytest.mark.parametrize(
    ("text", "trigger", "marked", "expected"),
    [
        (EXPECTS, 3, [(0, 0.9)], []),  # Moscow expects it; that is no word of its
        (WARNS, 4, [(0, 0.9)], []),
        (TELLS, 5, [(3, 0.9)], ["Envoys"]),  # to Lima it is told
        (RELATIVE, 1, [], []),
        (SAYING, 4, [], ["Quito=ECU"]),
        (ANNOUNCES, 6, [], ["Quito=ECU"]),
        (RECALLED, 7, [(0, 0.2)], ["Moscow=RUS"]),
        (RECALLED, 7, [], []),
        (FINDS, 4, [], ["court"]),
    ],
)
def test_speakers(text: str, trigger: int, marked: list[tuple[int, float]], expected: list[str]) -> None:
    doc = tree(text)
    if text == SAYING:
        doc[2].tag_ = "VBG"
    assert told(doc, trigger, *marked) == expected


def test_several_named_side_by_side_all_speak() -> None:
    doc = tree("""
    Quito 4 nsubj PROPN
    and 3 cc CCONJ
    Lima 1 conj PROPN
    say 0 root VERB say
    Moscow 6 nsubj PROPN
    paid 4 ccomp VERB pay
    """)
    assert told(doc, 5) == ["Quito and Lima=ECU", "Quito and Lima=PER"]


TWO = """
Quito 2 nsubj PROPN
spoke 0 root VERB speak
{} 5 punct PUNCT
Lima 5 nsubj PROPN
paid 0 root VERB pay
"""


def test_a_speaker_of_another_sentence_counts_within_quotation_marks_only() -> None:
    quoted, plain = tree(TWO.format("“")), tree(TWO.format("-"))
    assert told(quoted, 4, (0, 0.9)) == ["Quito=ECU"]
    assert told(plain, 4, (0, 0.9)) == []


def test_the_label_of_a_paragraph_speaks_where_its_name_is_known() -> None:
    doc = tree("""
    MINISTER 2 compound PROPN
    ROJAS: 4 dep PROPN
    Moscow 4 nsubj PROPN
    paid 0 root VERB pay
    """)
    minister = Found(0, 2, "PER", "PER", "office")
    assert told(doc, 3, found=[minister]) == ["MINISTER ROJAS:=PER"]
    assert told(doc, 3, found=[]) == []
