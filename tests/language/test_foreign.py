"""Another pipeline in the place of our syntax."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc

from chancery.errors import ModelError
from chancery.language import load, predicates_of, proposals_of
from chancery.language.model import embedded_model
from chancery.pipeline import Reader
from chancery.records import Report, report_id
from chancery.settings import Settings, from_environment


@Language.component("chain_parser")
def _chain(doc: Doc) -> Doc:
    """A parser of one kind of sentence: subject, verb, object, all else hangs on the verb."""
    for token in doc:
        token.dep_ = {0: "nsubj", 1: "ROOT", 2: "obj"}.get(token.i, "punct")
        token.head = doc[1] if len(doc) > 1 else doc[0]
        token.pos_ = {0: "PROPN", 1: "VERB", 2: "NOUN"}.get(token.i, "PUNCT")
        token.lemma_ = {"recognized": "recognize"}.get(token.text, token.text)
    return doc


@Language.component("old_parser")
def _old(doc: Doc) -> Doc:
    for token in doc:
        token.dep_ = "dobj"
        token.head = doc[0]
    return doc


def chain() -> Language:
    """A second UD pipeline, with a tokenizer of its own."""
    nlp = English()
    nlp.add_pipe("chain_parser")
    return nlp


def old() -> Language:
    """A pipeline in Stanford's older relations."""
    nlp = English()
    nlp.add_pipe("old_parser")
    return nlp


def flat() -> Language:
    """A pipeline without trees."""
    return English()


def nothing() -> str:
    """No pipeline at all."""
    return "parser"


def _report(text: str) -> Report:
    return Report(report_id(text, None), text, "a.txt", None, None, None, None, "en")


HERE = "tests.language.test_foreign"


def test_syntax_is_the_others() -> None:
    """Trees and tags are the other pipeline's; names and acts still come from the embedded model."""
    doc = load(threads=1, syntax=f"{HERE}:chain")("Nicaragua recognized Abkhazia.")
    assert [t.dep_ for t in doc] == ["nsubj", "ROOT", "obj", "punct"]
    assert [e.text for e in doc.ents] == ["Nicaragua", "Abkhazia"]
    assert [doc[p.token].text for p in proposals_of(doc).acts if p.score > 0.5] == ["recognized"]


def test_reader_reads_over_it() -> None:
    """A reading made over another syntax says so in its version and still finds the act."""
    reader = Reader(Settings(threads=1, syntax=f"{HERE}:chain"))
    reading = reader.read(_report("Nicaragua recognized Abkhazia."))
    assert [(e.act, e.instrument) for e in reading.events] == [("SUPPORT", "recognition")]
    assert reader.version.endswith(f"+{HERE}:chain")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (f"{HERE}:old", "not in Universal Dependencies: it says dobj"),
        (f"{HERE}:flat", "makes no dependency trees"),
        (f"{HERE}:nothing", "gives str, not a spaCy Language"),
        (f"{HERE}:missing", "cannot be loaded"),
        ("no_such_pipeline", "cannot be loaded"),
    ],
)
def test_wrong_pipelines(name: str, words: str) -> None:
    """What is no UD pipeline is told apart, by name."""
    with pytest.raises(ModelError, match=words):
        load(threads=1, syntax=name)("Nicaragua recognized Abkhazia.")


def test_setting() -> None:
    """The environment names it."""
    assert from_environment({"CHANCERY_SYNTAX": "my_pipeline"}).syntax == "my_pipeline"


def test_a_model_without_arguments_says_so() -> None:
    """PropBank's heads are asked for by name; a model fitted without them is no silent nothing."""
    if "argument" not in embedded_model(1).labels:
        with pytest.raises(ModelError, match="no heads for PropBank's arguments"):
            load(threads=1, arguments=True)
        return
    doc = load(threads=1, arguments=True)("Russia recognized Abkhazia in 2008.")
    found = {p.token: {a.token: a.label for a in p.arguments} for p in predicates_of(doc)}
    assert found[1] == {0: "ARG0", 2: "ARG1", 4: "ARGM-TMP"}
