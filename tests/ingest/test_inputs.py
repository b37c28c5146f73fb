"""Feeds, wire stories, archives, folders and standard input."""

from __future__ import annotations

import gzip
import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chancery.errors import InputError
from chancery.ingest import load
from chancery.ingest.kinds import kind_of
from chancery.ingest.opening import reports_in
from chancery.ingest.raw import Raw
from chancery.records import Report
from chancery.settings import Settings
from tests.ingest.saved_pages import articles, modern

LIMITS = Settings(max_report_characters=100_000, max_input_bytes=200_000)
TEXT = "The envoy of Ruritania left Strelsau on Monday, and will be back in May for another round of talks."


def read(content: bytes, name: str, **told: Any) -> list[Report | InputError]:
    return list(reports_in(Raw(content, name, name, **told), LIMITS))


def files(*names: object) -> list[Report | InputError]:
    return list(load(map(str, names), published=None, settings=LIMITS))


def found(items: list[Report | InputError]) -> list[Report]:
    assert all(isinstance(i, Report) for i in items), items
    return [i for i in items if isinstance(i, Report)]


RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Zenda Post</title>
<item><title>Envoy &amp; aide leave</title><link>https://zenda.example/1</link><guid>1</guid>
<pubDate>Mon, 26 Oct 2009 08:00:00 GMT</pubDate>
<description>&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;More.&lt;/p&gt;</description></item>
<item><title>Another</title><link>javascript:alert(1)</link><description>Short.</description></item>
<item></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Zenda Post</title>
<entry><title>Envoy leaves</title><id>urn:1</id>
<updated>2009-10-26T08:00:00Z</updated><link href="https://zenda.example/1"/><summary>Short.</summary>
<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""


def test_entries_of_a_feed_are_reports() -> None:
    first, second, third = read(RSS.encode(), "feed.xml")
    assert isinstance(first, Report)
    assert (first.title, first.publisher, first.published) == (
        "Envoy & aide leave",
        "Zenda Post",
        date(2009, 10, 26),
    )
    assert first.text == f"Envoy & aide leave\n\n{TEXT}\n\nMore."
    assert first.url == "https://zenda.example/1"
    assert isinstance(second, Report)
    assert (second.url, second.text) == (None, "Another\n\nShort.")
    assert "is empty" in str(third)
    (entry,) = found(read(ATOM.encode(), "feed"))
    assert (entry.text, entry.published) == (f"Envoy leaves\n\n{TEXT}", date(2009, 10, 26))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "it has no entries now"),
        (b'<?xml version="1.0"?><note>hello</note>', "cannot be read as a feed"),
        (b"https://zenda.example/feed", "cannot be read as a feed"),
    ],
)
def test_what_is_no_feed(content: bytes, told: str) -> None:
    (error,) = read(content, "a.rss")
    assert told in str(error)


def test_entities_of_a_feed_do_not_unfold() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 12)
    )
    feed = '<rss version="2.0"><channel><item><title>&a11;</title></item></channel></rss>'
    content = f'<?xml version="1.0"?>{bomb}]>{feed}'
    for item in read(content.encode(), "a.rss"):
        assert not isinstance(item, Report) or len(item.text) < 1000


NINJS = {
    "uri": "urn:story:1",
    "headline": "Envoy leaves",
    "versioncreated": "2009-10-26T08:00:00Z",
    "provider": "Zenda Wire",
}
NEWER = {
    "uri": "urn:story:1",
    "headlines": [{"role": "sub", "value": "no"}, {"role": "main", "value": "Envoy leaves"}],
    "bodies": [
        {"contenttype": "text/html", "value": "<p>no</p>"},
        {"contenttype": "text/plain", "value": TEXT},
    ],
    "contentCreated": "2009-10-26",
    "infosources": [{"name": "Zenda Wire", "role": "x"}],
}
STORIES = (NINJS | {"body_text": TEXT}, NINJS | {"body_xhtml": f"<div><p>{TEXT}</p></div>"}, NEWER)


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize(("name", "several"), [("a.json", False), ("a.json", True), ("a.jsonl", False)])
def test_wire_stories(story: dict[str, Any], name: str, several: bool) -> None:
    (report,) = found(read(json.dumps([story] if several else story).encode(), name))
    assert report.text == f"Envoy leaves\n\n{TEXT}"
    told = (report.title, report.publisher, report.published, report.url)
    assert told == ("Envoy leaves", "Zenda Wire", date(2009, 10, 26), "urn:story:1")


def test_json_of_our_own_form_and_of_none() -> None:
    (report,) = found(read(json.dumps({"text": TEXT, "publisher": "P"}).encode(), "a.json"))
    assert (report.publisher, report.file) == ("P", "a.json")
    assert "is not JSON (column 2)" in str(read(b"{", "a.json")[0])
    assert '"text" is missing' in str(read(b"{}", "a.json")[0])
    assert "item 2: is a JSON int" in str(read(b'[{"text": "x"}, 5]', "a.json")[1])
    assert "nested too deep" in str(read(b"[" * 100_000, "a.json")[0])
    assert "too many digits" in str(read(b'{"text": ' + b"9" * 5000 + b"}", "a.json")[0])


