"""Fetching through a proxy without giving up the guard on addresses.

A proxy that is told a name resolves it by itself, and may be led to the inside of its own network. So the
name is resolved and checked here as ever, and the proxy is only asked (CONNECT, RFC 9110, 9.3.6) for a way to
a checked address. A proxy that is not one of HTTP, or that refuses such a way, is told of in words.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

import httpcore

from chancery.errors import UsageError
from chancery.settings import Settings

_PORT: Final = 8080
_LONGEST_HEAD: Final = 16_384  # bytes of a proxy's answer
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3})(?: |\r\n)")


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy: where it is, and what it is told of who asks (Basic, RFC 7617), if anything."""

    host: str
    port: int
    credentials: str | None = None


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxy for each scheme, and the hosts (as `no_proxy` lists them) that are asked directly."""

    http: Proxy | None = None
    https: Proxy | None = None
    without: str = ""

    def for_host(self, scheme: str, host: str) -> Proxy | None:
        """The proxy through which to ask a host, if through one."""
        found = self.https if scheme == "https" else self.http
        return None if found is None or self._asks_directly(host) else found

    def _asks_directly(self, host: str) -> bool:
        """Whether a list such as "localhost, .example.org" names the host or its domain; "*" names all."""
        wanted = (entry.strip().lstrip(".").casefold() for entry in self.without.split(","))
        name = host.casefold()
        return any(entry in ("*", name) or name.endswith(f".{entry}") for entry in wanted if entry)


DIRECT: Final = Proxies()


def proxies_of(settings: Settings) -> Proxies:
    """The proxies that settings name. Raises `UsageError` on one that cannot be used."""
    return Proxies(
        _proxy("http_proxy", settings.http_proxy), _proxy("https_proxy", settings.https_proxy),
        settings.no_proxy,
    )  # fmt: skip


def _proxy(variable: str, given: str) -> Proxy | None:
    if not given.strip():
        return None
    try:
        parts = urlsplit(given if "://" in given else f"http://{given}")
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme != "http" or not parts.hostname:  # not repeated: a password may be in it
        raise UsageError(
            f"{variable} in the environment names no proxy that can be used; only http://HOST:PORT is, "
            "as chancery must check every address itself; unset it, or name another"
        )
    credentials = None
    if parts.username is not None:
        known = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        credentials = b64encode(known.encode()).decode()
    return Proxy(parts.hostname, port or _PORT, credentials)


def open_way(stream: httpcore.NetworkStream, proxy: Proxy, address: str, port: int) -> None:
    """Ask the proxy at the other end for a way to an address. Raises `httpcore.ProxyError`."""
    place = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    known = f"Proxy-Authorization: Basic {proxy.credentials}\r\n" if proxy.credentials else ""
    stream.write(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n{known}\r\n".encode("ascii"))
    head = b""
    while b"\r\n\r\n" not in head:
        piece = stream.read(1)  # no more than the head: what follows it is the other side's
        head += piece
        if not piece or len(head) > _LONGEST_HEAD:
            raise httpcore.ProxyError(f"the proxy at {proxy.host} gave no answer of HTTP")
    status = _STATUS.match(head)
    if status is None:
        raise httpcore.ProxyError(f"the proxy at {proxy.host} gave no answer of HTTP")
    if not 200 <= int(status[1]) < 300:
        told = status[1].decode()
        raise httpcore.ProxyError(f"the proxy at {proxy.host} opens no way to {place} (status {told})")
