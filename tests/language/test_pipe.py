"""The embedded model behind a spaCy document."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from chancery.errors import ModelError
from chancery.language import load, proposals_of
from chancery.language.model import embedded_model
from chancery.settings import from_environment

TEXT = "Russian President Vladimir Putin met Hugo Chavez in Moscow. They signed a contract."
NAMES = ("Chile", "Borduria", "Mr Kerr", "Port Haven", "The Bordurian Relief Fund")


def test_document(nlp: Language) -> None:
    """Sentences, tags, trees, lemmas and names of a plain text."""
    doc = nlp(TEXT)
    assert [s.text for s in doc.sents] == [TEXT[:59], TEXT[60:]]
    by_word = {t.text: t for t in doc}
    assert by_word["met"].lemma_ == "meet"
    assert by_word["met"].dep_ == "root"
    assert by_word["Hugo"].dep_ == "obj"
    assert by_word["signed"].pos_ == "VERB"
    assert ("Hugo Chavez", "PER") in [(e.text, e.label_) for e in doc.ents]


def test_proposals(nlp: Language) -> None:
    """The heads for dealings see both acts."""
    doc = nlp(TEXT)
    acts = {doc[p.token].text: p.acts[0].label for p in proposals_of(doc).acts if p.score > 0.5}
    assert acts["met"] == "CONSULT"
    assert "signed" in acts


def test_split_words(nlp: Language) -> None:
    """A document whose words are split already is taken as it is."""
    doc = next(nlp.pipe([Doc(nlp.vocab, words=["Moscow", "lent", "money", "."])]))
    assert [t.text for t in doc] == ["Moscow", "lent", "money", "."]
    assert doc[1].dep_ == "root"


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "“", "🙂 \u202e !", "a" * 3000, "\x00"])
def test_odd_texts(nlp: Language, text: str) -> None:
    """Nothing, blanks, marks and long words are documents too, with exact offsets."""
    doc = nlp(text)
    assert doc.text == text


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text(nlp: Language, text: str) -> None:
    """Offsets are exact and every sentence has one root, whatever the text."""
    doc = nlp(text)
    assert doc.text == text
    for sentence in doc.sents:
        assert sum(t.head == t for t in sentence) == 1


@pytest.mark.parametrize(
    "sentences",
    [
        ["The envoys left.", '"We shall be back," one of them said.', '"There is no hurry."', "Talks go on."],
        ["The envoys left.", "“We shall be back,” one of them said.", "“There is no hurry.”", "Talks go on."],
        ['"There is no hurry."', '"We shall be back."'],
    ],
)
def test_quotation_marks_stay_with_their_words(nlp: Language, sentences: list[str]) -> None:
    """Marks begin and end the sentences they enclose, straight ones too."""
    assert [s.text for s in nlp(" ".join(sentences)).sents] == sentences


def test_scores_do_not_hang_on_neighbours(nlp: Language) -> None:
    """With fixed scales a text read among others is what it is alone, to the last digit."""
    model = embedded_model(1)
    chunks = [f"{word} lent {n} million dollars to {word} .".split() for n in range(2, 9) for word in NAMES]
    encoded = model.encode([*chunks, [w for c in chunks[:12] for w in c]])
    for together, e in zip(model.score(encoded), encoded, strict=True):
        (alone,) = model.score([e])
        same = [np.array_equal(together.of[name], alone.of[name]) for name in alone.of]
        assert all(same) or not model.fixed_scales


def test_a_provider_that_is_not_there_is_refused() -> None:
    """What there is instead is named."""
    with pytest.raises(ModelError, match=r"no 'abacus', but .*cpu"):
        load(threads=1, provider="abacus")
    assert from_environment({"CHANCERY_PROVIDER": "cuda"}).provider == "cuda"


def test_the_processor_may_be_named() -> None:
    """Its scores are those of no name at all."""
    doc = load(threads=1, provider="CPU")(TEXT)
    assert proposals_of(doc) == proposals_of(load(threads=1)(TEXT))
