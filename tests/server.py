"""Run a real server in its own process, for tests that stop, kill and restart it.

`Server` runs `hearth serve` as an operator does. `WarmServer` is the same server, forked from a
process that has already read and rendered everything (tests/warm.py). It starts in 50 ms instead of
seconds. It listens, stores and stops like `Server`.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from tests.ports import hold_port

ROOT = Path(__file__).parents[1]
HEARTH = Path(sys.executable).parent / "hearth"
STARTED = 60  # seconds that a start may take
STOPPED = 10  # seconds that a stop may take before the process is killed


class Process(Protocol):
    """The process that a server runs in."""

    @property
    def pid(self) -> int: ...
    def is_gone(self, seconds: float = 0) -> bool:
        """Wait up to `seconds` for the process to end. Return whether it has ended."""
        ...


class Started:
    """A process that this process has started."""

    def __init__(self, command: list[str], folder: Path, log: Path) -> None:
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command, cwd=folder, env=clean(), stdout=output, stderr=subprocess.STDOUT
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_gone(self, seconds: float = 0) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True


class Forked:
    """A process that another process has started and reaps when it has ended."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle = os.pidfd_open(pid)

    def is_gone(self, seconds: float = 0) -> bool:
        ended, _, _ = select.select([self._handle], [], [], seconds)
        return bool(ended)

    def __del__(self) -> None:
        os.close(self._handle)


def clean() -> dict[str, str]:
    """Return the environment without the Hearth settings of the person who runs the tests."""
    return {key: value for key, value in os.environ.items() if not key.startswith("HEARTH_")}


class Service:
    """A server of any kind on a port that stays the same across restarts.

    `health` is a path that answers with 2xx as soon as the server serves.
    """

    health = "/"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._port = hold_port()
        self.port = self._port.number
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self._process: Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "the server is not running"
        return self._process.pid

    def start(self) -> None:
        """Start the server and wait until it responds. Raises AssertionError if it doesn't."""
        self._process = process = self._begin()
        deadline = time.monotonic() + STARTED
        while time.monotonic() < deadline:
            if process.is_gone():
                break
            with contextlib.suppress(OSError, urllib.error.URLError):
                urllib.request.urlopen(self.url + self.health, timeout=1).close()
                return
            time.sleep(0.02)
        raise AssertionError(f"the server did not start:\n{self.log.read_text()}")

    def _begin(self) -> Process:
        raise NotImplementedError

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send the signal and wait until the process has ended. Kill it if it takes too long."""
        process, self._process = self._process, None
        if process is None:
            return
        for signal_number, seconds in ((number, STOPPED), (signal.SIGKILL, STOPPED)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal_number)
            if process.is_gone(seconds):
                return
        raise AssertionError(f"process {process.pid} can't be ended")

    def kill(self) -> None:
        self.stop(signal.SIGKILL)

    def leave(self) -> None:
        """Stop the server and release its port."""
        self.stop()
        self._port.release()


class Server(Service):
    """`hearth serve` on a port and data folder that stay the same across restarts."""

    health = "/healthz"

    def __init__(self, folder: Path, settings: str = "", hearth: Path = HEARTH) -> None:
        super().__init__(folder)
        self.hearth = hearth
        self.data = folder / "data"
        self.config = folder / "hearth.toml"
        self.config.write_text(settings, encoding="utf-8")

    def _begin(self) -> Process:
        command = [str(self.hearth), "serve", "--port", str(self.port)]
        command += ["--data-dir", str(self.data), "--config", str(self.config)]
        return Started(command, self.folder, self.log)


AnyService = TypeVar("AnyService", bound=Service)


@contextlib.contextmanager
def ready(server: AnyService) -> Iterator[AnyService]:
    """Start the server. At the end, stop it and release its port."""
    try:
        server.start()
        yield server
    finally:
        server.leave()


@contextlib.contextmanager
def running(folder: Path, settings: str = "") -> Iterator[Server]:
    """Run `hearth serve` in this folder."""
    with ready(Server(folder, settings)) as server:
        yield server
