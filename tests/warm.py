"""Start servers quickly: fork each from a process that has already rendered its pages.

The process (`python -m tests.warm`) reads a line of JSON for each server and answers with the
server's process id. A forked server runs the same `serve` as `hearth serve`, on its own socket and
store. Pages are rendered once for each configuration and state of the content.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
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
from hearth_cft.logs import log_to_stderr
from hearth_cft.records import RecordStore
from hearth_cft.web.prerendered import Application
from hearth_cft.web.server import serve
from hearth_cft.web.site.build import Site
from tests.server import ROOT, Forked, Server, clean
from tests.small import WHOLE, BuiltIn, small_content
from tests.stress import STRESS, Late

MOST_SITES = 6  # in memory; each takes about 20 MB


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
        """Start the server. It may not respond yet."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = {
            "folder": str(server.folder),
            "config": str(server.config),
            "port": server.port,
            "data": str(server.data),
            "log": str(server.log),
            "whole": server.whole,
        }
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        reply = json.loads(self._process.stdout.readline() or '{"error": "the process ended"}')
        assert "pid" in reply, f"no server could be forked:\n{reply['error']}"
        return Forked(reply["pid"])

    def close(self) -> None:
        self._process.communicate()


class WarmServer(Server):
    """A server with a few pages or, if `whole`, with all built-in content."""

    def __init__(
        self, warm: Warm, folder: Path, settings: str = "", *, whole: bool = False
    ) -> None:
        super().__init__(folder, settings)
        self.warm = warm
        self.whole = whole

    def _begin(self) -> Forked:
        return self.warm.fork(self)


class Serve(Protocol):
    """A function that makes a server in `folder`. `settings` is the content of hearth.toml."""

    def __call__(self, folder: Path, settings: str = "", *, whole: bool = False) -> Server: ...


# The code below runs in the process that servers are forked from.


def main() -> None:
    """Fork a server for each line of standard input."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nothing waits for servers that have ended
    sites: dict[str, Site] = {}
    for line in sys.stdin:
        try:
            reply: dict[str, object] = {"pid": forked(json.loads(line), sites)}
        except Exception:  # send any error to the test
            reply = {"error": traceback.format_exc()}
        print(json.dumps(reply), flush=True)


def forked(request: dict[str, str], sites: dict[str, Site]) -> int:
    """Fork a server and return its process id."""
    port, data = int(request["port"]), Path(request["data"])
    config = Config.load(Path(request["config"]), {}, {"port": port, "data_dir": data})
    built_in = WHOLE if request["whole"] else small_content()
    with log_into(Path(request["log"])):
        site = site_of(config, built_in, sites)
    if pid := os.fork():
        return pid
    code = 1
    try:
        become_server(config, site, request)
        code = 0
    except Exception:  # write the error to the server's log
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def site_of(config: Config, built_in: BuiltIn, sites: dict[str, Site]) -> Site:
    """Return the pages for these settings and this content. Render them only once."""
    settings = config.model_dump(mode="json", exclude={"host", "port", "data_dir", "store"})
    key = json.dumps([settings, str(built_in.content), list(stamps(config.content_dir))])
    if key not in sites:
        while len(sites) >= MOST_SITES:
            del sites[next(iter(sites))]
        sites[key] = load_site(config, built_in=built_in.content, sounds=built_in.recordings)
        gc.collect()
        gc.freeze()  # otherwise each server copies every page at its first garbage collection
    return sites[key]


def stamps(folder: Path | None) -> Iterator[tuple[str, int, int, int]]:
    """Yield path, inode, time and size of each file in the service's content folder."""
    for path in sorted(folder.rglob("*")) if folder else ():
        status = path.stat()
        yield str(path), status.st_ino, status.st_mtime_ns, status.st_size


@contextlib.contextmanager
def log_into(file: Path) -> Iterator[None]:
    """Redirect standard error to the file within the `with` block."""
    before = os.dup(2)
    with file.open("ab") as log:
        os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


def become_server(config: Config, site: Site, request: dict[str, str]) -> None:
    """Detach from the parent process and serve as `hearth serve` does."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(request["folder"])
    with Path(request["log"]).open("ab") as log, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    log_to_stderr()
    serve(config, functools.partial(open_app, create=functools.partial(create, site=site)))


def create(config: Config, store: RecordStore, *, site: Site) -> Application:
    app = create_app(config, store, site)
    return Late(app) if STRESS else app


if __name__ == "__main__":
    main()
