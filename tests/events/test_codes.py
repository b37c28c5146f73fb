"""Codes derive from act, instrument and status; every combination has one."""

from __future__ import annotations

import itertools

import pytest

from chancery.events.codes import derive
from chancery.knowledge.code_data import code_tables
from chancery.records import ACTS, INSTRUMENTS, STATUSES, Act, Instrument, Status

TABLE = [
    ("AID", "loan", "occurred", "AID", "071", 2),
    ("AID", "loan", "promised", "AGREE", "0331", 1),
    ("AID", "arms", "requested", "REQUEST", "1032", 3),
    ("ASSAULT", "force", "conditional", "THREATEN", "138", 3),
    ("SUPPORT", "recognition", "occurred", "SUPPORT", "054", 1),
    ("SUPPORT", "recognition", "refused", "REJECT", "120", 3),
    ("CONSULT", "visit", "planned", "CONSULT", "042", 1),
    ("SANCTION", "relations", "occurred", "SANCTION", "161", 4),
]


@pytest.mark.parametrize(("act", "instrument", "status", "event", "cameo", "quad"), TABLE)
def test_derived(act: Act, instrument: Instrument, status: Status, event: str, cameo: str, quad: int) -> None:
    """As the codebooks have it."""
    codes = derive(act, instrument, status, code_tables())
    assert (codes.plover_event, codes.cameo, codes.quad) == (event, cameo, quad)


def test_every_combination_has_codes() -> None:
    """No hole in the tables, and intensities stay on Goldstein's scale."""
    for act, instrument, status in itertools.product(ACTS, (None, *INSTRUMENTS), STATUSES):
        codes = derive(act, instrument, status, code_tables())
        assert codes.plover_event in ACTS
        assert -10 <= codes.intensity <= 10
