"""Measure the time from the start of `hearth serve` to its first response, and its memory then."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.ports import hold_port
from tests.server import HEARTH

ROUNDS = 5
PATIENCE = 30  # seconds
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


def start(folder: str) -> tuple[float, float, float]:
    """Return the seconds to the first page, the processor seconds, and the memory in MiB."""
    reserved = hold_port()
    port = reserved.number
    command = [str(HEARTH), "serve", "--port", str(port), "--data-dir", f"{folder}/data"]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("HEARTH_")}
    began = time.perf_counter()
    server = subprocess.Popen(command, cwd=folder, env=clean, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/en/", began)
        taken = time.perf_counter() - began
        return taken, *used(server.pid)
    finally:
        server.terminate()
        server.wait(10)


def wait_for(url: str, began: float) -> None:
    while time.perf_counter() - began < PATIENCE:
        try:
            urllib.request.urlopen(url, timeout=PATIENCE).close()
            return
        except urllib.error.URLError:
            time.sleep(0.01)
    raise SystemExit("the server did not start")


def used(pid: int) -> tuple[float, float]:
    """Return a process's seconds of processor time and its resident memory in MiB (proc(5))."""
    times = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_SIZE
    ticks = int(times[11]) + int(times[12])
    return ticks / os.sysconf("SC_CLK_TCK"), resident / 1024**2


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rounds = [start(folder) for _ in range(ROUNDS)]
    taken, processor, memory = (statistics.median(values) for values in zip(*rounds, strict=True))
    worst = max(measured[0] for measured in rounds)
    print(f"first page after {taken:.2f} s, worst {worst:.2f} s (target 2 s)")
    print(f"processor time {processor:.2f} s; resident memory {memory:.0f} MiB")


if __name__ == "__main__":
    main()
