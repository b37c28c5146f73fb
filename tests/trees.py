"""Small parsed documents for tests, written out by hand, so that no model decides them."""

from __future__ import annotations

from spacy.lang.en import English
from spacy.tokens import Doc

from chancery.language.mentions import Found


def tree(text: str) -> Doc:
    """A document from lines "word head relation [POS [lemma]]"; heads count words from 1, 0 the root."""
    rows = [line.split() for line in text.strip().splitlines()]
    heads = [int(row[1]) - 1 if row[1] != "0" else i for i, row in enumerate(rows)]
    return Doc(
        English().vocab,
        words=[row[0] for row in rows],
        heads=heads,
        deps=["ROOT" if row[1] == "0" else row[2] for row in rows],
        pos=[row[3] if len(row) > 3 else "NOUN" for row in rows],
        lemmas=[row[4] if len(row) > 4 else row[0].lower() for row in rows],
    )


def named(doc: Doc, **actors: str) -> list[Found]:
    """Mentions of single words: `named(doc, Quito="ECU")`."""
    return [
        Found(token.i, token.i + 1, actors[token.text], actors[token.text], "name")
        for token in doc
        if token.text in actors
    ]
