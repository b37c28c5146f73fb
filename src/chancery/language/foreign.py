"""Another Universal Dependencies pipeline in the place of our syntax.

It may be spacy-stanza, spacy-udpipe or a user's own. Its words, sentences, tags, lemmas and trees
are taken as they are; the embedded model then adds names and proposals on its words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from chancery.errors import ModelError

# The universal relations (https://universaldependencies.org/u/dep/); subtypes follow a colon.
RELATIONS = frozenset(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse "  # noqa: SIM905
    "dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis "
    "punct reparandum root vocative xcomp".split()
)


@cache
def syntax_pipeline(name: str) -> Callable[[str], Doc]:
    """What turns a text into a parsed document.

    `name` is an installed spaCy pipeline, or `module:function` of a function that gives a
    `Language`. Raises `ModelError` where it cannot be loaded; the result raises it where a document
    is not in Universal Dependencies.
    """
    nlp = _loaded(name)

    def parse(text: str) -> Doc:
        doc = nlp(text)
        _check(doc, name)
        return doc

    return parse


def _loaded(name: str) -> Language:
    module, colon, function = name.partition(":")
    try:
        made = getattr(import_module(module), function)() if colon else spacy.load(name)
    except (ImportError, AttributeError, OSError) as problem:
        raise ModelError(
            f"CHANCERY_SYNTAX: {name!r} cannot be loaded ({problem}); it must be an installed spaCy "
            "pipeline or module:function"
        ) from problem
    if not isinstance(made, Language):
        raise ModelError(f"CHANCERY_SYNTAX: {name!r} gives {type(made).__name__}, not a spaCy Language")
    return made


def _check(doc: Doc, name: str) -> None:
    if len(doc) and not doc.has_annotation("DEP"):
        raise ModelError(f"CHANCERY_SYNTAX: {name!r} makes no dependency trees")
    strange = sorted({t.dep_ for t in doc if t.dep_.lower().partition(":")[0] not in RELATIONS and t.dep_})
    if strange:
        raise ModelError(
            f"CHANCERY_SYNTAX: {name!r} is not in Universal Dependencies: it says {', '.join(strange[:5])}"
        )
