"""Servers that are there at once: each is forked from a process that has rendered its pages.

The process (`python -m tests.warm`) reads a line of JSON for each server and answers with the
server's process id. What it forks runs the same `serve` as `hearth serve`, on its own socket and
store. Pages are rendered once for each configuration and state of the content.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import logging
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from hearth_cft.application import create_app, load_site, open_app
from hearth_cft.config import Config
from hearth_cft.records import RecordStore
from hearth_cft.web.prerendered import Application
from hearth_cft.web.server import serve
from hearth_cft.web.site.build import Site
from tests.server import ROOT, Forked, Server, clean
from tests.small import WHOLE, BuiltIn, small_content
from tests.stress import STRESS, Late

MOST_SITES = 6  # that are remembered; each is some 20 MB


class Warm:
    """The process that servers are forked from."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.warm"],
            cwd=ROOT,
            env=clean(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def fork(self, server: WarmServer) -> Forked:
        """Start that server; it may not answer yet."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        wanted = {
            "folder": str(server.folder),
            "config": str(server.config),
            "port": server.port,
            "data": str(server.data),
            "log": str(server.log),
            "whole": server.whole,
        }
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline() or '{"error": "it has died"}')
        assert "pid" in told, f"no server could be forked:\n{told['error']}"
        return Forked(told["pid"])

    def close(self) -> None:
        self._process.communicate()


class WarmServer(Server):
    """A server with a few pages, or the `whole` of the built-in content."""

    def __init__(
        self, warm: Warm, folder: Path, settings: str = "", *, whole: bool = False
    ) -> None:
        super().__init__(folder, settings)
        self.warm = warm
        self.whole = whole

    def _begin(self) -> Forked:
        return self.warm.fork(self)


class Serve(Protocol):
    """Make a server in this folder, with these lines of hearth.toml."""

    def __call__(self, folder: Path, settings: str = "", *, whole: bool = False) -> Server: ...


# From here on: in the process itself.


def main() -> None:
    """Fork a server for each line that comes, until there are no more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that have ended
    sites: dict[str, Site] = {}
    for line in sys.stdin:
        try:
            told: dict[str, object] = {"pid": forked(json.loads(line), sites)}
        except Exception:  # said to the test, whatever it is
            told = {"error": traceback.format_exc()}
        print(json.dumps(told), flush=True)


def forked(wanted: dict[str, str], sites: dict[str, Site]) -> int:
    """Fork a server; give its process id."""
    port, data = int(wanted["port"]), Path(wanted["data"])
    config = Config.load(Path(wanted["config"]), {}, {"port": port, "data_dir": data})
    built_in = WHOLE if wanted["whole"] else small_content()
    with log_into(Path(wanted["log"])):
        site = site_of(config, built_in, sites)
    if pid := os.fork():
        return pid
    code = 1
    try:
        become_server(config, site, wanted)
        code = 0
    except Exception:  # into the server's log
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def site_of(config: Config, built_in: BuiltIn, sites: dict[str, Site]) -> Site:
    """Give the pages for these settings and this content, rendered once."""
    settings = config.model_dump(mode="json", exclude={"host", "port", "data_dir", "store"})
    key = json.dumps([settings, str(built_in.content), list(stamps(config.content_dir))])
    if key not in sites:
        while len(sites) >= MOST_SITES:
            del sites[next(iter(sites))]
        sites[key] = load_site(config, built_in=built_in.content, sounds=built_in.recordings)
        gc.collect()
        gc.freeze()  # else each server would copy every page at its first collection
    return sites[key]


def stamps(folder: Path | None) -> Iterator[tuple[str, int, int]]:
    """Name, time and size of what a service has put in."""
    for path in sorted(folder.rglob("*")) if folder else ():
        about = path.stat()
        yield str(path), about.st_mtime_ns, about.st_size


@contextlib.contextmanager
def log_into(file: Path) -> Iterator[None]:
    """Let standard error be that file for a while."""
    before = os.dup(2)
    with file.open("ab") as log:
        os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


def become_server(config: Config, site: Site, wanted: dict[str, str]) -> None:
    """Leave the other process behind and serve, as `hearth serve` does."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(wanted["folder"])
    with Path(wanted["log"]).open("ab") as log, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    serve(config, functools.partial(open_app, create=functools.partial(create, site=site)))


def create(config: Config, store: RecordStore, *, site: Site) -> Application:
    app = create_app(config, store, site)
    return Late(app) if STRESS else app


if __name__ == "__main__":
    main()
