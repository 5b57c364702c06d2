"""Send prerendered responses from memory: a small ASGI layer in front of Quart.

A page has the same bytes for everyone. It is therefore rendered, hashed and compressed once, and a
request costs one dictionary look-up. Requests for other paths go on to the application behind.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import brotli

from hearth_cft.web.headers import Headers

Scope = dict[str, Any]
Receive = Callable[[], Any]
Send = Callable[[Any], Any]
WORTH_COMPRESSING = 256  # bytes; a smaller body hardly gets smaller
COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/fhir",
    "application/manifest",
    "image/svg",
)


class Application(Protocol):
    async def __call__(self, scope: Any, receive: Any, send: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """A cached response.

    `answers` maps an encoding to the two ASGI messages of a 200 response. `unchanged` is the first
    ASGI message of a 304 response.
    """

    body: bytes
    digest: str
    content_type: str
    etag: bytes
    answers: Mapping[bytes, tuple[dict[str, Any], dict[str, Any]]]
    unchanged: dict[str, Any]


def digest_of(body: bytes) -> str:
    """Return the first 16 hexadecimal digits of the body's SHA-256."""
    return hashlib.sha256(body).hexdigest()[:16]


def cache_response(
    body: bytes, content_type: str, headers: Headers, *, ready: Mapping[bytes, bytes] | None = None
) -> CachedResponse:
    """Build a response in every encoding in advance.

    `ready` maps an encoding to a body that is already compressed; the others are compressed here.
    """
    digest = digest_of(body)
    # The ETag is weak because all encodings share it. If-None-Match compares weakly anyway
    # (RFC 9110, section 13.1.2).
    etag = b'W/"' + digest.encode() + b'"'
    common = [*headers, (b"etag", etag), (b"vary", b"accept-encoding")]
    bodies = {b"identity": body}
    if len(body) >= WORTH_COMPRESSING and content_type.startswith(COMPRESSIBLE):
        ready = ready or {}
        bodies[b"br"] = ready.get(b"br") or brotli.compress(body, quality=7)
        bodies[b"gzip"] = ready.get(b"gzip") or gzip.compress(body, 6, mtime=0)
    answers = {
        encoding: (
            _start(200, [*common, *_content_headers(encoded, encoding, content_type)]),
            {"type": "http.response.body", "body": encoded},
        )
        for encoding, encoded in bodies.items()
    }
    return CachedResponse(body, digest, content_type, etag, answers, _start(304, common))


def _start(status: int, headers: Headers) -> dict[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": headers}


def _content_headers(body: bytes, encoding: bytes, content_type: str) -> Headers:
    headers = [
        (b"content-type", content_type.encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    if encoding != b"identity":
        headers.append((b"content-encoding", encoding))
    return headers


@lru_cache(maxsize=256)
def encodings(header: bytes) -> tuple[bytes, ...]:
    """Return those of our encodings that an Accept-Encoding header allows, the smallest first."""
    allowed: dict[bytes, bool] = {}
    for part in header.lower().split(b","):
        name, _, quality = part.strip().partition(b";")
        refused = quality.replace(b" ", b"").rstrip(b"0") in (b"q=", b"q=0.")
        allowed[name.strip()] = not refused
    others_allowed = allowed.get(b"*", False)
    return tuple(name for name in (b"br", b"gzip") if allowed.get(name, others_allowed))


class PrerenderedMiddleware:
    """The ASGI layer. `answers` maps a path to its cached response."""

    def __init__(self, app: Application, answers: Mapping[str, CachedResponse]) -> None:
        self.app = app
        self.answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cached = self.answers.get(scope["path"]) if scope["type"] == "http" else None
        if cached is None or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        accept_encoding, if_none_match = b"", b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accept_encoding = value
            elif name == b"if-none-match":
                if_none_match = value
        if if_none_match and is_match(if_none_match, cached.etag):
            await send(cached.unchanged)
            await send({"type": "http.response.body", "body": b""})
            return
        start, body = cached.answers[b"identity"]
        for name in encodings(accept_encoding):
            if name in cached.answers:
                start, body = cached.answers[name]
                break
        await send(start)
        await send(
            body if scope["method"] == "GET" else {"type": "http.response.body", "body": b""}
        )


def is_match(header: bytes, etag: bytes) -> bool:
    """Return whether an If-None-Match header names this ETag.

    The comparison is weak (RFC 9110, section 8.8.3.2).
    """
    if header.strip() == b"*":
        return True
    plain = etag.removeprefix(b"W/")
    return any(tag.strip().removeprefix(b"W/") == plain for tag in header.split(b","))


def hashes(answers: Mapping[str, CachedResponse], paths: Iterable[str]) -> dict[str, str]:
    """Return the hash of the cached response for each path."""
    return {path: answers[path].digest for path in paths}
