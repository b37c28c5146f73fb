"""Where acts take place: table of hand-made trees -> the place, its state, and why."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.tokens import Span as Words

from chancery.events.places import Where, place_of
from chancery.knowledge.event_data import event_cues
from chancery.language.mentions import Found
from chancery.records import Act
from tests.trees import tree

STATES = {"Peru": "PER", "Peruvian": "PER", "Chile": "CHL", "Chilean": "CHL", "Syria": "SYR", "Poland": "POL"}
TOWNS = {"Lima": "PER", "Quito": "ECU", "Idlib": "SYR", "Kano": "NGA", "Brussels": "BEL", "Aleppo": "SYR"}


def found_in(doc: Doc) -> list[Found]:
    """Mentions by the tables above; demonyms are told from names by their ending."""
    made = []
    for t in doc:
        if t.text in STATES:
            how = "demonym" if t.text.endswith("an") else "name"
            made.append(Found(t.i, t.i + 1, STATES[t.text], STATES[t.text], how))  # type: ignore[arg-type]
        elif t.text in TOWNS:
            how = "capital" if t.text in ("Lima", "Quito", "Brussels") else "place"
            made.append(Found(t.i, t.i + 1, TOWNS[t.text], TOWNS[t.text], how))  # type: ignore[arg-type]
    return made


def where(doc: Doc, trigger: str, act: Act, *others: str) -> tuple[str, str | None] | None:
    """Words and state of the place of the act that `trigger` names."""
    at = next(t for t in doc if t.text == trigger)
    triggers = frozenset({at.i, *(t.i for t in doc if t.text in others)})
    place, reasons = place_of(at, act, Where(found_in(doc), triggers, event_cues().locating))
    assert (place is None) == (not reasons)
    if place is None:
        return None
    assert place.span.of(doc.text) == place.text
    return place.text, place.country


MET = """
Ministers 2 nsubj NOUN minister
met 0 root VERB meet
in 4 case ADP
Lima 2 obl PROPN
"""
VISIT = """
He 2 nsubj PRON
signed 0 root VERB sign
it 2 obj PRON
during 6 case ADP
a 6 det DET
visit 2 obl NOUN
to 8 case ADP
Quito 6 nmod PROPN
"""
KILLED = """
Gunmen 2 nsubj NOUN gunman
killed 0 root VERB kill
guards 2 obj NOUN guard
at 6 case ADP
a 6 det DET
mosque 3 nmod NOUN
in 8 case ADP
Kano 6 nmod PROPN
"""
CITY = """
Troops 2 nsubj NOUN troop
fought 0 root VERB fight
in 6 case ADP
the 6 det DET
Syrian 6 amod ADJ
city 2 obl NOUN
of 8 case ADP
Idlib 6 nmod PROPN
"""
EASTERN = """
Rebels 2 nsubj NOUN rebel
fought 0 root VERB fight
across 5 case ADP
eastern 5 amod ADJ
Peru 2 obl PROPN
"""
BORDER = """
Guards 2 nsubj NOUN guard
fought 0 root VERB fight
at 6 case ADP
the 6 det DET
Peruvian 6 amod ADJ
border 2 obl NOUN
"""
CAPITAL = """
They 2 nsubj PRON
protested 0 root VERB protest
in 6 case ADP
the 6 det DET
Chilean 6 amod ADJ
capital 2 obl NOUN
"""
FELL = """
Shells 2 nsubj NOUN shell
hit 0 root VERB hit
Aleppo 2 obj PROPN
"""
MARKET = """
Troops 2 nsubj NOUN troop
attack 0 root VERB attack
a 4 det DET
market 2 obj NOUN market
in 6 case ADP
Idlib 4 nmod PROPN
Syria 6 nmod PROPN
"""
AIMED = """
The 2 det DET
attack 0 root NOUN
on 4 case ADP
Aleppo 2 nmod PROPN
"""
LIGHT = """
They 2 nsubj PRON
held 0 root VERB hold
talks 2 obj NOUN talk
in 5 case ADP
Brussels 2 obl PROPN
"""
WHERE = """
Idlib 0 root PROPN
where 4 advmod ADV
rebels 4 nsubj NOUN rebel
struck 1 acl:relcl VERB strike
"""
ARRIVED = """
She 2 nsubj PRON
flew 0 root VERB fly
to 4 case ADP
Chile 2 obl PROPN
"""
DEAL = """
They 2 nsubj PRON
signed 0 root VERB sign
a 4 det DET
deal 2 obj NOUN
in 6 case ADP
Quito 4 nmod PROPN
"""


@pytest.mark.parametrize(
    ("text", "trigger", "act", "expected"),
    [
        (MET, "met", "CONSULT", ("Lima", "PER")),
        (VISIT, "signed", "SUPPORT", ("Quito", "ECU")),
        (VISIT, "visit", "CONSULT", ("Quito", "ECU")),
        (KILLED, "killed", "ASSAULT", ("Kano", "NGA")),
        (CITY, "fought", "ASSAULT", ("Idlib", "SYR")),
        (EASTERN, "fought", "ASSAULT", ("eastern Peru", "PER")),
        (BORDER, "fought", "ASSAULT", ("Peruvian border", None)),
        (CAPITAL, "protested", "PROTEST", ("Chilean capital", "CHL")),
        (FELL, "hit", "ASSAULT", ("Aleppo", "SYR")),
        (MARKET, "attack", "ASSAULT", ("Idlib", "SYR")),
        (AIMED, "attack", "ASSAULT", ("Aleppo", "SYR")),
        (LIGHT, "talks", "CONSULT", ("Brussels", "BEL")),
        (WHERE, "struck", "ASSAULT", ("Idlib", "SYR")),
        (ARRIVED, "flew", "CONSULT", ("Chile", "CHL")),
        (DEAL, "signed", "SUPPORT", ("Quito", "ECU")),
    ],
)
def test_place(text: str, trigger: str, act: Act, expected: tuple[str, str | None]) -> None:
    assert where(tree(text), trigger, act) == expected


SAID = """
Envoys 2 nsubj NOUN envoy
said 0 root VERB say
in 4 case ADP
Quito 2 obl PROPN
Chile 6 nsubj PROPN
attacked 2 ccomp VERB attack
Peru 6 obj PROPN
"""
CONDEMNED = """
Chile 2 nsubj PROPN
condemned 0 root VERB condemn
violence 2 obj NOUN
in 5 case ADP
Peru 3 nmod PROPN
"""
TALKS_WITH = """
Chile 2 nsubj PROPN
met 0 root VERB meet
with 4 case ADP
Peru 2 obl PROPN
"""
DISMAY = """
dismay 0 root NOUN
at 3 case ADP
Chile 1 nmod PROPN
"""
ADVISED = """
Chile 2 nsubj PROPN
urged 0 root VERB urge
citizens 2 obj NOUN citizen
to 5 mark PART
meet 2 xcomp VERB
in 7 case ADP
Lima 5 obl PROPN
"""
PROMISED = """
In 2 case ADP
Lima 4 obl PROPN
Chile 4 nsubj PROPN
promised 0 root VERB promise
to 6 mark PART
fight 4 xcomp VERB fight
"""
RETURNED = """
They 2 nsubj PRON
returned 0 root VERB return
marbles 2 obj NOUN marble
to 5 case ADP
Peru 2 obl PROPN
"""


@pytest.mark.parametrize(
    ("text", "trigger", "act"),
    [
        (SAID, "attacked", "ASSAULT"),  # where it was said; a state is attacked as a party
        (CONDEMNED, "condemned", "ACCUSE"),
        (TALKS_WITH, "met", "CONSULT"),
        (RETURNED, "returned", "CONCEDE"),
        (DISMAY, "dismay", "ACCUSE"),
        (PROMISED, "fight", "ASSAULT"),  # where it is promised is not where it will be done
        (ADVISED, "urged", "REQUEST"),
    ],
)
def test_no_place(text: str, trigger: str, act: Act) -> None:
    assert where(tree(text), trigger, act) is None


def test_a_deed_that_is_condemned_has_its_place() -> None:
    assert where(tree(CONDEMNED), "violence", "ASSAULT", "condemned") == ("Peru", "PER")


def test_a_name_on_no_list_is_a_place_where_the_model_takes_it_for_one() -> None:
    doc = tree("""
    Rebels 2 nsubj NOUN rebel
    fought 0 root VERB fight
    in 4 case ADP
    Zubrovka 2 obl PROPN
    Poland 4 nmod PROPN
    """)
    assert where(doc, "fought", "ASSAULT") is None
    doc.ents = [Words(doc, 3, 4, "LOC")]
    assert where(doc, "fought", "ASSAULT") == ("Zubrovka", "POL")


def test_verbs_joined_share_a_place_at_either_end() -> None:
    doc = tree("""
    They 2 nsubj PRON
    killed 0 root VERB kill
    and 4 cc CCONJ
    robbed 2 conj VERB rob
    guards 4 obj NOUN guard
    in 7 case ADP
    Lima 4 obl PROPN
    """)
    assert where(doc, "killed", "ASSAULT", "robbed") == ("Lima", "PER")
    assert where(doc, "robbed", "COERCE", "killed") == ("Lima", "PER")
