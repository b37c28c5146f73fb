"""Lemmas: from the treebanks' own pairs of form and lemma, else by the model's edit script.

The lexicon (lemmas.json beside the model) holds for each tag the forms whose lemma is not simply
the form in lower case, and all lemmas seen; it is made by training/export.py. A verb that neither
knows is undone by English spelling rules, where that gives a lemma the treebanks have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`forms`: tag -> lower-case form -> lemma; `verbs`: all verb lemmas of the treebanks."""

    forms: Mapping[str, Mapping[str, str]]
    verbs: frozenset[str]

    def lemma(self, word: str, upos: str, script: str) -> str:
        """The lemma of a word with its tag; `script` is the model's proposal."""
        low = word.lower().replace("’", "'")
        known = self.forms.get(upos, {}).get(low)
        if known is not None:
            return known
        proposed = by_script(word, script)
        if upos != "VERB" or proposed in self.verbs:
            return proposed
        return next((base for base in verb_bases(low) if base in self.verbs), proposed)


def by_script(word: str, script: str) -> str:
    """Applies an edit script ("l2|y": lower-case, cut two letters, add "y")."""
    base = word.lower() if script[0] == "l" else word
    cut, _, ending = script[1:].partition("|")
    made = base[: len(base) - int(cut)] + ending if int(cut) <= len(base) else base
    return made or word


def verb_bases(form: str) -> Iterator[str]:
    """What an inflected verb may come from, likeliest first: "pledged" -> "pledged", "pledg", "pledge"."""
    yield form
    for ending in ("ing", "ed", "es", "s"):
        if not form.endswith(ending) or len(form) <= len(ending) + 1:
            continue
        stem = form[: -len(ending)]
        yield stem
        yield stem + "e"
        if stem[-1] == "i":
            yield stem[:-1] + "y"
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
            yield stem[:-1]
