"""Lemmas by the treebanks' lexicon, by edit script, by spelling."""

from __future__ import annotations

import pytest

from chancery.language.lemmas import Lexicon, by_script

LEXICON = Lexicon(
    {"VERB": {"met": "meet", "called": "call"}}, frozenset(("meet", "call", "pledge", "deny", "plan"))
)


@pytest.mark.parametrize(
    ("word", "script", "made"),
    [("cities", "k3|y", "city"), ("Signed", "l2|", "sign"), ("was", "k3|be", "be"), ("a", "k3|b", "a")],
)
def test_edit_script(word: str, script: str, made: str) -> None:
    """Edit scripts; one that does not fit leaves the word."""
    assert by_script(word, script) == made


@pytest.mark.parametrize(
    ("word", "upos", "script", "lemma"),
    [
        ("Called", "VERB", "l3|", "call"),
        ("pledged", "VERB", "k2|", "pledge"),
        ("denies", "VERB", "k1|", "deny"),
        ("planning", "VERB", "k3|", "plan"),
        ("frobbed", "VERB", "k3|", "frob"),
        ("talks", "NOUN", "k1|", "talk"),
    ],
)
def test_lemma(word: str, upos: str, script: str, lemma: str) -> None:
    assert LEXICON.lemma(word, upos, script) == lemma
