"""Fixed scales: what rounding costs, and that a text is made into what the graph takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from training.static import EASED, TOP, Array, easing, feeds, fixed, ranges, rounded


def drawn(rows: int, wide: int) -> Array:
    return np.random.default_rng(rows).normal(size=(rows, wide)).astype(np.float32)


def error(rows: Array, weights: Array, factor: Array) -> float:
    """The best that a way with this factor does to the products."""
    exact = rows @ weights
    whole, scale = rounded(weights * factor[:, None])
    return min(float(((exact - way.cut(rows) @ (whole * scale)) ** 2).mean()) for way in ranges(rows, factor))


def test_weights_keep_to_seven_bits_and_half_a_step() -> None:
    weights = drawn(64, 32) * np.linspace(0.01, 5, 32, dtype=np.float32)
    whole, scale = rounded(weights)
    assert (whole.min(), whole.max()) == (-TOP, TOP)
    assert (np.abs(whole * scale - weights) <= scale / 2 + 1e-6).all()


def test_a_column_of_nothing_stays_nothing() -> None:
    whole, scale = rounded(np.zeros((8, 2), np.float32))
    assert not whole.any()
    assert np.isfinite(scale).all()


def test_a_channel_far_larger_than_the_others_is_evened_out() -> None:
    rows, weights = drawn(300, 64), drawn(64, 16)
    rows[:, 7] *= 50
    plain = np.ones(64, np.float32)
    chosen = fixed(rows, [weights])
    assert chosen.factor[7] > 2 * np.median(chosen.factor)
    assert error(rows, weights, chosen.factor) < error(rows, weights, plain) / 4


@pytest.mark.parametrize("share", EASED)
def test_easing_changes_no_product(share: float) -> None:
    rows, weights = drawn(50, 24), drawn(24, 8)
    factor = easing(rows, [weights], share)
    assert (factor > 0).all()
    np.testing.assert_allclose((rows / factor) @ (weights * factor[:, None]), rows @ weights, atol=1e-4)


def test_nothing_is_rounded_to_nothing() -> None:
    """Padding and absent marks are zeros, and must stay so."""
    chosen = fixed(drawn(100, 16) + 3, [drawn(16, 4)])
    assert not chosen.cut(np.zeros((1, 16), np.float32)).any()


class Letters:
    """A tokenizer whose pieces are letters."""

    def encode(self, words: list[str], **_: Any) -> Any:
        ids = [ord(c) for w in words for c in w] if words else [1, 2]
        return type("Encoding", (), {"ids": ids})


def test_a_feed_is_one_text_by_itself() -> None:
    (feed,) = feeds([["Up", "we", "go"]], Letters())
    assert feed["ids"].tolist() == [[1, *map(ord, "Upwego"), 2]]
    assert feed["mask"].tolist() == [[1] * 8]
    assert feed["first"].tolist() == [[0, 1, 3, 5]]
    assert feed["case"].tolist() == [[0, 3, 1, 1]]
