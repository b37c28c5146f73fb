"""One page from the web: checked at each redirect, bounded in bytes and seconds, unpacked with care."""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from importlib import metadata
from typing import Final
from urllib.parse import SplitResult, urljoin, urlunsplit

import httpcore

from chancery.errors import FetchFailed, FetchRefused, TooManyBytes
from chancery.ingest.archives import media_type_of
from chancery.ingest.fetching.addresses import Allowed, NotAllowed, any_address, is_public, parts_of
from chancery.ingest.fetching.connecting import CheckedBackend, Deadline, trust
from chancery.ingest.fetching.proxies import DIRECT, Proxies, proxies_of
from chancery.ingest.fetching.unpacking import ACCEPTED, TooMuch, unpacked
from chancery.settings import Settings

_MOVED: Final = frozenset((301, 302, 303, 307, 308))
_PORTS: Final = {"http": 80, "https": 443}
_ACCEPT: Final = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/pdf, "
    "text/plain, */*;q=0.5"
)
_LONGEST_WAIT: Final = 86_400.0  # seconds that a server may ask us to stay away


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` for all of one fetch, `silence` between two pieces of it, `size` packed and unpacked."""

    seconds: float = 60.0
    silence: float = 15.0
    size: int = 20_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: `url` after redirects, and what helps to ask only for news the next time."""

    url: str
    status: int
    content: bytes
    media_type: str | None
    charset: str | None
    etag: str | None
    modified: str | None

    @property
    def is_unchanged(self) -> bool:
        """Whether it has nothing new since the last time."""
        return self.status == 304


class Turned(FetchFailed):
    """A status that is no page. `wait`: seconds that the server wants to be left alone, if it says so."""

    def __init__(self, where: str, status: int, wait: float | None) -> None:
        super().__init__(where, f"the server answered with status {status}")
        self.status = status
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Gets pages. `allowed` says which addresses may be asked, `proxies` through what."""

    limits: Limits = Limits()
    allowed: Allowed = is_public
    proxies: Proxies = DIRECT

    def get(self, url: str, known: Mapping[str, str] | None = None) -> Answer:
        """The page at an address; `known` are conditions (If-None-Match ...) sent along.

        Raises `FetchRefused`, `FetchFailed`, `TooManyBytes`.
        """
        deadline = Deadline(time.monotonic() + self.limits.seconds, self.limits.silence)
        at = url
        for _ in range(self.limits.redirects + 1):
            found = self._once(at, url, known or {}, deadline)
            if isinstance(found, Answer):
                return found
            at = found
        raise FetchFailed(url, f"more than {self.limits.redirects} redirects")

    def _once(self, at: str, asked: str, known: Mapping[str, str], deadline: Deadline) -> Answer | str:
        """The answer, or where it has moved to; told of the address that was asked for."""
        try:
            return self._ask(parts_of(at), at, known, deadline)
        except NotAllowed as refused:
            led = f"it leads to {at}: " if at != asked else ""
            raise FetchRefused(asked, f"{led}{refused}") from refused
        except TooMuch as large:
            raise TooManyBytes(asked, self.limits.size) from large
        except httpcore.TimeoutException as late:
            raise FetchFailed(asked, f"no whole answer within {self.limits.seconds:g} seconds") from late
        except (
            httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, OSError, ValueError,
            ssl.SSLError,
        ) as broken:  # fmt: skip
            why = " ".join(str(broken).split()) or type(broken).__name__
            raise FetchFailed(asked, why) from broken

    def _ask(self, parts: SplitResult, at: str, known: Mapping[str, str], deadline: Deadline) -> Answer | str:
        proxy = self.proxies.for_host(parts.scheme, _host(parts))
        backend = CheckedBackend(self.allowed, deadline, proxy)
        with (
            httpcore.ConnectionPool(
                ssl_context=trust(), network_backend=backend, max_keepalive_connections=0
            ) as pool,
            pool.stream("GET", _target(parts), headers=_headers(parts, known)) as response,
        ):
            told = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers}
            if response.status in _MOVED and told.get("location"):
                return urljoin(at, told["location"])
            if response.status not in (200, 304):
                raise Turned(at, response.status, _wait(told.get("retry-after")))
            pieces = response.iter_stream() if response.status == 200 else ()
            content = unpacked(pieces, told.get("content-encoding", ""), self.limits.size)
        kind, charset = media_type_of(told.get("content-type"))
        return Answer(
            at, response.status, content, kind, charset, told.get("etag"), told.get("last-modified")
        )


def fetcher_for(settings: Settings) -> Fetcher:
    """The fetcher that settings ask for. Raises `UsageError` on a proxy that cannot be used."""
    limits = replace(Limits(), size=min(Limits().size, settings.max_input_bytes))
    allowed = any_address if settings.allow_private else is_public
    return Fetcher(limits, allowed, proxies_of(settings))


def user_agent() -> str:
    """What servers are told of who asks."""
    try:
        return f"chancery/{metadata.version('chancery')} (reads news reports for research)"
    except metadata.PackageNotFoundError:
        return "chancery (reads news reports for research)"


def _host(parts: SplitResult) -> str:
    assert parts.hostname is not None
    return parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname


def _target(parts: SplitResult) -> httpcore.URL:
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    target = "".join(c if "!" <= c <= "~" else "".join(f"%{b:02X}" for b in c.encode()) for c in path)
    port = parts.port or _PORTS[parts.scheme]
    return httpcore.URL(scheme=parts.scheme, host=_host(parts), port=port, target=target)


def _headers(parts: SplitResult, known: Mapping[str, str]) -> list[tuple[str, str]]:
    host = _host(parts)
    named = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    said = {
        "Host": f"{named}{port}",
        "User-Agent": user_agent(),
        "Accept": _ACCEPT,
        "Accept-Language": "en, *;q=0.5",
        "Accept-Encoding": ACCEPTED,
        "Connection": "close",
    }
    return [*said.items(), *known.items()]


def _wait(told: str | None) -> float | None:
    """Seconds of a Retry-After header: a number, or until a date."""
    if told is None:
        return None
    if told.strip().isdigit():
        return min(float(told.strip()[:9]), _LONGEST_WAIT)
    try:
        return min(max(parsedate_to_datetime(told).timestamp() - time.time(), 0.0), _LONGEST_WAIT)
    except (ValueError, TypeError, OverflowError):
        return None
