"""How far a dealing has come, by the word of one line and by all of them."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.deals.stages import in_order, reached, stage_of
from chancery.records import Act, DealStage, Status, Step
from tests.factories import make_event


@pytest.mark.parametrize(
    ("act", "status", "word", "stage"),
    [
        ("SUPPORT", "occurred", "initialled", "initialled"),
        ("SUPPORT", "occurred", "Signed", "signed"),
        ("SUPPORT", "planned", "sign", "agreed_in_principle"),
        ("AID", "occurred", "lent", "funded"),
        ("AID", "occurred", "deliveries", "delivering"),
        ("COOPERATE", "occurred", "sale", "complete"),
        ("REQUEST", "occurred", "hopes", "requested"),
        ("AID", "requested", "loan", "requested"),
        ("AID", "possible", "deliver", "considered"),
        ("AID", "refused", "deliver", "refused"),
        ("AID", "not_occurred", "deliver", None),
        ("SANCTION", "occurred", "cancelled", "cancelled"),
        ("SANCTION", "occurred", "punished", "suspended"),
        ("CONSULT", "occurred", "met", "considered"),
        ("RETREAT", "occurred", "withdraws", "complete"),
    ],
)
def test_one_line(act: Act, status: Status, word: str, stage: DealStage | None) -> None:
    assert stage_of(make_event("a", act=act, status=status, trigger_text=word)) == stage


def step(value: DealStage, day: int | None) -> Step:
    return Step(value, None if day is None else date(2009, 1, day), f"e{day}", "r")


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        ([], "considered"),
        ([step("signed", 3), step("offered", 1)], "signed"),
        ([step("signed", 1), step("considered", 9)], "signed"),
        ([step("signed", 1), step("suspended", 5)], "suspended"),
        ([step("suspended", 1), step("delivering", 5)], "delivering"),
        ([step("cancelled", None)], "cancelled"),
    ],
)
def test_the_furthest_counts_unless_an_exit_is_the_last_word(steps: list[Step], stage: DealStage) -> None:
    assert reached(in_order(steps)) == stage
