"""MEANTIME: events across Wikinews articles on three topics (Minard et al. 2016). JSONL, one article a line.

Counted are mentions of the events that were annotated across articles (those with an `instance_id`), gold
mentions given. Given groups of documents are the topics.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import Any

from chancery.errors import WrongForm
from chancery.evaluation.figures import Outcome
from chancery.evaluation.files import objects_of, shown, some
from chancery.evaluation.reading import Drafts
from chancery.evaluation.told_twice import Told, outcome
from chancery.reconcile.mentions import BareMention

WANTED = (
    '{"corpus": "...", "doc_id": "...", "tokens": [["word", sentence], ...], "mentions": [{"tag": '
    '"EVENT_MENTION", "m_id": "1", "tok": [0]}, ...], "instances": [{"tag": "EVENT", "m_id": "2", '
    '"instance_id": "..."}, ...], "relations": [{"tag": "REFERS_TO", "src": ["1"], "tgt": ["2"]}, ...]}'
)


def measure(file: str, _: Drafts) -> Outcome:
    """CoNLL F1 with and without the topics given, and of the same word. No model is needed."""
    rows = some(list(objects_of(file, WANTED)), file, WANTED)
    documents: dict[str, list[str]] = {}
    given: dict[str, Hashable] = {}
    mentions: list[BareMention] = []
    gold: dict[Hashable, Hashable] = {}
    for where, row in rows:
        try:
            name = str(row["doc_id"])
            documents[name] = [str(word) for word, _ in row["tokens"]]
            given[name] = row["corpus"]
            found = list(_mentions(name, row))
        except (KeyError, IndexError, TypeError, ValueError):
            raise WrongForm(where, shown(row), WANTED) from None
        for mention, event in found:
            mentions.append(mention)
            gold[mention.id] = event
    return outcome(Told(documents, some(mentions, file, WANTED), gold, given))


def _mentions(name: str, row: dict[str, Any]) -> Iterator[tuple[BareMention, str]]:
    tokens = row["tokens"]
    sentences: dict[int, list[str]] = defaultdict(list)
    for word, number in tokens:
        sentences[number].append(str(word))
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
