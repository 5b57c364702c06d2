"""Parts of files, read off the event loop, with the pieces sent last kept in memory.

Reading every piece anew for every listener halves the throughput of 1 MiB ranges (measured): fresh
memory has to be mapped for it and a thread woken. Kept chunks are shared by all listeners.
"""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from pathlib import Path

from hearth_cft.web.ranges import Span

# A stalled listener holds one or two, which must stay under 300 KiB with all that is around them.
CHUNK_BYTES = 160 * 1024
# 16 MiB: about seventy minutes of recordings.
MAX_CHUNKS = 16 * 1024 * 1024 // CHUNK_BYTES


class UnreadableError(Exception):
    """A file can't be read, or no longer has the size that it had when the server started."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ChunkCache:
    """Reads files whose bytes don't change while the server runs."""

    def __init__(self, most_kept: int = MAX_CHUNKS) -> None:
        self._kept: OrderedDict[tuple[Path, int], bytes] = OrderedDict()
        self._most_kept = most_kept

    async def part(self, path: Path, size: int, span: Span, index: int) -> bytes:
        """What piece ``index`` of a file of ``size`` bytes holds of ``span``.

        Raises UnreadableError.
        """
        piece = await self._piece(path, size, index)
        start = index * CHUNK_BYTES
        # A slice of everything is the same object: only the ends of odd spans are copied.
        return piece[max(0, span.first - start) : span.last + 1 - start]

    async def _piece(self, path: Path, size: int, index: int) -> bytes:
        key = (path, index)
        piece = self._kept.get(key)
        if piece is None:
            # Bytes made inside a worker thread would come from that thread's own share of the
            # heap, which gives little back: half as much again for a stalled listener (measured).
            buffer = bytearray(min(CHUNK_BYTES, size - index * CHUNK_BYTES))
            await asyncio.to_thread(_read_into, buffer, path, size, index * CHUNK_BYTES)
            self._kept[key] = piece = bytes(buffer)
        self._kept.move_to_end(key)
        if len(self._kept) > self._most_kept:
            self._kept.popitem(last=False)
        return piece


def chunks_of(span: Span) -> range:
    """The numbers of the pieces that hold ``span``."""
    return range(span.first // CHUNK_BYTES, span.last // CHUNK_BYTES + 1)


def _read_into(buffer: bytearray, path: Path, size: int, offset: int) -> None:
    try:
        # Opened for each piece, so that a stalled listener holds no file open.
        with path.open("rb", buffering=0) as file:
            size_now = os.fstat(file.fileno()).st_size
            file.seek(offset)
            count = file.readinto(buffer)
    except OSError as error:
        raise UnreadableError(path, error.strerror or str(error)) from error
    # A part of another file behind a part of the old one would be noise.
    if size_now != size or count != len(buffer):
        raise UnreadableError(path, f"{size_now} bytes instead of {size}")
