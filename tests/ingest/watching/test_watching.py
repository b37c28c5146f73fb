"""Watching feeds: what is asked of whom and how often, and that a watch goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from chancery.errors import InputError, UnreadableInput, WrongForm
from chancery.ingest.fetching import Fetcher, Limits
from chancery.ingest.watching import Manners, Tally, Watcher, open_memory, read_feeds_file
from chancery.records import Report
from chancery.settings import Settings
from tests.ingest.fetching.hostile import Site, Talk, hostile_site, redirect_to, status

TEXT = "The envoy of Ruritania left Strelsau on Monday, and will be back in May for another round of talks."


def feed_of(*entries: tuple[str, str], etag: str = '"1"') -> str:
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><description>{TEXT}</description></item>"
        for title, link in entries
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Zenda Post</title>{items}</channel></rss>'
    )


def page(title: str) -> bytes:
    body = f"<h1>{title}</h1><p>{TEXT}</p><p>It was about {title}.</p>"
    return f"<html><body><article>{body}</article></body></html>".encode()


@dataclass(slots=True)
class Clock:
    """A clock that only sleeping moves."""

    at: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


@dataclass(slots=True)
class Stage:
    """A site, a clock, and a file of feeds."""

    site: Site
    clock: Clock
    folder: Path

    def serve(self, path: str, body: bytes | str, head: str = "") -> None:
        content = body.encode() if isinstance(body, str) else body
        told = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{head}"
        self.site.ways[path] = lambda talk: talk.answer(content, told)

    def watcher(self, **options: str) -> Watcher:
        more = "".join(f"{key} = {value}\n" for key, value in options.items())
        path = self.folder / "feeds.toml"
        path.write_text(f'[[feed]]\nurl = "{self.site.url("/feed")}"\n{more}')
        fetcher = Fetcher(Limits(seconds=2, silence=1, size=100_000), lambda a: str(a) == "127.0.0.1")
        manners = Manners(fetcher, now=self.clock.now, sleep=self.clock.sleep)
        memory = open_memory(self.folder / "memory.json")
        return Watcher(read_feeds_file(str(path)), memory, fetcher, manners, Settings(), clock=self.clock.now)

    def asked(self) -> list[str]:
        made = [path for path, _ in self.site.asked]
        self.site.asked.clear()
        return made


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with hostile_site() as site:
        made = Stage(site, Clock(), tmp_path)
        links = [(f"Story {n}", site.url(f"/s{n}")) for n in (1, 2)]
        made.serve("/feed", feed_of(*links), 'ETag: "1"\r\nLast-Modified: Mon, 26 Oct 2009 08:00:00 GMT\r\n')
        for n in (1, 2):
            made.serve(f"/s{n}", page(f"Story {n}"))
        yield made


def reports(items: list[Report | InputError]) -> list[Report]:
    assert all(isinstance(i, Report) for i in items), items
    return [i for i in items if isinstance(i, Report)]


def test_a_round_reads_what_is_new_and_the_next_one_asks_for_news_only(stage: Stage) -> None:
    watcher = stage.watcher()
    first = reports(list(watcher.round()))
    assert [(r.title, r.publisher, r.url) for r in first] == [
        ("Story 1", "Zenda Post", stage.site.url("/s1")),
        ("Story 2", "Zenda Post", stage.site.url("/s2")),
    ]
    assert stage.asked() == ["/robots.txt", "/feed", "/s1", "/s2"]
    assert watcher.tally == Tally(feeds=1, entries=2, reports=2)

    def news(talk: Talk) -> None:
        assert talk.headers["if-none-match"] == '"1"'
        assert talk.headers["if-modified-since"] == "Mon, 26 Oct 2009 08:00:00 GMT"
        status("304 Not Modified")(talk)

    stage.site.ways["/feed"] = news
    again = stage.watcher()
    assert list(again.round()) == []
    assert again.tally.unchanged == 1
    assert stage.asked() == ["/robots.txt", "/feed"]


def test_a_host_is_asked_every_five_seconds_or_as_it_asks(stage: Stage) -> None:
    list(stage.watcher().round())
    assert [round(s) for s in stage.clock.slept] == [5, 5, 5]
    stage.clock.slept.clear()
    stage.serve("/robots.txt", "User-agent: *\nCrawl-delay: 20\n")
    stage.serve("/feed", feed_of(("Story 3", stage.site.url("/s1#3"))))
    list(stage.watcher().round())
    assert [round(s) for s in stage.clock.slept] == [20, 20]


def test_a_watch_that_is_cut_off_goes_on_where_it_was(stage: Stage) -> None:
    taken = stage.watcher().round()
    assert isinstance(next(taken), Report)
    next(taken)  # the first is done, the second was given but not yet taken
    taken.close()
    stage.asked()
    (left,) = reports(list(stage.watcher().round()))
    assert left.title == "Story 2"
    assert stage.asked() == ["/robots.txt", "/feed", "/s2"]


def test_robots_txt_is_kept_and_the_feeds_own_words_are_taken(stage: Stage) -> None:
    stage.serve("/robots.txt", "User-agent: chancery\nDisallow: /s1\n")
    one, two = reports(list(stage.watcher().round()))
    assert "/s1" not in stage.asked()
    assert one.text == f"Story 1\n\n{TEXT}"
    assert [f.kind for f in one.doubts] == ["page_not_read"]
    assert "robots.txt" in one.doubts[0].message
    assert two.doubts == ()


@pytest.mark.parametrize(("way", "asks_feed"), [("404 Not Found", True), ("503 Busy", False)])
def test_no_robots_txt_allows_and_one_that_cannot_be_had_does_not(
    stage: Stage, way: str, asks_feed: bool
) -> None:
    stage.site.ways["/robots.txt"] = status(way)
    items = list(stage.watcher().round())
    assert ("/feed" in stage.asked()) is asks_feed
    assert asks_feed or "its robots.txt does not allow it" in str(items[0])


def test_a_page_that_fails_is_tried_again_and_then_given_up(stage: Stage) -> None:
    stage.site.ways["/s1"] = status("500 Oops")
    told = [list(stage.watcher().round()) for _ in range(3)]
    assert [[type(i).__name__ for i in items] for items in told] == [
        ["Turned", "Report"],
        ["Turned"],
        ["Report"],
    ]
    (last,) = reports(told[2])
    assert [f.kind for f in last.doubts] == ["page_not_read"]
    assert list(stage.watcher().round()) == []


def test_a_page_that_leads_to_this_machine_is_refused(stage: Stage) -> None:
    stage.site.ways["/s1"] = redirect_to("http://127.0.0.9/admin")
    one, _two = reports(list(stage.watcher().round()))
    assert "127.0.0.9" in one.doubts[0].message


def test_a_feed_that_fails_rests_longer_each_time(stage: Stage) -> None:
    stage.site.ways["/feed"] = status("500 Oops")
    watcher = stage.watcher()
    asked = []
    for _ in range(8):
        list(watcher.round())
        asked.append("/feed" in stage.asked())
        stage.clock.at += 1800
    assert asked == [True, True, False, True, False, False, False, True]
    stage.site.ways["/feed"] = status("429 Slow", "Retry-After: 80000\r\n")
    stage.clock.at += 100_000
    list(watcher.round())
    assert watcher.memory.of(stage.site.url("/feed")).not_before - stage.clock.at >= 79_000


def test_entries_alone_and_a_publisher_of_ones_own(stage: Stage) -> None:
    found = reports(list(stage.watcher(pages="false", publisher='"The Gazette"').round()))
    assert [(r.text, r.publisher) for r in found] == [(f"Story {n}\n\n{TEXT}", "The Gazette") for n in (1, 2)]
    assert stage.asked() == ["/robots.txt", "/feed"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no [[feed]] table"),
        ("[[feed]", "no TOML"),
        ("[[feed]]\n", "no url"),
        ('[[feed]]\nurl = "file:///x"', "only http:// and https://"),
        ('[[feed]]\nurl = "https://a.example/"\npages = 1', "pages = 1"),
        ('[[feed]]\nurl = "https://a.example/"\ncolour = 1', "the unknown key 'colour'"),
        ('every_minutes = 1\n[[feed]]\nurl = "https://a.example/"', "at least 5"),
        ("every_minutes = true", "every_minutes = True"),
        ("feed = 3", "no [[feed]] table"),
    ],
)
def test_a_wrong_file_says_what_is_wanted(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "feeds.toml").write_text(text)
    with pytest.raises(WrongForm) as raised:
        read_feeds_file(str(tmp_path / "feeds.toml"))
    assert told in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"form": 2}',
        '{"form": 1, "feeds": {"u": 1}}',
        '{"form": 1, "feeds": {"u": {"seen": [1]}}}',
    ],
)
def test_a_memory_of_another_form_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.json").write_text(text)
    with pytest.raises(WrongForm, match="delete it to begin anew"):
        open_memory(tmp_path / "m.json")


def test_a_memory_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="cannot be written"):
        open_memory(tmp_path / "none" / "m.json").save()
