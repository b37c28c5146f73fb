"""Which time an act has: hand-made trees with their times -> the time of each act, and why."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from spacy.tokens import Doc

from chancery.events.dating import time_of
from chancery.events.times import find_times
from tests.events.test_times import PUBLISHED
from tests.trees import tree


def dated(doc: Doc, trigger: str, *others: str, marked: Iterable[int] = ()) -> str | None:
    """The words of the time of the act that `trigger` names."""
    at = next(t for t in doc if t.text == trigger)
    triggers = {at.i, *(t.i for t in doc if t.text in others)}
    time, reasons = time_of(at, frozenset(marked), find_times(doc, PUBLISHED), triggers)
    assert (time is None) == (not reasons)
    return time.text if time else None


CLAUSE = """
It 2 nsubj PRON
said 0 root VERB say
Chile 4 nsubj PROPN
paid 2 ccomp VERB pay
in 6 case ADP
March 4 obl PROPN
"""
CONDITION = """
They 2 nsubj PRON
warned 0 root VERB warn
if 5 mark SCONJ
Peru 5 nsubj PROPN
votes 2 advcl VERB vote
in 7 case ADP
March 5 obl PROPN
"""
SCHEME = """
Chile 2 nsubj PROPN
fined 0 root VERB fine
banks 2 obj NOUN bank
over 7 case ADP
a 7 det DET
2005 7 nummod NUM
scheme 3 nmod NOUN
to 9 mark PART
help 7 acl VERB
"""
TOURING = """
Touring 6 advcl VERB tour
Peru 1 obj PROPN
in 4 case ADP
March 1 obl PROPN
he 6 nsubj PRON
met 0 root VERB meet
leaders 6 obj NOUN leader
"""
RETURNED = """
In 2 case ADP
March 4 obl PROPN
he 4 nsubj PRON
returned 0 root VERB return
with 6 case ADP
agreements 4 obl NOUN agreement
"""
SANCTIONS = """
In 2 case ADP
March 4 obl PROPN
they 4 nsubj PRON
discussed 0 root VERB discuss
the 6 det DET
sanctions 4 obj NOUN sanction
"""
CHARGED = """
Six 2 nsubj NUM
charged 0 root VERB charge
following 4 case VERB
riots 2 obl NOUN riot
in 6 case ADP
2005 4 nmod NUM
"""
JETS = """
Seoul 2 nsubj PROPN
sells 0 root VERB sell
jets 2 obj NOUN jet
built 3 acl VERB build
in 6 case ADP
2006 4 obl NUM
"""


@pytest.mark.parametrize(
    ("text", "trigger", "others", "expected"),
    [
        (CLAUSE, "paid", (), "March"),
        (CLAUSE, "said", (), None),
        (CONDITION, "warned", (), None),
        (CONDITION, "votes", (), "March"),
        (SCHEME, "fined", (), None),
        (SCHEME, "scheme", (), "2005"),
        (SCHEME, "help", ("fined",), "2005"),
        (TOURING, "met", ("Touring",), "March"),
        (TOURING, "Touring", ("met",), "March"),
        (RETURNED, "agreements", (), "March"),
        (SANCTIONS, "sanctions", (), None),
        (SANCTIONS, "discussed", ("sanctions",), "March"),
        (JETS, "sells", (), None),
        (CHARGED, "charged", (), None),
        (CHARGED, "riots", ("charged",), "2005"),
    ],
)
def test_time_of_an_act(text: str, trigger: str, others: tuple[str, ...], expected: str | None) -> None:
    assert dated(tree(text), trigger, *others) == expected


def test_what_the_model_marks_comes_first() -> None:
    assert dated(tree(JETS), "sells", marked={5}) == "2006"
