"""Run Hypercorn's protocols on connections that a client can't hold without reading.

Hypercorn waits for ever for a client that doesn't read its response, and speaks HTTP/2 to
whoever asks.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import socket
import struct
import sys
import termios

import hypercorn
from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.asyncio.task_group import TaskGroup
from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.asyncio.worker_context import WorkerContext
from hypercorn.events import Closed, Event, RawData, Updated
from hypercorn.protocol import ProtocolWrapper
from hypercorn.protocol.h11 import H11Protocol
from hypercorn.typing import ConnectionState
from hypercorn.utils import parse_socket_addr

from hearth_cft.records import KIB
from hearth_cft.web.pace import SLOWEST, Pace, Watch
from hearth_cft.web.prerendered import Application

# A client that doesn't read holds this much here, as much in the kernel, and one piece of a
# response. Without a limit the kernel takes 3 MiB (measured).
_MOST_WAITING_BYTES = 64 * KIB
# A proxy sends its next request on a connection that it believes open. Those that close last must
# be the proxies: nginx waits 60 s by default, Caddy 120 s. Otherwise some requests get a 502.
KEEP_ALIVE_SECONDS = 130.0
_LOOKS = 12  # how often to look for progress within the seconds of a pace


async def serve_connections(
    app: Application,
    settings: hypercorn.Config,
    listener: socket.socket,
    stopping: asyncio.Event,
    *,
    http2: bool = False,
    pace: Pace = SLOWEST,
    keep_alive: float = KEEP_ALIVE_SECONDS,
) -> None:
    """Serve until `stopping` is set, then wait for responses in progress.

    A client that reads its response more slowly than `pace` is disconnected. A connection waits
    `keep_alive` seconds for its next request. Its first request has `settings.keep_alive_timeout`
    seconds.
    """
    context = WorkerContext(None)
    wrapped = ASGIWrapper(app)
    loop = asyncio.get_running_loop()
    tasks: dict[asyncio.Task[None], Connection] = {}

    async def serve_client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # a coroutine runs in a task
        tasks[task] = connection = Connection(
            wrapped, loop, settings, context, ConnectionState({}), reader, writer
        )
        task.add_done_callback(tasks.pop)
        connection.http2, connection.pace, connection.keep_alive = http2, pace, keep_alive
        # Python 3.11 logs a connection that is cancelled as an error.
        with contextlib.suppress(asyncio.CancelledError):
            await connection.run()

    server = await asyncio.start_server(serve_client, sock=listener, backlog=1024)
    await stopping.wait()
    await context.terminated.set()
    server.close()
    if tasks:
        _, pending = await asyncio.wait(tasks, timeout=settings.graceful_timeout)
        for task in pending:
            # Otherwise the end of a task waits until the client has read everything.
            tasks[task].cut()
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)


class _PlainHTTP(H11Protocol):
    """HTTP/1.1 without a way to HTTP/2."""

    async def _check_protocol(self, event: object) -> None:
        """Ignore an upgrade, as RFC 9110, section 7.8, allows."""


class Connection(TCPServer):
    """One connection."""

    http2 = False
    pace = SLOWEST
    keep_alive = KEEP_ALIVE_SECONDS
    _has_answered = False
    _reading: asyncio.Timeout | None = None

    async def run(self) -> None:
        """Serve the client until either side closes the connection."""
        if self.writer.is_closing():
            return
        try:
            sock = self.writer.get_extra_info("socket")
            self.writer.transport.set_write_buffer_limits(_MOST_WAITING_BYTES)
            if hasattr(socket, "TCP_NOTSENT_LOWAT"):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _MOST_WAITING_BYTES)
            client = parse_socket_addr(sock.family, sock.getpeername())
            server = parse_socket_addr(sock.family, sock.getsockname())
            async with TaskGroup(self.loop) as task_group:
                self._task_group = task_group
                protocol = ProtocolWrapper if self.http2 else _PlainHTTP
                self.protocol = protocol(  # type: ignore[assignment]  # both handle events
                    self.app,
                    self.config,
                    self.context,
                    task_group,
                    ConnectionState({}),
                    False,
                    client,
                    server,
                    self.protocol_send,
                )
                await self.protocol.initiate()
                await self.idle_task.restart(task_group, self._idle_timeout)
                await self._read_requests()
                await self.protocol.handle(Closed())
                await self.idle_task.stop()
        except OSError:
            pass  # the client has closed the connection
        finally:
            await self._close()

    async def _read_requests(self) -> None:
        try:
            async with asyncio.timeout(None) as self._reading:
                await self._read_data()
        except TimeoutError:
            pass  # from _stop_reading
        finally:
            self._reading = None

    async def protocol_send(self, event: Event) -> None:
        """Send bytes, or note that the connection is closed or idle."""
        if isinstance(event, RawData):
            await self._send_bytes(event.data)
        elif isinstance(event, Closed):
            await super().protocol_send(event)
            self._stop_reading()
        elif self._reading:
            if isinstance(event, Updated) and event.idle:
                self._has_answered = True
            await super().protocol_send(event)

    async def _send_bytes(self, data: bytes) -> None:
        """Send bytes, and wait until the client has read most of them."""
        async with self.send_lock:
            if self.writer.is_closing():
                # Let the response learn that the client is gone.
                await asyncio.sleep(0)
                return
            try:
                self.writer.write(data)
                await self._drain()
            except (ConnectionError, RuntimeError):
                await self.protocol.handle(Closed())
                self._stop_reading()

    def _stop_reading(self) -> None:
        """Stop the reading of requests.

        Otherwise a client's next request would wait for ever for the end of the one before.
        """
        if self._reading:
            self._reading.reschedule(0)
            self._reading = None

    async def _drain(self) -> None:
        """Wait until the write buffer is below its limit.

        Raises ConnectionError if the client reads more slowly than `pace`.
        """
        if not self.writer.transport.get_write_buffer_size():
            return
        unread, watch = self._unread(), Watch(self.pace, self.loop.time())
        while (now := self.loop.time()) < watch.deadline:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(
                    min(watch.deadline, now + self.pace.seconds / _LOOKS)
                ):
                    await self.writer.drain()
                    return
            before, unread = unread, self._unread()
            watch.note(max(0, before - unread), self.loop.time())
        self.cut()
        raise ConnectionAbortedError

    def cut(self) -> None:
        """Close the connection at once, without what the client hasn't read yet."""
        with contextlib.suppress(OSError):
            # Otherwise the kernel holds that until the client reads it.
            sock = self.writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    def _unread(self) -> int:
        """Return how many bytes the client hasn't received yet, here and in the kernel."""
        size = self.writer.transport.get_write_buffer_size()
        with contextlib.suppress(OSError):  # other kernels than Linux don't say
            queued = fcntl.ioctl(
                self.writer.get_extra_info("socket").fileno(), termios.TIOCOUTQ, bytes(4)
            )
            size += int.from_bytes(queued, sys.byteorder)
        return size

    async def _flush(self) -> None:
        """Wait until the client has read everything, or has stopped reading."""
        with contextlib.suppress(ConnectionError, RuntimeError):
            self.writer.transport.set_write_buffer_limits(0)
            await self._drain()

    async def _close(self) -> None:
        await self._flush()
        await super()._close()

    async def _idle_timeout(self) -> None:
        seconds = self.keep_alive if self._has_answered else self.config.keep_alive_timeout
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.context.terminated.wait()
        await asyncio.shield(self._initiate_server_close())

    async def _initiate_server_close(self) -> None:
        await self.protocol.handle(Closed())
        # A transport that closes with bytes in its buffer waits for the client for ever.
        await self._flush()
        self.writer.close()
