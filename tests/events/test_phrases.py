"""A word and its company: one verb, several acts, by what it takes; and what a noun adds to its verb."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from chancery.events.lexicon import second_opinions
from chancery.events.phrases import forms, governing, phrase, worded
from chancery.knowledge.event_data import event_cues
from chancery.language import ActProposal, Scored
from tests.trees import tree


def clause(verb: str, lemma: str, thing: str, of: str = "goods") -> Doc:
    return tree(f"""
Quito 2 nsubj PROPN
{verb} 0 root VERB {lemma}
the 4 det DET
{thing} 2 obj NOUN {thing}
on 6 case ADP
{of} 4 nmod NOUN {of}
""")


TABLE = [
    ("lifted", "lift", "embargo", "CONCEDE", "sanctions"),
    ("imposed", "impose", "embargo", "SANCTION", "sanctions"),
    ("imposed", "impose", "tariff", "SANCTION", "trade"),
    ("reduced", "reduce", "tariff", "CONCEDE", "trade"),
    ("eased", "ease", "restriction", "CONCEDE", None),
    ("froze", "freeze", "asset", "SANCTION", "sanctions"),
    ("froze", "freeze", "aid", "SANCTION", "grant"),
    ("recalled", "recall", "ambassador", "SANCTION", "relations"),
    ("expelled", "expel", "diplomat", "SANCTION", "relations"),
    ("opened", "open", "embassy", "SUPPORT", "relations"),
    ("closed", "close", "embassy", "SANCTION", "relations"),
    ("closed", "close", "airspace", "COERCE", "territory"),
    ("reopened", "reopen", "border", "CONCEDE", "territory"),
    ("upgraded", "upgrade", "tie", "SUPPORT", "relations"),
    ("severed", "sever", "tie", "SANCTION", "relations"),
    ("switched", "switch", "recognition", "SUPPORT", "recognition"),
    ("withdrew", "withdraw", "recognition", "SANCTION", "recognition"),
    ("lent", "lend", "sum", "AID", "loan"),
    ("wrote", "write", "debt", "AID", "debt_relief"),
    ("donated", "donate", "vaccine", "AID", "humanitarian"),
    ("supplied", "supply", "gas", "COOPERATE", "energy"),
    ("bought", "buy", "helicopter", "COOPERATE", "arms"),
    ("freed", "free", "hostage", "RETREAT", "prisoners"),
    ("scrambled", "scramble", "jet", "MOBILIZE", "force"),
    ("impounded", "impound", "tanker", "COERCE", None),
    ("captured", "capture", "town", "ASSAULT", "territory"),
    ("unfroze", "unfroze", "asset", "CONCEDE", "sanctions"),
    ("waived", "waive", "rent", "CONCEDE", None),
    ("violated", "violate", "truce", "REJECT", "agreement"),
    ("rejected", "reject", "request", "REJECT", None),
    ("burned", "burn", "flag", "PROTEST", None),
]


@pytest.mark.parametrize(("verb", "lemma", "thing", "act", "instrument"), TABLE)
def test_the_object_tells_the_act(
    verb: str, lemma: str, thing: str, act: str, instrument: str | None
) -> None:
    found = phrase(clause(verb, lemma, thing)[1], event_cues().phrases)
    assert found is not None
    assert (found.act, found.instrument) == (act, instrument)


def test_a_verb_alone_or_with_other_company_names_nothing() -> None:
    phrases = event_cues().phrases
    assert phrase(clause("lifted", "lift", "curtain")[1], phrases) is None
    assert phrase(clause("lifted", "lift", "spirit")[1], phrases) is None
    assert phrase(clause("lent", "lend", "support")[1], phrases) != phrase(
        clause("lent", "lend", "sum")[1], phrases
    )


def test_a_participle_takes_the_noun_it_describes() -> None:
    doc = tree("""
tariffs 0 root NOUN tariff
imposed 1 acl VERB impose
on 4 case ADP
steel 2 obl NOUN
""")
    found = phrase(doc[1], event_cues().phrases)
    assert found is not None
    assert found.act == "SANCTION"


def test_wrong_lemmas_do_not_hide_a_word() -> None:
    doc = tree("""
blockaded 0 root VERB blockad
tariffs 1 obj NOUN tarif
""")
    assert "blockade" in forms(doc[0])
    assert "tariff" in forms(doc[1])


def proposal(token: int, act: str, status: str, instrument: str = "_") -> ActProposal:
    return ActProposal(
        token, 0.9, (Scored(act, 0.97),), (Scored(instrument, 0.97),), (Scored(status, 0.9),), {}
    )


def test_the_noun_of_a_phrase_tells_its_verbs_act() -> None:
    """ "Quito lifted the embargo": one act of easing, no sanction beside it."""
    doc = clause("lifted", "lift", "embargo")
    verb, noun = second_opinions(
        doc, [proposal(1, "COERCE", "planned"), proposal(3, "SANCTION", "ongoing")], event_cues(), 0.5
    )
    assert verb.acts[0].label == noun.acts[0].label == "CONCEDE"
    assert noun.statuses[0].label == "planned"
    assert noun.instruments[0].label == "sanctions"


def test_a_request_refused_stays_a_request() -> None:
    doc = clause("rejected", "reject", "request")
    verb, noun = second_opinions(
        doc, [proposal(1, "REJECT", "occurred"), proposal(3, "REQUEST", "requested")], event_cues(), 0.5
    )
    assert (verb.acts[0].label, noun.acts[0].label) == ("REJECT", "REQUEST")


def test_what_a_noun_completes() -> None:
    doc = clause("lifted", "lift", "embargo")
    assert governing(doc[3]) == doc[1]
    assert governing(doc[0]) is None
    assert governing(doc[1]) is None


def test_the_words_of_an_act() -> None:
    said = worded(clause("lifted", "lift", "embargo")[1])
    assert {"lift", "lifted"} <= said.word
    assert {"embargo", "quito"} <= said.beside
    assert "goods" in said.sentence
