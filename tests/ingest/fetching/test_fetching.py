"""Fetching from servers that try everything: what is read, what is refused, and how soon it ends."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.errors import FetchFailed, FetchRefused, InputError, TooManyBytes
from chancery.ingest import load
from chancery.ingest.fetching import Fetcher, Limits, Turned, fetcher_for
from chancery.ingest.fetching.addresses import NotAllowed, is_public, parts_of
from chancery.ingest.fetching.unpacking import TooMuch, WrongPacking, unpacked
from chancery.records import Report
from chancery.settings import Settings
from tests.ingest.fetching.hostile import PAGE, Site, hostile_site

LIMITS = Limits(seconds=1.0, silence=0.5, size=200_000, redirects=3)
LOCAL = Fetcher(LIMITS, lambda address: str(address) == "127.0.0.1")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with hostile_site() as running:
        yield running


@pytest.mark.parametrize(
    "path", ["/page", "/gzip", "/gzip-members", "/deflate", "/deflate-bare", "/brotli", "/to-page"]
)
def test_pages_are_fetched(site: Site, path: str) -> None:
    answer = LOCAL.get(site.url(path))
    assert (answer.content, answer.media_type, answer.charset) == (PAGE, "text/html", "utf-8")
    assert answer.url == site.url("/page" if path == "/to-page" else path)


def test_what_is_longer_than_its_length_is_cut_there(site: Site) -> None:
    assert LOCAL.get(site.url("/long")).content == PAGE[:20]


FAILED = {
    "/bomb": (TooManyBytes, "more than the 200,000 bytes"),
    "/bomb-in-bomb": (FetchFailed, "packed as 'gzip, gzip'"),
    "/gzip-cut": (FetchFailed, "ends too early"),
    "/gzip-not": (FetchFailed, "its gzip is broken"),
    "/brotli-bomb": (TooManyBytes, "more than the 200,000 bytes"),
    "/brotli-cut": (FetchFailed, "its br ends too early"),
    "/brotli-not": (FetchFailed, "its br is broken"),
    "/brotli-more": (FetchFailed, "its br "),
    "/zstd": (FetchFailed, "packed as 'zstd'"),
    "/endless": (TooManyBytes, "more than the 200,000 bytes"),
    "/endless-chunks": (TooManyBytes, "more than the 200,000 bytes"),
    "/endless-headers": (FetchFailed, ""),
    "/drip": (FetchFailed, "no whole answer within 1 seconds"),
    "/drip-headers": (FetchFailed, "no whole answer within 1 seconds"),
    "/silent": (FetchFailed, "no whole answer"),
    "/short": (FetchFailed, ""),
    "/negative": (FetchFailed, ""),
    "/two-lengths": (FetchFailed, ""),
    "/wrong-chunk": (FetchFailed, ""),
    "/not-http": (FetchFailed, ""),
    "/nothing": (FetchFailed, ""),
    "/404": (Turned, "the server answered with status 404"),
    "/to-itself": (FetchFailed, "more than 3 redirects"),
    "/to-file": (FetchRefused, "it leads to file:///etc/passwd: only http:// and https://"),
    "/to-gopher": (FetchRefused, "only http:// and https://"),
    "/to-empty": (FetchFailed, "more than 3 redirects"),
    "/to-user": (FetchRefused, "it has a name or password in it"),
    "/to-number": (FetchRefused, "127.0.0.2"),
    "/to-private": (FetchRefused, "10.0.0.1"),
    "/to-link-local": (FetchRefused, "169.254.169.254"),
    "/to-ipv6": (FetchRefused, "::1"),
    "/to-mapped": (FetchRefused, "::ffff:"),
    "/to-odd": (InputError, ""),
}


@pytest.mark.parametrize("path", FAILED)
def test_hostile_servers_are_survived(site: Site, path: str) -> None:
    kind, told = FAILED[path]
    began = time.monotonic()
    with pytest.raises(kind) as raised:
        LOCAL.get(site.url(path))
    assert told in str(raised.value)
    assert str(raised.value).startswith(site.url(path))
    assert "\n" not in str(raised.value)
    assert time.monotonic() - began < 30  # not a measure: a hang would be for ever


def test_servers_may_ask_to_be_left_alone(site: Site) -> None:
    with pytest.raises(Turned) as busy:
        LOCAL.get(site.url("/429"))
    assert (busy.value.status, busy.value.wait) == (429, 120)
    with pytest.raises(Turned) as away:
        LOCAL.get(site.url("/503-date"))
    assert away.value.wait == 86_400


def test_conditions_are_sent_and_no_news_is_no_error(site: Site) -> None:
    answer = LOCAL.get(site.url("/304"), {"If-None-Match": '"x"'})
    assert answer.is_unchanged
    assert site.asked[-1][1]["if-none-match"] == '"x"'
    assert site.asked[-1][1]["user-agent"].startswith("chancery")


def test_this_machine_is_not_asked_unless_allowed(site: Site) -> None:
    for settings, kind in ((Settings(), FetchRefused), (Settings(allow_private=True), Report)):
        for host in ("127.0.0.1", "localhost"):
            before = len(site.asked)
            (item,) = load([site.url("/page", host)], published=None, settings=settings)
            assert isinstance(item, kind)
            assert (len(site.asked) > before) is settings.allow_private
    assert isinstance(item, Report)
    assert (item.file, item.url) == ("page", site.url("/page", "localhost"))


def test_a_name_that_resolves_otherwise_the_second_time_gains_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["127.0.0.1", "127.0.0.3"])

    real = socket.getaddrinfo

    def resolve(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        return real(next(answers) if host == "zenda.example" else host, port, *rest, **more)

    monkeypatch.setattr("chancery.ingest.fetching.addresses.socket.getaddrinfo", resolve)
    assert LOCAL.get(site.url("/page", "zenda.example")).content == PAGE
    with pytest.raises(FetchRefused, match=r"zenda\.example has the address 127\.0\.0\.3"):
        LOCAL.get(site.url("/page", "zenda.example"))


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1"),
        *("224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@given(st.text(max_size=60) | st.text("htps:/@[]%.:?#0123456789a\\ ", max_size=40).map("http://".__add__))
def test_any_address_is_taken_apart_or_refused(url: str) -> None:
    try:
        parts = parts_of(url)
    except NotAllowed:
        return
    assert parts.scheme in ("http", "https")
    assert parts.hostname


@given(st.binary(max_size=200), st.sampled_from(["", "gzip", "deflate", "br", "x"]), st.integers(1, 50))
def test_unpacking_never_gives_more_than_the_limit(content: bytes, packing: str, piece: int) -> None:
    pieces = [content[i : i + piece] for i in range(0, len(content), piece)]
    with suppress(WrongPacking, TooMuch):
        assert len(unpacked(pieces, packing, 100)) <= 100


def test_no_more_is_fetched_than_one_input_may_have() -> None:
    assert fetcher_for(Settings(max_input_bytes=1000)).limits.size == 1000
    assert fetcher_for(Settings()).limits == replace(Limits())
