"""Answers kept in memory, ready to send: a small ASGI layer in front of Quart.

A page is the same bytes for everyone, so it is rendered, hashed and compressed once, and a request
costs a dictionary look-up. What isn't kept here goes on to the application behind.
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
WORTH_COMPRESSING = 512  # bytes; below, a packet holds it either way
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
    """One answer: its hash, its ASGI messages for each encoding, and its 304."""

    body: bytes
    digest: str
    content_type: str
    etag: bytes
    answers: Mapping[bytes, tuple[dict[str, Any], dict[str, Any]]]
    unchanged: dict[str, Any]


def digest_of(body: bytes) -> str:
    """The first 16 hexadecimal digits of the body's SHA-256."""
    return hashlib.sha256(body).hexdigest()[:16]


def cache_response(
    body: bytes, content_type: str, headers: Headers, *, ready: Mapping[bytes, bytes] | None = None
) -> CachedResponse:
    """Make every form of an answer beforehand, but those that are `ready`, by encoding."""
    digest = digest_of(body)
    # Weak, since the encodings share it; If-None-Match compares weakly anyway (RFC 9110, 13.1.2).
    etag = b'W/"' + digest.encode() + b'"'
    common = [*headers, (b"etag", etag), (b"vary", b"accept-encoding")]
    forms = {b"identity": body}
    if len(body) >= WORTH_COMPRESSING and content_type.startswith(COMPRESSIBLE):
        ready = ready or {}
        forms[b"br"] = ready.get(b"br") or brotli.compress(body, quality=7)
        forms[b"gzip"] = ready.get(b"gzip") or gzip.compress(body, 6, mtime=0)
    answers = {
        name: (
            _start(200, [*common, *_described(form, name, content_type)]),
            {"type": "http.response.body", "body": form},
        )
        for name, form in forms.items()
    }
    return CachedResponse(body, digest, content_type, etag, answers, _start(304, common))


def _start(status: int, headers: Headers) -> dict[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": headers}


def _described(form: bytes, encoding: bytes, content_type: str) -> Headers:
    headers = [
        (b"content-type", content_type.encode()),
        (b"content-length", str(len(form)).encode()),
    ]
    if encoding != b"identity":
        headers.append((b"content-encoding", encoding))
    return headers


@lru_cache(maxsize=256)
def encodings(header: bytes) -> tuple[bytes, ...]:
    """The encodings of ours that an Accept-Encoding header allows, the smallest first."""
    allowed: dict[bytes, bool] = {}
    for part in header.lower().split(b","):
        name, _, quality = part.strip().partition(b";")
        refused = quality.replace(b" ", b"").rstrip(b"0") in (b"q=", b"q=0.")
        allowed[name.strip()] = not refused
    star = allowed.get(b"*", False)
    return tuple(name for name in (b"br", b"gzip") if allowed.get(name, star))


class PrerenderedMiddleware:
    """The ASGI layer: `answers` maps a path to what is kept for it."""

    def __init__(self, app: Application, answers: Mapping[str, CachedResponse]) -> None:
        self.app = app
        self.answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cached = self.answers.get(scope["path"]) if scope["type"] == "http" else None
        if cached is None or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        wanted, matches = b"", b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                wanted = value
            elif name == b"if-none-match":
                matches = value
        if matches and is_match(matches, cached.etag):
            await send(cached.unchanged)
            await send({"type": "http.response.body", "body": b""})
            return
        start, body = cached.answers[b"identity"]
        for name in encodings(wanted):
            if name in cached.answers:
                start, body = cached.answers[name]
                break
        await send(start)
        await send(
            body if scope["method"] == "GET" else {"type": "http.response.body", "body": b""}
        )


def is_match(header: bytes, etag: bytes) -> bool:
    """Whether an If-None-Match header names this ETag, compared weakly (RFC 9110, 8.8.3.2)."""
    if header.strip() == b"*":
        return True
    plain = etag.removeprefix(b"W/")
    return any(each.strip().removeprefix(b"W/") == plain for each in header.split(b","))


def hashes(answers: Mapping[str, CachedResponse], paths: Iterable[str]) -> dict[str, str]:
    """The hash of what is kept for each path."""
    return {path: answers[path].digest for path in paths}
