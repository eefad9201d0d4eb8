"""Let a request through to the application, or refuse it with a reason, before its body is read if possible.

Flow:  request -> **host, origin, token -> room -> body within size and time** -> application

A page of the web that is open in the same browser must neither ask nor read: the host that a request names is
this service's, or it holds the token; what changes something comes from a page of its own.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from gouji.inference.serve.settings import LOCAL, RequestLimits, Settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "gouji-token"
_DRAIN = 1.0  # seconds in which what a refused client still sends is thrown away, so that it reads the answer
_SAFE = ("GET", "HEAD", "OPTIONS")
_OPEN_TO_ALL = ("/health",)


class Refused(Exception):
    """A request that is not answered: its status, and a reason for a person."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Gate:
    """Stands before the application.

    Args:
        app: The application.
        settings: Host, token and limits.
    """

    def __init__(self, app: App, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._limits = settings.requests
        self._clients: Counter[str] = Counter()
        self._requests = 0
        self._uploads = 0
        self._held = 0  # bytes of bodies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            self._admit(scope)
            await self._within_limits(scope, receive, send_)
        except Refused as refusal:
            if not begun:
                await refuse(refusal, receive, send)

    def _admit(self, scope: Scope) -> None:
        """Whether the request may ask at all.

        Raises:
            Refused: It may not.
        """
        headers = _headers(scope)
        host = headers.get("host", "")
        if self._settings.token is None and _name(f"//{host}") not in LOCAL:
            raise Refused(403, f"asked for the host {host[:80]!r}; expected localhost or 127.0.0.1")
        if self._settings.token is not None and scope["path"] not in _OPEN_TO_ALL:
            given = _tokens(scope, headers)
            if not any(
                secrets.compare_digest(each.encode(), self._settings.token.encode()) for each in given
            ):
                raise Refused(401, "holds no token; open the address that gouji serve printed, or send"
                              " Authorization: Bearer TOKEN")  # fmt: skip
        origin = headers.get("origin")
        if scope["method"] not in _SAFE and origin is not None and urlsplit(origin).netloc != host:
            raise Refused(403, f"comes from a page of {origin[:80]!r}; expected one of this service")

    async def _within_limits(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = (scope.get("client") or ("?",))[0]
        is_upload = scope["method"] == "POST" and scope["path"] == "/batch"
        limits = self._limits
        if self._clients[client] >= limits.per_client:
            raise Refused(429, f"has {limits.per_client} requests open already; wait for some of them")
        if self._requests >= limits.requests:
            raise Refused(503, f"{limits.requests} requests are being answered already; ask again soon")
        if is_upload and self._uploads >= limits.uploads:
            raise Refused(503, f"{limits.uploads} batches are being received already; send it again soon")
        body = _Body(self, scope, receive)
        body.check_declared()
        self._clients[client] += 1
        self._requests += 1
        self._uploads += is_upload
        try:
            await self._app(scope, body.receive, send)
        finally:
            self._clients -= Counter({client: 1})
            self._requests -= 1
            self._uploads -= is_upload
            self._held -= body.held

    def hold(self, count: int) -> None:
        """Count bytes of bodies that stand in memory.

        Raises:
            Refused: They are too many.
        """
        if self._held + count > self._limits.held_bytes:
            raise Refused(503, "holds as many pages in memory as it may; send it again soon")
        self._held += count


class _Body:
    """A request's body as it comes, within its size and its time."""

    def __init__(self, gate: Gate, scope: Scope, receive: Receive) -> None:
        self._gate = gate
        self._receive = receive
        self._limits: RequestLimits = gate._limits
        self._is_held = scope["path"] == "/extract"
        self._path = scope["path"]
        self._most = most_bytes(self._path, self._limits)
        self._declared = _headers(scope).get("content-length", "")
        self._read = 0
        self._until = time.monotonic() + self._limits.body_seconds
        self._is_whole = False
        self._is_refused = False
        self.held = 0

    def check_declared(self) -> None:
        """Refuse a body that says itself that it is too large."""
        if self._declared.isdigit() and int(self._declared) > self._most:
            raise _too_large(self._most, self._path)

    async def receive(self) -> Message:
        """The next message of the request; when it was refused once, what still comes is nobody's."""
        if self._is_whole or self._is_refused:
            return await self._receive()
        try:
            return await self._within_limits()
        except Refused:
            self._is_refused = True
            raise

    async def _within_limits(self) -> Message:
        left = min(self._limits.quiet_seconds, self._until - time.monotonic())
        try:
            message = await asyncio.wait_for(self._receive(), max(left, 0.0))
        except TimeoutError as error:
            raise Refused(
                408, f"sent {self._read} bytes of its body and no more in time; send it again"
            ) from error
        part = len(message.get("body", b""))
        self._read += part
        if self._read > self._most:
            raise _too_large(self._most, self._path)
        if self._is_held:
            self._gate.hold(part)
            self.held += part
        self._is_whole = not message.get("more_body", False)
        return message


async def refuse(refusal: Refused, receive: Receive, send: Send) -> None:
    """Say why; take what the client still sends for a moment, else it would not read the answer."""
    body = json.dumps({"error": refusal.reason}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    headers += [(b"connection", b"close"), (b"cache-control", b"no-store")]
    if refusal.status in (429, 503):
        headers.append((b"retry-after", b"1"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    with suppress(TimeoutError):
        async with asyncio.timeout(_DRAIN):
            while (message := await receive())["type"] == "http.request" and message.get("more_body"):
                pass
    await send({"type": "http.response.body", "body": b""})


def most_bytes(path: str, limits: RequestLimits) -> int:
    """How large a body may be."""
    return {"/extract": limits.page_bytes, "/batch": limits.batch_bytes}.get(path, limits.other_bytes)


def _too_large(most: int, path: str) -> Refused:
    instead = {"/extract": "send it to POST /batch", "/batch": "send less at a time, or raise --max-body"}
    return Refused(413, f"is larger than {most >> 20} MB; {instead.get(path, 'send less')}")


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _name(address: str) -> str | None:
    with suppress(ValueError):
        return urlsplit(address).hostname
    return None


def _tokens(scope: Scope, headers: dict[str, str]) -> list[str]:
    """What the request holds as a token: in its address, a header or a cookie."""
    found = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        found.append(value.strip())
    with suppress(CookieError):
        if (cookie := SimpleCookie(headers.get("cookie", "")).get(COOKIE)) is not None:
            found.append(cookie.value)
    return found
