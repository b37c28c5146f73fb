"""The public JSON: its exact keys, and that nothing is lost on the way there and back."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from chancery.contract import event_from_json, event_to_json, reading_from_json, reading_to_json
from chancery.errors import ContractError
from chancery.records import Event, Mention, Party, Reading, Report
from tests.factories import full_reading, make_reading
from tests.readings import readings


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(readings)
def test_a_reading_comes_back_from_its_json(reading: Reading) -> None:
    wire = json.dumps(reading_to_json(reading))
    assert reading_from_json(json.loads(wire), reading.report.text) == reading


REPORT = ["id", "file", "title", "publisher", "published", "language"]
EVENT = [
    *("id", "trigger", "trigger_text", "sentence", "act", "instrument", "status"),
    *("actors", "recipients", "held_by", "speakers", "time", "place", "amounts", "goods"),
    *("codes", "confidence", "reasons"),
]
NESTED = {
    "actors": ["id", "sector", "agent", "text", "span"],
    "recipients": ["id", "sector", "agent", "text", "span"],
    "speakers": ["text", "actor", "span", "cue"],
    "amounts": ["text", "value", "currency", "unit", "low", "high", "bound"],
    "goods": ["text", "count", "item", "category"],
    "reasons": ["field", "source", "detail", "score"],
}
LISTS = {
    "actors": ["id", "name", "kind", "affiliation", "sector"],
    "mentions": ["start", "end", "text", "actor", "how", "sector", "agent", "role", "principal"],
    "links": ["kind", "give", "take", "span", "explicit"],
    "findings": ["kind", "message", "span", "event"],
}


@pytest.mark.parametrize("reading", [full_reading(), make_reading()], ids=["full", "empty"])
def test_every_key_of_the_contract_is_there(reading: Reading) -> None:
    data = reading_to_json(reading)
    assert data.keys() >= {"report", "events", *LISTS}
    assert data["report"].keys() >= set(REPORT)
    assert "text" not in data["report"]
    for name, keys in LISTS.items():
        assert all(row.keys() >= set(keys) for row in data[name])


def test_every_key_of_an_event_is_there_even_where_empty() -> None:
    for event in reading_to_json(full_reading())["events"]:
        assert event.keys() == set(EVENT)
        for name, keys in NESTED.items():
            assert all(row.keys() >= set(keys) for row in event[name])
        assert event["codes"].keys() == {"plover", "cameo", "quad", "intensity"}
        assert event["codes"]["plover"].keys() == {"event", "mode", "contexts"}


def test_spans_are_pairs_days_are_iso_and_nothing_is_null() -> None:
    bare, loan = reading_to_json(full_reading())["events"]
    assert bare["trigger"] == [10, 20]
    assert bare["time"] is None
    assert bare["place"] is None
    assert loan["time"] == {
        "text": "in May",
        "start": "2009-05-01",
        "end": "2009-05-31",
        "precision": "range",
        "span": [0, 6],
    }
    assert loan["place"]["country"] == "RUR"


def test_the_report_keeps_its_day_as_text() -> None:
    assert reading_to_json(full_reading())["report"]["published"] == "2009-06-10"


def _changed(path: list[str | int], value: object) -> dict[str, Any]:
    data = deepcopy(reading_to_json(full_reading()))
    at: Any = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["events"], {}, "events: is not a list"),
        (["events", 0, "act"], "HUG", "events[0].act: 'HUG' is not a word of the codebook"),
        (["events", 1, "trigger"], [5, 2], "events[1].trigger: is not a span"),
        (["events", 1, "trigger"], "5-9", "events[1].trigger: is not a span"),
        (["events", 1, "time", "start"], "May", "events[1].time.start: 'May' is not a day"),
        (["events", 1, "held_by"], [7], "events[1].held_by: is not a list of texts"),
        (["events", 0, "confidence"], "high", "events[0].confidence: is not a number"),
        (["events", 0, "confidence"], True, "events[0].confidence: is not a number"),
        (["mentions", 0, "end"], -3, "mentions[0].start: 0--3 is not a span"),
        (["links", 0, "explicit"], 1, "links[0].explicit: is not true or false"),
        (["report"], None, "report: is not an object"),
    ],
)
def test_what_is_not_in_the_shape_is_named(path: list[str | int], value: object, said: str) -> None:
    with pytest.raises(ContractError) as caught:
        reading_from_json(_changed(path, value), "")
    assert str(caught.value).startswith(said)


def test_a_missing_key_is_named() -> None:
    data = reading_to_json(full_reading())
    del data["events"][0]["status"]
    with pytest.raises(ContractError, match=r"events\[0\]\.status: is missing"):
        reading_from_json(data, "")


def test_one_event_alone() -> None:
    event = full_reading().events[1]
    assert event_from_json(event_to_json(event)) == event
    assert isinstance(event.actors[0], Party)


def test_what_is_no_object_is_no_reading() -> None:
    with pytest.raises(ContractError, match="reading: is not an object"):
        reading_from_json([], "")


def test_records_and_contract_share_their_names() -> None:
    """Renaming a record's field would rename the contract's; these are the ones that must stay."""
    assert set(REPORT) | {"text", "url", "source", "doubts"} == set(Report.__slots__)
    assert set(EVENT) == set(Event.__slots__)
    assert set(LISTS["mentions"]) - {"start", "end"} | {"span"} == set(Mention.__slots__)
