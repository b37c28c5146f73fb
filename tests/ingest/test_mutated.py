"""Mutated inputs of every kind: no crash, no hang. `python -m benchmarks.inputs` tries many more."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from benchmarks.inputs import MOST_BYTES, RUNS, memory, tried

CASES = sorted((Path(__file__).parent / "cases").glob("*-*"))


@pytest.mark.parametrize("kind", RUNS)
def test_no_mutated_input_breaks_its_reader(kind: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the libraries' own, which the program does not show either
        found = tried(kind, 40, seed=7)
    assert found.broken == []
    assert found.tried == 40
    assert memory() < 3 * MOST_BYTES  # of all tests so far, the model among them


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_what_once_broke_is_read_or_told(case: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        RUNS[case.name.partition("-")[0]](case.read_bytes())
