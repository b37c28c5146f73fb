"""Dependency trees from arc scores: greedy heads inside each sentence, repaired only where needed.

Repair is Chu-Liu-Edmonds (package `ufal.chu_liu_edmonds`) with exactly one root a sentence.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import ufal.chu_liu_edmonds as cle

Heads = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

_FORBIDDEN = np.float32(-1e9)


def sentence_heads(arc: Scores) -> Heads:
    """Heads of one sentence of n words from scores [n+1, n+1] (row: dependent, column: head).

    Row and column 0 are the root. Returns n heads, 0 for the root, else 1-based.
    """
    scores = arc.copy()
    np.fill_diagonal(scores, _FORBIDDEN)
    heads: Heads = scores[1:].argmax(axis=1).astype(np.int64)
    return heads if _is_tree(heads) else _repaired(scores)


def _is_tree(heads: Heads) -> bool:
    """One root, and every word reaches it (by pointer jumping)."""
    if int((heads == 0).sum()) != 1:
        return False
    reach = np.concatenate([[0], heads])
    for _ in range(max(1, int(np.ceil(np.log2(len(reach)))))):
        reach = reach[reach]
    return not reach.any()


def _repaired(scores: Scores) -> Heads:
    """The best tree among those with one of the five likeliest roots."""
    shifted = scores.astype(np.float64)
    shifted -= shifted.max(axis=1, keepdims=True)
    logp = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    best: tuple[float, list[int]] | None = None
    for root in np.argsort(-logp[1:, 0])[:5] + 1:
        trial = logp.copy()
        trial[1:, 0] = _FORBIDDEN
        trial[root, 0] = logp[root, 0]
        heads, score = cle.chu_liu_edmonds(trial)
        if best is None or score > best[0]:
            best = (float(score), [int(h) for h in heads])
    assert best is not None  # a sentence has at least one word
    return np.array(best[1][1:], np.int64)


def relations(dependents: Scores, heads: Scores, form: Scores) -> npt.NDArray[np.int64]:
    """The best relation of each word to its head; both [n, d], form [d, labels * d].

    The form's axes are the dependent's, then relation and head's together (see `laid_out`).
    """
    n, d = dependents.shape
    seen = (dependents @ form).reshape(n, -1, d)
    best: npt.NDArray[np.int64] = np.einsum("nrd,nd->nr", seen, heads).argmax(axis=1)
    return best


def laid_out(form: Scores) -> Scores:
    """A form [labels, d, d] as `relations` multiplies by it: [d, labels * d]."""
    return np.ascontiguousarray(form.transpose(1, 0, 2)).reshape(form.shape[1], -1)
