"""How sure a line is: the chance that a careful reader finds the same act at the same word.

The model's scores are too sure of themselves. A logistic fit over a few signs turns them into
frequencies; its weights are data, fitted on held-out texts by `python -m evaluation.calibration`.
"""

from __future__ import annotations

import math
from dataclasses import replace

from chancery.knowledge.event_data import Calibration
from chancery.records import Event, Finding, Reason

DOUBTFUL = 0.4  # a line below this chance is told as a finding too
_SCORED = ("model", "rule")  # sources of scores; a rule's is that of the act it follows from
_LEAST, _MOST = 0.02, 0.995  # scores beyond these say no more


def signs(event: Event) -> dict[str, float]:
    """The signs the fit weighs: log odds of the model's scores of trigger and act, the rest 0 or 1.

    `listed` is whether the lexicon lists the word, `actors` and `recipients` whether there are any.
    """
    said = {r.field: r.score for r in event.reasons if r.source in _SCORED and r.score is not None}
    return {
        "trigger": _log_odds(said.get("trigger", _MOST)),
        "act": _log_odds(said.get("act", _MOST)),
        "listed": float(any(r.field == "act" and r.source == "lexicon" for r in event.reasons)),
        "actors": float(bool(event.actors)),
        "recipients": float(bool(event.recipients)),
    }


def calibrated(event: Event, fitted: Calibration) -> Event:
    """The event with its chance for confidence, and what the chance was made of among its reasons."""
    parts = {name: fitted.weights[name] * value for name, value in signs(event).items()}
    chance = round(1 / (1 + math.exp(-(fitted.intercept + sum(parts.values())))), 3)
    told = ", ".join(f"{name} {part:+.2f}" for name, part in parts.items() if round(part, 2))
    why = Reason("confidence", "calibration", f"{fitted.intercept:+.2f} to start with, {told}", chance)
    return replace(event, confidence=chance, reasons=(*event.reasons, why))


def doubt(event: Event) -> Finding | None:
    """The finding that a line is doubtful."""
    if event.confidence >= DOUBTFUL:
        return None
    words = f"{event.trigger_text!r} names an act only by {event.confidence:.2f}"
    return Finding("low_confidence", words, event.trigger, event.id)


def _log_odds(score: float) -> float:
    kept = min(max(score, _LEAST), _MOST)
    return math.log(kept / (1 - kept))
