"""Signals that a server gets from terminals, systemd and programs that rotate logs."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.server import ROOT, Server, ready
from tests.warm import Serve

CLOSED_DURING_THE_START = """
import os, signal, sys
from contextlib import asynccontextmanager
from pathlib import Path
from hearth_cft.config import Config
from hearth_cft.web.server import serve

@asynccontextmanager
async def open_app(config):
    os.kill(os.getpid(), signal.SIGHUP)
    print("opened", flush=True)
    sys.exit(0)
    yield

serve(Config(port=0, data_dir=Path(sys.argv[1])), open_app)
"""


def wait_for_line(server: Server, words: str) -> str:
    """Return the first line of the log with these words, as soon as there is one."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for line in server.log.read_text().splitlines():
            if words in line:
                return line
        time.sleep(0.02)
    raise AssertionError(f"the log has no line with '{words}':\n{server.log.read_text()}")


def status(server: Server) -> int:
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=20) as response:
        return int(response.status)


@pytest.mark.parametrize("name", ["SIGHUP", "SIGUSR1", "SIGUSR2"])
def test_a_signal_that_asks_for_no_stop_is_named_in_the_log(
    tmp_path: Path, serve: Serve, name: str
) -> None:
    with ready(serve(tmp_path)) as server:
        os.kill(server.pid, signal.Signals[name])

        line = wait_for_line(server, f"signal={name}")
        assert "restart Hearth" in line
        assert status(server) == 200


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGQUIT"])
def test_a_stop_says_which_signal_asked_for_it(tmp_path: Path, serve: Serve, name: str) -> None:
    with ready(serve(tmp_path)) as server:
        server.stop(signal.Signals[name])

        lines = server.log.read_text().splitlines()

    assert re.search(rf"INFO hearth: stopping signal={name}$", lines[-2])
    assert lines[-1].endswith("INFO hearth: stopped")


def test_a_terminal_that_is_closed_during_the_start_does_not_end_it(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", CLOSED_DURING_THE_START, str(tmp_path / "data")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (result.returncode, result.stdout) == (0, "opened\n")
