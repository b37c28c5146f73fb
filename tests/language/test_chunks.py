"""Chunks cover every word once and stay short."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from chancery.language.chunks import chunks, split_long

WORDS = st.lists(st.sampled_from(["Moscow", "lent", ".", "”", "million", "A", "!"]), min_size=1, max_size=60)


@given(WORDS, st.integers(1, 20))
def test_split_covers_all(words: list[str], most: int) -> None:
    """Ranges follow each other without a gap, and only a single word may be too long."""
    ranges = split_long(words, [1] * len(words), most)
    assert [i for a, b in ranges for i in range(a, b)] == list(range(len(words)))
    assert all(b - a <= most for a, b in ranges)


def test_paragraphs_are_chunks(blank: Language) -> None:
    """A line break ends a chunk; blanks belong to none."""
    doc = blank("First line.\n\n  Second line here.\nThird.")
    found = [" ".join(doc[i].text for i in c) for c in chunks(doc, [1] * len(doc))]
    assert found == ["First line .", "Second line here .", "Third ."]
