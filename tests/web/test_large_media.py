"""A recording of 100 MB from the real server: every byte is right, and memory stays bounded."""

from __future__ import annotations

import hashlib
import http.client
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.browser.shelf import put, write_script
from tests.server import Server, ready
from tests.warm import Serve

pytestmark = pytest.mark.slow
MIB = 1024 * 1024
SIZE = 100 * 1000 * 1000 + 7  # not a multiple of the chunk size or of MIB
PATH = "/media/en/long-full-sam.mp3"
MOST_GROWTH = 32 * MIB  # the cache for all recordings together has 16 MiB
LISTENERS = 4


@pytest.fixture(scope="module", name="large")
def large_recording(
    tmp_path_factory: pytest.TempPathFactory, serve: Serve
) -> Iterator[tuple[Server, Path, str]]:
    """Yield a server, its recording of 100 MB, and the SHA-256 of the recording."""
    folder = tmp_path_factory.mktemp("large")
    content = folder / "content"
    write_script(content, "long", "A long one", 1, "full")
    sha256 = put(content, "long", size=SIZE)
    with ready(serve(folder, f'content_dir = "{content}"\n')) as server:
        yield server, content / "recordings" / "en" / "long-full-sam.mp3", sha256


@contextmanager
def ask(server: Server, **headers: str) -> Iterator[http.client.HTTPResponse]:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        connection.request("GET", PATH, headers=names)
        yield connection.getresponse()


def download(server: Server) -> str:
    """Download the whole recording. Return its SHA-256."""
    digest = hashlib.sha256()
    with ask(server) as response:
        while part := response.read(MIB):
            digest.update(part)
    return digest.hexdigest()


def memory(server: Server) -> int:
    """Return the most bytes of memory that the server has used since it was started."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def test_the_whole_comes_to_several_at_once_and_the_server_stays_as_small(
    large: tuple[Server, Path, str],
) -> None:
    server, _, sha256 = large
    before = memory(server)

    with ThreadPoolExecutor(LISTENERS) as listeners:
        sums = list(listeners.map(download, [server] * LISTENERS))

    assert sums == [sha256] * LISTENERS
    assert memory(server) - before < MOST_GROWTH


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=0-1048575", 0, MIB - 1),
        (f"bytes={64 * MIB - 3}-{65 * MIB + 3}", 64 * MIB - 3, 65 * MIB + 3),
        (f"bytes={80 * MIB}-{81 * MIB - 1}", 80 * MIB, 81 * MIB - 1),
        (f"bytes={90 * MIB}-", 90 * MIB, SIZE - 1),
        (f"bytes={SIZE - 1}-{SIZE + 100}", SIZE - 1, SIZE - 1),
        ("bytes=-1000000", SIZE - 1_000_000, SIZE - 1),
    ],
)
def test_any_place_of_it_can_be_gone_to(
    large: tuple[Server, Path, str], asked: str, first: int, last: int
) -> None:
    server, file, _ = large

    with ask(server, Range=asked) as response:
        body = response.read()

    assert response.status == 206
    assert response.headers["content-range"] == f"bytes {first}-{last}/{SIZE}"
    with file.open("rb") as sound:
        assert body == os.pread(sound.fileno(), last - first + 1, first)


def test_a_download_that_was_cut_goes_on_where_it_stopped(large: tuple[Server, Path, str]) -> None:
    server, _, sha256 = large
    digest = hashlib.sha256()
    with ask(server) as response:
        etag = response.headers["etag"]
        beginning = response.read(61_728_394)
        digest.update(beginning)

    with ask(server, Range=f"bytes={len(beginning)}-", If_Range=etag) as response:
        digest.update(response.read())

    assert response.status == 206
    assert digest.hexdigest() == sha256


def test_beyond_its_end_the_answer_tells_the_size(large: tuple[Server, Path, str]) -> None:
    with ask(large[0], Range=f"bytes={SIZE}-") as response:
        assert (response.status, response.read()) == (416, b"")
    assert response.headers["content-range"] == f"bytes */{SIZE}"
