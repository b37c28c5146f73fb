"""Connections to checked addresses only, all of whose reading and writing ends by one moment."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import certifi
import httpcore

from chancery.ingest.fetching.addresses import Allowed, checked_addresses
from chancery.ingest.fetching.proxies import Proxy, open_way


@dataclass(frozen=True, slots=True)
class Deadline:
    """When everything has to be done, and how long the other side may be silent, in seconds."""

    end: float
    silence: float

    def left(self) -> float:
        """Seconds for the next step. Raises `httpcore.ReadTimeout` where none are left."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for it is over")
        return min(left, self.silence)


class CheckedBackend(httpcore.NetworkBackend):
    """Opens sockets for httpcore."""

    def __init__(self, allowed: Allowed, deadline: Deadline, proxy: Proxy | None = None) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._proxy = proxy
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's addresses that answers. Raises `NotAllowed`."""
        problem: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in checked_addresses(host, port, self._allowed):
            try:
                return self._connected(address, port)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                problem = refused
        raise problem

    def _connected(self, address: str, port: int) -> httpcore.NetworkStream:
        """A stream to a checked address; the proxy, whom the user names, may be anywhere."""
        left, proxy = self._deadline.left, self._proxy
        if proxy is None:
            return _Timed(self._plain.connect_tcp(address, port, timeout=left()), self._deadline)
        stream = _Timed(self._plain.connect_tcp(proxy.host, proxy.port, timeout=left()), self._deadline)
        try:
            open_way(stream, proxy, address, port)
        except BaseException:
            stream.close()
            raise
        return stream


class _Timed(httpcore.NetworkStream):
    """A stream whose every step ends by the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _Timed(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@cache
def trust() -> ssl.SSLContext:
    """The authorities of the machine, and those that certifi lists."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
