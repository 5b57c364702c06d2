"""Refuse what no part of the app understands, in an ASGI layer in front of all others.

Only HTTP requests for a path pass. Quart answers the rest with 500 and a traceback in the log.
"""

from __future__ import annotations

from hearth_cft.web.headers import NO_STORE, Headers
from hearth_cft.web.prerendered import Application, Receive, Scope, Send

VERSIONS = {"1.0", "1.1", "2"}


class Gate:
    """The layer. Its refusals carry `headers`. It passes on the messages at start and stop."""

    def __init__(self, app: Application, headers: Headers) -> None:
        self.app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] != "http":
            await _refuse_websocket(receive, send)
        elif scope["http_version"] not in VERSIONS:
            await self._refuse(505, send)
        elif (path := _path(scope["path"])) is None:
            await self._refuse(400, send)
        else:
            await self.app(
                scope if path is scope["path"] else scope | {"path": path}, receive, send
            )

    async def _refuse(self, status: int, send: Send) -> None:
        headers = [*self._headers, NO_STORE, (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _path(target: str) -> str | None:
    """Return the path that the target of a request names, or None if it names none.

    The form for proxies, with scheme and host, names one too (RFC 9112, section 3.2.2).
    """
    scheme, colon, rest = target.partition("://")
    if colon and scheme.lower() in ("http", "https"):
        target = "/" + rest.partition("/")[2]
    return target if target.startswith("/") else None


async def _refuse_websocket(receive: Receive, send: Send) -> None:
    if (await receive())["type"] == "websocket.connect":
        await send({"type": "websocket.close", "code": 1000})  # the server answers 403
