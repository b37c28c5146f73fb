"""MEANTIME: events across Wikinews articles on three topics (Minard et al. 2016). JSONL, one article a line.

Counted are mentions of the events that were annotated across articles (those with an `instance_id`), gold
mentions given. Given groups of documents are the topics.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chancery.evaluation.figures import Outcome
from chancery.evaluation.reading import Drafts
from chancery.evaluation.told_twice import Document, measured, sentences_of
from chancery.reconcile.mentions import BareMention

WANTED = (
    '{"corpus": "...", "doc_id": "...", "tokens": [["word", sentence], ...], "mentions": [{"tag": '
    '"EVENT_MENTION", "m_id": "1", "tok": [0]}, ...], "instances": [{"tag": "EVENT", "m_id": "2", '
    '"instance_id": "..."}, ...], "relations": [{"tag": "REFERS_TO", "src": ["1"], "tgt": ["2"]}, ...]}'
)


def measure(file: str, _: Drafts) -> Outcome:
    """CoNLL F1 with and without the topics given, and of the same word. No model is needed."""
    return measured(file, WANTED, _document)


def _document(row: dict[str, Any]) -> Document:
    name = str(row["doc_id"])
    words = [str(word) for word, _ in row["tokens"]]
    return Document(name, words, row["corpus"], list(_mentions(name, row)))


def _mentions(name: str, row: dict[str, Any]) -> Iterator[tuple[BareMention, str]]:
    tokens = row["tokens"]
    sentences = sentences_of(tokens)
    of = _events(row)
    for m in row["mentions"]:
        if m["tag"] == "EVENT_MENTION" and m["m_id"] in of and m["tok"]:
            number = tokens[m["tok"][0]][1]
            own = tuple(str(tokens[i][0]) for i in m["tok"])
            id = (name, str(m["m_id"]))
            yield BareMention(id, name, number, own, tuple(sentences[number])), of[m["m_id"]]


def _events(row: dict[str, Any]) -> dict[str, str]:
    """The event across articles that each mention refers to."""
    across = {i["m_id"]: i["instance_id"] for i in row["instances"] if i.get("instance_id")}
    return {
        source: across[target]
        for relation in row["relations"]
        if relation["tag"] == "REFERS_TO"
        for source in relation["src"]
        for target in relation["tgt"]
        if target in across
    }
