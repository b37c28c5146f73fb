"""Every sentence gets a tree: one root, no cycles, whatever the scores."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from chancery.language.trees import sentence_heads

SCORES = st.integers(1, 12).flatmap(
    lambda n: arrays(np.float32, (n + 1, n + 1), elements=st.floats(-50, 50, width=32))
)


@given(SCORES)
def test_always_a_tree(scores: np.ndarray) -> None:
    """One word hangs on the root and all others reach it."""
    heads = [0, *(int(h) for h in sentence_heads(scores))]
    assert heads.count(0) == 2
    for word in range(1, len(heads)):
        seen, at = set(), word
        while at:
            assert at not in seen
            seen.add(at)
            at = heads[at]
