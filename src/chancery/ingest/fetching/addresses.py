"""Which addresses may be asked: those of the public network, unless others are allowed.

A name is resolved once and its addresses are checked; the connection is made to a checked address and
not to the name, so that a second answer of the resolver cannot lead elsewhere.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, urlsplit

Allowed = Callable[[IPv4Address | IPv6Address], bool]

_SCHEMES: Final = ("http", "https")
_TRANSLATED: Final = ip_network("64:ff9b::/96")  # IPv4 behind NAT64 (RFC 6052)
_LONGEST: Final = 4096  # characters of an address


class NotAllowed(ValueError):
    """Why an address may not be asked."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is of the public network, whatever it is wrapped in."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if inner is None and address in _TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def any_address(address: IPv4Address | IPv6Address) -> bool:
    """What `--allow-private` allows: everything but addresses of many."""
    return not address.is_multicast


def parts_of(url: str) -> SplitResult:
    """A web address taken apart. Raises `NotAllowed`."""
    if len(url) > _LONGEST or any(c.isspace() or not c.isprintable() for c in url):
        raise NotAllowed("it is no web address")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 (raises where it is none)
    except ValueError as wrong:
        raise NotAllowed(str(wrong)) from wrong
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise NotAllowed("only http:// and https:// addresses are fetched")
    if parts.username is not None or parts.password is not None:
        raise NotAllowed("it has a name or password in it")
    return parts


def checked_addresses(host: str, port: int, allowed: Allowed) -> list[str]:
    """The addresses of a host, all of them allowed. Raises `NotAllowed`, `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found)
    for number in numbers:
        if not allowed(ip_address(number)):
            raise NotAllowed(
                f"{host} has the address {number}, not one of the public network; --allow-private allows it"
            )
    return list(numbers)
