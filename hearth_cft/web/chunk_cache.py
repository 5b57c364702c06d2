"""Read chunks of files off the event loop, and cache the most recently used ones in memory.

Reading every chunk again for every listener halves the throughput of 1 MiB ranges (measured): each
read has to map fresh memory and wake a thread. All listeners share the cached chunks.
"""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from pathlib import Path

from hearth_cft.web.file_identity import FileIdentity, identity_of, opened
from hearth_cft.web.ranges import Span

# A stalled listener holds one or two chunks. All memory for that listener must stay under 300 KiB.
CHUNK_BYTES = 160 * 1024
# 16 MiB hold about seventy minutes of recordings.
MAX_CHUNKS = 16 * 1024 * 1024 // CHUNK_BYTES


# Where a file may be. There is at least one path.
Paths = tuple[Path, ...]


class UnreadableError(Exception):
    """A file can't be read, or has changed since the server started."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} {reason}")


class ChunkCache:
    """A cache of chunks of files whose bytes don't change while the server runs."""

    def __init__(self, max_chunks: int = MAX_CHUNKS) -> None:
        self._chunks: OrderedDict[tuple[FileIdentity, int], bytes] = OrderedDict()
        self._max_chunks = max_chunks

    async def part(self, paths: Paths, identity: FileIdentity, span: Span, index: int) -> bytes:
        """Return the bytes of ``span`` that are in chunk ``index`` of a file.

        Raises UnreadableError if no file at ``paths`` can be read and has this identity.
        """
        chunk = await self._chunk(paths, identity, index)
        start = index * CHUNK_BYTES
        # Slicing a whole chunk returns the same object, so only partial chunks are copied.
        return chunk[max(0, span.first - start) : span.last + 1 - start]

    async def _chunk(self, paths: Paths, identity: FileIdentity, index: int) -> bytes:
        key = (identity, index)
        chunk = self._chunks.get(key)
        if chunk is None:
            # Allocate the buffer here. A worker thread allocates from its own share of the heap,
            # which gives little memory back: a stalled listener then costs half as much again
            # (measured).
            buffer = bytearray(min(CHUNK_BYTES, identity.size - index * CHUNK_BYTES))
            await asyncio.to_thread(_read_into, buffer, paths, identity, index * CHUNK_BYTES)
            self._chunks[key] = chunk = bytes(buffer)
        self._chunks.move_to_end(key)
        if len(self._chunks) > self._max_chunks:
            self._chunks.popitem(last=False)
        return chunk


def chunks_of(span: Span) -> range:
    """Return the indexes of the chunks that overlap ``span``."""
    return range(span.first // CHUNK_BYTES, span.last // CHUNK_BYTES + 1)


async def check_unchanged(paths: Paths, identity: FileIdentity) -> None:
    """Raise UnreadableError if no file at ``paths`` can be read and has this identity."""
    await asyncio.to_thread(_read_into, bytearray(), paths, identity, 0)


def _read_into(buffer: bytearray, paths: Paths, identity: FileIdentity, offset: int) -> None:
    """Read the first of the files that has this identity, or raise the error of the first."""
    first_error: UnreadableError | None = None
    for path in paths:
        try:
            return _read_one_into(buffer, path, identity, offset)
        except UnreadableError as error:
            first_error = first_error or error
    assert first_error is not None  # noqa: S101  # there is at least one path
    raise first_error


def _read_one_into(buffer: bytearray, path: Path, identity: FileIdentity, offset: int) -> None:
    try:
        # Open the file for each chunk, so that a stalled listener holds no file open.
        with opened(path) as handle:
            count = 0
            if unchanged := identity_of(handle) == identity:
                count = os.preadv(handle, [buffer], offset)
                # Somebody may have written to the file meanwhile.
                unchanged = identity_of(handle) == identity
    except OSError as error:
        raise UnreadableError(path, f"can't be read: {error.strerror or error}") from error
    # If the file was replaced, a response with parts of both files would be noise. The new file may
    # also be one that nobody meant to publish.
    if not unchanged or count != len(buffer):
        raise UnreadableError(path, "has changed since the start: restart Hearth to serve it")
