"""Recordings and their captions over HTTP: whole, in parts, or not at all when unchanged.

A plain ASGI responder in front of Quart, because Quart's ``send_file`` answers ``bytes=-100`` with
500, leaves Content-Range off its 416, and is far slower.
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

from hearth_cft.web.chunk_cache import ChunkCache, UnreadableError, chunks_of
from hearth_cft.web.conditional import http_date, not_modified, precondition_failed, range_applies
from hearth_cft.web.ranges import RangeNotSatisfiableError, Span, requested_span

TYPES = {".mp3": "audio/mpeg", ".vtt": "text/vtt; charset=utf-8"}

MOST_LETTERS = 100
# Control characters, what Windows forbids, and marks that turn the direction of text around.
_NOT_IN_NAMES = re.compile('[\x00-\x1f\x7f-\x9f/\\\\:*?"<>|\u202a-\u202e\u2066-\u2069]+')

log = logging.getLogger(__name__)

Fields = list[tuple[bytes, bytes]]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file as it was when the server started.

    ``sha256`` is the hex digest of its bytes; ``download_name`` is without the ending.
    """

    path: Path
    size: int
    sha256: str
    content_type: str
    last_modified: datetime
    download_name: str = ""

    @property
    def etag(self) -> str:
        """A strong entity tag: other bytes, other tag."""
        return f'"{self.sha256[:32]}"'


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets: the head and, where a body follows, the part of the file that it is."""

    status: int
    headers: Fields
    span: Span | None = None


NOTHING: Fields = [(b"content-length", b"0")]


def describe(path: Path, *, sha256: str | None = None, download_name: str = "") -> MediaFile:
    """Look a file up on disk. Without ``sha256`` the file is read, to hash it.

    Raises OSError when it can't be read, and KeyError when its ending isn't one of TYPES.
    """
    kind = TYPES[path.suffix]
    facts = path.stat()
    if sha256 is None:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    modified = datetime.fromtimestamp(int(facts.st_mtime), UTC)
    return MediaFile(path, facts.st_size, sha256, kind, modified, download_name)


class MediaFiles:
    """Answers requests for the files that it is given by URL path (``/media/en/breath.mp3``).

    ``headers`` go on every answer.
    """

    def __init__(
        self, files: Mapping[str, MediaFile], headers: Iterable[tuple[bytes, bytes]] = ()
    ) -> None:
        self._files = dict(files)
        self._headers = list(headers)
        self._pieces = ChunkCache()

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def lookup(self, path: str) -> MediaFile | None:
        return self._files.get(path)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request. A name that isn't here gets a bare 404: ask ``in`` first."""
        file = self.lookup(scope["path"])
        if file is None:
            return await self._send_empty(Answer(404, NOTHING), send)
        answer = answer_for(file, scope["method"], _fields(scope), download=_download(scope))
        if answer.span is None:
            return await self._send_empty(answer, send)
        gone = asyncio.create_task(_disconnect(receive))
        try:
            await self._send_span(file, answer, answer.span, send, gone)
        finally:
            gone.cancel()

    async def _send_span(
        self, file: MediaFile, answer: Answer, span: Span, send: Send, gone: asyncio.Task[None]
    ) -> None:
        left = span.length
        try:
            for index in chunks_of(span):
                part = await self._pieces.part(file.path, file.size, span, index)
                if left == span.length:
                    await self._send_head(answer, send)
                if gone.done():
                    return
                left -= len(part)
                # Waits while the listener's buffers are full: one piece in memory for each.
                await send({"type": "http.response.body", "body": part, "more_body": left > 0})
        except UnreadableError as error:
            log.warning("recording unreadable", extra={"file": file.path.name, "why": error.reason})
            # Under way, leaving the answer unfinished makes the server close the connection.
            if left == span.length:
                await self._send_empty(Answer(404, NOTHING), send)

    async def _send_empty(self, answer: Answer, send: Send) -> None:
        await self._send_head(answer, send)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_head(self, answer: Answer, send: Send) -> None:
        headers = [*answer.headers, *self._headers]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})


def answer_for(
    file: MediaFile, method: str, fields: Mapping[str, str], *, download: bool = False
) -> Answer:
    """Decide what a request for a file gets, in the order of RFC 9110, section 13.2.2. Pure."""
    if method not in ("GET", "HEAD"):
        return Answer(405, [(b"allow", b"GET, HEAD"), *NOTHING])
    if precondition_failed(fields, file.etag, file.last_modified):
        return Answer(412, NOTHING)
    if not_modified(fields, file.etag, file.last_modified):
        return Answer(304, _validators(file))
    try:
        part = _requested_part(file, method, fields)
    except RangeNotSatisfiableError as error:
        unmet = (b"content-range", b"bytes */%d" % error.size)
        return Answer(416, [unmet, *NOTHING, *_validators(file)])
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
    """Content-Disposition for a download called ``name`` in any script (RFC 6266, RFC 8187).

    ``ending`` is the file's, with its dot. Characters that a file name can't hold become spaces.
    """
    name = " ".join(_NOT_IN_NAMES.sub(" ", name).split()).strip(". ")[:MOST_LETTERS]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().strip(". ")
    encoded = quote((name or "recording") + ending, safe="")
    return f"attachment; filename=\"{plain or 'recording'}{ending}\"; filename*=UTF-8''{encoded}"


def _requested_part(file: MediaFile, method: str, fields: Mapping[str, str]) -> Span | None:
    # Only GET knows ranges: HEAD tells the size of the whole.
    if method != "GET":
        return None
    if not range_applies(fields.get("if-range"), file.etag, file.last_modified):
        return None
    return requested_span(fields.get("range"), file.size)


def _validators(file: MediaFile) -> Fields:
    return [
        (b"etag", file.etag.encode()),
        (b"last-modified", http_date(file.last_modified).encode()),
        # The name stays when the recording is replaced: ask each time, and get a 304.
        (b"cache-control", b"no-cache"),
    ]


def _fields(scope: Mapping[str, Any]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    return fields


def _download(scope: Mapping[str, Any]) -> bool:
    return ("download", "1") in parse_qsl(scope["query_string"].decode("latin-1"))


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
