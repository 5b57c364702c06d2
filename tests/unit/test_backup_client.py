from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from hearth_cft.records import Record
from tests.bench import bench_sync, others
from tests.bench.backup_client import BackupClient, Connection, RefusedError
from tests.bench.others import install, kinto, pocketbase, pouchdb
from tests.bench.others.install import MissingError

Serve = Callable[[bytes], int]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
REFUSED = b"HTTP/1.1 507 No Space\r\nContent-Length: 4\r\n\r\nfull"
IN_CHUNKS = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\nA\r\n, two, six\r\n0\r\n\r\n"
)


class Answering(socketserver.BaseRequestHandler):
    """Answer whatever comes on a connection with the server's one answer."""

    def handle(self) -> None:
        while self.request.recv(65_536):
            self.request.sendall(self.server.answer)  # type: ignore[attr-defined]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a function that gives every request on a new port the same answer."""
    with ExitStack() as servers:

        def serve(answer: bytes) -> int:
            address = ("127.0.0.1", 0)
            server = servers.enter_context(socketserver.ThreadingTCPServer(address, Answering))
            server.answer = answer  # type: ignore[attr-defined]
            threading.Thread(target=server.serve_forever, args=(0.01,)).start()
            servers.callback(server.shutdown)
            return int(server.server_address[1])

        yield serve


class ScriptedClient(BackupClient):
    """A client whose server says that it holds `held` records."""

    held = 0

    def __init__(self, port: int) -> None:
        Connection.__init__(self, port)
        self.stored = 0
        self.pushes = [self.push_of([])] * 1_000

    def open_account(self) -> None:
        raise NotImplementedError

    def push_of(self, records: Sequence[Record]) -> bytes:
        return self.request("POST", "/records", [])

    def list_new(self) -> bytes:
        raise NotImplementedError

    def fetch_of(self, ids: Sequence[str]) -> bytes:
        raise NotImplementedError

    def count(self) -> int:
        return self.held


def test_a_body_in_chunks_comes_whole(serve: Serve) -> None:
    with closing(Connection(serve(IN_CHUNKS))) as connection:
        assert connection.ask(connection.request("GET", "/")) == b"one, two, six"


def test_a_refused_request_is_told_with_its_answer(serve: Serve) -> None:
    told = r"POST /records HTTP/1.1, and got .* 507 No Space\s+full"

    with closing(Connection(serve(REFUSED))) as connection, pytest.raises(RefusedError, match=told):
        connection.ask(connection.request("POST", "/records", {}))


def test_a_refused_push_stops_the_measurement(serve: Serve) -> None:
    port = serve(REFUSED)

    with (
        closing(ScriptedClient(port)) as one,
        closing(ScriptedClient(port)) as other,
        pytest.raises(RefusedError, match="507"),
    ):
        bench_sync.rate([one, other], BackupClient.push)


def test_a_push_that_stored_only_a_part_is_told(serve: Serve) -> None:
    with closing(ScriptedClient(serve(OK))) as client:
        client.push()
        client.held = 9

        with pytest.raises(RefusedError, match="pushed 10 records, and the server has 9"):
            client.check()


def test_without_a_folder_nothing_is_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("HEARTH_BENCH_OTHERS", raising=False)

    assert list(others.others()) == []
    assert "HEARTH_BENCH_OTHERS" in capsys.readouterr().out


def test_a_server_that_cannot_be_had_is_named_and_the_rest_are_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(folder: object) -> None:
        raise MissingError("Debian's postgresql isn't installed")

    monkeypatch.setenv("HEARTH_BENCH_OTHERS", "/nowhere")
    monkeypatch.setattr(kinto, "install", missing)
    for module in (pocketbase, pouchdb):
        monkeypatch.setattr(module, "install", lambda folder: folder)

    assert [contender.name for contender in others.others()] == ["PocketBase", "PouchDB Server"]
    assert "left out: Kinto on PostgreSQL. Debian's postgresql" in capsys.readouterr().out


def test_an_installation_that_failed_is_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "server"

    with pytest.raises(MissingError, match=r"server==1 can't be installed:\nno network"):
        install.install(folder, "server==1", ["sh", "-c", "echo no network >&2; exit 1"])
    install.install(folder, "server==1", ["touch", str(folder / "program")])
    install.install(folder, "server==1", ["false"])

    assert (folder / "program").exists()
