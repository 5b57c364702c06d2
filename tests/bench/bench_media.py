"""Compare the serving of recordings with nginx, and measure the memory of stalled listeners.

``python -m tests.bench.bench_media``. Needs Debian's nginx and wrk, and says so if they are
missing. Both servers are measured in the same run, as a ratio, because the speeds of machines
differ.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hypercorn.asyncio import serve
from hypercorn.config import Config

from hearth_cft.web.chunk_cache import CHUNK_BYTES, MAX_CHUNKS
from hearth_cft.web.media import MediaFiles, describe
from tests.ports import hold_port

MIB = 1024 * 1024
ROUNDS = 6
SECONDS = 1
LISTENERS = 50
NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; types {{ audio/mpeg mp3; }}
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


def main() -> None:
    missing = [tool for tool in ("nginx", "wrk") if not _tool(tool)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx is started by root but reads files as nobody
        _write_recordings(folder)
        if missing:
            print(f"recordings: no comparison, {' and '.join(missing)} not installed")
        else:
            _compare(folder)
        _measure_listeners(folder)


def _compare(folder: Path) -> None:
    with _nginx(folder) as nginx_port, _hearth(folder) as hearth_port:
        for what, target, extra in (
            ("a 6 MB recording", 0.9, []),
            ("1 MB ranges of it", 0.6, ["-H", f"Range: bytes={MIB}-{2 * MIB - 1}"]),
        ):
            rates = [(_rate(hearth_port, extra), _rate(nginx_port, extra)) for _ in range(ROUNDS)]
            ratio = statistics.median(hearth / nginx for hearth, nginx in rates)
            hearth, nginx = (statistics.median(column) for column in zip(*rates, strict=True))
            print(f"{what}: {hearth:.0f}/s, nginx {nginx:.0f}/s: {ratio:.2f} (target {target})")


def _measure_listeners(folder: Path) -> None:
    """Measure the memory of stalled listeners.

    Each listener stalls in a different chunk. Then other chunks push theirs out of the cache.
    """
    with _hearth(folder) as port:
        _fill_cache(port)
        before = _memory(port)
        listeners = [_stalled(port, (number + 4) * MIB) for number in range(LISTENERS)]
        time.sleep(1)
        _fill_cache(port)
        after = _memory(port)
        for listener in listeners:
            listener.close()
    print(
        f"{LISTENERS} stalled listeners: {before / MIB:.1f} MiB before, {after / MIB:.1f} with "
        f"them, {(after - before) / LISTENERS / 1024:.0f} KiB each (target 300 or less)"
    )


def _write_recordings(folder: Path) -> None:
    (folder / "six.mp3").write_bytes(os.urandom(6 * MIB))
    # Long enough for each listener to stall in a chunk of its own.
    with (folder / "long.mp3").open("wb") as file:
        file.truncate((LISTENERS + 20) * MIB)


def _fill_cache(port: int) -> None:
    _ask(port, "six.mp3", 0, 6 * MIB - 1)
    _ask(port, "long.mp3", 0, MAX_CHUNKS * CHUNK_BYTES)


def _ask(port: int, name: str, first: int, last: int) -> None:
    with _request(port, name, first, last) as connection:
        while connection.recv(MIB):
            pass


def _stalled(port: int, first: int) -> socket.socket:
    connection = _request(port, "long.mp3", first, first + 16 * MIB)
    connection.recv(1)
    return connection


def _request(port: int, name: str, first: int, last: int) -> socket.socket:
    connection = socket.socket()
    # A small buffer, so that the listener stalls soon.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
    connection.connect(("127.0.0.1", port))
    lines = f"GET /{name} HTTP/1.1", "Host: localhost", "Connection: close"
    connection.sendall("\r\n".join((*lines, f"Range: bytes={first}-{last}", "", "")).encode())
    return connection


def _rate(port: int, extra: list[str]) -> float:
    """Return the number of responses a second to eight clients."""
    url = f"http://127.0.0.1:{port}/six.mp3"
    command = [str(_tool("wrk")), "-t1", "-c8", f"-d{SECONDS}s", *extra, url]
    report = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout
    match = re.search(r"Requests/sec:\s+([0-9.]+)", report)
    if not match or "Non-2xx" in report:
        raise RuntimeError(f"wrk measured nothing useful:\n{report}")
    return float(match[1])


@contextmanager
def _nginx(folder: Path) -> Iterator[int]:
    reserved = hold_port()
    port = reserved.number
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, port=port))
    with _running([str(_tool("nginx")), "-p", str(folder), "-c", str(settings)], port):
        yield port
    reserved.release()


@contextmanager
def _hearth(folder: Path) -> Iterator[int]:
    reserved = hold_port()
    port = reserved.number
    with _running([sys.executable, "-m", "tests.bench.bench_media", str(folder), str(port)], port):
        yield port
    reserved.release()


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        _processes[port] = process.pid
        try:
            _wait_for(port)
            yield
        finally:
            process.terminate()


_processes: dict[int, int] = {}


def _memory(port: int) -> int:
    """Return the bytes of memory that the server on ``port`` uses."""
    status = Path(f"/proc/{_processes[port]}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


def _wait_for(port: int) -> None:
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"nothing answered on port {port}")


def _tool(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin")


def _serve(folder: Path, port: int) -> None:
    import uvloop

    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    media = MediaFiles({f"/{path.name}": describe(path) for path in folder.glob("*.mp3")})

    async def app(scope, receive, send):  # type: ignore[no-untyped-def]
        if scope["type"] == "http":
            await media(scope, receive, send)

    uvloop.run(serve(app, config))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _serve(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        main()
