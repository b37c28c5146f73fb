"""Confidence is a chance made of signs, and says of which."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chancery.events.confidence import DOUBTFUL, calibrated, doubt, signs
from chancery.knowledge.event_data import Calibration, event_cues
from chancery.records import Event, Reason
from tests.factories import make_event


def line(trigger: float, *, listed: bool = False) -> Event:
    said = (Reason("trigger", "model", "the word names an act", trigger), Reason("act", "model", "AID", 0.9))
    lexicon = (Reason("act", "lexicon", "lend: AID, loan"),) if listed else ()
    return replace(make_event("e1", ("RUS",)), reasons=(*said, *lexicon))


def test_the_surer_the_model_the_surer_the_line() -> None:
    fitted = event_cues().calibration
    chances = [calibrated(line(score), fitted).confidence for score in (0.3, 0.6, 0.9, 0.99)]
    assert chances == sorted(chances)
    assert 0 < chances[0] < chances[-1] < 1


def test_the_lexicon_adds_to_it() -> None:
    fitted = event_cues().calibration
    assert calibrated(line(0.6, listed=True), fitted).confidence > calibrated(line(0.6), fitted).confidence


def test_what_it_is_made_of_stands_among_the_reasons() -> None:
    told = calibrated(line(0.6, listed=True), event_cues().calibration)
    why = told.reasons[-1]
    assert (why.field, why.source, why.score) == ("confidence", "calibration", told.confidence)
    assert "trigger" in why.detail
    assert "listed" in why.detail


def test_signs_of_a_line_without_scores_are_bounded() -> None:
    assert signs(replace(line(1.0), reasons=()))["trigger"] == signs(line(1.0))["trigger"]


def test_a_doubtful_line_is_a_finding() -> None:
    assert doubt(replace(line(0.9), confidence=DOUBTFUL)) is None
    found = doubt(replace(line(0.9), confidence=DOUBTFUL - 0.1))
    assert found is not None
    assert found.event == "e1"


def test_every_sign_has_its_weight() -> None:
    with pytest.raises(ValueError, match="no weight for act"):
        Calibration(0.0, {"trigger": 1.0, "listed": 0.0, "actors": 0.0, "recipients": 0.0})
