"""Bound the time that a request's body may take, by its speed, in an ASGI layer."""

from __future__ import annotations

import asyncio
from typing import Any

from hearth_cft.records import MIB
from hearth_cft.web.headers import NO_STORE, Headers
from hearth_cft.web.pace import SLOWEST, Pace, Watch
from hearth_cft.web.prerendered import Application, Receive, Scope, Send

# After an early response, read this much of the body before the connection is closed. A close with
# unread bytes would destroy the response on its way, and in HTTP/2 the other streams too.
MOST_DISCARDED = MIB
_CLOSE = (b"connection", b"close")


class SteadyBodies:
    """The layer. A body that is too slow gets status 408 with `headers`, and a disconnect."""

    def __init__(self, app: Application, headers: Headers, pace: Pace = SLOWEST) -> None:
        self.app = app
        self._headers = headers
        self._pace = pace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _may_have_body(scope):
            body = _Body(scope, receive, send, self._headers, self._pace)
            await self.app(scope, body.receive, body.send)
        else:
            await self.app(scope, receive, send)


def _may_have_body(scope: Scope) -> bool:
    if scope["http_version"] == "2":
        return True
    return any(name in (b"content-length", b"transfer-encoding") for name, _ in scope["headers"])


class _Body:
    """The body of one request, and the response to it."""

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, headers: Headers, pace: Pace
    ) -> None:
        self._is_http2 = scope["http_version"] == "2"
        self._receive, self._send = receive, send
        self._headers = headers
        self._loop = asyncio.get_running_loop()
        self._watch = Watch(pace, self._loop.time())
        self._length = 0
        self._is_over = False
        self._is_started = False
        self._is_refused = False
        # Quart reads the body in a task of its own, which goes on while it responds.
        self._reading = asyncio.Lock()

    async def receive(self) -> Any:
        """Return the next message. After the last part of the body, wait for the disconnect."""
        async with self._reading:
            if not self._is_over:
                return await self._next_part()
        return {"type": "http.disconnect"} if self._is_refused else await self._receive()

    async def send(self, message: Any) -> None:
        """Send a message, unless the request was refused. Read the whole body before the last."""
        if self._is_refused:
            return
        self._is_started = True
        is_last = message["type"] == "http.response.body" and not message.get("more_body", False)
        if is_last and not self._is_over:
            await self._send(message | {"more_body": True})
            await self._discard()
            message = {"type": "http.response.body", "body": b""}
        await self._send(message)

    async def _next_part(self) -> Any:
        try:
            async with asyncio.timeout_at(self._watch.deadline):
                message = await self._receive()
        except TimeoutError:
            self._is_over = True
            await self._refuse()
            return {"type": "http.disconnect"}
        size = len(message.get("body", b""))
        self._length += size
        self._watch.note(size, self._loop.time())
        self._is_over = not message.get("more_body", False)
        return message

    async def _refuse(self) -> None:
        if self._is_started:
            return
        self._is_refused = True
        headers = [*self._headers, NO_STORE, (b"content-length", b"0")]
        if not self._is_http2:
            headers.append(_CLOSE)
        await self._send({"type": "http.response.start", "status": 408, "headers": headers})
        await self._send({"type": "http.response.body", "body": b""})

    async def _discard(self) -> None:
        most = self._length + MOST_DISCARDED
        while not self._is_over and self._length < most:
            async with self._reading:
                if not self._is_over:
                    await self._next_part()
