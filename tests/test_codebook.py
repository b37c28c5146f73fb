"""docs/codebook.md is what the data files say, and every word of the vocabularies is explained."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

from chancery.records import ACTS, INSTRUMENTS, LINK_KINDS, STATUSES

DOCS = Path(__file__).resolve().parents[1] / "docs"


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_codebook", DOCS / "make_codebook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date() -> None:
    written = (DOCS / "codebook.md").read_text(encoding="utf8")
    assert written == generator().page(), "run: make docs"


@pytest.mark.parametrize(
    ("table", "words"),
    [("ACTS", ACTS), ("INSTRUMENTS", INSTRUMENTS), ("STATUSES", STATUSES), ("LINKS", LINK_KINDS)],
)
def test_every_word_is_explained(table: str, words: Iterable[str]) -> None:
    assert set(getattr(generator(), table)) == set(words)
