"""Every page answers, says what it should, and lets through nothing of a report."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from chancery.ledger import open_ledger
from chancery.records import Finding
from chancery.web.guard import POLICY
from chancery.web.pages.reading import file_name
from tests.cli.test_page import ATTACKS, HOSTILE, Seen
from tests.factories import (
    full_reading,
    make_event,
    make_party,
    make_reading,
    make_report,
    make_speaker,
    make_time,
)  # fmt: skip
from tests.web.conftest import app_on, token

REPORT = full_reading().report.id
PAGES = (
    "/", "/reports", f"/reports/{REPORT}", f"/reports/{REPORT}?only=doubtful&stage=ahead", "/lines",
    "/lines?actor=BOR&act=&since=", "/lines/b2", "/actors", "/actors/BOR", "/pairs/BOR/RUR", "/log",
    "/search?q=Graustark", "/search", "/read", "/deals", "/promises", "/differences",
    "/explore", "/explore?party=BOR",
    "/deals?stage=&party=BOR", "/promises?overdue=true", "/differences?kind=scope",
)  # fmt: skip


def test_each_page_answers_with_the_policy(client: TestClient) -> None:
    for path in PAGES:
        found = client.get(path)
        assert found.status_code == 200, path
        assert found.headers["content-security-policy"] == POLICY
        assert " style=" not in found.text, path
        assert "<style" not in found.text, path
    assert "unsafe" not in POLICY


def test_a_report_shows_its_lines_with_their_words(client: TestClient) -> None:
    page = client.get(f"/reports/{REPORT}").text
    assert "Borduria: aid (loan) to Ruritania" in page
    assert 'data-m="a1:act b2:act a1:in b2:in"' in page
    assert "two ferries: whose?" in page
    assert "given in return for" in page


def test_a_line_opens_its_evidence_and_those_alike(client: TestClient) -> None:
    page = client.get("/lines/b2").text
    assert "sha256" in page
    assert 'value="c3"' in page


def test_the_beginning_of_an_id_leads_to_the_line(client: TestClient) -> None:
    assert client.get("/lines/b").headers["location"] == "/lines/b2"


WRONG = {
    "/nowhere": 404, "/lines/zz": 404, "/reports/zz": 404, "/actors/ZZZ": 404, "/pairs/BOR/BOR": 404,
    "/lines?act=FOO": 422, "/lines?since=May": 422, "/lines?after=x": 422,
    "/deals/zz": 404, "/promises/zz": 404, "/read/none": 200,
}  # fmt: skip


def test_what_is_not_there_is_told(client: TestClient) -> None:
    assert {path: client.get(path).status_code for path in WRONG} == WRONG


def test_promises_and_deals_open(client: TestClient) -> None:
    (deal, *_) = client.get("/api/deals").json()["rows"]
    page = client.get(f"/deals/{deal['deal']}").text
    assert "fulfilment" in page
    assert "claimed" in page
    judge(client, "edit", status="promised", held_by="BOR")
    (promise, *_) = client.get("/api/promises").json()["rows"]
    assert promise["promisors"] == "BOR"
    assert f"/promises/{promise['promise']}" in client.get("/promises?party=BOR").text
    assert "History" in client.get(f"/promises/{promise['promise']}").text


def test_the_first_page_tells_which_promises_are_due(client: TestClient, place: str) -> None:
    assert "No open promise has a day" in client.get("/").text
    time = make_time(date(2009, 12, 1), date(2009, 12, 31), "in December")
    promise = make_event("d4", ("SYL",), ("BOR",), act="AID", instrument="arms", status="promised", time=time)
    report = make_report("Syldavia promised arms, they say, and more.", publisher="The Post")
    with open_ledger(place) as ledger:
        ledger.store(make_reading([promise], report=report))
    page = client.get("/").text
    assert "Promises due" in page
    assert "due 2009-12-31" in page


def test_the_picture_counts_ties_and_knows_capitals(client: TestClient) -> None:
    found = client.get("/api/picture").json()
    assert {"giver": "BOR", "taker": "RUR", "lines": 2} in found["ties"]
    assert {"year": 2009, "month": 5, "stage": "done", "lines": 1} in found["moments"]
    assert client.get("/api/picture?party=GRA").json()["total"] == 1


def test_a_judgement_sets_reports_beside_each_other_again(client: TestClient, place: str) -> None:
    given = {"event": ["b2", "c3"], "token": token(client)}
    client.post("/lines/merge", data=given)
    for _ in range(200):
        with open_ledger(place) as ledger:
            if ledger.reconciled() and len(ledger.occurrences_of("b2")[0].members) == 2:
                return
        time.sleep(0.05)
    raise AssertionError("the merge did not reach the occurrences")


def test_what_was_not_set_beside_before_is_left_so_and_told(hostile: str) -> None:
    with TestClient(app_on(hostile)) as client:
        assert "chancery reconcile" in client.get("/differences").text


def judge(client: TestClient, what: str, line: str = "b2", **given: str) -> str:
    headers = {"x-chancery-token": token(client), "hx-request": "true"}
    found = client.post(f"/reports/{REPORT}/lines/{line}/{what}", data=given, headers=headers)
    assert found.status_code == 200, found.text
    return found.text


def test_a_line_is_accepted_and_the_judgement_withdrawn(client: TestClient) -> None:
    assert "Ann: accept" in judge(client, "accept")
    headers = {"x-chancery-token": token(client), "hx-request": "true"}
    page = client.post("/judgements/1/withdraw", headers=headers).text
    assert "Ann: accept" not in page
    assert client.post("/judgements/1/withdraw", headers=headers).status_code == 409
    assert client.post("/judgements/9/withdraw", headers=headers).status_code == 409


def test_a_rejection_needs_a_reason_and_stays_visible(client: TestClient) -> None:
    headers = {"x-chancery-token": token(client), "hx-request": "true"}
    refused = client.post(f"/reports/{REPORT}/lines/b2/reject", data={"why": " "}, headers=headers)
    assert refused.status_code == 409
    assert refused.headers["hx-retarget"] == "#notices"
    page = judge(client, "reject", why="no loan")
    assert "no loan" in page
    assert "line rejected" in page
    assert "line rejected" in client.get(f"/reports/{REPORT}").text


def test_an_edit_changes_only_what_was_typed_otherwise(client: TestClient, place: str) -> None:
    form = client.get(f"/reports/{REPORT}/lines/b2/edit").text
    assert 'value="1000000000 USD[that much]"' in form
    judge(client, "edit", status="promised", held_by="BOR", amounts="1000000000 USD[that much]", why="will")
    with open_ledger(place) as ledger:
        line = ledger.event("b2").event
    assert line.status == "promised"
    assert line.amounts == full_reading().events[1].amounts


def test_a_field_that_is_not_understood_keeps_what_was_typed(client: TestClient) -> None:
    headers = {"x-chancery-token": token(client), "hx-request": "true"}
    given = {"time": "whenever", "actors": "BOR, SYL", "why": "because"}
    found = client.post(f"/reports/{REPORT}/lines/b2/edit", data=given, headers=headers)
    assert found.status_code == 422
    assert found.headers["hx-retarget"] == '[data-line="b2"] .slot'
    for words in ("not understood", 'value="whenever"', 'value="BOR, SYL"', 'value="because"'):
        assert words in found.text.replace("&#39;", "'")


def test_a_missed_line_is_added_on_the_selected_words(client: TestClient, place: str) -> None:
    headers = {"x-chancery-token": token(client), "hx-request": "true"}
    given = {"start": "39", "end": "47", "act": "AID", "actors": "BOR[Borduria]", "instrument": "loan"}
    found = client.post(f"/reports/{REPORT}/lines", data=given, headers=headers)
    line = found.headers["hx-redirect"].rpartition("#")[2]
    with open_ledger(place) as ledger:
        event = ledger.event(line).event
    assert (event.trigger_text, event.actors[0].id, event.instrument) == ("Borduria", "BOR", "loan")
    for wrong in ({"start": "x"}, {"start": "5", "end": "4"}, {"end": "99999"}, {"act": "FOO"}):
        assert client.post(f"/reports/{REPORT}/lines", data=given | wrong, headers=headers).status_code == 422


def test_two_lines_are_merged_and_split(client: TestClient) -> None:
    given = {"event": ["b2", "c3"], "token": token(client), "why": "one loan"}
    assert client.post("/lines/merge", data=given).headers["location"] == "/lines/b2"
    assert "the same act, as a person said" in client.get("/lines/b2").text
    alone = {"event": ["b2"], "token": token(client)}
    assert client.post("/lines/merge", data=alone).status_code == 409


def test_a_form_without_the_token_is_refused(client: TestClient) -> None:
    path = f"/reports/{REPORT}/lines/b2/accept"
    assert client.post(path).status_code == 403
    assert client.post(path, headers={"x-chancery-token": "forged"}).status_code == 403
    given = {"x-chancery-token": token(client), "origin": "https://elsewhere.example"}
    assert client.post(path, headers=given).status_code == 403
    other = TestClient(client.app, follow_redirects=False)
    assert other.post(path, headers={"x-chancery-token": token(client)}).status_code == 403


def test_another_name_for_this_machine_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"host": "localhost:8765"}).status_code == 200


def test_the_next_doubt_is_found(client: TestClient) -> None:
    assert client.get("/doubts/next").headers["location"].startswith("/reports/")
    assert client.get(f"/doubts/next?report={REPORT}").headers["location"] == "/"


def test_without_scripts_and_styles_pages_say_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.web.rendering.assets_are_built", lambda: False)
    page = client.get(f"/reports/{REPORT}").text
    assert "python frontend/build.py" in page
    assert "/assets/" not in page


# Handing in


def handed_in(client: TestClient, **given: object) -> str:
    found = client.post("/read", data={"token": token(client)} | given)  # type: ignore[arg-type]
    assert found.status_code == 303, found.text
    path = found.headers["location"]
    for _ in range(200):
        page = client.get(path).text
        if ": done" in page:
            return page
        time.sleep(0.05)
    raise AssertionError(page)


class FakeReader:
    version = "fake"

    def __init__(self, *_: object) -> None:
        pass

    def read(self, report: object) -> object:
        return make_reading([make_event("e99", trigger_text="x")], report=report, version="fake")  # type: ignore[arg-type]


@pytest.fixture
def fake_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.web.queue.Reader", FakeReader)


@pytest.mark.usefixtures("fake_reader")
def test_a_pasted_text_is_read_with_what_was_said_of_it(client: TestClient, place: str) -> None:
    page = handed_in(client, text="Headline\n\nBorduria lent.", publisher="The Mail", published="2009-05-01")
    assert "new, 1 lines" in page
    assert "in the ledger already" in handed_in(
        client, text="Headline\n\nBorduria lent.", publisher="The Mail"
    )
    with open_ledger(place) as ledger:
        report = next(r for r in ledger.reports() if r.publisher == "The Mail")
    assert (report.title, str(report.published)) == ("Headline", "2009-05-01")


@pytest.mark.usefixtures("fake_reader")
def test_files_are_read_and_bad_ones_are_told(client: TestClient) -> None:
    files = [
        ("files", ("../a.txt", b"Borduria paid.")),
        ("files", ("b.txt", b"\xff\xfe\x00")),
        ("files", ("c.txt", b" ")),
    ]
    found = client.post("/read", data={"token": token(client)}, files=files)
    path = found.headers["location"]
    for _ in range(200):
        page = client.get(path).text
        if page.count(": done") == 3:
            break
        time.sleep(0.05)
    assert "a.txt" in page
    assert "is empty" in page
    assert ".." not in page


def test_nothing_and_a_wrong_day_are_told(client: TestClient) -> None:
    assert client.post("/read", data={"token": token(client)}).status_code == 422
    given = {"token": token(client), "text": "x", "published": "May"}
    assert client.post("/read", data=given).status_code == 422


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\report.txt", "report.txt"), ("a\x00b.txt", "ab.txt"),
     ("x" * 500 + ".txt", "x" * 116 + ".txt")],
)  # fmt: skip
def test_names_of_files_are_made_harmless(given: str, kept: str) -> None:
    assert file_name(given) == kept


def test_a_body_beyond_the_limit_is_refused(place: str) -> None:
    with TestClient(app_on(place, upload_limit=2000)) as client:
        given = {"token": token(client), "text": "x" * 5000}
        found = client.post("/read", data=given)
        assert found.status_code == 413
        assert "the most this desk takes" in found.text

        def trickle() -> object:
            for _ in range(50):
                yield b"x" * 100

        sent = {"content-type": "application/x-www-form-urlencoded"}
        assert client.post("/read", content=trickle(), headers=sent).status_code == 413  # type: ignore[arg-type]


# Hostile reports


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    place = str(tmp_path / "hostile.db")
    report = make_report(
        f"He paid. {HOSTILE} was recognized.", title=HOSTILE, publisher=HOSTILE, file=HOSTILE
    )
    party = replace(make_party("RUR", HOSTILE), agent=HOSTILE)
    event = make_event("a1", speakers=(make_speaker(HOSTILE),))
    event = replace(event, actors=(party, make_party(HOSTILE)))
    doubt = Finding("unclear", HOSTILE, None, "a1")
    with open_ledger(place, create=True) as ledger:
        ledger.store(make_reading([event], report=report, findings=[doubt, Finding("note", HOSTILE)]))
    return place


def test_nothing_of_a_report_is_live(hostile: str) -> None:
    with open_ledger(hostile) as ledger:
        report = ledger.reports()[0].id
    with TestClient(app_on(hostile)) as client:
        for path in ("/", f"/reports/{report}", "/lines", "/lines/a1", "/actors", "/actors/RUR", "/log",
                     "/reports", "/search?q=paid", f"/reports/{report}/lines/a1/edit",
                     f"/search?q={ATTACKS[0]}"):  # fmt: skip
            page = client.get(path)
            assert page.status_code == 200, path
            seen = Seen()
            seen.feed(page.text)
            for tag, attributes in seen.tags:
                assert tag not in ("img", "iframe", "object", "b" if "reports/" not in path else "iframe"), (
                    path
                )
                assert not any(name.startswith("on") or name == "style" for name in attributes), path
                assert not str(attributes.get("href")).startswith("javascript"), path
            scripts = [a for tag, a in seen.tags if tag == "script"]
            assert all(a.get("src") == "/assets/desk.js" for a in scripts), path
            assert not {"\u202e", "\x1b", "\x00"} & set(page.text), path


def test_a_text_of_ten_million_characters_is_refused_by_its_name(place: str) -> None:
    with TestClient(app_on(place), follow_redirects=False) as client:
        page = handed_in(client, text="He paid. " * 1_100_000)
        assert "more than the 2,000,000 allowed" in page
