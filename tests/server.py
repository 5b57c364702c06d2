"""A real `hearth serve` in its own process, for tests that stop, kill and start it again."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEARTH = Path(sys.executable).parent / "hearth"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`hearth serve` on a port and data folder that stay the same over restarts."""

    def __init__(self, folder: Path, settings: str = "", hearth: Path = HEARTH) -> None:
        self.folder = folder
        self.hearth = hearth
        self.data = folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.config = folder / "hearth.toml"
        self.config.write_text(settings, encoding="utf-8")
        self.log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "the server is not running"
        return self._process.pid

    def start(self) -> None:
        """Start, and come back once it answers."""
        command = [
            str(self.hearth),
            "serve",
            "--port",
            str(self.port),
            "--data-dir",
            str(self.data),
        ]
        clean = {key: value for key, value in os.environ.items() if not key.startswith("HEARTH_")}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--config", str(self.config)],
                cwd=self.folder,
                env=clean,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            with contextlib.suppress(OSError, urllib.error.URLError):
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).close()
                return
            time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{self.log.read_text()}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Stop (or kill), and come back once the process is gone."""
        if self._process is None:
            return
        self._process.send_signal(number)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def kill(self) -> None:
        self.stop(signal.SIGKILL)


@contextlib.contextmanager
def running(folder: Path, settings: str = "") -> Iterator[Server]:
    server = Server(folder, settings)
    server.start()
    try:
        yield server
    finally:
        server.stop()
