"""A server in a fork of this process, to be killed, and the power cut that may come with the kill.

It is the server of `hearth serve` without pages. Its store also compacts quiet accounts after a
moment and forgets accounts early, so that a kill hits these jobs too.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import random
import signal
import sys
import threading
import time
import traceback
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from hearth_cft.application import create_app
from hearth_cft.config import Config
from hearth_cft.logs import log_to_stderr
from hearth_cft.storage.tinydb.erasures import Erasures
from hearth_cft.storage.tinydb.store import MEMORY_BYTES, QUIET_SECONDS, open_tinydb
from hearth_cft.web.prerendered import Application
from hearth_cft.web.server import serve
from hearth_cft.web.site.build import Site
from tests.contract.pipeline import Reply
from tests.ports import hold_port
from tests.server import STARTED, Forked

NO_PAGES = Site({}, {}, {}, ())
LIMITS = {"free_space_floor": 0, "accounts_per_address": 1_000_000, "accounts_a_day": 1_000_000}
LATE_SECONDS = 0.02


class MortalServer:
    """A server that is killed often. `fault`, if given, is the name of one of FAULTS."""

    def __init__(self, folder: Path, source: random.Random, fault: str = "") -> None:
        self.data = folder / "data"
        self.log = folder / "server.log"
        self._synced = folder / "synced"
        self._source = source
        self._fault = fault
        self._port = hold_port()
        self.port = self._port.number
        self._process: Forked | None = None
        self._sizes: dict[int, int] = {}

    def start(self) -> None:
        """Start the server. It may not respond yet."""
        quiet_seconds = self._source.choice([0.05, QUIET_SECONDS])
        memory_bytes = self._source.choice([20_000, MEMORY_BYTES])
        self._sizes = {path.stat().st_ino: path.stat().st_size for path in self._journals()}
        self._synced.write_bytes(b"")
        child = os.fork()
        if child:
            self._process = Forked(child)
            return
        try:
            self._run(quiet_seconds, memory_bytes)
        except BaseException:  # write any error to the server's log
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)

    def _run(self, quiet_seconds: float, memory_bytes: int) -> None:
        log = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        log_to_stderr()
        note_syncs(self._synced)
        if self._fault:
            FAULTS[self._fault]()
        settings = {"port": self.port, "data_dir": self.data, "limits": LIMITS}

        @asynccontextmanager
        async def open_app(config: Config) -> AsyncIterator[Application]:
            async with open_tinydb(
                config.data_dir,
                config.limits,
                memory_bytes=memory_bytes,
                quiet_seconds=quiet_seconds,
            ) as store:
                yield create_app(config, store, NO_PAGES)

        serve(Config.load(None, {}, settings), open_app)

    def wait(self) -> None:
        """Wait until the server is ready. Raises AssertionError if it never is."""
        deadline = time.monotonic() + STARTED
        while not self._is_gone() and time.monotonic() < deadline:
            with suppress(OSError):
                if self.ask("GET", "/healthz/store").status == 200:
                    return
            time.sleep(0.002)
        raise AssertionError(f"the server did not start:\n{self.log.read_text()[-2_000:]}")

    def ask(self, method: str, path: str, body: object = None, token: str = "") -> Reply:
        """Send a request on a connection of its own. Raises OSError."""
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=STARTED)
        try:
            connection.request(method, path, body and json.dumps(body), headers)
            response = connection.getresponse()
            text = response.read()
        except http.client.HTTPException as error:
            raise ConnectionError from error
        finally:
            connection.close()
        return Reply(response.status, json.loads(text) if text else None)

    def stop(self) -> None:
        """Ask the server to stop. Don't wait for that."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the server, and wait until it is gone."""
        self._send(signal.SIGKILL)
        if self._process:
            os.waitpid(self._process.pid, 0)
            self._process = None

    def leave(self) -> None:
        """Kill the server, and release its port."""
        self.kill()
        self._port.release()

    def cut_power(self) -> None:
        """Take a random part of what the killed server had not synced out of its journals."""
        synced = dict(self._sizes)
        for line in self._synced.read_text().splitlines():
            inode, size = map(int, line.split())
            synced[inode] = size
        for path in self._journals():
            status = path.stat()
            durable = synced.get(status.st_ino, 0)
            if durable < status.st_size:
                os.truncate(path, self._source.randint(durable, status.st_size - 1))

    def _journals(self) -> list[Path]:
        return sorted(self.data.rglob("*.jsonl"))

    def _is_gone(self) -> bool:
        return self._process is None or self._process.is_gone()

    def _send(self, number: signal.Signals) -> None:
        if self._process:
            os.kill(self._process.pid, number)


def note_syncs(file: Path) -> None:
    """Append the inode and the size of every file that this process syncs to `file`."""
    notes = os.open(file, os.O_WRONLY | os.O_APPEND)

    def noting(sync: Callable[[int], None]) -> Callable[[int], None]:
        def synced(handle: int) -> None:
            size = os.fstat(handle).st_size  # what is appended meanwhile may not be synced
            sync(handle)
            os.write(notes, b"%d %d\n" % (os.fstat(handle).st_ino, size))

        return synced

    os.fsync, os.fdatasync = noting(os.fsync), noting(os.fdatasync)  # type: ignore[assignment]


# Faults to check that the kills find them. Each changes the server's process alone.


def answer_before_the_disk() -> None:
    """Let every flush of a journal return before the data is on the disk."""
    sync = os.fdatasync

    def later(handle: int) -> None:
        copy = os.dup(handle)

        def finish() -> None:
            sync(copy)
            os.close(copy)

        threading.Timer(LATE_SECONDS, finish).start()

    os.fdatasync = later  # type: ignore[assignment]


def forget_erasures() -> None:
    """Let accounts be erased without a note that they were."""

    async def note(erasures: Erasures, digest: str) -> None:
        await asyncio.sleep(0)

    Erasures.note = note  # type: ignore[method-assign]


FAULTS: Mapping[str, Callable[[], None]] = {
    "answer-before-the-disk": answer_before_the_disk,
    "forget-erasures": forget_erasures,
}
