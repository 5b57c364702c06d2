"""Run the app on Hypercorn in one process, and stop it gracefully."""

from __future__ import annotations

import asyncio
import errno
import gc
import logging
import os
import signal
import socket
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import hypercorn

from hearth_cft.config import Config
from hearth_cft.version import version
from hearth_cft.web.connection import serve_connections
from hearth_cft.web.prerendered import Application

# The context manager opens what the app needs, and closes it after the server has stopped.
OpenApp = Callable[[Config], AbstractAsyncContextManager[Application]]

log = logging.getLogger("hearth")
GRACE = 5  # seconds that a stop waits for responses in progress
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
# A closed terminal, `systemctl reload` and programs that rotate logs send these.
IGNORED = (signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)


class ServeError(Exception):
    """The server can't start. The message says why in one line."""


def serve(config: Config, open_app: OpenApp) -> None:
    """Serve until SIGINT, SIGTERM or SIGQUIT.

    Raises ServeError, StoreError or ConfigError if the server can't start.
    """
    for number in IGNORED:
        signal.signal(number, signal.SIG_IGN)
    listener = listen(config)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(config, listener, open_app))


def _loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    factory: type[asyncio.AbstractEventLoop] = uvloop.Loop
    return factory


def listen(config: Config) -> socket.socket:
    """Return a socket on the first address of `host` that this machine has, IPv4 first.

    Raises ServeError.
    """
    host = config.host
    try:
        found = socket.getaddrinfo(host, config.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ServeError(f"'host' is '{host}': that is no address of this machine") from None
    for family, _, _, _, address in sorted(found, key=lambda info: info[0] == socket.AF_INET6):
        try:
            both = family == socket.AF_INET6 and host == "::" and socket.has_dualstack_ipv6()
            return socket.create_server(address, family=family, backlog=1024, dualstack_ipv6=both)
        except OSError as error:
            if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                raise ServeError(_why(error, host, config.port)) from None
    raise ServeError(f"'host' is '{host}': that is no address of this machine")


def _why(error: OSError, host: str, port: int) -> str:
    reason, hint = os.strerror(error.errno or 0), "try --port"
    if error.errno == errno.EACCES:
        hint += " 8000: only root may use the ports below 1024, and the proxy in front has them"
    return f"can't listen on {_origin(host, port)}: {reason}; {hint}"


def _origin(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


async def _serve(config: Config, listener: socket.socket, open_app: OpenApp) -> None:
    async with open_app(config) as app:
        # Exclude the objects made so far from garbage collection: they live as long as the process.
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000)
        stopping = asyncio.Event()
        _handle_signals(stopping)
        settings = hypercorn.Config()
        settings.graceful_timeout = GRACE
        settings.include_server_header = False
        # With a logger of its own name, Hypercorn adds no handler: its events are logged like ours.
        settings.errorlog = logging.getLogger("hypercorn.error")
        host, port, *_ = listener.getsockname()
        log.info("serving on http://%s", _origin(host, port), extra={"version": version()})
        await serve_connections(app, settings, listener, stopping, http2=config.http2)
    log.info("stopped")


def _handle_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def stop(number: signal.Signals) -> None:
        log.info("stopping", extra={"signal": number.name})
        stopping.set()

    def ignore(number: signal.Signals) -> None:
        log.info(
            "signal ignored: to read settings and content again, restart Hearth",
            extra={"signal": number.name},
        )

    for number in STOPPING:
        loop.add_signal_handler(number, stop, number)
    for number in IGNORED:
        loop.add_signal_handler(number, ignore, number)
