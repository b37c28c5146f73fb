"""Chunks: the stretches of a document the model sees at once, at most a paragraph.

Whole paragraphs give the heads for dealings the sentences around ("he", "the two republics").
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from chancery.language.words import is_space

MOST_PIECES = 200  # trained on up to 320; attention's cost grows with the square
_CLOSERS = frozenset("\"'”’)]»")
_ENDS = frozenset((".", "!", "?", ";", ":", "…"))


def paragraphs(doc: Doc) -> list[list[int]]:
    """Token indices of each paragraph, blank tokens left out."""
    found: list[list[int]] = [[]]
    for token in doc:
        if is_space(token.text):
            if "\n" in token.text:
                found.append([])
        else:
            found[-1].append(token.i)
    return [p for p in found if p]


def split_long(words: Sequence[str], pieces: Sequence[int], most: int = MOST_PIECES) -> list[tuple[int, int]]:
    """Ranges of words with at most `most` pieces each, cut where a sentence seems to end."""
    ranges: list[tuple[int, int]] = []
    begin, total, last_end = 0, 0, 0
    for i, count in enumerate(pieces):
        if total + count > most and i > begin:
            cut = last_end if last_end > begin else i
            ranges.append((begin, cut))
            begin, total = cut, sum(pieces[cut:i])
        total += count
        if _seems_end(words, i):
            last_end = i + 1
    return [*ranges, (begin, len(words))]


def _seems_end(words: Sequence[str], i: int) -> bool:
    at = i
    while at > 0 and words[at] in _CLOSERS:
        at -= 1
    upper = i + 1 == len(words) or words[i + 1][:1].isupper() or not words[i + 1][:1].isalpha()
    return words[at] in _ENDS and upper and (i + 1 == len(words) or words[i + 1] not in _CLOSERS)


def chunks(doc: Doc, piece_counts: Sequence[int]) -> list[list[int]]:
    """Token indices of each chunk; `piece_counts` is by token of the document."""
    found: list[list[int]] = []
    for paragraph in paragraphs(doc):
        words = [doc[i].text for i in paragraph]
        counts = [piece_counts[i] for i in paragraph]
        found.extend(paragraph[a:b] for a, b in split_long(words, counts))
    return found
