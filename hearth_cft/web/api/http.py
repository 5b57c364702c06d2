"""Hold one request to the API and its response. Both are small: a phone waits for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hearth_cft.config import TrustedProxies
from hearth_cft.records import KIB
from hearth_cft.web.addresses import Client, client_of
from hearth_cft.web.api.budget import Budget
from hearth_cft.web.headers import Headers
from hearth_cft.web.prerendered import Receive, Scope, Send

# A client that doesn't read holds one piece in memory.
PIECE_BYTES = 64 * KIB
# Most requests hold less, and aren't counted.
FREE_BYTES = 16 * KIB
# A Content-Length of more digits than this is larger than every limit.
_MOST_DIGITS = 18


class ClientGoneError(Exception):
    """The client disconnected before its request was complete."""


class Request:
    """One request. Header values are text; several lines of one header are joined by commas."""

    def __init__(
        self, scope: Scope, receive: Receive, trusted: TrustedProxies, budget: Budget
    ) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self._scope = scope
        self._receive = receive
        self._trusted = trusted
        self._budget = budget
        self._size = self._held = 0
        self._headers: dict[bytes, bytes] = {}
        for raw_name, value in scope["headers"]:
            name = raw_name.lower()
            known = self._headers.get(name)
            self._headers[name] = value if known is None else known + b", " + value

    def header(self, name: bytes) -> str:
        """Return the value of a header, or an empty string. `name` is in lower case."""
        return self._headers.get(name, b"").decode("latin-1")

    @cached_property
    def client(self) -> Client:
        """Return where the request comes from."""
        return client_of(self._scope, self._trusted)

    @property
    def media_type(self) -> str:
        """Return the Content-Type without its parameters, in lower case."""
        return self.header(b"content-type").partition(";")[0].strip().lower()

    def hold(self, size: int) -> None:
        """Count `size` bytes that are in memory until `release`. Raises BusyError."""
        self._size += size
        more = self._size - FREE_BYTES - self._held
        if more > 0:
            self._budget.take(self.client.network, more)
            self._held += more

    def release(self) -> None:
        """Count nothing more for this request."""
        if self._held:
            self._budget.give_back(self.client.network, self._held)
            self._held = 0

    async def body(self, most_bytes: int) -> bytes | None:
        """Read the body. Return None if it has more than `most_bytes` bytes.

        Raises ClientGoneError, BusyError.
        """
        declared = self.header(b"content-length")
        is_number = declared.isascii() and declared.isdigit()
        if is_number and (len(declared) > _MOST_DIGITS or int(declared) > most_bytes):
            return None
        parts: list[bytes] = []
        length, more = 0, True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientGoneError
            part = message.get("body", b"")
            length += len(part)
            if length > most_bytes:
                return None
            self.hold(len(part))
            parts.append(part)
            more = message.get("more_body", False)
        return b"".join(parts)


@dataclass(slots=True)
class Response:
    """One response. `body` is all its bytes, or the pieces that are made while they are sent.

    `size` is how many bytes the response holds in memory until it is sent, beyond such a body.
    """

    status: int
    body: bytes | Iterable[bytes] = b""
    content_type: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    size: int = 0

    @property
    def held_bytes(self) -> int:
        """Return how many bytes the response holds in memory until it is sent."""
        return self.size + (len(self.body) if isinstance(self.body, bytes) else 0)

    async def send(self, send: Send, common: Headers, *, with_body: bool = True) -> None:
        """Send the response with the `common` headers too.

        Each piece waits until the client has read most of the one before.
        """
        headers = [*common, *((k.lower().encode(), v.encode()) for k, v in self.headers.items())]
        if self.content_type is not None:
            headers.append((b"content-type", self.content_type))
        if isinstance(self.body, bytes) and self.status not in (204, 304):
            headers.append((b"content-length", b"%d" % len(self.body)))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        body = self.body if with_body else b""
        if isinstance(body, bytes) and len(body) <= PIECE_BYTES:
            await send({"type": "http.response.body", "body": body})
            return
        for piece in _cut(body) if isinstance(body, bytes) else body:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _cut(body: bytes) -> Iterable[bytes]:
    return (body[start : start + PIECE_BYTES] for start in range(0, len(body), PIECE_BYTES))


def compact_json(value: Any) -> bytes:
    """Return the value as JSON without spaces."""
    return json.dumps(value, separators=(",", ":")).encode()


def json_response(value: Any, status: int = 200) -> Response:
    """Return a response with the value as JSON."""
    return Response(status, compact_json(value), b"application/json")
