"""Clients that ask a real server for much and read none of it."""

from __future__ import annotations

import contextlib
import json
import resource
import socket
import urllib.request
from pathlib import Path
from typing import Any

from tests.samples import a_record, as_json, new_account, new_auth
from tests.server import Server

RECORDS, RECORD_BYTES = 50, 60_000


def filled_account(server: Server) -> tuple[str, list[str]]:
    """Create an account with fifty large records. Return a token for it, and the ids."""
    token = signed_in(server)
    ids: list[str] = []
    for _ in range(RECORDS // 5):
        records = [as_json(a_record(size=RECORD_BYTES)) for _ in range(5)]
        _call(server, "POST", "/records", {"records": records}, token)
        ids += [str(record["id"]) for record in records]
    return token, ids


def signed_in(server: Server) -> str:
    """Create an account. Return a token for it."""
    account, auth = new_account(), new_auth()[0]
    _call(server, "PUT", f"/accounts/{account}", {"auth": auth})
    return str(_call(server, "POST", "/tokens", {"account": account, "auth": auth})["token"])


def _call(server: Server, method: str, path: str, body: object, token: str = "") -> Any:
    request = urllib.request.Request(
        f"{server.url}/api/v1{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def fetch_of(token: str, ids: list[str]) -> bytes:
    """Return a request for all these records."""
    body = json.dumps({"ids": ids}).encode()
    head = f"POST /api/v1/records/fetch HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def unfinished_push_of(token: str) -> bytes:
    """Return a large push without its last byte."""
    body = json.dumps({"records": ["x" * 520_000]})
    head = f"POST /api/v1/records HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + body[:-1]).encode()


def stall(server: Server, request: bytes, *, waits: bool = True) -> socket.socket:
    """Send the request. If `waits`, wait for the beginning of the response. Read no more."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    connection.settimeout(60)
    connection.connect(("127.0.0.1", server.port))
    connection.sendall(request)
    if waits:
        connection.recv(1)
    return connection


def memory(server: Server) -> int:
    """Return the bytes of memory that the server uses."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


def kernel_memory() -> int:
    """Return the bytes that all TCP connections hold in the kernel."""
    words = Path("/proc/net/sockstat").read_text().partition("TCP:")[2].split()
    return int(words[words.index("mem") + 1]) * resource.getpagesize()


def settled(server: Server) -> int:
    """Return the bytes of memory that the server uses once it needs no more."""
    after, last = memory(server), 0
    while after > last:  # the server sends on until the kernel's buffers are full
        urllib.request.urlopen(f"{server.url}/healthz", timeout=60).close()
        after, last = memory(server), after
    return after


def growth(server: Server, request: bytes, count: int, *, waits: bool = True) -> float:
    """Return by how many bytes the server grows with each of `count` stalled clients."""
    before = settled(server)
    connections = [stall(server, request, waits=waits) for _ in range(count)]
    after = settled(server)
    for connection in connections:
        with contextlib.suppress(OSError):
            connection.close()
    return (after - before) / count
