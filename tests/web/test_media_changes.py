"""Recordings whose files change after the server has started."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hearth_cft.application import load_site
from hearth_cft.config import Config
from hearth_cft.web.chunk_cache import CHUNK_BYTES
from hearth_cft.web.media import MediaFiles, describe
from hearth_cft.web.site import build
from tests.browser.shelf import put, write_script
from tests.web.test_media import ask

SOUND = bytes(index * 7 % 251 for index in range(3 * CHUNK_BYTES + 1000))
SECRET = bytes(len(SOUND))
PATH = "/media/en/breath.mp3"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "en" / "breath.mp3"
    path.parent.mkdir()
    path.write_bytes(SOUND)
    return path


@pytest.fixture
def media(sound: Path) -> MediaFiles:
    return MediaFiles({PATH: describe(sound)})


def a_copy_elsewhere(sound: Path, content: bytes) -> Path:
    """Write a file with this content and the times of the recording, in another folder."""
    other = sound.parents[1] / "elsewhere" / sound.name
    other.parent.mkdir()
    other.write_bytes(content)
    times = sound.stat()
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    return other


def vanishes(sound: Path) -> None:
    sound.unlink()


def becomes_a_link(sound: Path) -> None:
    secret = a_copy_elsewhere(sound, SECRET)
    sound.unlink()
    sound.symlink_to(secret)


def is_in_a_folder_that_becomes_a_link(sound: Path) -> None:
    secret = a_copy_elsewhere(sound, SECRET)
    sound.parent.rename(sound.parents[1] / "before")
    sound.parent.symlink_to(secret.parent)


def is_replaced_by_one_of_the_same_size(sound: Path) -> None:
    a_copy_elsewhere(sound, SECRET).rename(sound)


def is_written_over(sound: Path) -> None:
    before = sound.stat().st_mtime_ns
    with sound.open("r+b") as file:
        file.write(SECRET)
    os.utime(sound, ns=(before, before + 1))  # a clock that ticks rarely may not have moved


def is_cut_short(sound: Path) -> None:
    os.truncate(sound, 10)


def becomes_a_folder(sound: Path) -> None:
    sound.unlink()
    sound.mkdir()


def becomes_a_pipe(sound: Path) -> None:
    sound.unlink()
    os.mkfifo(sound)


def becomes_unreadable(sound: Path) -> None:
    sound.unlink()
    sound.symlink_to(sound.name)


CHANGES = [
    vanishes,
    becomes_a_link,
    is_in_a_folder_that_becomes_a_link,
    is_replaced_by_one_of_the_same_size,
    is_written_over,
    is_cut_short,
    becomes_a_folder,
    becomes_a_pipe,
    becomes_unreadable,
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_recording_that_changed_on_disk_is_gone(
    media: MediaFiles, sound: Path, change: Callable[[Path], None], method: str
) -> None:
    change(sound)

    reply = await ask(media, method=method)

    assert (reply.status, reply.body, reply.finished) == (404, b"", True)


@pytest.mark.parametrize("change", CHANGES)
async def test_bytes_of_two_files_are_never_in_one_answer(
    media: MediaFiles, sound: Path, change: Callable[[Path], None]
) -> None:
    await ask(media, range=f"bytes=0-{CHUNK_BYTES - 1}")  # now the first chunk is in memory
    change(sound)

    reply = await ask(media)

    assert (reply.status, reply.body, reply.finished) == (200, SOUND[:CHUNK_BYTES], False)


async def test_a_recording_that_changed_is_said_once_and_in_words(
    media: MediaFiles, sound: Path, caplog: pytest.LogCaptureFixture
) -> None:
    is_replaced_by_one_of_the_same_size(sound)

    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            await ask(media)

    [message] = [record.getMessage() for record in caplog.records]
    assert message == f"{sound} has changed since the start: restart Hearth to serve it"


async def test_an_empty_recording_that_vanished_is_gone(sound: Path) -> None:
    os.truncate(sound, 0)
    media = MediaFiles({PATH: describe(sound)})
    vanishes(sound)

    assert (await ask(media)).status == 404


async def test_a_file_that_is_touched_while_it_is_read_is_not_sent(
    media: MediaFiles, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.preadv

    def meanwhile(handle: int, buffers: list[bytearray], offset: int) -> int:
        is_written_over(sound)
        return real(handle, buffers, offset)

    monkeypatch.setattr("os.preadv", meanwhile)

    assert (await ask(media)).status == 404


async def test_a_recording_may_be_a_link_within_its_folder(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write_script(content, "own", "Our own", 1, "full")
    put(content, "own", size=len(SOUND))
    sound = content / "recordings" / "en" / "own-full-sam.mp3"
    master = sound.parent / "masters" / "take-7.mp3"
    os.mkdir(master.parent)
    os.rename(sound, master)
    os.symlink(master, sound)
    config = Config.load(None, {}, {"content_dir": content, "languages": ["en"]})

    site = load_site(config, built_in=content, sounds=content / "recordings")
    reply = await ask(MediaFiles(site.media), "/media/en/own-full-sam.mp3", query="download=1")

    assert (reply.status, len(reply.body), site.problems) == (200, len(SOUND), ())
    assert 'filename="own-full-sam.mp3"' in reply.headers["content-disposition"]


@pytest.mark.parametrize("ending", [".mp3", ".vtt"])
@pytest.mark.parametrize("change", [vanishes, becomes_a_link, becomes_a_pipe, becomes_a_folder])
def test_a_file_that_changes_during_the_start_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, change: Callable[[Path], None]
) -> None:
    content = tmp_path / "content"
    write_script(content, "own", "Our own", 1, "full")
    put(content, "own", size=len(SOUND))
    file = next(content.rglob(f"*{ending}"))
    real = build.programme_of

    def after_loading(*arguments: object) -> object:
        change(file)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "programme_of", after_loading)
    config = Config.load(None, {}, {"content_dir": content, "languages": ["en"]})

    site = load_site(config, built_in=content, sounds=content / "recordings")

    names = {problem.path.name for problem in site.problems}
    assert names - {"elsewhere"} == {file.name}
    assert f"/media/en/{file.name}" not in site.media
    listed = site.answers["/en/recordings.json"].body.decode()
    assert file.name not in listed
