"""Words: spaCy's English tokenizer, whose splits follow the treebanks' (hyphens and clitics apart)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import spacy
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# "$2.2bn", "U.S.-led", "Moscow's": what news writes that the stock rules leave joined
_EXTRA_INFIXES: Final = [r"(?<=[A-Za-z]\.)-(?=[A-Za-z])", r"(?<=[A-Za-z0-9])[–—/](?=[A-Za-z0-9])"]
_EXTRA_PREFIXES: Final = [r"US\$", r"C\$", r"A\$", r"NZ\$", r"HK\$"]

# Classes of written form. MiniLM reads lower-cased text, so case reaches the heads this way.
CASES: Final = 9


def case_class(word: str) -> int:
    """The class (1-8) of a word's written form; 0 is kept for padding and the root.

    1 lower, 2 upper, 3 capitalized, 4 mixed, 5 digits, 6 one capital letter, 7 with a digit, 8 other.
    """
    if word.isdigit():
        return 5
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) > 1 else 6
    if word[:1].isupper() and word[1:].islower():
        return 3
    if any(c.isdigit() for c in word):
        return 7
    return 4 if any(c.isupper() for c in word) else 8


def make_tokenizer() -> Tokenizer:
    """The tokenizer used in training and at run time alike."""
    nlp = spacy.blank("en")
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)  # spacy types it as a callable
    defaults = nlp.Defaults
    prefixes = [*_EXTRA_PREFIXES, *(defaults.prefixes or ())]
    infixes = [*_EXTRA_INFIXES, *(defaults.infixes or ())]
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.suffix_search = compile_suffix_regex(defaults.suffixes or ()).search
    return tokenizer


@cache
def splitter() -> Splitter:
    """One for all: making its tokenizer takes longer than most of what it is used for."""
    return Splitter()


class Splitter:
    """Splits short strings (names, titles) as the tokenizer does, most of them without it.

    A word of letters alone stays whole unless the tokenizer has an exception for it ("cannot").
    """

    def __init__(self) -> None:
        self._tokenizer = make_tokenizer()
        self._exceptions = frozenset(self._tokenizer.rules or ())

    def __call__(self, text: str) -> tuple[str, ...]:
        """The words of a string."""
        words = tuple(text.split(" "))
        if all(word.isalpha() and word not in self._exceptions for word in words):
            return words
        return tuple(token.text for token in self._tokenizer(text))


_IRREGULAR_SPACE = re.compile(r"\s")


def is_space(word: str) -> bool:
    """Whether a token is blanks only (spaCy keeps runs of blanks as tokens)."""
    return not _IRREGULAR_SPACE.sub("", word)
