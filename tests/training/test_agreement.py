"""Agreement of two readers on small rows whose figures can be counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from training.agreement import table, tally

TEXT = "Borduria aids Ruritania and warns Syldavia."


def act(start: int, end: int, name: str, actor: str = "BOR") -> dict[str, Any]:
    party = [{"id": actor, "span": None}]
    return {
        "trigger": [start, end], "act": name, "instrument": None, "actors": party, "recipients": [],
        "status": "occurred", "held_by": [], "speakers": [], "time": None, "amounts": [], "goods": [],
    }  # fmt: skip


def row(*events: dict[str, Any]) -> dict[str, Any]:
    return {"key": "k", "text": TEXT, "events": list(events), "links": []}


def test_the_same_reading_agrees_wholly() -> None:
    same = row(act(9, 13, "AID"), act(28, 33, "THREATEN"))
    assert {f1 for _, f1, _ in table(tally([(same, same)]))} == {1.0}


def test_a_missed_act_and_another_name_are_counted() -> None:
    one = row(act(9, 13, "AID"), act(28, 33, "THREATEN"))
    other = row(act(9, 13, "COOPERATE"))
    figures = {name: (f1, alpha) for name, f1, alpha in table(tally([(one, other)]))}
    assert figures["trigger"][0] == pytest.approx(2 / 3)
    assert figures["trigger"][1] < 1
    assert figures["act"][0] == 0
    assert figures["actors"] == (1.0, 1.0)
    assert figures["whole line"][0] == 0
