"""Inputs of every kind, whole and mutated, the same for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from typing import Final

from tests.ingest.papers import paper, pictures
from tests.ingest.saved_pages import articles, pages

Seeds = Mapping[str, tuple[bytes, ...]]

PIECES: Final = (
    b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&#0;", b"&#xD800;", b"&amp;", b"\0", b"\xff", b"\xfe\xff",
    b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\r\n\r\n", b"\n", b"\t", b'"', b"'", b"{", b"}", b"[", b"]", b":", b",",
    b"\\ud800", b"\\u0000", b"1e999", b"-0", b"9" * 400, b"null", b"<div>", b"<p>", b"<article>", b"<h1>", b"<table>",
    b"<time datetime=9999-99-99>", b'<meta charset="utf-16">', b'<meta charset="unicode_escape">', b"<svg><math>",
    b"<!DOCTYPE x [<!ENTITY a '&a;'>]>", b"<item>", b"<entry>", b"<rss>", b"obj", b"endobj", b"stream\n", b"endstream",
    b"/Length 99999999", b"/Kids [1 0 R]", b"/Filter /FlateDecode", b"/Prev 0", b"trailer", b"xref", b"%%EOF", b"<<", b">>",
    b"Content-Type: multipart/mixed; boundary=x\n", b"--x\n", b"Content-Transfer-Encoding: base64\n", b"=?utf-8?q?=zz?=",
    b"Date: Mon, 99 Foo 99999\n", b"From \n", b"WARC/1.0\r\n", b"Content-Length: -1\r\n", b"\x1f\x8b\x08\0", b"[USAGOV >",
    b"<991399]", b"[~GOV]", b"!X!", b"+", b"_", b"#", b"E1\tAID:E1", b"T1\tAID 0 999999999", b"A" * 3000,
)  # fmt: skip


def seeds() -> Seeds:
    """Whole inputs by kind, small ones first."""
    every = articles()
    texts = [f"{a.title}\n\n{a.paragraphs[0]}" for a in every]
    lines = [json.dumps({"text": t, "published": "2009-10-26", "publisher": "P"}) for t in texts]
    stories = [
        {"uri": "u", "headline": "H", "body_xhtml": f"<p>{t}</p>", "versioncreated": "2009-10-26"}
        for t in texts[:5]
    ]
    return {
        "text": (*(t.encode() for t in texts), *(t.encode("cp1252", "replace") for t in texts)),
        "lines": tuple("\n".join(lines[i : i + 3]).encode() for i in range(len(lines))),
        "json": (*(json.dumps(s).encode() for s in stories), json.dumps(stories).encode()),
        "page": tuple(page.content for page in pages()),
        "paper": (*(paper(a.title, a.paragraphs[:2]) for a in every[:6]), pictures()),
        "mail": tuple(_mails(texts)),
        "feed": tuple(_feed(texts[i : i + 2]) for i in range(0, len(texts), 2)),
        "archive": tuple(_archive(page.content) for page in list(pages())[::40]),
        "actors": (
            b"KOFI_ANNAN_\n+K._ANNAN_\n\t[IGOUNO 970101-061231]\n\t[ELI]\nZENDA_ [ECUGOV >050101] [ECU]\n",
        ),
        "agents": (b"!MINIST! = MINISTER, MINISTERS\nBEE_!MINIST! [~GOV]\nPOLICEMAN {POLICEMEN} [~COP]\n",),
        "holders": (b"name;country;office;from;until\nAna Zenda;ECU;president;2009-10-26;2010\n",),
        "tasks": (_tasks(),),
        "standoff": (
            b"T1\tAID 0 4\tlend\nT2\tactor 5 9\there\nE1\tAID:T1 actor:T2\nA1\tstatus E1 promised\n",
        ),
        "feeds_file": (b'every_minutes = 30\n[[feed]]\nurl = "https://zenda.example/rss"\npages = true\n',),
    }


def _mails(texts: list[str]) -> Iterator[bytes]:
    for number, text in enumerate(texts[:6]):
        message = EmailMessage()
        message["Subject"], message["From"] = f"Mail {number}", "Zenda Post <z@zenda.example>"
        message["Date"] = "Mon, 26 Oct 2009 08:00:00 +0200"
        message.set_content(text)
        if number % 2:
            message.add_alternative(f"<html><body><p>{text}</p></body></html>", subtype="html")
        if number % 3 == 0:
            message.add_attachment(text.encode(), "text", "plain", filename="a.txt")
        yield message.as_bytes()


def _feed(texts: list[str]) -> bytes:
    items = "".join(
        f"<item><title>T</title><guid>{i}</guid><description>{t}</description></item>"
        for i, t in enumerate(texts)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Z</title>{items}</channel></rss>'.encode()
    )


def _archive(page: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://zenda.example/\r\nContent-Length: {len(answer)}\r\n"
    return head.encode() + b"Content-Type: application/http; msgtype=response\r\n\r\n" + answer + b"\r\n\r\n"


def _tasks() -> bytes:
    value = {"start": 0, "end": 4, "text": "lend", "labels": ["AID"]}
    result = [{"id": "a", "type": "labels", "from_name": "label", "value": value}]
    return json.dumps([{"data": {"text": "lend here"}, "annotations": [{"result": result}]}]).encode()


def mutated(content: bytes, chance: random.Random, others: tuple[bytes, ...]) -> bytes:
    """A copy with bytes lost, doubled, changed, moved, or of another input in it."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 6, 12))):
        at = chance.randrange(len(made) + 1)
        end = min(len(made), at + chance.choice((1, 2, 8, 60, 600)))
        chance.choice(_WAYS)(made, at, end, chance, chance.choice(others))
    return bytes(made)


Way = Callable[[bytearray, int, int, random.Random, bytes], None]


def _lose(made: bytearray, at: int, end: int, _chance: random.Random, _other: bytes) -> None:
    del made[at:end]


def _double(made: bytearray, at: int, end: int, chance: random.Random, _other: bytes) -> None:
    made[at:at] = made[at:end] * chance.choice((1, 2, 40))


def _change(made: bytearray, at: int, end: int, chance: random.Random, _other: bytes) -> None:
    made[at:end] = chance.randbytes(end - at)


def _flip(made: bytearray, at: int, _end: int, chance: random.Random, _other: bytes) -> None:
    if at < len(made):
        made[at] ^= 1 << chance.randrange(8)


def _insert(made: bytearray, at: int, _end: int, chance: random.Random, _other: bytes) -> None:
    made[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 1, 2, 200))


def _cut(made: bytearray, at: int, _end: int, _chance: random.Random, _other: bytes) -> None:
    del made[at:]


def _splice(made: bytearray, at: int, end: int, chance: random.Random, other: bytes) -> None:
    start = chance.randrange(len(other) + 1)
    made[at:end] = other[start : start + chance.choice((5, 50, 500))]


_WAYS: Final[tuple[Way, ...]] = (_lose, _double, _change, _flip, _flip, _insert, _insert, _cut, _splice)
