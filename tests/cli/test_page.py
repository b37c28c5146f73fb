"""`chancery show --html`: one file with the evidence, in which nothing of a report is markup."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from chancery.ledger import Ruling, open_ledger
from chancery.records import Party, Reason, Span
from tests.cli.conftest import Run
from tests.factories import NAMES, make_event, make_reading, make_report, make_speaker

ATTACKS = (
    "<script>alert(1)</script>",
    "</blockquote></body><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' style='x",
    "&lt;b&gt; &amp; <!-- <style>",
    "javascript:alert(1)",
    "\u202egnp.exe\x00\x1b[2J",
)
HOSTILE = " ".join(ATTACKS)


class Seen(HTMLParser):
    """Tags, attributes and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def seen(path: Path) -> Seen:
    parser = Seen()
    parser.feed(path.read_text(encoding="utf8"))
    return parser


def test_the_page_holds_the_evidence(run: Run, place: str, tmp_path: Path) -> None:
    with open_ledger(place) as ledger:
        ledger.judge(Ruling("accept", "Ann", ("b2",), why="as it stands"))
        same = make_report("Borduria lent Ruritania a billion, says another.", publisher="The Times")
        ledger.store(
            make_reading([make_event("z9", ("BOR",), ("RUR",), act="AID", instrument="loan")], report=same)
        )
    ended = run("show", "b2", "--html", "page.html", "--ledger", place)
    assert (ended.exit_code, ended.stdout) == (0, "")
    words = " ".join(seen(tmp_path / "page.html").words.split())
    for told in (
        "Borduria: aid (loan) to Ruritania",
        "recognized act Graustark in May.",
        "The Strelsau Gazette > its envoy (Borduria)",
        'Ann: accept; "as it stands"; codebook',
        "sha256",
        "(z9); The Times",
        "given in return for",
        "two ferries: whose?",
    ):
        assert told in words


def test_nothing_of_a_report_is_markup(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NAMES, "RUR", HOSTILE)
    report = make_report(
        HOSTILE * 3, file=HOSTILE, title=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)"
    )
    event = make_event(
        "a1",
        trigger=Span(0, 8),
        trigger_text=HOSTILE[:8],
        sentence=Span(0, 200),
        speakers=(make_speaker(HOSTILE, "RUR"),),
        reasons=(Reason(HOSTILE, HOSTILE, HOSTILE, 0.5),),
    )
    object.__setattr__(event, "recipients", (Party("GRA", "GOV", HOSTILE, HOSTILE, Span(20, 40)),))
    with open_ledger(str(tmp_path / "l.db"), create=True) as ledger:
        ledger.store(make_reading([event], report=report))
        ledger.judge(Ruling("accept", HOSTILE, ("a1",), why=HOSTILE))
    assert run("show", "a1", "--html", "page.html", "--ledger", "l.db").exit_code == 0
    page = seen(tmp_path / "page.html")
    allowed = {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "blockquote", "strong", "mark", "small",
        "table", "tr", "th", "td", "footer",
    }  # fmt: skip
    assert {tag for tag, _ in page.tags} <= allowed
    assert {name for _, names in page.tags for name in names} <= {
        "lang", "charset", "http-equiv", "content", "name", "class",
    }  # fmt: skip
    raw = (tmp_path / "page.html").read_text(encoding="utf8")
    assert not set(raw) & {"\u202e", "\x00", "\x1b"}
    assert "alert(1)" in page.words
    assert "default-src 'none'" in dict(page.tags[3][1]).get("content", "") or "default-src" in raw


def test_a_page_that_cannot_be_written(run: Run, place: str, tmp_path: Path) -> None:
    ended = run("show", "a1", "--html", "no/where.html", "--ledger", place)
    assert (ended.exit_code, "cannot be written" in ended.stderr) == (2, True)
