"""From one chunk's scores to sentences, tags, trees, names and proposals. Indices are of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chancery.language.model import ChunkScores, EmbeddedModel, Scores
from chancery.language.proposals import ActProposal, LinkProposal, Scored
from chancery.language.trees import relations, sentence_heads

CANDIDATE = 0.2  # an act below this probability is not even proposed
ROLE = 0.15  # likewise a word in a role
LINK = 0.2  # and a link
KEPT = 4  # labels kept of each head


@dataclass(frozen=True, slots=True)
class Decoded:
    """One chunk of n words; `heads` are word indices, a root's head is itself."""

    heads: list[int]
    relations: list[str]
    upos: list[str]
    xpos: list[str]
    lemma_scripts: list[str]
    names: list[str]
    acts: list[ActProposal]
    links: list[LinkProposal]


def decode(scores: ChunkScores, model: EmbeddedModel, words: Sequence[str]) -> Decoded:
    """Decodes a chunk of `words`."""
    of, labels = scores.of, model.labels
    heads, rels = _trees(of, model, sentence_bounds(of["start"][1:], words))

    def best(name: str) -> list[str]:
        return [labels[name][i] for i in of[name][1:].argmax(axis=1)]

    acts, rows = _acts(of, model)
    return Decoded(
        heads, rels, best("upos"), best("xpos"), best("lemma"),
        _legal_names(best("name")), acts, _links(of, model, rows),
    )  # fmt: skip


def sentence_bounds(start: Scores, words: Sequence[str]) -> list[tuple[int, int]]:
    """Word ranges of sentences from start scores [n, 2]; the first word always starts one.

    A full stop before a capital starts a sentence on weaker evidence; quotation marks go with the
    words they enclose. Of straight marks every second one closes. Nothing starts behind a comma.
    """
    logit = start[:, 1] - start[:, 0]
    opens, closes = _marks(words)
    starts = {0}
    for i in range(1, len(words)):
        stop = (_last_word(words, i) in _STOPS and words[i][:1].isupper()) or i in opens
        weak = stop and _last_word(words, i) in _STOPS
        certain = weak and i in opens and i - 1 in closes  # one quotation ends, another begins
        if certain or (logit[i] > (_WEAK if weak else 0) and _last_word(words, i) != ","):
            starts.add(i)
    for i in sorted(starts):
        if i and i in closes and i + 1 < len(words):
            starts.discard(i)
            starts.add(i + 1)
        elif i and i - 1 in opens and i in starts:
            starts.discard(i)
            starts.add(i - 1)
    ordered = sorted(starts)
    return list(zip(ordered, [*ordered[1:], len(words)], strict=True))


_STOPS = frozenset((".", "!", "?"))
_OPENERS = frozenset(("“", "‘", "(", "["))
_CLOSERS = frozenset(("”", "’", ")", "]"))
_WEAK = -2.5  # a tenth of a chance is enough behind a full stop


def _marks(words: Sequence[str]) -> tuple[set[int], set[int]]:
    """Where marks open and where they close."""
    opens = {i for i, w in enumerate(words) if w in _OPENERS}
    closes = {i for i, w in enumerate(words) if w in _CLOSERS}
    straight = [i for i, w in enumerate(words) if w == '"']
    return opens | set(straight[::2]), closes | set(straight[1::2])


def _last_word(words: Sequence[str], i: int) -> str:
    """The word before `i`, closing and opening marks left out."""
    at = i - 1
    while at > 0 and (words[at] in _CLOSERS or words[at] in _OPENERS or words[at] == '"'):
        at -= 1
    return words[at]


def _trees(
    of: dict[str, Scores], model: EmbeddedModel, bounds: list[tuple[int, int]]
) -> tuple[list[int], list[str]]:
    above: list[int] = []  # rows of the scores: 0 is the root
    for begin, end in bounds:
        keep = np.r_[0, begin + 1 : end + 1]
        local = sentence_heads(of["arc"][np.ix_(keep, keep)])
        above.extend(int(head) + begin if head else 0 for head in local)
    best = relations(of["rel_dep"][1:], of["rel_head"][above], model.forms["relation"])
    names = model.labels["relation"]
    root = names.index("root")
    heads = [head - 1 if head else i for i, head in enumerate(above)]
    rels = [
        "root" if not head else names[rel] if rel != root else "dep"
        for head, rel in zip(above, best, strict=True)
    ]
    return heads, rels


def _legal_names(labels: list[str]) -> list[str]:
    """An I- after another kind of name begins a name of its own."""
    out: list[str] = []
    for i, label in enumerate(labels):
        before = out[i - 1] if i else "O"
        broken = label.startswith("I-") and before[2:] != label[2:]
        out.append(f"B-{label[2:]}" if broken else label)
    return out


def softmax(x: Scores) -> Scores:
    """Over the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True), np.float32)


def sigmoid(x: Scores) -> Scores:
    """Logistic function."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float32)


def _top(row: npt.NDArray[np.float32], labels: list[str]) -> tuple[Scored, ...]:
    order = np.argsort(-row)[:KEPT]
    return tuple(Scored(labels[i], float(row[i])) for i in order)


def _acts(of: dict[str, Scores], model: EmbeddedModel) -> tuple[list[ActProposal], list[int]]:
    labels = model.labels
    p = softmax(of["act"][1:])
    rows = [int(i) for i in np.nonzero(1 - p[:, 0] > CANDIDATE)[0]]
    proposals = []
    for i in rows:
        named = p[i, 1:] / max(float(p[i, 1:].sum()), 1e-6)
        proposals.append(
            ActProposal(
                i,
                float(1 - p[i, 0]),
                _top(named, labels["act"][1:]),
                _top(softmax(of["instrument"][i + 1]), labels["instrument"]),
                _top(softmax(of["status"][i + 1]), labels["status"]),
                _roles(of, model, i),
            )
        )
    return proposals, rows


def _roles(of: dict[str, Scores], model: EmbeddedModel, row: int) -> dict[str, tuple[tuple[int, float], ...]]:
    form = model.forms["role"]
    seen = np.einsum("i,rij->rj", of["role_trigger"][row + 1], form)
    scores = sigmoid(seen @ of["role_word"][1:].T)
    return {
        role: tuple((int(i), float(scores[r, i])) for i in np.nonzero(scores[r] > ROLE)[0])
        for r, role in enumerate(model.labels["role"])
    }


def _links(of: dict[str, Scores], model: EmbeddedModel, rows: list[int]) -> list[LinkProposal]:
    found = []
    for give in rows:
        seen = np.einsum("i,kij->kj", of["link_give"][give + 1], model.forms["link"])
        for take in rows:
            scores = sigmoid(seen @ of["link_take"][take + 1])
            kind = int(scores.argmax())
            if take != give and scores[kind] > LINK:
                found.append(LinkProposal(give, take, model.labels["link"][kind], float(scores[kind])))
    return found
