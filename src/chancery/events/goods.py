"""Goods: things with a noun or a designation we know, with their number where the text gives it.

A number counts only right before the noun phrase ("two dozen Russian tanks"), in digits or in words; "a" and
"an" are one. Sums of money and measures before the thing ("300 tons of wheat") are amounts, not counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from chancery.events.numbers import number, number_pattern
from chancery.knowledge.quantity_data import Quantities, quantities
from chancery.records import Amount, Goods, Span

_STOPS = frozenset(
    ("and", "or", "of", "the", "a", "an", "its", "their", "his", "her", "our", "for", "to", "with", "more")
)
_LONGEST = 8
_JOINS = ("NOUN", "PROPN", "ADJ", "NUM")
_ENDS = "“”\"'.;:(),"
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_goods(doc: Doc, amounts: tuple[Amount, ...]) -> tuple[Goods, ...]:
    """Goods in reading order; sums of money are not goods."""
    money, text = [a.span for a in amounts if a.currency], doc.text
    made: list[Goods] = []
    done = -1
    for first, last, category in _named(doc, quantities()):
        if first <= done or _overlaps(doc, first, last, money):
            continue
        end = _end(doc, last)
        start = max(_start(doc, first), done + 1)
        while start < first and _overlaps(doc, start, start + 1, money):
            start += 1
        made.append(_goods(doc, text, (start, end), category))
        done = end - 1
    return tuple(made)


def _overlaps(doc: Doc, first: int, last: int, spans: list[Span]) -> bool:
    words = doc[first:last]
    return any(s.start < words.end_char and words.start_char < s.end for s in spans)


def _named(doc: Doc, table: Quantities) -> list[tuple[int, int, str]]:
    """Tokens from and to of each designation or noun, with its category, designations first."""
    found = [*_designations(doc, table), *_nouns(doc, table)]
    return sorted(found, key=lambda f: (f[0], -f[1]))


def _designations(doc: Doc, table: Quantities) -> Iterator[tuple[int, int, str]]:
    text = doc.text  # spaCy joins it anew each time
    if not table.any_designation.search(text):
        return
    for pattern, category in table.designations:
        for match in pattern.finditer(text):
            words = doc.char_span(match.start(), match.end(), alignment_mode="expand")
            if words is not None:
                yield words.start, words.end, category


def _nouns(doc: Doc, table: Quantities) -> Iterator[tuple[int, int, str]]:
    """The longest goods noun that ends at each noun."""
    most = max(len(words) for words in table.goods_nouns)
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN"):
            continue
        for n in range(min(most, token.i + 1), 0, -1):
            before = tuple(t.lower_ for t in doc[token.i - n + 1 : token.i])
            category = _category(before, token, table)
            if category is not None:
                yield token.i - n + 1, token.i + 1, category
                break


def _category(before: tuple[str, ...], token: Token, table: Quantities) -> str | None:
    """By the lemma or the word; a plural the model gives no lemma for loses its "s"."""
    word = token.lower_
    forms = (token.lemma_.lower(), word, word.removesuffix("s"))
    return next((c for f in forms if (c := table.goods_nouns.get((*before, f))) is not None), None)


def _end(doc: Doc, last: int) -> int:
    """On to the head noun: "Su-30 fighter jets", "F-16 Block 70"."""
    end = last
    while end < len(doc) and end - last < _LONGEST:
        following, before = doc[end], doc[end - 1]
        glued = not before.whitespace_ and (following.text in ("-", "/") or before.text in ("-", "/"))
        joins = following.pos_ in _JOINS and following.sent == before.sent and following.text not in _ENDS
        if following.is_space or following.lower_ in _STOPS or not (glued or joins):
            break
        end += 1
    return end


def _start(doc: Doc, first: int) -> int:
    """Back over what modifies the thing, its number left out."""
    start = first
    while start > doc[first].sent.start and first - start < _LONGEST:
        before = doc[start - 1]
        hyphen = before.text == "-" and not before.whitespace_
        if (
            before.lower_ in _STOPS
            or before.is_space
            or before.text in _ENDS
            or not (before.pos_ in ("ADJ", "NOUN", "PROPN") or hyphen)
            or (number(before.text) is not None and doc[start].text != "-")
        ):
            break
        start -= 1
    while start < first and (doc[start].text == "-" or doc[start].is_punct):
        start += 1
    return start


def _goods(doc: Doc, text: str, at: tuple[int, int], category: str) -> Goods:
    start, end = at
    words = doc[start:end]
    sentence = words.sent
    told = _count().search(text, sentence.start_char, words.start_char)
    count, begin = None, words.start_char
    if told is not None and not (_YEAR.fullmatch(told["number"]) and told["preposition"]):
        value = number(told["number"])
        count = int(value) if value is not None and value == int(value) else None
        begin = told.start("number") if count is not None else begin
    if count is None and start > sentence.start and doc[start - 1].lower_ in ("a", "an"):
        count = 1
    span = Span(begin, words.end_char)
    return Goods(span.of(text), count, words.text, category, span)


@cache
def _count() -> re.Pattern[str]:
    """A number right before a thing."""
    return re.compile(
        rf"(?P<preposition>\b(?:in|since|by|until|of|from|during)\s+)?(?<![\w$€£¥.,/–-])(?P<number>{number_pattern()})"
        r"(?:\s+(?:more|additional|new|of\s+(?:the|its|their|these|those)))?\s+$",
        re.IGNORECASE,
    )
