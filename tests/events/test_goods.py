"""Goods: words -> number, thing, category. Trees are written out, so that no model decides them."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from chancery.events.amounts import find_amounts
from chancery.events.goods import find_goods
from chancery.language.words import make_tokenizer

_SMALL = {"the", "its", "a", "an", "of", "and", "for", "in", "several"}


def phrase(words: str) -> Doc:
    """The words after a verb, tagged by their form: numbers, small words, names and nouns."""
    tokens = [t.text for t in make_tokenizer()(f"They sold {words} .")]
    tags = [_tag(word) for word in tokens]
    tags[:2] = ["PRON", "VERB"]
    spaces = [bool(t.whitespace_) for t in make_tokenizer()(f"They sold {words} .")]
    heads = [1] * len(tokens)
    return Doc(English().vocab, tokens, spaces, pos=tags, heads=heads, deps=["dep"] * len(tokens))


def _tag(word: str) -> str:
    if word.isdigit() or word.replace(",", "").isdigit() or word in ("six", "two", "dozen", "twenty", "five"):
        return "NUM"
    if not word[0].isalnum():
        return "PUNCT"
    if word in _SMALL:
        return "DET"
    return "PROPN" if word[0].isupper() else "NOUN"


TABLE = [
    ("six Su-30MK2 fighters", 6, "Su-30MK2 fighters", "aircraft"),
    ("two Mi-17 helicopters", 2, "Mi-17 helicopters", "helicopters"),
    ("66 F-16 Block 70 jets", 66, "F-16 Block 70 jets", "aircraft"),
    ("two dozen T-72B3 tanks", 24, "T-72B3 tanks", "armoured vehicles"),
    ("twenty-five howitzers", 25, "howitzers", "artillery"),
    ("S-400 systems", None, "S-400 systems", "air defence systems"),
    ("a Type 054A frigate", 1, "Type 054A frigate", "ships"),
    ("an MQ-9B", 1, "MQ-9B", "unmanned aircraft"),
    ("20,000 troops", 20_000, "troops", "troops"),
    ("14 of its Mi-8 helicopters", 14, "Mi-8 helicopters", "helicopters"),
    ("several tanks", None, "tanks", "armoured vehicles"),
    ("30 command launch units", 30, "command launch units", "missiles"),
]


@pytest.mark.parametrize(("words", "count", "item", "category"), TABLE)
def test_goods(words: str, count: int | None, item: str, category: str) -> None:
    doc = phrase(words)
    (found,) = find_goods(doc, ())
    assert (found.count, found.item, found.category) == (count, item, category)
    assert found.span.of(doc.text) == found.text


@pytest.mark.parametrize("words", ["M23", "G20", "5G", "bread", "P5"])
def test_no_goods(words: str) -> None:
    assert find_goods(phrase(words), ()) == ()


def test_money_is_no_count() -> None:
    doc = phrase("$5 million fighters")
    (found,) = find_goods(doc, find_amounts(doc))
    assert (found.count, found.item) == (None, "fighters")


def test_a_year_is_no_count() -> None:
    doc = phrase("tanks in 2009 fighters")
    assert [g.count for g in find_goods(doc, ())] == [None, None]
