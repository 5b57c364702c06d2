"""A connection that sends requests without waiting for the answers to earlier ones."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import Any, NamedTuple


class Reply(NamedTuple):
    status: int
    body: Any
    """The JSON of the body, or None if there is no body."""


class Pipeline:
    """One HTTP/1.1 connection. Answers come in the order of the requests."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._unanswered: deque[asyncio.Future[Reply]] = deque()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, port: int) -> Pipeline:
        """Connect to a server on this machine. Raises OSError."""
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, method: str, path: str, body: object = None, token: str = "") -> Reply:
        """Send a request and return its answer. Raises ConnectionError if none comes."""
        if self._reading.done():
            raise ConnectionResetError
        text = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(text)}\r\n"
        head += "Content-Type: application/json\r\n" if text else ""
        head += f"Authorization: Bearer {token}\r\n" if token else ""
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._unanswered.append(answer)
        self._writer.write(f"{head}\r\n".encode() + text)
        return await answer

    async def close(self) -> None:
        """Close the connection. Requests without an answer raise ConnectionError."""
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)
        self._writer.close()

    async def _read(self) -> None:
        try:
            while True:
                reply = await self._reply()
                self._unanswered.popleft().set_result(reply)
        except (OSError, asyncio.IncompleteReadError):
            pass  # the server is gone
        finally:
            for answer in self._unanswered:
                if not answer.done():
                    answer.set_exception(ConnectionResetError())

    async def _reply(self) -> Reply:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        body = await self._reader.readexactly(int(fields.get("content-length", "0")))
        return Reply(int(head[0].split()[1]), json.loads(body) if body else None)
