"""Measure what clients hold that ask for much and read none of it.

    python -m tests.bench stalled

Each case has a fresh `hearth serve`. Prints how much memory one such client costs in the server's
process and in the kernel. HEARTH_BENCH_OLD may name an older working copy to be measured in the
same run (tests/bench/copies.py).
"""

from __future__ import annotations

import re
import socket
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.copies import CopyServer, copies
from tests.server import Server, ready
from tests.web.stalled import (
    fetch_of,
    filled_account,
    kernel_memory,
    settled,
    stall,
    unfinished_push_of,
)

COUNTS = 150, 1_000
TARGET_KIB = 300
SETTINGS = "[limits]\nfree_space_floor = 0\n"

Requests = Iterator[bytes]


def page(server: Server) -> Requests:
    """Yield requests for the largest part of a page, a hundred on each connection."""
    style = re.search(r"/static/css/app-\w+\.css", _text(server, "/en/"))
    assert style
    while True:
        yield _get(style[0]) * 100


def media(server: Server) -> Requests:
    """Yield requests for recordings, each from another place on."""
    paths = re.findall(r'/media/[^"]+\.mp3', _text(server, "/en/recordings.json"))
    number = 0
    while True:
        for path in paths:
            first = number * 160 * 1024 % 1_000_000
            yield _get(path, f"Range: bytes={first}-\r\n") * 3
        number += 1


def fetch(server: Server) -> Requests:
    """Yield requests for fifty large records of one account."""
    request = fetch_of(*filled_account(server))
    while True:
        yield request


def push(server: Server) -> Requests:
    """Yield pushes whose last byte never comes."""
    request = unfinished_push_of(filled_account(server)[0])
    while True:
        yield request


CASES: dict[str, Callable[[Server], Requests]] = {
    "a page": page,
    "a recording": media,
    "records/fetch": fetch,
    "a push": push,
}


def _text(server: Server, path: str) -> str:
    with urllib.request.urlopen(server.url + path) as response:
        return str(response.read().decode())


def _get(path: str, lines: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: a\r\n{lines}\r\n".encode()


def measure(copy: Path, case: str, count: int) -> tuple[float, float]:
    """Return how many KiB one of `count` clients costs in the process, and in the kernel."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ready(CopyServer(Path(folder), copy, SETTINGS)) as server,
    ):
        requests = CASES[case](server)
        next(requests)
        before, kernel_before = settled(server), kernel_memory()
        clients: list[socket.socket] = []
        for _ in range(count):
            clients.append(stall(server, next(requests), waits=case != "a push"))
        after = settled(server)
        held = (after - before) / count / 1024, (kernel_memory() - kernel_before) / count / 1024
        for client in clients:
            client.close()
        return held


def main() -> None:
    """Measure and print."""
    print(f"KiB for each client that reads nothing (target {TARGET_KIB} or less)")
    print(f"{'':8}{'case':16}{'clients':>8}{'process':>9}{'kernel':>9}")
    for case in CASES:
        for count in COUNTS:
            for name, copy in copies().items():
                process, kernel = measure(copy, case, count)
                print(f"{name:8}{case:16}{count:8}{process:9.0f}{kernel:9.0f}", flush=True)


if __name__ == "__main__":
    main()
