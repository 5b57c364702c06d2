"""Run the app on Hypercorn in one process, and stop it gracefully."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import hypercorn

from hearth_cft.config import Config
from hearth_cft.web.connection import serve_connections
from hearth_cft.web.prerendered import Application

# The context manager opens what the app needs, and closes it after the server has stopped.
OpenApp = Callable[[Config], AbstractAsyncContextManager[Application]]

log = logging.getLogger("hearth")
GRACE = 5  # seconds that a stop waits for responses in progress


class ServeError(Exception):
    """The server can't start. The message says why in one line."""


def serve(config: Config, open_app: OpenApp) -> None:
    """Serve until SIGINT or SIGTERM.

    Raises ServeError, StoreError or ConfigError if the server can't start.
    """
    listener = _listen(config)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(config, listener, open_app))


def _loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    factory: type[asyncio.AbstractEventLoop] = uvloop.Loop
    return factory


def _listen(config: Config) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
        return socket.create_server((config.host, config.port), family=family, backlog=1024)
    except OSError as error:
        address = f"{config.host}:{config.port}"
        raise ServeError(f"can't listen on {address}: {error.strerror}; try --port") from None


async def _serve(config: Config, listener: socket.socket, open_app: OpenApp) -> None:
    async with open_app(config) as app:
        # Exclude the objects made so far from garbage collection: they live as long as the process.
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000)
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopping.set)
        settings = hypercorn.Config()
        settings.graceful_timeout = GRACE
        settings.include_server_header = False
        # With a logger of its own name, Hypercorn adds no handler: its events are logged like ours.
        settings.errorlog = logging.getLogger("hypercorn.error")
        port = listener.getsockname()[1]
        host = f"[{config.host}]" if ":" in config.host else config.host
        log.info("serving on http://%s:%d", host, port)
        await serve_connections(app, settings, listener, stopping, http2=config.http2)
