"""A client of a backup server. Every server is asked in the same way.

Requests are made in advance and answers aren't parsed while a server is measured, because the
clients share the processor with the server. Only the status of each answer is read.
"""

from __future__ import annotations

import json
import socket
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from hearth_cft.records import Record
from tests.samples import a_record, new_id

RECORDS, PUSHES = 1_000, 500
SEEDED, PUSHED, FETCHED = 20, 10, 10


class RefusedError(Exception):
    """A server refused a request, or didn't do what it said."""


class Connection:
    """A connection to a server on this machine. Bodies are JSON."""

    authorization = ""

    def __init__(self, port: int) -> None:
        self.port = port
        self._open()

    def reconnect(self) -> None:
        """Open a new connection. A server may have closed this one while it was idle."""
        self.close()
        self._open()

    def close(self) -> None:
        self.reader.close()
        self.connection.close()

    def _open(self) -> None:
        self.connection = socket.create_connection(("127.0.0.1", self.port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.connection.makefile("rb")

    def request(self, method: str, path: str, body: object = None) -> bytes:
        """Return the bytes of a request."""
        data = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {len(data)}\r\n"
        if self.authorization:
            head += f"Authorization: {self.authorization}\r\n"
        return f"{head}Content-Type: application/json\r\n\r\n".encode() + data

    def ask(self, request: bytes) -> bytes:
        """Send a request. Return the body of the answer. Raises RefusedError if it isn't 2xx."""
        self.connection.sendall(request)
        status = self.reader.readline()
        length, chunked = 0, False
        while (line := self.reader.readline().lower()) != b"\r\n":
            if not line:
                raise ConnectionError("the server closed the connection")
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
            elif line.startswith(b"transfer-encoding:"):
                chunked = b"chunked" in line
        body = self._chunks() if chunked else self.reader.read(length)
        if status.split(b" ")[1][:1] != b"2":
            asked = request[: request.index(b"\r\n")].decode()
            answer = (status + body[:500]).decode(errors="replace")
            raise RefusedError(f"{type(self).__name__} asked {asked}, and got {answer}")
        return body

    def _chunks(self) -> bytes:
        """Return a body that comes in chunks."""
        chunks: list[bytes] = []
        while size := int(self.reader.readline(), 16):
            chunks.append(self.reader.read(size))
            self.reader.readline()
        self.reader.readline()
        return b"".join(chunks)

    def ask_json(self, method: str, path: str, body: object = None) -> Any:
        """Ask and return the parsed answer."""
        return json.loads(self.ask(self.request(method, path, body)))


class BackupClient(Connection, ABC):
    """A client with one connection and one account of 1,000 records.

    A subclass makes the requests of one server. Raises RefusedError if the server doesn't store
    the records or doesn't return them.
    """

    lists_everything = False  # instead of what is new

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.open_account()
        self.pushes = [self.push_of(self.records(PUSHED)) for _ in range(PUSHES)]
        self.reconnect()
        ids: list[str] = []
        for _ in range(RECORDS // SEEDED):
            records = self.records(SEEDED)
            self.ask(self.push_of(records))
            ids += [record.id for record in records]
        self.stored = RECORDS
        self.lists = self.list_new()
        self.fetches = self.fetch_of(ids[:FETCHED])
        self._check_pull(ids)

    @abstractmethod
    def open_account(self) -> None:
        """Make an empty account and sign in, if the server has such things."""

    @abstractmethod
    def push_of(self, records: Sequence[Record]) -> bytes:
        """Return a request that stores new records."""

    @abstractmethod
    def list_new(self) -> bytes:
        """Return a request that lists what is stored from now on."""

    @abstractmethod
    def fetch_of(self, ids: Sequence[str]) -> bytes:
        """Return a request for these records."""

    @abstractmethod
    def count(self) -> int:
        """Return how many records the account holds, by asking the server."""

    def records(self, count: int) -> list[Record]:
        """Return new records."""
        return [a_record(record_id=self.record_id()) for _ in range(count)]

    def record_id(self) -> str:
        """Return an id that the server accepts for a record."""
        return new_id()

    def push(self) -> None:
        """Push ten records."""
        if not self.pushes:
            raise RuntimeError("more pushes are needed: raise PUSHES")
        self.ask(self.pushes.pop())
        self.stored += PUSHED

    def pull(self) -> None:
        """Ask for what is new, and fetch ten records."""
        self.ask(self.lists)
        self.ask(self.fetches)

    def check(self) -> None:
        """Raise RefusedError if the account doesn't hold every record that was pushed.

        A batch may answer 200 though the server has refused a part of it.
        """
        if (count := self.count()) != self.stored:
            name = type(self).__name__
            raise RefusedError(f"{name} pushed {self.stored} records, and the server has {count}")

    def _check_pull(self, ids: Sequence[str]) -> None:
        """Raise RefusedError if a pull doesn't return ten records and a list of nothing new."""
        name = type(self).__name__
        fetched = self.ask(self.fetches).decode()
        if not all(f'"{wanted}"' in fetched for wanted in ids[:FETCHED]):
            raise RefusedError(f"{name} asked for ten records, and got {fetched[:500]}")
        listed = self.ask(self.lists).decode()
        if not self.lists_everything and any(f'"{known}"' in listed for known in ids):
            raise RefusedError(f"{name} asked for what is new, and got {listed[:500]}")
