"""A web server that tries everything, on this machine: each path is another way to be hostile."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import brotli

PAGE: Final = (
    b"<html><body><p>" + b"The envoy of Ruritania left Strelsau on Monday. " * 5 + b"</p></body></html>"
)
_PLAIN: Final = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"

Way = Callable[["Talk"], None]


@dataclass(slots=True)
class Talk:
    """One request, and the socket to answer it on."""

    line: str
    headers: dict[str, str]
    socket: socket.socket
    stop: threading.Event

    def send(self, *pieces: str | bytes) -> None:
        for piece in pieces:
            self.socket.sendall(piece.encode("latin-1") if isinstance(piece, str) else piece)

    def answer(self, body: bytes, head: str = _PLAIN) -> None:
        self.send(f"{head}Content-Length: {len(body)}\r\n\r\n", body)


def endless(talk: Talk) -> None:
    talk.send(_PLAIN, "\r\n")
    while not talk.stop.is_set():
        talk.send(b"<p>more" * 1000)


def drip(talk: Talk) -> None:
    talk.send(_PLAIN, "Content-Length: 100000\r\n\r\n")
    while not talk.stop.wait(0.05):
        talk.send(b"x")


def drip_headers(talk: Talk) -> None:
    talk.send("HTTP/1.1 200 OK\r\nX-Slow: ")
    while not talk.stop.wait(0.05):
        talk.send(b"x")


def endless_headers(talk: Talk) -> None:
    talk.send("HTTP/1.1 200 OK\r\n")
    while not talk.stop.is_set():
        talk.send(b"X-More: " + b"x" * 1000 + b"\r\n")


def endless_chunks(talk: Talk) -> None:
    talk.send(_PLAIN, "Transfer-Encoding: chunked\r\n\r\n")
    while not talk.stop.is_set():
        talk.send(b"400\r\n" + b"x" * 1024 + b"\r\n")


def silent(talk: Talk) -> None:
    talk.stop.wait(10)


def redirect_to(target: str, status: str = "302 Found") -> Way:
    return lambda talk: talk.send(f"HTTP/1.1 {status}\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n")


def packed(body: bytes, packing: str) -> Way:
    return lambda talk: talk.answer(body, f"{_PLAIN}Content-Encoding: {packing}\r\n")


def status(words: str, more: str = "") -> Way:
    return lambda talk: talk.send(f"HTTP/1.1 {words}\r\n{more}Content-Length: 0\r\n\r\n")


BOMB: Final = gzip.compress(b"\0" * 50_000_000)
WAYS: Final[dict[str, Way]] = {
    "/page": lambda talk: talk.answer(PAGE),
    "/gzip": packed(gzip.compress(PAGE), "gzip"),
    "/gzip-members": packed(gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:]), "gzip"),
    "/deflate": packed(zlib.compress(PAGE), "deflate"),
    "/deflate-bare": packed(zlib.compress(PAGE, wbits=-15), "deflate"),
    "/bomb": packed(BOMB, "gzip"),
    "/bomb-in-bomb": packed(gzip.compress(BOMB), "gzip, gzip"),
    "/gzip-cut": packed(gzip.compress(PAGE)[:-9], "gzip"),
    "/gzip-not": packed(PAGE, "gzip"),
    "/brotli": packed(brotli.compress(PAGE), "br"),
    "/brotli-bomb": packed(brotli.compress(b"\0" * 50_000_000), "br"),
    "/brotli-cut": packed(brotli.compress(PAGE)[:-9], "br"),
    "/brotli-not": packed(PAGE, "br"),
    "/brotli-more": packed(brotli.compress(PAGE) + PAGE, "br"),
    "/zstd": packed(PAGE, "zstd"),
    "/endless": endless,
    "/endless-chunks": endless_chunks,
    "/endless-headers": endless_headers,
    "/drip": drip,
    "/drip-headers": drip_headers,
    "/silent": silent,
    "/short": lambda talk: talk.send(_PLAIN, "Content-Length: 5000\r\n\r\n", PAGE),
    "/long": lambda talk: talk.send(_PLAIN, "Content-Length: 20\r\n\r\n", PAGE),
    "/negative": lambda talk: talk.send(_PLAIN, "Content-Length: -5\r\n\r\n", PAGE),
    "/two-lengths": lambda talk: talk.send(_PLAIN, "Content-Length: 5\r\nContent-Length: 9\r\n\r\n", PAGE),
    "/wrong-chunk": lambda talk: talk.send(_PLAIN, "Transfer-Encoding: chunked\r\n\r\nZZ\r\n", PAGE),
    "/not-http": lambda talk: talk.send("SSH-2.0-OpenSSH_9.9\r\n"),
    "/nothing": lambda talk: None,
    "/404": status("404 Not Found"),
    "/429": status("429 Too Many Requests", "Retry-After: 120\r\n"),
    "/503-date": status("503 No", "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT\r\n"),
    "/304": status("304 Not Modified"),
    "/to-page": redirect_to("/page", "301 Moved"),
    "/to-itself": redirect_to("/to-itself"),
    "/to-file": redirect_to("file:///etc/passwd"),
    "/to-gopher": redirect_to("gopher://127.0.0.1:70/1"),
    "/to-empty": redirect_to("http://"),
    "/to-user": redirect_to("http://root:pw@zenda.example/"),
    "/to-number": redirect_to("http://0x7f000002/"),
    "/to-private": redirect_to("http://10.0.0.1/"),
    "/to-link-local": redirect_to("http://169.254.169.254/latest/meta-data/"),
    "/to-ipv6": redirect_to("http://[::1]/"),
    "/to-mapped": redirect_to("http://[::ffff:10.0.0.1]/"),
    "/to-odd": redirect_to("http://[::1/\x01"),
}  # fmt: skip


@dataclass(slots=True)
class Site:
    """The server while it runs: its address, further paths, and what was asked."""

    port: int
    ways: dict[str, Way]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def hostile_site(**more: Way) -> Iterator[Site]:
    """A server of its own on a free port, each request answered in a thread."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        site = Site(listening.getsockname()[1], WAYS | more)
        listening.settimeout(0.05)
        thread = threading.Thread(target=_serve, args=(listening, site, stop), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            stop.set()
            thread.join()


def _serve(listening: socket.socket, site: Site, stop: threading.Event) -> None:
    answering = []
    while not stop.is_set():
        with suppress(TimeoutError):
            connection, _ = listening.accept()
            answering.append(threading.Thread(target=_answer, args=(connection, site, stop), daemon=True))
            answering[-1].start()
    for thread in answering:
        thread.join()


def _answer(connection: socket.socket, site: Site, stop: threading.Event) -> None:
    with connection, suppress(OSError):
        connection.settimeout(5)
        received = b""
        while b"\r\n\r\n" not in received:
            piece = connection.recv(4096)
            if not piece:
                return
            received += piece
        line, *rest = received.decode("latin-1").split("\r\n")
        headers = {k.lower(): v for k, _, v in (h.partition(": ") for h in rest if h)}
        path = line.split(" ")[1]
        site.asked.append((path, headers))
        site.ways.get(path, WAYS["/404"])(Talk(line, headers, connection, stop))
