"""Compare the backup API in its own layer with the same calls behind Quart.

    python -m tests.bench.bench_sync

Eight clients push ten records into accounts of 1,000, and pull: they ask what has changed, and
fetch ten. The same pushes and pulls go through Quart in the same run; there a pull lists all
records, as before `records/changes`. Prints answers a second and ratios. Nothing is asserted.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.ports import hold_port
from tests.samples import ROOMY, a_record, as_json, new_account, new_auth

ROUNDS = int(os.environ.get("HEARTH_BENCH_ROUNDS", "3"))
SECONDS, CLIENTS, RECORDS = 2.0, 8, 1_000


def serve(kind: str, port: int, folder: str) -> None:
    """Serve the API with `kind` "layer" or "quart" in front of it."""
    import logging
    from contextlib import asynccontextmanager

    from hearth_cft.config import Config
    from hearth_cft.storage import open_store
    from hearth_cft.web.server import serve as serve_app
    from tests.web.sync_app import bare_app

    logging.disable(logging.INFO)

    @asynccontextmanager
    async def opened(config: Config):  # type: ignore[no-untyped-def]
        async with open_store("tinydb:", data_dir=Path(folder), limits=config.limits) as store:
            app = bare_app(config, store)
            yield app if kind == "layer" else behind_quart(app)

    from dataclasses import replace

    limits = replace(ROOMY, records=10**6, account_bytes=1 << 40, accounts_per_address=10**6)
    serve_app(Config(port=port, limits=limits), opened)


def behind_quart(app: Any) -> Any:
    """Return a Quart application with one view, which asks the layer in memory."""
    from quart import Quart, Response, request  # noqa: TID251

    outer = Quart("outer", static_folder=None)

    async def view(path: str) -> Response:
        body = await request.get_data(cache=False)
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await app(request.scope, receive, send)
        headers = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
        data = b"".join(message["body"] for message in sent[1:])
        return Response(data, sent[0]["status"], headers)

    methods = ["GET", "PUT", "POST"]
    outer.add_url_rule("/<path:path>", "view", view, methods=methods)
    return outer


class Phone:
    """A client with one connection and one account."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connect()
        self.token = ""
        self.ids: list[str] = []
        self.digest = "A" * 43

    def connect(self) -> None:
        """Open a new connection. The server closes an old one after five seconds."""
        self.connection = socket.create_connection(("127.0.0.1", self.port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.connection.makefile("rb")

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Send a request. Return the JSON of the response."""
        data = b"" if body is None else json.dumps(body).encode()
        head = f"{method} /api/v1{path} HTTP/1.1\r\nHost: a\r\nContent-Length: {len(data)}\r\n"
        head += f"Authorization: Bearer {self.token}\r\nContent-Type: application/json\r\n\r\n"
        self.connection.sendall(head.encode() + data)
        length = 0
        while (line := self.reader.readline().lower()) != b"\r\n":
            if not line:
                raise ConnectionError("the server closed the connection")
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.reader.read(length))

    def fill(self) -> None:
        """Create an account with 1,000 records."""
        account, auth = new_account(), new_auth()[0]
        self.ask("PUT", f"/accounts/{account}", {"auth": auth})
        self.token = self.ask("POST", "/tokens", {"account": account, "auth": auth})["token"]
        for _ in range(RECORDS // 20):
            records = [as_json(a_record()) for _ in range(20)]
            self.ids += self.ask("POST", "/records", {"records": records})["results"]
        self.digest = self.ask("POST", "/records/changes", {"since": self.digest})["digest"]

    def push(self) -> None:
        """Push ten records."""
        self.ask("POST", "/records", {"records": [as_json(a_record()) for _ in range(10)]})

    def pull(self) -> None:
        """Ask what has changed, and fetch ten records."""
        self.ask("POST", "/records/changes", {"since": self.digest})
        self.ask("POST", "/records/fetch", {"ids": self.ids[:10]})

    def pull_all(self) -> None:
        """List all records, and fetch ten."""
        self.ask("GET", "/records")
        self.ask("POST", "/records/fetch", {"ids": self.ids[:10]})


async def rate(phones: list[Phone], act: Callable[[Phone], None]) -> float:
    """Return how often the phones together can act a second."""
    for phone in phones:
        phone.connect()
    until = time.perf_counter() + SECONDS

    def repeat(phone: Phone) -> int:
        count = 0
        while time.perf_counter() < until:
            act(phone)
            count += 1
        return count

    counts = await asyncio.gather(*(asyncio.to_thread(repeat, phone) for phone in phones))
    return sum(counts) / SECONDS


def servers() -> Iterator[tuple[str, list[Phone]]]:
    """Yield the name of each server, and clients of it, in turn."""
    for kind in ("quart", "layer"):
        reserved = hold_port()
        with tempfile.TemporaryDirectory(dir=os.environ.get("HEARTH_BENCH_DIR")) as folder:
            arguments = (kind, reserved.number, folder)
            process = get_context("spawn").Process(target=serve, args=arguments, daemon=True)
            process.start()
            wait_for(reserved.number)
            phones = []
            for _ in range(CLIENTS):
                phones.append(Phone(reserved.number))
                phones[-1].fill()
            yield kind, phones
            process.terminate()
            process.join()
        reserved.release()


def wait_for(port: int) -> None:
    """Wait until the server listens."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("a server did not start")


def main() -> None:
    """Measure and print."""
    rates: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS):
        for kind, phones in servers():
            acts = {"pull": Phone.pull if kind == "layer" else Phone.pull_all, "push": Phone.push}
            for name, act in acts.items():
                rates.setdefault((name, kind), []).append(asyncio.run(rate(phones, act)))
    for name, target in (("push", 1.8), ("pull", 5.0)):
        layer, quart = (statistics.median(rates[name, kind]) for kind in ("layer", "quart"))
        print(f"{name}: {layer:.0f} a second, behind Quart {quart:.0f}: {layer / quart:.2f} times")
        print(f"  (target {target} times)")


if __name__ == "__main__":
    main()
