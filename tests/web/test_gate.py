"""Odd requests, byte by byte: none gets a 500, and none writes a line into the log."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.server import Server, ready
from tests.warm import Serve

HEAD = b"Host: a\r\nConnection: close\r\n"
UPGRADE = b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n" % (
    b"dGhlIHNhbXBsZSBub25jZQ=="
)
WEBSOCKET = b"Host: a\r\nConnection: upgrade\r\n" + UPGRADE
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (?:INFO|WARNING) [\w.]+: ")


@pytest.fixture(scope="module", name="server")
def a_server(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[Server]:
    with ready(serve(tmp_path_factory.mktemp("gate"))) as server:
        yield server
        server.stop()
        lines = server.log.read_text().splitlines()
        assert lines
        assert [line for line in lines if not LINE.match(line)] == []


def ask(server: Server, request: bytes, *, is_whole: bool = True) -> int:
    """Send bytes. Return the status of the response, or 0 if there is none.

    If the request may not be whole, close this side, so that the server doesn't wait for the rest.
    """
    with socket.create_connection(("127.0.0.1", server.port), 20) as connection:
        connection.sendall(request)
        if not is_whole:
            connection.shutdown(socket.SHUT_WR)
        answer = bytearray()
        try:
            while data := connection.recv(65_536):
                answer += data
        except ConnectionResetError:
            pass
    return int(answer.split(b" ", 2)[1]) if answer else 0


TARGETS: list[tuple[bytes, set[int]]] = [
    (b"GET ?x", {400}),
    (b"GET *", {400}),
    (b"OPTIONS *", {400}),
    (b"GET en/", {400}),
    (b"CONNECT a:443", {400}),
    (b"GET a:443", {400}),
    (b"GET http://a/healthz", {200}),
    (b"GET HTTP://[::1]:80/healthz", {200}),
    (b"GET http://a", {303}),
    (b"GET ftp://a/healthz", {400}),
    (b"GET /%", {404}),
    (b"GET /%zz%", {404}),
    (b"GET /%00", {404}),
    (b"GET /%ff%fe", {404}),
    (b"GET /%0aWARNING%20forged", {404}),
    (b"GET /\xff", {400}),
    (b"GET /\x00", {400}),
    (b"GET /a b", {400}),
    (b"GET /#x", {404}),
    (b"GET /?" + b"x" * 10_000, {303}),
    (b"GET /" + b"x" * 100_000, {400, 414, 431, 0}),
    (b"\xff /", {400}),
    (b"GE\x00T /", {400}),
    (b"BREW /", {405}),
    (b"BREW /api/v1/records", {405}),
    (b"GET /api/v1/records", {401}),
    (b"GET /api/", {404}),
]


@pytest.mark.parametrize(("start", "expected"), TARGETS)
def test_an_odd_target_gets_the_right_status(
    server: Server, start: bytes, expected: set[int]
) -> None:
    assert ask(server, start + b" HTTP/1.1\r\n" + HEAD + b"\r\n") in expected


@pytest.mark.parametrize(
    ("request_bytes", "expected"),
    [
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {505, 400}),
        (b"GET / HTTP/3.0\r\n" + HEAD + b"\r\n", {505, 400}),
        (b"GET / HTTP/1.0\r\n\r\n", {303}),
        (b"GET / HTTP/1.1\r\n\r\n", {400}),
        (b"GET /\r\n\r\n", {400}),
        (b"\x16\x03\x01\x02\x00\x01\x00", {400, 0}),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", {400}),
        (b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\nConnection: close\r\n\r\n", {303, 400}),
        (b"GET /nothing HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n", {404, 400}),
        (
            b"GET / HTTP/1.1\r\nHost: a\r\nCookie: locale=\x01\r\nConnection: close\r\n\r\n",
            {303, 400},
        ),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"Cookie: locale=\xff; =;;\r\n\r\n", {303}),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"Accept-Language: ;q=x,*\xff\r\n\r\n", {303}),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n", {400, 431, 0}),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"Content-Length: x\r\n\r\n", {400}),
        (b"POST / HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: gzip\r\n\r\n", {400, 501}),
        (
            b"POST /en/ HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            {405, 400},
        ),
        (b"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade, close\r\nUpgrade: h2c\r\n\r\n", {303}),
        (b"GET / HTTP/1.1\r\n" + WEBSOCKET + b"\r\n", {403}),
        (b"GET ?x HTTP/1.1\r\n" + WEBSOCKET + b"\r\n", {403}),
        (b"GET /x%0aWARNING%20forged HTTP/1.1\r\n" + WEBSOCKET + b"\r\n", {403}),
        (b"GET /api/v1/records HTTP/1.1\r\n" + WEBSOCKET + b"\r\n", {403}),
    ],
)
def test_an_odd_request_gets_the_right_status(
    server: Server, request_bytes: bytes, expected: set[int]
) -> None:
    is_whole = request_bytes.endswith(b"\r\n\r\n")

    assert ask(server, request_bytes, is_whole=is_whole) in expected


printable = st.binary(max_size=30) | st.text(max_size=20).map(str.encode)


@settings(max_examples=int(os.environ.get("HEARTH_FUZZ", "100")))
@given(
    method=st.sampled_from([b"GET", b"HEAD", b"POST", b"PUT", b"OPTIONS", b"CONNECT", b""]),
    target=printable | st.binary(max_size=20).map(lambda path: b"/" + quote(path).encode()),
    lines=st.lists(
        st.tuples(
            st.sampled_from([b"Host", b"Upgrade", b"Connection", b"Cookie", b"Expect", b"X", b""]),
            printable | st.sampled_from([b"websocket", b"h2c", b"upgrade", b"100-continue"]),
        ),
        max_size=4,
    ),
    rest=st.binary(max_size=20),
)
def test_any_bytes_get_no_500(
    server: Server, method: bytes, target: bytes, lines: list[tuple[bytes, bytes]], rest: bytes
) -> None:
    head = b"".join(b"%s: %s\r\n" % line for line in lines)

    status = ask(
        server, method + b" " + target + b" HTTP/1.1\r\n" + head + b"\r\n" + rest, is_whole=False
    )

    assert status < 500 or status in (501, 505)


def test_the_server_serves_after_all_that(server: Server, tmp_path: Path) -> None:
    assert ask(server, b"GET /healthz HTTP/1.1\r\n" + HEAD + b"\r\n") == 200
