"""ECB+: the same event told by several reports (Cybulska and Vossen 2014). JSONL, one document a line.

Counted are mentions of actions in the sentences that were checked (`valid`), gold mentions given; one
without a chain is an event of its own. Given groups of documents are the subtopics.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from chancery.evaluation.figures import Outcome
from chancery.evaluation.reading import Drafts
from chancery.evaluation.told_twice import Document, measured, sentences_of
from chancery.reconcile.mentions import BareMention

WANTED = (
    '{"doc": "...", "topic": 1, "subtopic": "1plus", "tokens": [["word", sentence], ...], '
    '"mentions": [{"type": "ACTION_OCCURRENCE", "tok": [0], "chain": "...", "valid": true}, ...]}'
)
_ACTIONS = ("ACTION", "NEG_ACTION")


def measure(file: str, _: Drafts) -> Outcome:
    """CoNLL F1 with and without groups of documents given, and of the same word. No model is needed."""
    return measured(file, WANTED, _document)


def _document(row: dict[str, Any]) -> Document:
    name, tokens = str(row["doc"]), row["tokens"]
    words = [str(word) for word, _ in tokens]
    sentences = sentences_of(tokens)
    made: list[tuple[BareMention, Hashable]] = []
    for position, m in enumerate(row["mentions"]):
        if m["valid"] and str(m["type"]).startswith(_ACTIONS) and m["tok"]:
            id = (name, position)
            number = tokens[m["tok"][0]][1]
            own = tuple(words[i] for i in m["tok"])
            mention = BareMention(id, name, number, own, tuple(sentences[number]))
            made.append((mention, m.get("chain") or ("alone", id)))
    return Document(name, words, (row["topic"], row["subtopic"]), made)
