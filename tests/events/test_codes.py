"""Codes derive from act, instrument and status; every combination has one."""

from __future__ import annotations

import itertools

import pytest

from chancery.events.codes import derive
from chancery.knowledge.code_data import Worded, code_tables
from chancery.knowledge.loading import read_yaml
from chancery.records import ACTS, INSTRUMENTS, STATUSES, Act, Instrument, Status

TABLE = [
    ("AID", "loan", "occurred", "AID", "071", 2),
    ("AID", "loan", "promised", "AGREE", "0331", 1),
    ("AID", "arms", "requested", "REQUEST", "0232", 3),
    ("AID", "arms", "demanded", "REQUEST", "1032", 3),
    ("ASSAULT", "force", "conditional", "THREATEN", "138", 3),
    ("SUPPORT", "recognition", "occurred", "SUPPORT", "054", 1),
    ("SUPPORT", "recognition", "refused", "REJECT", "120", 3),
    ("CONSULT", "visit", "occurred", "CONSULT", "042", 1),
    ("CONSULT", "visit", "planned", "AGREE", "036", 1),
    ("SANCTION", "relations", "occurred", "SANCTION", "161", 4),
]


@pytest.mark.parametrize(("act", "instrument", "status", "event", "cameo", "quad"), TABLE)
def test_derived(act: Act, instrument: Instrument, status: Status, event: str, cameo: str, quad: int) -> None:
    """As the codebooks have it."""
    codes = derive(act, instrument, status, code_tables())
    assert (codes.plover_event, codes.cameo, codes.quad) == (event, cameo, quad)


WORDS = [
    ("MOBILIZE", "troops", "occurred", "send", "peacekeeper", "AID", "074"),
    ("MOBILIZE", "troops", "promised", "send", "peacekeeper", "AGREE", "03"),
    ("MOBILIZE", "troops", "occurred", "send", "tank", "MOBILIZE", "154"),
    ("REQUEST", None, "demanded", "ultimatum", "", "THREATEN", "139"),
    ("REJECT", None, "occurred", "deny", "", "REJECT", "016"),
    ("RETREAT", None, "promised", "ceasefire", "declare", "RETREAT", "0871"),
    ("RETREAT", None, "promised", "ceasefire", "agree", "AGREE", "03"),
    ("MOBILIZE", "troops", "offered", "send", "", "AGREE", "0332"),
    ("CONCEDE", "statement", "occurred", "apologize", "", "SUPPORT", "055"),
    ("REJECT", "talks", "planned", "boycott", "", "THREATEN", "134"),
    ("REJECT", "talks", "occurred", "boycott", "", "REJECT", "125"),
    ("REJECT", "vote", "occurred", "boycott", "", "PROTEST", "143"),
    ("REJECT", "agreement", "occurred", "violate", "truce", "ASSAULT", "196"),
    ("REJECT", "talks", "occurred", "suspend", "negotiation", "SANCTION", "164"),
    ("RETREAT", "troops", "occurred", "withdraw", "observer", "SANCTION", "166"),
    ("COERCE", "territory", "occurred", "seize", "", "ASSAULT", "192"),
    ("COERCE", "prisoners", "occurred", "seize", "", "COERCE", "173"),
    ("COERCE", "force", "occurred", "siege", "state", "COERCE", "172"),
    ("COERCE", "force", "occurred", "siege", "city", "ASSAULT", "191"),
    ("AGREE", "agreement", "occurred", "deal", "reach", "SUPPORT", "057"),
    ("ASSAULT", "force", "planned", "invade", "", "THREATEN", "138"),
    ("RETREAT", None, "refused", "ceasefire", "", "REJECT", "12"),
]


@pytest.mark.parametrize(("act", "instrument", "status", "word", "beside", "event", "cameo"), WORDS)
def test_words_sharpen_codes(
    act: Act,
    instrument: Instrument | None,
    status: Status,
    word: str,
    beside: str,
    event: str,
    cameo: str,
) -> None:
    """Where the codebooks make the code hang on the word."""
    said = Worded(frozenset((word,)), frozenset((beside,)), frozenset((word, beside)))
    codes = derive(act, instrument, status, code_tables(), said)
    assert (codes.plover_event, codes.cameo) == (event, cameo)


def test_every_combination_has_codes() -> None:
    """No hole in the tables, and intensities stay on Goldstein's scale."""
    for act, instrument, status in itertools.product(ACTS, (None, *INSTRUMENTS), STATUSES):
        codes = derive(act, instrument, status, code_tables())
        assert codes.plover_event in ACTS
        assert -10 <= codes.intensity <= 10


def test_every_code_of_the_tables_has_a_name() -> None:
    """The exports write names beside codes."""
    tables = code_tables()
    given = {w.cameo for w in tables.words if w.cameo}
    for act, instrument, status in itertools.product(ACTS, (None, *INSTRUMENTS), STATUSES):
        given.add(derive(act, instrument, status, tables).cameo or "")
    assert given <= set(read_yaml("layouts/cameo_names.yaml"))
