"""The REST API: its answers, its pages, and that nothing which may be asked breaks it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from chancery.ledger import open_ledger
from chancery.wording.rows import EVENT_COLUMNS
from tests.factories import full_reading, make_event, make_reading, make_report
from tests.web.conftest import app_on

REPORT = full_reading().report.id


def test_lines_come_in_the_contracts_shape(client: TestClient) -> None:
    found = client.get("/api/events?actor=BOR&limit=1").json()
    (event,) = found["events"]
    assert (event["id"], event["act"], event["report"]["id"]) == ("b2", "AID", REPORT)
    assert event["sentence_text"].startswith("Ruritania recognized")


def test_pages_neither_skip_nor_repeat(client: TestClient, place: str) -> None:
    seen, address = [], "/api/events?limit=1&min_confidence=0.1"
    while address:
        answer = client.get(address)
        seen += [event["id"] for event in answer.json()["events"]]
        link = answer.headers.get("link", "")
        address = link.partition("<")[2].partition(">")[0]
        if len(seen) == 1:  # one comes in meanwhile
            report = make_report("Syldavia paid.", publisher="The Post")
            with open_ledger(place) as ledger:
                ledger.store(
                    make_reading(
                        [make_event("d4", sentence=replace(make_event("x").sentence, end=10))], report=report
                    )
                )
    assert seen == ["a1", "b2", "c3", "d4"]


def test_csv_has_the_columns_of_the_command_line_and_no_formula(client: TestClient, place: str) -> None:
    report = make_report("=cmd|' /C calc'!A0 recognized Graustark in May, they say.", publisher="=1+1")
    with open_ledger(place) as ledger:
        ledger.store(make_reading([make_event("d4")], report=report))
    answer = client.get("/api/events?format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert list(rows[0]) == list(EVENT_COLUMNS)
    assert rows[-1]["publisher"] == "'=1+1"
    assert rows[-1]["sentence"].startswith("'=")


def test_the_other_questions_answer(client: TestClient) -> None:
    assert client.get("/api/events/b2").json()["alike"] == ["c3"]
    assert client.get(f"/api/reports/{REPORT}?text=true").json()["text"].startswith("Ruritania")
    assert "text" not in client.get(f"/api/reports/{REPORT}").json()
    assert len(client.get("/api/reports").json()["reports"]) == 2
    assert client.get("/api/actors/BOR").json()["by_instrument"] == {"loan": {"done": 2}}
    assert client.get("/api/pairs/BOR/RUR").json()["total"] == 2
    assert {a["id"] for a in client.get("/api/actors").json()["actors"]} >= {"BOR", "RUR", "GRA"}
    counts = client.get("/api/tally?by=act&by=year").json()["counts"]
    assert {"values": ["AID", 2009], "lines": 2} in counts
    assert len(client.get("/api/log").json()["log"]) == 2
    found = client.get("/api/search?q=graustark").json()
    assert found["actors"][0]["id"] == "GRA"
    assert found["reports"][0]["id"] == REPORT
    assert [e["id"] for e in client.get("/api/search?q=ruritania over $1 billion").json()["events"]] == []
    found = client.get("/api/search?q=Ruritania at least 1bn").json()
    assert [e["id"] for e in found["events"]] == ["b2"]
    assert found["actors"][0]["id"] == "RUR"
    assert found["reports"] == []


@pytest.mark.parametrize("path", ["/api/events/zz", "/api/reports/zz"])
def test_what_is_not_there_is_told_as_json(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "no " in answer.json()["error"]


def test_nothing_that_may_be_asked_breaks_it(place: str) -> None:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app_on(place))
    asked = 0
    for operation in (found.ok() for found in schema.get_all_operations()):

        @given(case=operation.as_strategy())
        @settings(
            max_examples=8,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        )
        def answers(case: schemathesis.Case) -> None:
            case.call_and_validate()

        answers()
        asked += 1
    assert asked >= 9
