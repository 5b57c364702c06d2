"""Measure pushes and pulls of the backup API, and compare them with an older working copy.

    HEARTH_BENCH_OLD=../hearth-604989d python -m tests.bench sync

Eight clients push ten records into accounts of 1,000, and pull: they ask what has changed, and
fetch ten. Where there is no `records/changes`, they list all records instead. 604989d is the last
commit whose API was in Quart. Without HEARTH_BENCH_OLD there is nothing to compare with. Prints
answers a second and ratios. Nothing is asserted.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.copies import CopyServer, copies
from tests.samples import a_record, as_json, new_account, new_auth
from tests.server import ready

ROUNDS = int(os.environ.get("HEARTH_BENCH_ROUNDS", "3"))
SECONDS, CLIENTS, RECORDS, PUSHES = 2.0, 8, 1_000, 500
TARGETS = {"push": 1.8, "pull": 5.0}
SETTINGS = """
[limits]
records = 1000000
account_bytes = 1000000000000
accounts_per_address = 1000
free_space_floor = 0
"""


class Phone:
    """A client with one connection and one account of 1,000 records.

    Its requests are made in advance and its answers aren't parsed, because the clients share the
    processor with the server.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.token = ""
        self.connect()
        account, auth = new_account(), new_auth()[0]
        self.ask(self.request("PUT", f"/accounts/{account}", {"auth": auth}))
        signed_in = self.ask(self.request("POST", "/tokens", {"account": account, "auth": auth}))
        self.token = json.loads(signed_in)["token"]
        ids: list[str] = []
        for _ in range(RECORDS // 20):
            ids += json.loads(self.ask(self.push_of(20)))["results"]
        self.pushes = [self.push_of(10) for _ in range(PUSHES)]
        self.lists = self.request("GET", "/records")
        changes = self.ask(self.request("POST", "/records/changes", {"since": "A" * 43}))
        if digest := json.loads(changes).get("digest"):
            self.lists = self.request("POST", "/records/changes", {"since": digest})
        self.fetches = self.request("POST", "/records/fetch", {"ids": ids[:10]})

    def connect(self) -> None:
        """Open a new connection. The server closes an old one after five seconds."""
        self.connection = socket.create_connection(("127.0.0.1", self.port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.connection.makefile("rb")

    def request(self, method: str, path: str, body: object = None) -> bytes:
        """Return the bytes of a request."""
        data = b"" if body is None else json.dumps(body).encode()
        head = f"{method} /api/v1{path} HTTP/1.1\r\nHost: a\r\nContent-Length: {len(data)}\r\n"
        head += f"Authorization: Bearer {self.token}\r\nContent-Type: application/json\r\n\r\n"
        return head.encode() + data

    def push_of(self, count: int) -> bytes:
        """Return a push of new records."""
        records = [as_json(a_record()) for _ in range(count)]
        return self.request("POST", "/records", {"records": records})

    def ask(self, request: bytes) -> bytes:
        """Send a request. Return the body of the response."""
        self.connection.sendall(request)
        length = 0
        while (line := self.reader.readline().lower()) != b"\r\n":
            if not line:
                raise ConnectionError("the server closed the connection")
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return self.reader.read(length)

    def push(self) -> None:
        """Push ten records."""
        if not self.pushes:
            raise RuntimeError("more pushes are needed: raise PUSHES")
        self.ask(self.pushes.pop())

    def pull(self) -> None:
        """Ask for what is new, and fetch ten records."""
        self.ask(self.lists)
        self.ask(self.fetches)


ACTS: dict[str, Callable[[Phone], None]] = {"pull": Phone.pull, "push": Phone.push}


def rate(phones: list[Phone], act: Callable[[Phone], None]) -> float:
    """Return how often the phones together can act a second."""
    counts = [0] * len(phones)
    for phone in phones:
        phone.connect()
    until = time.perf_counter() + SECONDS

    def repeat(number: int) -> None:
        while time.perf_counter() < until:
            act(phones[number])
            counts[number] += 1

    threads = [threading.Thread(target=repeat, args=(number,)) for number in range(len(phones))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def rates(copy: Path) -> Iterator[tuple[str, float]]:
    """Yield what a fresh server of a working copy does a second."""
    folder = tempfile.TemporaryDirectory(dir=os.environ.get("HEARTH_BENCH_DIR"))
    with folder as name, ready(CopyServer(Path(name), copy, SETTINGS)) as server:
        phones = [Phone(server.port) for _ in range(CLIENTS)]
        for act_name, act in ACTS.items():
            yield act_name, rate(phones, act)


def main() -> None:
    """Measure and print."""
    measured: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS):
        for name, copy in copies().items():
            for act, value in rates(copy):
                measured.setdefault((act, name), []).append(value)
    for act in ACTS:
        now = statistics.median(measured[act, "now"])
        line = f"{act}: {now:.0f} a second"
        if (act, "before") in measured:
            before = statistics.median(measured[act, "before"])
            line += f", before {before:.0f}: {now / before:.2f} times (target {TARGETS[act]})"
        print(line)


if __name__ == "__main__":
    main()
