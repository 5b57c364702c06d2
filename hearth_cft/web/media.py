"""Serve recordings and their captions over HTTP, with range and conditional requests.

This is a plain ASGI application in front of Quart. Quart's ``send_file`` answers ``bytes=-100``
with 500, leaves Content-Range out of its 416 response, and is far slower.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
import re
import unicodedata
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

from hearth_cft.web.chunk_cache import (
    ChunkCache,
    UnreadableError,
    check_unchanged,
    chunks_of,
)
from hearth_cft.web.conditional import http_date, not_modified, precondition_failed, range_applies
from hearth_cft.web.file_identity import FileIdentity, identity_of, opened
from hearth_cft.web.headers import NO_STORE, PAGE_CACHE
from hearth_cft.web.ranges import RangeNotSatisfiableError, Span, requested_span

TYPES = {".mp3": "audio/mpeg", ".vtt": "text/vtt; charset=utf-8"}

MOST_LETTERS = 100
# Control characters, characters that Windows forbids, and marks that change the text direction.
_NOT_IN_NAMES = re.compile('[\x00-\x1f\x7f-\x9f/\\\\:*?"<>|\u202a-\u202e\u2066-\u2069]+')

log = logging.getLogger(__name__)

Fields = list[tuple[bytes, bytes]]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file as it was when the server started.

    ``sha256`` is the hex digest of its bytes. ``download_name`` has no file extension.
    """

    path: Path
    identity: FileIdentity
    sha256: str
    content_type: str
    last_modified: datetime
    download_name: str = ""
    set_aside: Path | None = None
    """Where the file goes when another one takes its place while the server runs."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return where the file may be."""
        return (self.path, self.set_aside) if self.set_aside else (self.path,)

    @property
    def size(self) -> int:
        """Return the size in bytes."""
        return self.identity.size

    @property
    def etag(self) -> str:
        """Return a strong entity tag, which changes whenever the bytes change."""
        return f'"{self.sha256[:32]}"'


@dataclass(frozen=True, slots=True)
class Answer:
    """The response to a request. ``span`` is the part of the file to send, None for no body."""

    status: int
    headers: Fields
    span: Span | None = None


NOTHING: Fields = [(b"content-length", b"0")]
REFUSED: Fields = [*NOTHING, NO_STORE]


