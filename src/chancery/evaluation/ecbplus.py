"""ECB+: the same event told by several reports (Cybulska and Vossen 2014). JSONL, one document a line.

Counted are mentions of actions in the sentences that were checked (`valid`), gold mentions given; one
without a chain is an event of its own. Given groups of documents are the subtopics.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from typing import Any

from chancery.errors import WrongForm
from chancery.evaluation.figures import Outcome
from chancery.evaluation.files import objects_of, shown, some
from chancery.evaluation.reading import Drafts
from chancery.evaluation.told_twice import Told, outcome
from chancery.reconcile.mentions import BareMention

WANTED = (
    '{"doc": "...", "topic": 1, "subtopic": "1plus", "tokens": [["word", sentence], ...], '
    '"mentions": [{"type": "ACTION_OCCURRENCE", "tok": [0], "chain": "...", "valid": true}, ...]}'
)
_ACTIONS = ("ACTION", "NEG_ACTION")


def measure(file: str, _: Drafts) -> Outcome:
    """CoNLL F1 with and without groups of documents given, and of the same word. No model is needed."""
    rows = some(list(objects_of(file, WANTED)), file, WANTED)
    documents: dict[str, list[str]] = {}
    given: dict[str, Hashable] = {}
    mentions: list[BareMention] = []
    gold: dict[Hashable, Hashable] = {}
    for where, row in rows:
        try:
            name = str(row["doc"])
            documents[name], found = _document(name, row)
            given[name] = (row["topic"], row["subtopic"])
        except (KeyError, IndexError, TypeError, ValueError):
            raise WrongForm(where, shown(row), WANTED) from None
        for mention, chain in found:
            mentions.append(mention)
            gold[mention.id] = chain
    return outcome(Told(documents, some(mentions, file, WANTED), gold, given))


def _document(name: str, row: dict[str, Any]) -> tuple[list[str], list[tuple[BareMention, Hashable]]]:
    words = [str(word) for word, _ in row["tokens"]]
    sentences: dict[int, list[str]] = defaultdict(list)
    for word, number in row["tokens"]:
        sentences[number].append(str(word))
    made: list[tuple[BareMention, Hashable]] = []
    for position, m in enumerate(row["mentions"]):
        if m["valid"] and str(m["type"]).startswith(_ACTIONS) and m["tok"]:
            id = (name, position)
            number = row["tokens"][m["tok"][0]][1]
            own = tuple(words[i] for i in m["tok"])
            mention = BareMention(id, name, number, own, tuple(sentences[number]))
            made.append((mention, m.get("chain") or ("alone", id)))
    return words, made
