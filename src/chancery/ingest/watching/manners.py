"""How servers are treated: robots.txt is kept, and each host is asked only so often."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from chancery.errors import InputError
from chancery.ingest.fetching import Fetcher, Turned

GAP: Final = 5.0  # seconds between two requests to one host, unless it asks for more
LONGEST_GAP: Final = 60.0  # seconds; a host that asks for more gets this
_FRESH: Final = 86_400.0  # seconds for which a robots.txt is believed
_AGENT: Final = "chancery"
_LONGEST_RULES: Final = 500_000  # bytes of robots.txt that are read (RFC 9309)


@dataclass(slots=True)
class _Host:
    """`rules` is None where everything is forbidden for now, because robots.txt could not be had."""

    rules: Any = None
    read_at: float | None = None
    next_at: float = 0.0
    gap: float = GAP


@dataclass(slots=True)
class Manners:
    """Of one watch. `now` and `sleep` are the clock's, or a test's."""

    fetcher: Fetcher
    gap: float = GAP
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _hosts: dict[str, _Host] = field(default_factory=dict)

    def ready_at(self, url: str) -> float:
        """When the address's host may be asked next, by `now`'s clock."""
        return self._host(url).next_at

    def wait(self, url: str) -> None:
        """Sleep until the host may be asked, and count that as asking it."""
        host = self._host(url)
        pause = host.next_at - self.now()
        if pause > 0:
            self.sleep(pause)
        host.next_at = self.now() + host.gap

    def leave_alone(self, url: str, seconds: float) -> None:
        """The host asks for a pause."""
        host = self._host(url)
        host.next_at = max(host.next_at, self.now() + seconds)

    def allows(self, url: str) -> bool:
        """Whether the host's robots.txt lets us read the address (RFC 9309); it is read when it is stale."""
        host = self._host(url)
        if host.read_at is None or self.now() - host.read_at > _FRESH:
            self._read_rules(url, host)
        return host.rules is not None and bool(host.rules.can_fetch(url, _AGENT))

    def _host(self, url: str) -> _Host:
        parts = urlsplit(url)
        return self._hosts.setdefault(f"{parts.scheme}://{parts.netloc}", _Host(gap=self.gap))

    def _read_rules(self, url: str, host: _Host) -> None:
        """No robots.txt allows all, one that cannot be had for now allows nothing, as RFC 9309 has it."""
        from protego import Protego

        parts = urlsplit(url)
        self.wait(url)
        found: bytes | None
        try:
            found = self.fetcher.get(f"{parts.scheme}://{parts.netloc}/robots.txt").content[:_LONGEST_RULES]
        except Turned as turned:
            found = b"" if 400 <= turned.status < 500 and turned.status != 429 else None
        except InputError:
            found = None
        host.rules = None if found is None else Protego.parse(found.decode("utf-8", "replace"))
        host.read_at = self.now() if found is not None else None
        asked = host.rules.crawl_delay(_AGENT) if host.rules is not None else None
        host.gap = min(max(self.gap, float(asked or 0.0)), LONGEST_GAP)
        host.next_at = max(host.next_at, self.now() + host.gap)
