"""Mentions of events grouped by our words alone, and how well: what ECB+ and MEANTIME have in common.

Three settings: the same last word within a given topic (the baseline), groups of documents as given, and
groups of documents that we find ourselves. A mention is its last word's stem; gold mentions are given.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chancery.errors import WrongForm
from chancery.evaluation.coreference import Groups, groups, scores
from chancery.evaluation.figures import Figure, Outcome
from chancery.evaluation.files import objects_of, shown, some
from chancery.reconcile.mentions import BareMention, same_events, stories
from chancery.reconcile.words import stem

MOST_MISSES = 2000


@dataclass(frozen=True, slots=True)
class Told:
    """A corpus: documents' words, mentions, the gold group of each, and the given groups of documents."""

    documents: Mapping[str, Sequence[str]]
    mentions: Sequence[BareMention]
    gold: Mapping[Hashable, Hashable]
    given: Mapping[str, Hashable]


@dataclass(frozen=True, slots=True)
class Document:
    """One row: the document's name, words and given group, and its mentions with the event of each."""

    name: str
    words: Sequence[str]
    group: Hashable
    mentions: Sequence[tuple[BareMention, Hashable]]


def measured(file: str, wanted: str, document: Callable[[dict[str, Any]], Document]) -> Outcome:
    """The figures of a JSONL file of documents. Raises `WrongForm` where a row is not as `wanted`."""
    documents: dict[str, Sequence[str]] = {}
    given: dict[str, Hashable] = {}
    mentions: list[BareMention] = []
    gold: dict[Hashable, Hashable] = {}
    for where, row in some(list(objects_of(file, wanted)), file, wanted):
        try:
            made = document(row)
        except (KeyError, IndexError, TypeError, ValueError):
            raise WrongForm(where, shown(row), wanted) from None
        documents[made.name], given[made.name] = made.words, made.group
        for mention, event in made.mentions:
            mentions.append(mention)
            gold[mention.id] = event
    return outcome(Told(documents, some(mentions, file, wanted), gold, given))


def sentences_of(tokens: Sequence[tuple[Any, int]]) -> dict[int, list[str]]:
    """The words of each sentence, by its number; `tokens` are pairs of a word and that number."""
    sentences: dict[int, list[str]] = defaultdict(list)
    for word, number in tokens:
        sentences[number].append(str(word))
    return sentences


def outcome(told: Told) -> Outcome:
    """The figures of the three settings, and pairs that the last one gets wrong."""
    gold = groups(told.gold)
    everything = dict.fromkeys(told.documents, 0)
    found = stories(told.documents)
    ours = _groups(told, found)
    figures = (
        Figure("mentions", len(told.mentions)),
        Figure("events", len(gold)),
        *scores(gold, ours, "documents not given: "),
        *scores(gold, _groups(told, told.given), "documents given: "),
        *scores(gold, _same_word(told, told.given), "same word, documents given: "),
        *scores(gold, _same_word(told, everything), "same word: "),
        Figure("groups of documents found", len(set(found.values()))),
        Figure("groups of documents given", len(set(told.given.values()))),
    )
    return Outcome(figures, tuple(_misses(told, ours)))


def _groups(told: Told, story: Mapping[str, Hashable]) -> Groups:
    made = same_events(told.mentions, told.documents, story)
    return [frozenset(mention.id for mention in group) for group in made]


def _same_word(told: Told, story: Mapping[str, Hashable]) -> Groups:
    return groups({m.id: (stem(m.words[-1]), story[m.document]) for m in told.mentions})


def _misses(told: Told, ours: Groups) -> list[str]:
    """Groups of ours that mix events, by the words of their mentions; the largest first."""
    words = {m.id: f"{' '.join(m.words)} ({m.document})" for m in told.mentions}
    made = []
    for group in sorted(ours, key=len, reverse=True):
        of = Counter(told.gold[mention] for mention in group)
        if len(of) > 1:
            parts = [
                ", ".join(sorted(words[m] for m in group if told.gold[m] == event)) for event in list(of)[:4]
            ]
            made.append(f"{len(of)} events in one group: " + " | ".join(parts))
    return made[:MOST_MISSES]
