"""Through a proxy, with every address still checked here: the proxy is asked for ways to addresses alone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from chancery.errors import FetchFailed, FetchRefused, UsageError
from chancery.ingest.fetching import Fetcher, Limits, fetcher_for
from chancery.ingest.fetching.proxies import Proxies, Proxy, proxies_of
from chancery.settings import Settings, from_environment
from tests.ingest.fetching.hostile import PAGE, Site, Talk, hostile_site

LIMITS = Limits(seconds=2.0, silence=1.0, size=200_000, redirects=3)


def _relay(talk: Talk) -> None:
    """A proxy that does what it is asked."""
    host, _, port = talk.line.split(" ")[1].rpartition(":")
    with socket.create_connection((host, int(port)), timeout=5) as there:
        talk.send("HTTP/1.1 200 Connection established\r\nX-Via: us\r\n\r\n")
        back = threading.Thread(target=_pump, args=(there, talk.socket), daemon=True)
        back.start()
        _pump(talk.socket, there)
        back.join()


def _pump(one: socket.socket, other: socket.socket) -> None:
    try:
        while piece := one.recv(4096):
            other.sendall(piece)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        return


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with hostile_site() as running:
        yield running


def through(proxy: Site, credentials: str | None = None, without: str = "") -> Fetcher:
    found = Proxy("127.0.0.1", proxy.port, credentials)
    return Fetcher(LIMITS, lambda address: str(address) == "127.0.0.1", Proxies(found, found, without))


def test_a_page_is_fetched_through_a_way_to_its_address(site: Site) -> None:
    with hostile_site(**{f"127.0.0.1:{site.port}": _relay}) as proxy:
        answer = through(proxy, "cm9vdDpwdw==").get(site.url("/page", "localhost"))
        assert answer.content == PAGE
        ((asked, headers),) = proxy.asked
        assert asked == f"127.0.0.1:{site.port}", "the address and not the name"
        assert headers["proxy-authorization"] == "Basic cm9vdDpwdw=="
    path, headers = site.asked[-1]
    assert (path, headers["host"]) == ("/page", f"localhost:{site.port}")
    assert "proxy-authorization" not in headers


@pytest.mark.parametrize("path", ["/to-private", "/to-link-local", "/to-number"])
def test_the_proxy_is_not_asked_for_the_inside(site: Site, path: str) -> None:
    with hostile_site(**{f"127.0.0.1:{site.port}": _relay}) as proxy:
        with pytest.raises(FetchRefused):
            through(proxy).get(site.url(path))
        assert [asked for asked, _ in proxy.asked] == [f"127.0.0.1:{site.port}"]


def test_some_hosts_are_asked_directly(site: Site) -> None:
    with hostile_site() as proxy:
        assert (
            through(proxy, without="example.org, localhost").get(site.url("/page", "localhost")).content
            == PAGE
        )
        assert proxy.asked == []


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (lambda talk: talk.send("HTTP/1.1 403 Forbidden\r\n\r\n"), "opens no way to 127.0.0.1:"),
        (lambda talk: talk.send("SSH-2.0-OpenSSH_9.9\r\n\r\n"), "gave no answer of HTTP"),
        (lambda talk: talk.send("HTTP/1.1 200 OK\r\n", "X: " + "x" * 20_000), "gave no answer of HTTP"),
        (lambda talk: None, "gave no answer of HTTP"),
        (lambda talk: talk.stop.wait(5), "no whole answer within"),
    ],
)
def test_proxies_that_do_not_do_their_work_are_told(site: Site, way: object, told: str) -> None:
    with hostile_site(**{f"127.0.0.1:{site.port}": way}) as proxy, pytest.raises(FetchFailed, match=told):  # type: ignore[dict-item]
        through(proxy).get(site.url("/page"))


@pytest.mark.parametrize(
    ("host", "without", "directly"),
    [
        ("zenda.example", "", False),
        ("zenda.example", "zenda.example", True),
        ("a.zenda.example", ".zenda.example", True),
        ("a.ZENDA.example", "strelsau.example,zenda.example", True),
        ("notzenda.example", "zenda.example", False),
        ("zenda.example", " * ", True),
        ("zenda.example", " , ,", False),
    ],
)
def test_which_hosts_are_asked_directly(host: str, without: str, directly: bool) -> None:
    proxy = Proxy("p", 1)
    assert Proxies(proxy, None, without).for_host("http", host) is (None if directly else proxy)
    assert Proxies(proxy, None, without).for_host("https", host) is None


def test_the_environment_names_them_as_for_other_programs() -> None:
    found = proxies_of(
        from_environment({"HTTPS_PROXY": "http://zog:p%40w@proxy.example:3128", "no_proxy": "x"})
    )
    assert found == Proxies(None, Proxy("proxy.example", 3128, "em9nOnBAdw=="), "x")
    both = Proxy("proxy.example", 8080)
    assert proxies_of(from_environment({"all_proxy": "proxy.example"})) == Proxies(both, both, "")
    visited = {"HTTP_PROXY": "http://hostile.example:1", "REQUEST_METHOD": "GET"}
    assert proxies_of(from_environment(visited)) == Proxies()


@pytest.mark.parametrize(
    "given", ["socks5://zog:secret@p:1080", "https://p:443", "http://", "http://p:x", "http://["]
)
def test_other_proxies_are_refused_in_words(given: str) -> None:
    with pytest.raises(UsageError, match="http_proxy in the environment names no proxy") as refused:
        fetcher_for(Settings(http_proxy=given))
    assert "secret" not in str(refused.value)