def record(url: str, status: str, headers: str, body: bytes) -> bytes:
    """A WARC record of a server's answer."""
    answer = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
    told = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2010-01-01T00:00:00Z\r\n"
    told += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    return told.encode() + answer + b"\r\n\r\n"


def archive(*, packed: bool) -> bytes:
    page = modern(articles()[0]).encode()
    packed_text = "Content-Type: text/plain\r\nContent-Encoding: gzip"
    records = (
        record("https://zenda.example/1", "200 OK", "Content-Type: text/html; charset=utf-8", page),
        record("https://zenda.example/2", "404 Not Found", "Content-Type: text/html", page),
        record("https://zenda.example/i.png", "200 OK", "Content-Type: image/png", b"\x89PNG"),
        record("https://zenda.example/3", "200 OK", packed_text, gzip.compress(TEXT.encode())),
        record("https://zenda.example/4", "200 OK", packed_text, gzip.compress(b"bomb " * 10**6)),
    )
    return b"".join(gzip.compress(r) if packed else r for r in records)


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_is_its_pages(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(archive(packed=packed))
    page, text, bomb = files(path)
    assert isinstance(page, Report)
    assert (page.url, page.title) == ("https://zenda.example/1", articles()[0].title)
    assert isinstance(text, Report)
    assert (text.text, text.url, text.file) == (TEXT, "https://zenda.example/3", f"{path.name}#4")
    assert "record 5 (https://zenda.example/4): has more than the 200,000 bytes" in str(bomb)


@pytest.mark.parametrize("content", [b"", b"WARC/1.0\r\nbroken", b"nothing", archive(packed=True)[:300]])
def test_a_broken_archive_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.warc.gz").write_bytes(content)
    items = files(tmp_path / "a.warc.gz")
    assert "cannot be read as a web archive" in str(items[-1])


def test_nothing_of_an_archive_reaches_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    odd = record("https://zenda.example/\x1b[31m red", "200 OK", "Content-Type: text/plain", TEXT.encode())
    (tmp_path / "a.warc").write_bytes(odd + b"\x1b[31m not a record\r\n\r\n" + odd)
    files(tmp_path / "a.warc")
    assert capfd.readouterr().err == ""


def test_a_folder_is_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b/c.txt", "a.html", ".hidden.txt", "p.png", "z.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "y.txt").write_text("")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    items = files(tmp_path)
    assert [i.file for i in items if isinstance(i, Report)] == ["a.html", "z.txt", "c.txt"]
    assert "y.txt: is empty" in str(items[1])


def test_a_folder_without_files_says_what_is_looked_for(tmp_path: Path) -> None:
    (error,) = files(tmp_path)
    assert "is a folder without files to read; these are looked for: .txt" in str(error)


def given(monkeypatch: pytest.MonkeyPatch, content: bytes) -> list[Report | InputError]:
    class Stream:
        buffer = io.BufferedReader(io.BytesIO(content))  # type: ignore[arg-type]

    monkeypatch.setattr(sys, "stdin", Stream)
    return files("-")


def test_standard_input_is_of_whatever_kind_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    (text,) = found(given(monkeypatch, TEXT.encode()))
    assert (text.text, text.file) == (TEXT, "standard input")
    lines = b"\n".join(json.dumps({"text": f"{TEXT} {n}"}).encode() for n in range(3))
    assert [r.file for r in found(given(monkeypatch, lines))] == [f"standard input:{n}" for n in (1, 2, 3)]
    (page,) = found(given(monkeypatch, modern(articles()[0]).encode()))
    assert page.title == articles()[0].title
    (story,) = found(given(monkeypatch, json.dumps(NINJS | {"body_text": TEXT}, indent=1).encode()))
    assert story.publisher == "Zenda Wire"
    assert "more than the 200,000 bytes" in str(given(monkeypatch, b"x" * 300_000)[0])
    assert "unpack it first" in str(given(monkeypatch, gzip.compress(b"x"))[0])


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.4", "a.txt", "paper"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "a", "page"),
        (b"<!-- saved from url=(0020)http://x/ -->\n<html>", "a", "page"),
        (b'<?xml version="1.0"?><?xml-stylesheet href="x"?><rss>', "a", "feed"),
        (b"<p>hello", "a.txt", "text"),
        (b"<p>hello", "a.HTM", "page"),
        (b"hello", "a", "text"),
        (b"hello", "a.warc.gz", "archive"),
        (b"hello", "a.txt.gz", "text"),
    ],
)
def test_kinds(content: bytes, name: str, kind: str) -> None:
    assert kind_of(content, name) == kind
