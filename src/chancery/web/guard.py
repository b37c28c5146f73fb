"""What every request passes: the name it calls us by, its size, and the headers of the answer.

Reports are hostile input. Beside the escaping of pages stands a policy that lets a browser run and
load only what this server serves as a file; no page has a script or style of its own in it.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class TooLarge(Exception):
    """A body beyond the limit."""


class Guard:
    """Middleware in front of everything else."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], limit: int) -> None:
        self._app = app
        self._hosts = hosts
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(headers)
        if refused is not None:
            await refused(scope, receive, _with_headers(send, scope))
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, self._counted(receive), _with_headers(watched, scope))
        except TooLarge:
            if not started:
                await self._too_large()(scope, receive, _with_headers(send, scope))

    def _refused(self, headers: Headers) -> PlainTextResponse | None:
        """Names that are not ours are refused: another site may have its name lead to this machine."""
        if self._hosts and _without_port(headers.get("host", "")) not in self._hosts:
            return PlainTextResponse("this desk answers only to its own name; open it on this machine", 400)
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self._limit:
            return self._too_large()
        return None

    def _too_large(self) -> PlainTextResponse:
        most = (
            f"{self._limit // 1024 // 1024:,} MB" if self._limit >= 1024 * 1024 else f"{self._limit:,} bytes"
        )
        words = (
            f"that is more than {most}, the most this desk takes at once; use `chancery read` for archives"
        )
        return PlainTextResponse(words, 413)

    def _counted(self, receive: Receive) -> Receive:
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._limit:
                raise TooLarge
            return message

        return counted


def _without_port(host: str) -> str:
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return name.strip("[]").lower()


def _with_headers(send: Send, scope: Scope) -> Send:
    async def added(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            kept = "no-cache" if scope["path"].startswith("/assets/") else "no-store"
            headers.setdefault("Cache-Control", kept)
        await send(message)

    return added
