"""Goods: things with a noun or a designation we know, with their number where the text gives it."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from chancery.knowledge.quantity_data import Quantities, quantities
from chancery.records import Amount, Goods, Span

_INSIDE = ("amod", "compound", "nummod", "punct", "appos", "flat", "nmod", "dep", "obl:npmod", "advmod")
_STOPS = frozenset((",", "and", "or", "of", "the", "a", "an", "its", "their", "his", "for", "to", "with"))
_LONGEST = 8


def find_goods(doc: Doc, amounts: tuple[Amount, ...]) -> tuple[Goods, ...]:
    """Goods in reading order; sums of money are not goods."""
    table = quantities()
    money = [a.span for a in amounts if a.currency]
    made: list[Goods] = []
    done = -1
    for token in doc:
        category = _category(token, table)
        if category is None or token.i <= done:
            continue
        start, end = _phrase(token)
        if any(
            doc[i].idx < m.end and m.start < doc[i].idx + len(doc[i])
            for m in money
            for i in range(start, end)
        ):
            start = token.i
        made.append(_goods(doc, start, end, category, table))
        done = end - 1
    return tuple(made)


def _category(token: Token, table: Quantities) -> str | None:
    for pattern, category in table.designations:
        if pattern.fullmatch(_joined(token)):
            return category
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    for words, category in table.goods_nouns.items():
        n = len(words)
        if token.i + 1 < n or (token.lemma_.lower() != words[-1] and token.lower_ != words[-1]):
            continue
        if all(token.doc[token.i - n + 1 + k].lower_ == w for k, w in enumerate(words[:-1])):
            return category
    return None


def _joined(token: Token) -> str:
    """The word with what hyphens tie to it: tokenizers split "Su-30MK2"."""
    doc, text, at = token.doc, token.text, token.i
    while (
        at + 2 < len(doc)
        and not doc[at].whitespace_
        and doc[at + 1].text in ("-", "/")
        and not doc[at + 1].whitespace_
    ):
        text += doc[at + 1].text + doc[at + 2].text
        at += 2
    return text


def _phrase(token: Token) -> tuple[int, int]:
    """The noun phrase around a goods word: back to its number, on to its head noun."""
    doc = token.doc
    end = token.i + 1
    while end < len(doc) and not doc[end - 1].whitespace_ and not doc[end].is_punct | doc[end].is_space:
        end += 1
    while end < len(doc) and end - token.i < _LONGEST:
        following = doc[end]
        glued = not doc[end - 1].whitespace_ and following.text in ("-", "/")
        joins = following.pos_ in ("NOUN", "PROPN", "NUM", "ADJ") and following.sent == token.sent
        if following.lower_ in _STOPS or not (
            glued or joins or (doc[end - 1].text == "-" and following.is_alpha)
        ):
            break
        end += 1
    start = token.i
    while start > token.sent.start and token.i - start < _LONGEST:
        before = doc[start - 1]
        if (
            before.lower_ in _STOPS
            or before.pos_ not in ("ADJ", "NOUN", "PROPN", "NUM", "PUNCT")
            or before.text in "“”\"'.;:()"
        ):
            break
        start -= 1
        if before.pos_ == "NUM":
            break
    while start < token.i and doc[start].is_punct:
        start += 1
    return start, end


def _goods(doc: Doc, start: int, end: int, category: str, table: Quantities) -> Goods:
    words = doc[start:end]
    count = _number(doc[start], table) if start < end - 1 else None
    item = doc[start + 1 : end] if count is not None else words
    if count is None and start and doc[start - 1].lower_ in ("a", "an"):
        count = 1
    return Goods(words.text, count, item.text, category, Span(words.start_char, words.end_char))


def _number(token: Token, table: Quantities) -> int | None:
    if token.pos_ != "NUM":
        return None
    digits = token.text.replace(",", "")
    if digits.isdigit():
        return int(digits)
    return table.times.numbers.get(token.lower_) if token.lower_ not in ("a", "an") else None
