"""What takes long is worked out beside, once, and its page comes again by itself."""

from __future__ import annotations

from datetime import date
from threading import Event
from time import sleep

import pytest
from fastapi.testclient import TestClient

from chancery.ledger import EventQuery, Ledger, open_ledger
from chancery.web import partly
from chancery.web.works import StillWorking, Works
from tests.factories import full_reading, make_event, make_reading, make_report


def test_an_answer_on_its_way_is_told_and_made_once() -> None:
    go, made = Event(), []

    def make() -> str:
        go.wait(20)
        made.append(1)
        return "made"

    works = Works(lambda: (1,))
    for _ in range(3):
        with pytest.raises(StillWorking):
            works.answer("key", make, 0.01)
    go.set()
    assert works.answer("key", make) == "made"
    assert works.answer("key", make, 0.01) == "made"
    assert made == [1]
    works.close()


def test_the_answer_from_before_is_given_while_another_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.web.works.KEPT_SECONDS", 0.0)
    state, go = [1], Event()
    works = Works(lambda: tuple(state))
    assert works.answer("key", lambda: "old", 10) == "old"
    state[0] = 2

    def make() -> str:
        go.wait(20)
        return "new"

    assert works.answer("key", make, 0.01) == "old"
    go.set()
    for _ in range(200):
        if works.answer("key", make, 0.01) == "new":
            break
        sleep(0.02)
    assert works.answer("key", make) == "new"
    works.close()


def test_what_fails_is_told_and_tried_again() -> None:
    works = Works(lambda: (1,))

    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        works.answer("key", fail, 10)
    assert works.answer("key", lambda: "made", 10) == "made"
    works.close()


@pytest.mark.parametrize(
    "path", ["/actors/BOR", "/pairs/BOR/RUR", "/explore?party=BOR", "/deals", "/promises"]
)
def test_a_page_that_takes_long_asks_for_itself_again(
    client: TestClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = Event()
    real = Works._make

    def late(self: Works, *given: object) -> object:
        go.wait(20)
        return real(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Works, "_make", late)
    monkeypatch.setattr("chancery.web.works.PATIENCE", 0.01)
    answer = client.get(path)
    assert (answer.status_code, answer.headers["refresh"]) == (200, "1")
    assert f'href="{path}"' in answer.text
    assert client.get("/").status_code == 200
    go.set()
    monkeypatch.setattr("chancery.web.works.PATIENCE", 20.0)
    assert "refresh" not in client.get(path).headers


@pytest.fixture
def large(client: TestClient, place: str, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A ledger that counts as large: only its two latest lines are looked at."""
    text = "Syldavia promised to recognize Graustark."
    early = make_report(text, publisher="The Post", published=date(2001, 1, 1))
    with open_ledger(place) as ledger:
        promise = make_event("p1", ("SYL",), ("GRA",), status="promised", time=None)
        ledger.store(make_reading([promise], report=early))
    monkeypatch.setattr("chancery.web.partly.MOST", 2)
    monkeypatch.setattr("chancery.web.desk.MOST", 2)
    return client


def test_of_a_large_ledger_the_latest_lines_are_worked_out_or_an_actor_s_own(large: TestClient) -> None:
    page = large.get("/promises").text
    assert "only the latest lines were looked at" in page
    assert "/promises/" not in page.partition("<tbody>")[2]
    page = large.get("/promises?party=SYL").text
    assert "only the latest lines of SYL were looked at" in page
    address = page.partition("<tbody>")[2].partition('href="/promises/')[2].partition('"')[0]
    assert address.endswith("?party=SYL")
    assert large.get(f"/promises/{address}").status_code == 200
    assert large.get("/api/promises?party=SYL").json()["number"] == 1
    assert large.get("/deals").status_code == 200


def test_the_latest_lines_of_a_ledger(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partly, "MOST", 1)
    with open_ledger(place) as ledger:
        assert len(partly.Latest(ledger, ()).lines) == 1
        assert set(partly.Latest(ledger, ("GRA",)).lines) == {"a1"}
        assert partly.Latest(ledger, ()).read_to == full_reading().report.published
        assert not ledger.has_at_most(2)
        assert ledger.has_at_most(3)


@pytest.mark.parametrize(
    "query",
    [
        EventQuery(party=("RUR",)), EventQuery(actor=("BOR",)), EventQuery(recipient=("GRA",)),
        EventQuery(between=("RUR", "BOR")), EventQuery(actor=("BOR",), recipient=("RUR",)),
        EventQuery(party=("BOR",), act=("AID",)), EventQuery(actor=("SYL",)),
    ],
)  # fmt: skip
def test_both_ways_to_find_a_page_find_the_same(
    place: str, query: EventQuery, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(place) as ledger:
        few = pages(ledger, query)
        monkeypatch.setattr("chancery.ledger.paging.FEW", 0)
        assert pages(ledger, query) == few == [line.event.id for line in ledger.events(query)]


def pages(ledger: Ledger, query: EventQuery) -> list[str]:
    found, after = [], None
    while True:
        page = ledger.page(query, 1, after)
        found += [line.event.id for line in page.lines]
        after = page.after
        if after is None:
            return found
