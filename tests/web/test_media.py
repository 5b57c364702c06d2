"""Recordings over HTTP: the responder by itself, and in a real Hypercorn where sockets matter."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypercorn.asyncio import serve
from hypercorn.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth_cft.web.chunk_cache import CHUNK_BYTES
from hearth_cft.web.media import MediaFile, MediaFiles, answer_for, attachment, describe

SOUND = bytes(index * 7 % 251 for index in range(3 * CHUNK_BYTES + 1000))
PATH = "/media/en/breath.mp3"


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    finished: bool


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "breath.mp3").write_bytes(SOUND)
    (tmp_path / "breath.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nBreathe.\n")
    (tmp_path / "empty.mp3").write_bytes(b"")
    return tmp_path


@pytest.fixture
def media(folder: Path) -> MediaFiles:
    files = {f"/media/en/{path.name}": describe(path) for path in folder.iterdir()}
    return MediaFiles(files, headers=[(b"x-content-type-options", b"nosniff")])


async def ask(
    media: MediaFiles, path: str = PATH, method: str = "GET", query: str = "", **headers: str
) -> Reply:
    fields = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return await ask_with(media, fields, path, method, query)


async def ask_with(
    media: MediaFiles,
    fields: list[tuple[bytes, bytes]],
    path: str = PATH,
    method: str = "GET",
    query: str = "",
) -> Reply:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(dict(message))

    scope = {"path": path, "method": method, "headers": fields, "query_string": query.encode()}
    await media(scope, receive, send)
    return Reply(
        sent[0]["status"],
        {name.decode(): value.decode() for name, value in sent[0]["headers"]},
        b"".join(message["body"] for message in sent[1:]),
        finished=not sent[-1]["more_body"],
    )


async def test_a_recording_comes_whole(media: MediaFiles) -> None:
    reply = await ask(media)

    assert (reply.status, reply.body, reply.finished) == (200, SOUND, True)
    assert reply.headers["content-type"] == "audio/mpeg"
    assert reply.headers["content-length"] == str(len(SOUND))
    assert reply.headers["accept-ranges"] == "bytes"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "content-range" not in reply.headers


async def test_a_recording_tells_the_digest_of_all_its_bytes(media: MediaFiles) -> None:
    reply = await ask(media, range="bytes=0-1")

    digest = base64.b64encode(hashlib.sha256(SOUND).digest()).decode()
    assert reply.headers["repr-digest"] == f"sha-256=:{digest}:"


async def test_captions_are_text_in_utf_8(media: MediaFiles) -> None:
    reply = await ask(media, "/media/en/breath.vtt")

    assert reply.headers["content-type"] == "text/vtt; charset=utf-8"
    assert reply.body.startswith(b"WEBVTT")


async def test_an_empty_file_is_answered_as_empty(media: MediaFiles) -> None:
    reply = await ask(media, "/media/en/empty.mp3")

    assert (reply.status, reply.body, reply.finished) == (200, b"", True)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=-100", len(SOUND) - 100, len(SOUND) - 1),
        (f"bytes={CHUNK_BYTES}-", CHUNK_BYTES, len(SOUND) - 1),
        (f"bytes={CHUNK_BYTES - 1}-{CHUNK_BYTES}", CHUNK_BYTES - 1, CHUNK_BYTES),
        (f"bytes=5-{len(SOUND) + 5}", 5, len(SOUND) - 1),
    ],
)
async def test_a_range_gets_exactly_its_bytes(
    media: MediaFiles, asked: str, first: int, last: int
) -> None:
    reply = await ask(media, range=asked)

    assert reply.status == 206
    assert reply.body == SOUND[first : last + 1]
    assert reply.headers["content-range"] == f"bytes {first}-{last}/{len(SOUND)}"
    assert reply.headers["content-length"] == str(last - first + 1)


@given(first=st.integers(0, len(SOUND) - 1), length=st.integers(1, len(SOUND)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_range_gets_exactly_its_bytes(media: MediaFiles, first: int, length: int) -> None:
    reply = asyncio.run(ask(media, range=f"bytes={first}-{first + length - 1}"))

    assert reply.body == SOUND[first : first + length]


async def test_an_impossible_range_says_how_long_the_recording_is(media: MediaFiles) -> None:
    reply = await ask(media, range=f"bytes={len(SOUND)}-")

    assert (reply.status, reply.body) == (416, b"")
    assert reply.headers["content-range"] == f"bytes */{len(SOUND)}"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=9-2", "lines=1-2", "nonsense"])
async def test_a_range_that_is_not_one_range_gets_the_whole(media: MediaFiles, asked: str) -> None:
    reply = await ask(media, range=asked)

    assert (reply.status, reply.body) == (200, SOUND)


async def test_head_tells_the_size_of_the_whole_and_sends_nothing(media: MediaFiles) -> None:
    reply = await ask(media, method="HEAD", range="bytes=0-1")

    assert (reply.status, reply.body) == (200, b"")
    assert reply.headers["content-length"] == str(len(SOUND))


async def test_an_unchanged_recording_is_not_sent_again(media: MediaFiles) -> None:
    headers = (await ask(media)).headers

    by_tag = await ask(media, if_none_match=headers["etag"])
    by_date = await ask(media, if_modified_since=headers["last-modified"])

    assert (by_tag.status, by_tag.body) == (304, b"")
    assert (by_date.status, by_date.body) == (304, b"")
    assert by_tag.headers["etag"] == headers["etag"]


async def test_a_range_continues_only_the_same_recording(media: MediaFiles) -> None:
    whole = (await ask(media)).headers
    earlier = "Sun, 06 Nov 1994 08:49:37 GMT"

    for same in (whole["etag"], whole["last-modified"]):
        reply = await ask(media, range="bytes=5-9", if_range=same)
        assert (reply.status, reply.body) == (206, SOUND[5:10])
    for other in ('"another"', f"W/{whole['etag']}", earlier, "nonsense"):
        reply = await ask(media, range="bytes=5-9", if_range=other)
        assert (reply.status, reply.body) == (200, SOUND)


async def test_an_impossible_range_of_another_recording_gets_the_whole(media: MediaFiles) -> None:
    reply = await ask(media, range=f"bytes={len(SOUND)}-", if_range='"another"')

    assert (reply.status, reply.body) == (200, SOUND)


async def test_if_range_without_a_range_means_nothing(media: MediaFiles) -> None:
    etag = (await ask(media)).headers["etag"]

    for tag in (etag, '"another"'):
        reply = await ask(media, if_range=tag)
        assert (reply.status, reply.body) == (200, SOUND)


async def test_a_part_is_described_as_the_whole_is(media: MediaFiles) -> None:
    whole, part = await ask(media), await ask(media, range="bytes=0-1")

    different = {"content-length", "content-range"}
    assert {**part.headers, **dict.fromkeys(different)} == {
        **whole.headers,
        **dict.fromkeys(different),
    }


@pytest.mark.parametrize("asked", ["bytes=0-1", f"bytes={len(SOUND)}-", "bytes=5-2"])
async def test_an_unchanged_recording_is_not_sent_again_in_parts(
    media: MediaFiles, asked: str
) -> None:
    etag = (await ask(media)).headers["etag"]

    reply = await ask(media, range=asked, if_none_match=etag)

    assert (reply.status, reply.body) == (304, b"")
    assert "content-range" not in reply.headers
    assert "content-length" not in reply.headers


async def test_a_tag_is_believed_before_a_date(media: MediaFiles) -> None:
    modified = (await ask(media)).headers["last-modified"]

    reply = await ask(media, if_none_match='"another"', if_modified_since=modified)

    assert (reply.status, reply.body) == (200, SOUND)


async def test_head_of_an_unchanged_recording_is_304_too(media: MediaFiles) -> None:
    etag = (await ask(media)).headers["etag"]

    reply = await ask(media, method="HEAD", if_none_match=f'"x", W/{etag}')

    assert (reply.status, reply.body) == (304, b"")


async def test_ranges_in_two_header_lines_are_several_ranges(media: MediaFiles) -> None:
    fields = [(b"range", b"bytes=0-1"), (b"range", b"bytes=5-6")]

    reply = await ask_with(media, fields)

    assert (reply.status, reply.body) == (200, SOUND)


async def test_a_failed_precondition_is_412(media: MediaFiles) -> None:
    reply = await ask(media, if_match='"another"')

    assert (reply.status, reply.body) == (412, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "BREW"])
async def test_other_methods_are_told_which_are_allowed(media: MediaFiles, method: str) -> None:
    reply = await ask(media, method=method)

    assert reply.status == 405
    assert reply.headers["allow"] == "GET, HEAD"


async def test_a_download_carries_the_name_of_the_file(media: MediaFiles) -> None:
    plain = await ask(media)
    download = await ask(media, query="download=1")

    assert "content-disposition" not in plain.headers
    assert download.headers["content-disposition"].startswith(
        'attachment; filename="breath.mp3"; filename*='
    )


@pytest.mark.parametrize(
    ("name", "plain", "encoded"),
    [
        ("Soothing breath", "Soothing breath.mp3", "Soothing%20breath.mp3"),
        ("Café", "Cafe.mp3", "Caf%C3%A9.mp3"),
        ("تنفّس", "recording.mp3", "%D8%AA%D9%86%D9%81%D9%91%D8%B3.mp3"),
        ('../a"b\r\nc\\d', "a b c d.mp3", "a%20b%20c%20d.mp3"),
        ("\u202egnp", "gnp.mp3", "gnp.mp3"),
        ("...", "recording.mp3", "recording.mp3"),
    ],
)
def test_a_download_has_a_harmless_name_in_any_script(name: str, plain: str, encoded: str) -> None:
    value = attachment(name, ".mp3")

    assert value == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"


@given(st.text(max_size=300))
def test_no_name_breaks_the_header(name: str) -> None:
    value = attachment(name, ".mp3")

    assert value.isascii()
    assert value.isprintable()
    assert value.count('"') == 2


FIELDS = st.dictionaries(
    st.sampled_from(["range", "if-range", "if-match", "if-none-match", "if-modified-since"]),
    st.text(st.characters(max_codepoint=255), max_size=40)
    | st.from_regex(r"bytes=[0-9, -]{0,20}", fullmatch=True),
)


@given(FIELDS, st.sampled_from(["GET", "HEAD"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_request_gets_an_answer(folder: Path, fields: dict[str, str], method: str) -> None:
    answer = answer_for(describe(folder / "breath.mp3", sha256="ab" * 32), method, fields)

    assert answer.status in (200, 206, 304, 412, 416)


@given(FIELDS, st.sampled_from(["GET", "HEAD", "POST"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_nothing_on_the_way_may_change_a_recording(
    folder: Path, fields: dict[str, str], method: str
) -> None:
    answer = answer_for(describe(folder / "breath.mp3", sha256="ab" * 32), method, fields)

    policies = [value for name, value in answer.headers if name == b"cache-control"]
    assert len(policies) == 1
    assert b"no-transform" in policies[0].split(b", ")


async def test_unknown_names_are_not_here(media: MediaFiles) -> None:
    assert PATH in media
    assert "/media/en/../breath.mp3" not in media
    assert media.lookup("/media/en/none.mp3") is None
    assert (await ask(media, "/media/en/none.mp3")).status == 404


async def test_a_recording_cut_short_on_disk_ends_unfinished(
    media: MediaFiles, folder: Path
) -> None:
    await ask(media, range=f"bytes=0-{CHUNK_BYTES - 1}")  # now the first chunk is in memory
    os.truncate(folder / "breath.mp3", CHUNK_BYTES)

    reply = await ask(media)

    assert (reply.status, reply.body, reply.finished) == (200, SOUND[:CHUNK_BYTES], False)


async def test_nothing_is_sent_to_a_listener_who_left(media: MediaFiles) -> None:
    sent = []

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message["type"])
        await asyncio.sleep(0)

    await media({"path": PATH, "method": "GET", "headers": [], "query_string": b""}, receive, send)

    assert len(sent) < 3


def test_a_file_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no sound")

    with pytest.raises(KeyError):
        describe(tmp_path / "notes.txt")


def test_a_known_digest_is_not_computed_again(folder: Path) -> None:
    assert describe(folder / "breath.mp3", sha256="ab" * 32).sha256 == "ab" * 32


def test_other_bytes_have_another_tag(folder: Path) -> None:
    before = describe(folder / "breath.mp3")
    (folder / "breath.mp3").write_bytes(SOUND[:-1] + b"x")

    assert describe(folder / "breath.mp3").etag != before.etag


@asynccontextmanager
async def hypercorn(media: MediaFiles) -> AsyncIterator[int]:
    """Serve the recordings on a real socket. Yield the port."""
    config = Config()
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    config.bind = [f"fd://{listener.detach()}"]
    stop = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
        else:
            await media(scope, receive, send)

    # A client that connects before the server is ready waits in the socket's queue.
    served = asyncio.create_task(serve(app, config, shutdown_trigger=stop.wait))
    yield port
    stop.set()
    await served


async def test_a_cut_file_closes_the_connection_before_the_promised_length(
    media: MediaFiles, folder: Path
) -> None:
    await ask(media, range=f"bytes=0-{CHUNK_BYTES - 1}")
    os.truncate(folder / "breath.mp3", CHUNK_BYTES)

    async with hypercorn(media) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        response = await asyncio.wait_for(reader.read(), 5)
        writer.close()

    head, _, body = response.partition(b"\r\n\r\n")
    assert b"200" in head.splitlines()[0]
    assert body == SOUND[:CHUNK_BYTES]


async def test_a_listener_who_leaves_stops_the_reading(folder: Path) -> None:
    long = folder / "long.mp3"
    with long.open("wb") as file:
        file.truncate(64 * 1024 * 1024)
    counting = Counting({"/long.mp3": describe(long)})

    async with hypercorn(counting) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /long.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await counting.began.wait()
        writer.transport.abort()
        await asyncio.wait_for(counting.ended.wait(), 5)

    assert counting.bytes_sent < 64 * 1024 * 1024


class Counting(MediaFiles):
    """A MediaFiles that signals when a response begins and ends, and counts the bytes sent."""

    def __init__(self, files: dict[str, MediaFile]) -> None:
        super().__init__(files)
        self.began, self.ended = asyncio.Event(), asyncio.Event()
        self.bytes_sent = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def counted(message: Any) -> None:
            self.began.set()
            self.bytes_sent += len(message.get("body", b""))
            await send(message)

        await super().__call__(scope, receive, counted)
        self.ended.set()
