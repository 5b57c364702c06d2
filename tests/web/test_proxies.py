"""Hearth behind the real nginx and Caddy, with the files in contrib/.

`make test-fast` leaves these out, since they need Debian's packages.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hearth_cft.records import KIB
from tests.proxies import CONTRIB, Proxy, program, proxy_of
from tests.samples import new_account, new_auth
from tests.server import HEARTH, Server, ready
from tests.warm import Serve
from tests.web.stalled import signed_in

SETTINGS = "behind_tls = true\n[limits]\naccounts_per_address = 1\nfree_space_floor = 0\n"
BOTH = ("nginx", "caddy")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", name="server")
def a_server(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[Server]:
    with ready(serve(tmp_path_factory.mktemp("hearth"), SETTINGS)) as server:
        yield server


@pytest.fixture(
    scope="module",
    params=[(name, compresses) for name in BOTH for compresses in (False, True)],
    ids=lambda param: f"{param[0]}{'-compressing' * param[1]}",
)
def proxy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, server: Server
) -> Iterator[Proxy]:
    name, compresses = request.param
    folder = tmp_path_factory.mktemp(name)
    with proxy_of(name, folder, server, compresses=compresses) as started:
        yield started


@pytest.fixture(scope="module")
def token(server: Server) -> str:
    # The server forgets how many accounts an address has created.
    server.stop()
    server.start()
    return signed_in(server)


def join(proxy: Proxy, *options: str) -> int:
    """Create an account. Return the status."""
    body = json.dumps({"auth": new_auth()[0]})
    kind = ("--header", "Content-Type: application/json")
    path = f"/api/v1/accounts/{new_account()}"
    return proxy.ask(path, "--request", "PUT", "--data", body, *kind, *options).status


def test_pages_come_over_http_2_as_hearth_made_them(proxy: Proxy) -> None:
    response = proxy.ask("/en/", "--header", "Accept-Encoding: gzip, deflate, br, zstd")

    assert (response.version, response.status) == ("HTTP/2", 200)
    assert response.headers["content-encoding"] == "br"
    assert response.headers["strict-transport-security"].startswith("max-age=")
    assert response.headers["content-security-policy"].startswith("default-src 'none'")

    known = ("--header", f"If-None-Match: {response.headers['etag']}")
    assert proxy.ask("/en/", *known).status == 304


@pytest.mark.parametrize("encodings", ["br", "gzip", "identity"])
def test_a_snapshot_has_each_file_byte_for_byte(proxy: Proxy, encodings: str) -> None:
    accepted = ("--compressed", "--header", f"Accept-Encoding: {encodings}")
    listed = json.loads(proxy.ask("/en/offline.json", *accepted).body)
    digests = {**listed["pages"], **listed["assets"]}

    bodies = proxy.ask_all(digests, *accepted)

    assert {at: hashlib.sha256(body).hexdigest()[:16] for at, body in bodies.items()} == digests


def test_recordings_come_in_ranges(proxy: Proxy) -> None:
    recordings = json.loads(proxy.ask("/en/recordings.json").body)["recordings"]
    address = recordings[0]["files"][0]["address"]
    whole = proxy.ask(address)
    etag = ("--header", f"If-Range: {whole.headers['etag']}")

    first = proxy.ask(address, "--range", "0-1", *etag)
    last = proxy.ask(address, "--range", "-100")
    beyond = proxy.ask(address, "--range", f"{len(whole.body)}-")

    assert (first.status, first.body) == (206, whole.body[:2])
    assert first.headers["content-range"] == f"bytes 0-1/{len(whole.body)}"
    assert (last.status, last.body) == (206, whole.body[-100:])
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{len(whole.body)}")


def test_a_full_push_passes(proxy: Proxy, token: str) -> None:
    body = proxy.folder / "push"
    body.write_bytes(b" " * 512 * KIB)
    headers = ("Content-Type: application/json", "Expect:", f"Authorization: Bearer {token}")
    options = [part for line in headers for part in ("--header", line)]

    response = proxy.ask("/api/v1/records", "--data-binary", f"@{body}", *options)

    # Hearth has read all of it.
    assert (response.status, json.loads(response.body)["code"]) == (400, "malformed")


def test_an_address_counts_as_the_proxy_sees_it(proxy: Proxy, server: Server) -> None:
    server.stop()
    server.start()

    assert join(proxy) == 201
    assert join(proxy, "--header", "X-Forwarded-For: 198.51.100.7") == 429
    assert join(proxy, "--interface", "127.0.0.2") == 201


def test_an_upgrade_is_left_out_or_refused(proxy: Proxy) -> None:
    upgrade = (
        *("Connection: upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"),
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    )
    headers = [part for line in upgrade for part in ("--header", line)]

    assert proxy.ask("/en/", "--http1.1", *headers).status in (200, 403)


def test_no_account_id_is_in_the_logs_of_a_proxy_that_finds_no_server(
    proxy: Proxy, server: Server
) -> None:
    account = new_account()
    server.stop()

    response = proxy.ask(f"/api/v1/accounts/{account}", "--request", "DELETE")
    proxy.ask("/en/help")
    server.start()

    assert response.status == 502
    assert account not in proxy.logs


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = (CONTRIB / "hearth.service").read_text()
    file = tmp_path / "hearth.service"
    file.write_text(unit.replace("/opt/hearth/bin/hearth", str(HEARTH)))

    result = subprocess.run(
        [program("systemd-analyze", "systemd"), "verify", "--man=no", file],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    about_us = [line for line in result.stderr.splitlines() if "hearth" in line.lower()]
    assert (result.returncode, about_us) == (0, [])


def test_the_command_of_the_unit_is_one_that_hearth_has() -> None:
    [line] = [
        line
        for line in (CONTRIB / "hearth.service").read_text().splitlines()
        if line.startswith("ExecStart=")
    ]
    command, *options = line.removeprefix("ExecStart=/opt/hearth/bin/hearth ").split()

    shown = subprocess.run(
        [HEARTH, command, "--help"], capture_output=True, text=True, timeout=60, check=True
    ).stdout

    assert [option for option in options if option.startswith("--") and option not in shown] == []