def describe(
    path: Path,
    *,
    sha256: str | None = None,
    download_name: str = "",
    set_aside: Path | None = None,
) -> MediaFile:
    """Return the MediaFile for a file on disk. Without ``sha256``, read the file to hash it.

    Raises OSError if the file can't be read or is a link, and KeyError if its extension isn't in
    TYPES.
    """
    content_type = TYPES[path.suffix]
    with opened(path) as handle:
        identity = identity_of(handle)
        if sha256 is None:
            with open(handle, "rb", closefd=False) as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    modified = datetime.fromtimestamp(identity.modified_ns // 10**9, UTC)
    return MediaFile(path, identity, sha256, content_type, modified, download_name, set_aside)


def marked(address: str, mark: str) -> str:
    """Return the address of the very file with this mark."""
    return f"{address}?v={mark}"


class MediaFiles:
    """An ASGI application that serves ``files`` by URL path (such as ``/media/en/breath.mp3``).

    A file that another one has replaced has a mark in its key (``/media/en/a.mp3?v=0a1b2c3d``). A
    request with the mark of no such file gets the file of the path. Every response carries
    ``headers``.
    """

    def __init__(
        self, files: Mapping[str, MediaFile], headers: Iterable[tuple[bytes, bytes]] = ()
    ) -> None:
        self._files = dict(files)
        self._headers = list(headers)
        self._chunks = ChunkCache()
        self._logged: set[str] = set()

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def lookup(self, path: str) -> MediaFile | None:
        return self._files.get(path)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request. An unknown path gets an empty 404: check with ``in`` first."""
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        path = scope["path"]
        file = self.lookup(marked(path, query.get("v", ""))) or self.lookup(path)
        if file is None:
            return await self._send_empty(Answer(404, REFUSED), send)
        is_download = query.get("download") == "1"
        answer = answer_for(file, scope["method"], _fields(scope), download=is_download)
        if answer.span is None:
            return await self._send_without_body(file, answer, send)
        disconnected = asyncio.create_task(_wait_for_disconnect(receive))
        try:
            await self._send_span(file, answer, answer.span, send, disconnected)
        finally:
            disconnected.cancel()

    async def _send_span(
        self,
        file: MediaFile,
        answer: Answer,
        span: Span,
        send: Send,
        disconnected: asyncio.Task[None],
    ) -> None:
        remaining = span.length
        try:
            for index in chunks_of(span):
                part = await self._chunks.part(file.paths, file.identity, span, index)
                if remaining == span.length:
                    await self._send_head(answer, send)
                if disconnected.done():
                    return
                remaining -= len(part)
                # This waits while the listener's buffers are full, so that each listener holds
                # one chunk in memory.
                await send({"type": "http.response.body", "body": part, "more_body": remaining > 0})
        except UnreadableError as error:
            self._log_once(error)
            # If the response has begun, leave it unfinished: the server then closes the connection.
            if remaining == span.length:
                await self._send_empty(Answer(404, REFUSED), send)

    async def _send_without_body(self, file: MediaFile, answer: Answer, send: Send) -> None:
        try:
            if answer.status == 200:
                await check_unchanged(file.paths, file.identity)
        except UnreadableError as error:
            self._log_once(error)
            answer = Answer(404, REFUSED)
        await self._send_empty(answer, send)

    def _log_once(self, error: UnreadableError) -> None:
        if str(error) not in self._logged:
            self._logged.add(str(error))
            log.warning("%s", error)

    async def _send_empty(self, answer: Answer, send: Send) -> None:
        await self._send_head(answer, send)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_head(self, answer: Answer, send: Send) -> None:
        headers = [*answer.headers, *self._headers]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})


def answer_for(
    file: MediaFile, method: str, fields: Mapping[str, str], *, download: bool = False
) -> Answer:
    """Return the answer to a request for a file. This is a pure function.

    It checks the preconditions in the order of RFC 9110, section 13.2.2.
    """
    if method not in ("GET", "HEAD"):
        return Answer(405, [(b"allow", b"GET, HEAD"), *REFUSED])
    if precondition_failed(fields, file.etag, file.last_modified):
        return Answer(412, REFUSED)
    if not_modified(fields, file.etag, file.last_modified):
        return Answer(304, _validators(file))
    try:
        part = _requested_part(file, method, fields)
    except RangeNotSatisfiableError as error:
        content_range = (b"content-range", b"bytes */%d" % error.size)
        return Answer(416, [content_range, *NOTHING, *_validators(file)])
    span = part or Span(0, file.size - 1)
    headers = [
        (b"content-type", file.content_type.encode()),
        (b"content-length", b"%d" % span.length),
        (b"accept-ranges", b"bytes"),
        (b"repr-digest", b"sha-256=:%b:" % base64.b64encode(bytes.fromhex(file.sha256))),
        *_validators(file),
    ]
    if part:
        headers.append((b"content-range", part.content_range(file.size).encode()))
    if download:
        name = file.download_name or file.path.stem
        headers.append((b"content-disposition", attachment(name, file.path.suffix).encode()))
    has_body = method == "GET" and span.length > 0
    return Answer(206 if part else 200, headers, span if has_body else None)


def attachment(name: str, ending: str) -> str:
    """Return the Content-Disposition of a download named ``name`` (RFC 6266, RFC 8187).

    ``name`` may be in any script. Characters that a file name can't contain become spaces.
    ``ending`` is the file extension, with its dot.
    """
    name = " ".join(_NOT_IN_NAMES.sub(" ", name).split()).strip(". ")[:MOST_LETTERS]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().strip(". ")
    encoded = quote((name or "recording") + ending, safe="")
    return f"attachment; filename=\"{plain or 'recording'}{ending}\"; filename*=UTF-8''{encoded}"


def _requested_part(file: MediaFile, method: str, fields: Mapping[str, str]) -> Span | None:
    # Only GET supports ranges. HEAD gives the size of the whole file.
    if method != "GET":
        return None
    if not range_applies(fields.get("if-range"), file.etag, file.last_modified):
        return None
    return requested_span(fields.get("range"), file.size)


def _validators(file: MediaFile) -> Fields:
    return [
        (b"etag", file.etag.encode()),
        (b"last-modified", http_date(file.last_modified).encode()),
        # A replaced recording keeps its address. Clients must therefore ask each time, and get a
        # 304 if it is unchanged.
        PAGE_CACHE,
    ]


def _fields(scope: Mapping[str, Any]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    return fields


async def _wait_for_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
