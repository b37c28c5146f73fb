"""Fixtures for all tests: the embedded model and a bare tokenizer are loaded once a run."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.language import Language

from chancery import language
from chancery.language.words import make_tokenizer


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The embedded model, one thread."""
    return language.load(threads=1)


@pytest.fixture(scope="session")
def blank() -> Language:
    """Words and one sentence a text, no model."""
    return make_blank()


def make_blank() -> Language:
    """The same, for tests that cannot take a fixture."""
    pipeline = English()
    pipeline.tokenizer = make_tokenizer()
    pipeline.add_pipe("sentencizer")
    return pipeline
