"""The scorer on readings whose figures can be counted by hand; floors only rise."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from chancery.records import Span
from evaluation import floors
from evaluation.score import compare, figures
from tests.factories import make_event, make_link, make_reading


def gold(start: int, end: int, **changes: Any) -> dict[str, Any]:
    plain = {
        "trigger": [start, end], "act": "SUPPORT", "instrument": "recognition", "status": "occurred",
        "actors": [{"id": "RUR", "span": None}], "recipients": [{"id": "GRA", "span": None}],
        "held_by": [], "speakers": [], "amounts": [], "goods": [], "time": None,
    }  # fmt: skip
    return plain | changes


def scored(row_events: list[dict[str, Any]], *events: Any, links: Any = ()) -> dict[str, float]:
    tally: Counter[str] = Counter()
    compare({"events": row_events, "links": []}, make_reading(list(events), list(links)), tally)
    return figures(tally)


def test_all_right() -> None:
    made = scored([gold(10, 20)], make_event("a1"))
    assert (made["found F1"], made["strict F1"], made["act"], made["speakers"]) == (1, 1, 1, 1)


def test_a_wrong_party_is_found_but_not_strict() -> None:
    made = scored([gold(10, 20)], make_event("a1", ("BOR",)))
    assert (made["found F1"], made["strict F1"], made["actors"]) == (1, 0, 0)


def test_a_party_without_an_identifier_asks_for_the_others_only() -> None:
    parties = [{"id": None, "span": None}, {"id": "RUR", "span": None}]
    assert scored([gold(10, 20, actors=parties)], make_event("a1"))["actors"] == 1


def test_extra_and_missed_acts_cost_precision_and_recall() -> None:
    far = make_event("a2", trigger=Span(30, 35))
    made = scored([gold(10, 20), gold(22, 25)], make_event("a1"), far)
    assert (made["found precision"], made["found recall"]) == (0.5, 0.5)


def test_an_annotated_act_is_found_once() -> None:
    made = scored([gold(10, 20)], make_event("a1"), make_event("a2"))
    assert (made["found precision"], made["found recall"]) == (0.5, 1.0)


def test_links_count_by_their_acts() -> None:
    tally: Counter[str] = Counter()
    row = {"events": [gold(10, 20), gold(30, 35)], "links": [{"give": 1, "take": 0}]}
    events = [make_event("a1"), make_event("a2", trigger=Span(30, 35))]
    compare(row, make_reading(events, [make_link("a2", "a1")]), tally)
    assert figures(tally)["links F1"] == 1


def test_a_figure_under_its_floor_is_told() -> None:
    pinned = {"examples": {"found F1": 0.8}}
    assert floors.fallen("examples", {"found F1": 0.798}, pinned) == []
    (told,) = floors.fallen("examples", {"found F1": 0.7}, pinned)
    assert "is 0.700, its floor 0.800" in told
    assert floors.fallen("examples", {}, pinned)


def test_floors_only_rise() -> None:
    pinned = {"examples": {"found F1": 0.8}}
    assert floors.raised("examples", {"found F1": 0.7, "act": 0.9}, pinned) == {"found F1": 0.8}
    assert floors.raised("examples", {"found F1": 0.9}, pinned) == {"found F1": 0.9}


def test_update_writes_what_was_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from evaluation.sets import Measured

    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(floors, "SETS", (Measured("tiny", (), lambda: {"found F1": 0.75, "act": 1.0}),))
    assert floors.main(["--update"]) == 0
    assert json.loads((tmp_path / "floors.json").read_text()) == {"tiny": {"found F1": 0.75}}
    monkeypatch.setattr(floors, "SETS", (Measured("tiny", (), lambda: {"found F1": 0.5}),))
    assert floors.main([]) == 1


def test_a_set_that_is_not_there_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert floors.at_hand(["no such set"]) == []
