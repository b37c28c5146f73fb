"""The desk in a real browser: keys, hovering, drafts, reading, correcting, merging; and axe on every page.

It takes the Chromium that CHROMIUM names, else /usr/bin/chromium. Where there is none, these tests are
left out; in continuous integration (CI is set) they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from chancery.ledger import open_ledger
from chancery.records import Span
from chancery.web import assets_are_built
from tests.factories import TEXT, full_reading, make_event, make_reading, make_report
from tests.web.conftest import Served, app_on, fill

expect.set_options(timeout=20_000)

REPORT = full_reading().report.id
AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
CHROMIUM = shutil.which(os.environ.get("CHROMIUM", "chromium"))
MISSING = [
    what
    for what, there in (
        ("Chromium (apt-get install chromium, or CHROMIUM names one)", CHROMIUM),
        ("the desk's scripts (python frontend/build.py)", assets_are_built() and AXE.is_file()),
    )
    if not there
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if MISSING:
        told = f"there is no {' and no '.join(MISSING)}"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def place(tmp_path: Path) -> str:
    made = str(tmp_path / "filled.db")
    fill(made)
    return made


@pytest.fixture
def desk(place: str) -> Iterator[str]:
    with Served(app_on(place)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, desk: str) -> Iterator[Page]:
    """A page on the desk; whatever a browser complains of, the policy's refusals among them, fails."""
    context = browser.new_context(base_url=desk, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    made = context.new_page()
    complaints: list[str] = []
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on(
        "console",
        lambda m: complaints.append(m.text) if m.type == "error" and "status of 4" not in m.text else None,
    )
    yield made
    context.close()
    assert complaints == []


def card(page: Page, line: str) -> Any:
    return page.locator(f'article[data-line="{line}"]')


def test_words_and_lines_light_up_together(page: Page) -> None:
    page.goto(f"/reports/{REPORT}")
    card(page, "b2").hover()
    expect(page.locator(".text .lit-says", has_text="its envoy")).to_be_visible()
    page.locator(".text [data-m*='b2:where']").first.hover()
    expect(card(page, "b2")).to_have_class("line read doubtful lit")


def test_keys_go_through_the_doubtful_lines_and_judge_them(page: Page, place: str) -> None:
    page.goto(f"/reports/{REPORT}")
    page.keyboard.press("n")
    expect(card(page, "b2")).to_be_focused()
    page.keyboard.press("k")
    expect(card(page, "a1")).to_be_focused()
    page.keyboard.press("a")
    expect(card(page, "a1").get_by_text("Ann: accept")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.get_by_label("Why is there no such act?").fill("a gift, not a loan")
    page.keyboard.press("Enter")
    expect(card(page, "b2").get_by_text("a gift, not a loan")).to_be_visible()
    with open_ledger(place) as ledger:
        assert [j.verdict for j in ledger.judgements()] == ["accept", "reject"]


def test_a_line_is_corrected_and_a_draft_outlives_the_page(page: Page, place: str) -> None:
    page.goto(f"/reports/{REPORT}#b2")
    page.keyboard.press("e")
    page.get_by_label("held by").fill("BOR, SYL")
    page.get_by_label("time").fill("whenever")
    page.reload()
    expect(card(page, "b2").get_by_text("a draft is kept here")).to_be_visible()
    page.keyboard.press("e")
    expect(page.get_by_label("held by")).to_have_value("BOR, SYL")
    page.get_by_label("held by").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not understood")
    page.get_by_label("time").fill("2009-05")
    page.get_by_role("button", name="Keep it so").click()
    expect(card(page, "b2").get_by_text("Ann: correct")).to_be_visible()
    expect(card(page, "b2").get_by_text("a draft is kept here")).to_be_hidden()
    with open_ledger(place) as ledger:
        assert ledger.event("b2").event.held_by == ("BOR", "SYL")


LATE = """const real = window.setTimeout;
window.setTimeout = (act, after, ...given) => real(act, (after ?? 0) + 5000, ...given);"""


def test_a_key_is_taken_before_any_later_task_of_the_page(page: Page) -> None:
    page.add_init_script(LATE)  # as a busy machine has it; htmx takes up pages in a timer's task
    page.goto(f"/reports/{REPORT}#b2")
    page.keyboard.press("e")
    expect(page.get_by_label("held by")).to_be_visible()


def test_what_is_typed_while_a_form_is_on_its_way_goes_into_it(page: Page, place: str) -> None:
    waiting: list[Route] = []
    page.route("**/reject", lambda route: waiting.append(route))  # noqa: PLW0108 (it marks what it is given)
    page.goto(f"/reports/{REPORT}#b2")
    with page.expect_request("**/reject"):
        page.keyboard.press("r")
    page.keyboard.type("a gift")  # not: accept
    waiting[0].continue_()
    expect(page.get_by_label("Why is there no such act?")).to_have_value("a gift")
    with open_ledger(place) as ledger:
        assert ledger.judgements() == ()


def test_a_form_takes_the_focus_though_another_is_open(page: Page) -> None:
    page.goto(f"/reports/{REPORT}#a1")
    page.keyboard.press("e")
    expect(card(page, "a1").locator("select[name=act]")).to_be_focused()
    card(page, "b2").get_by_role("button", name="reject").click()
    expect(card(page, "b2").get_by_label("Why is there no such act?")).to_be_focused()
    expect(card(page, "b2")).to_have_class("line read doubtful current lit")


def test_selected_words_become_a_missed_line(page: Page, place: str) -> None:
    page.goto(f"/reports/{REPORT}")
    page.evaluate(
        """() => { const text = document.querySelector('.text');
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf('promised');
            if (at < 0) continue;
            getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 8);
            break;
          } }"""
    )
    form = page.locator("form#add")
    expect(form).to_contain_text("Add a line on “promised”")
    form.locator("select[name=act]").select_option("AID")
    form.get_by_label("by, as in").fill("BOR[Borduria]")
    form.get_by_role("button", name="Add it").click()
    expect(page.locator("article.added")).to_contain_text("Borduria: aid")
    with open_ledger(place) as ledger:
        (added,) = [j.after for j in ledger.judgements()]
    assert added is not None
    assert (added.trigger_text, added.trigger.start) == ("promised", TEXT.index("promised"))


def test_two_lines_are_merged(page: Page, place: str) -> None:
    page.goto("/lines/b2")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="tell this act").click()
    expect(page.get_by_text("the same act, as a person said")).to_be_visible()
    with open_ledger(place) as ledger:
        assert ledger.judgements()[0].events == ("b2", "c3")


def test_a_pasted_report_is_read_and_opened(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Paste a report").fill(
        "A loan for Caracas\n\nRussia lent Venezuela $2.2 billion in September 2009, and Nicaragua promised "
        "to recognize Abkhazia."
    )
    page.get_by_label("Published on").fill("2009-10-01")
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("link", name="A loan for Caracas").click(timeout=120_000)
    expect(page.get_by_role("heading", name="Nicaragua: support (recognition) of Abkhazia")).to_be_visible()
    page.goto("/")
    expect(page.get_by_label("Paste a report")).to_have_value("")


def test_the_map_opens_the_evidence_and_a_promise_is_found(page: Page, place: str) -> None:
    text = "Russia lent Nicaragua $1 billion. Nicaragua promised to recognize Abkhazia."
    report = make_report(text, publisher="The Post")
    at = Span(text.index("recognize"), text.index(" Abkhazia"))
    promise = make_event("f2", ("NIC",), ("ABK",), status="promised", trigger=at,
                         trigger_text="recognize", sentence=Span(34, len(text)))  # fmt: skip
    loan = make_event("f1", ("RUS",), ("NIC",), act="AID", instrument="loan", trigger=Span(7, 11),
                      trigger_text="lent", sentence=Span(0, 33))  # fmt: skip
    with open_ledger(place) as ledger:
        ledger.store(make_reading([loan, promise], report=report))
    page.goto("/explore?party=NIC")
    page.locator('#map a[aria-label="ABK: 1 lines"]').wait_for(state="attached")
    page.locator("#timeline svg rect, #timeline svg path").first.wait_for()
    page.locator('#map a[aria-label="RUS to NIC: 1 lines"]').dispatch_event("click")
    page.get_by_role("link", name="f1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("RUS: aid (loan) to NIC")
    page.goto("/promises")
    page.locator("td a[href^='/promises/']").click()
    expect(page.get_by_text("not yet rated")).to_be_visible()


PAGES = (
    "/", f"/reports/{REPORT}", "/reports", "/lines", "/lines/b2", "/actors", "/actors/BOR",
    "/pairs/BOR/RUR", "/log", "/search?q=Graustark", "/read", "/deals", "/promises",
    "/differences", "/explore",
)  # fmt: skip


def test_axe_finds_nothing_serious(browser: Browser, desk: str) -> None:
    source, found = AXE.read_text(encoding="utf8"), []
    for scheme, width, pages in (("light", 1280, PAGES), ("dark", 400, PAGES[:2])):
        context = browser.new_context(
            base_url=desk, viewport={"width": width, "height": 900}, color_scheme=scheme
        )  # type: ignore[arg-type]
        page = context.new_page()
        for path in pages:
            page.goto(path)
            page.evaluate(source)
            violations = page.evaluate("axe.run().then((r) => r.violations)")
            found += [
                (path, scheme, v["id"], v["nodes"][0]["html"][:200])
                for v in violations
                if v["impact"] in ("serious", "critical", "moderate")
            ]
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (path, width)
        context.close()
    assert found == []
