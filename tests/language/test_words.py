"""Words: the quick splitter agrees with the tokenizer on every name the knowledge holds."""

from __future__ import annotations

from chancery.knowledge.actor_data import actor_knowledge
from chancery.language.words import Splitter, case_class, make_tokenizer


def test_the_splitter_splits_as_the_tokenizer_does() -> None:
    split, tokenizer = Splitter(), make_tokenizer()
    names = sorted({name.text for name in actor_knowledge().names})[::7]
    phrases = list(actor_knowledge().offices) + list(actor_knowledge().bodies)
    for text in (*names, *phrases, "cannot", "Cote d'Ivoire", "Su-30MK2", "U.S.-led"):
        assert split(text) == tuple(t.text for t in tokenizer(text)), text


def test_classes_of_written_form() -> None:
    told = {w: case_class(w) for w in ("loan", "NATO", "Quito", "McCain", "2008", "A", "Su-30MK2", "$")}
    assert list(told.values()) == [1, 2, 3, 4, 5, 6, 7, 8]
