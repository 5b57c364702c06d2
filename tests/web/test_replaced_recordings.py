"""A recording that is replaced goes on for those who listen, and each says who speaks."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from hearth_cft.application import load_site
from hearth_cft.config import Config
from hearth_cft.library.audio import load_audio
from hearth_cft.tools.recordings.captions import Cue
from hearth_cft.tools.recordings.files import keep
from hearth_cft.web.media import MediaFiles
from hearth_cft.web.site.build import Site
from tests.content_files import write
from tests.small import small_site
from tests.unit.recording_files import PAGE, own, put
from tests.web.test_media import ask

OLD, NEW = b"old sound" * 5_000, b"new sounds" * 5_000
ADDRESS = "/media/en/calm-full-ab"


def add(content: Path, sound: bytes) -> str:
    """Do what `hearth recordings add --replace` does with the finished sound. Return its mark."""
    cue = Cue(0, 1, hashlib.sha256(sound).hexdigest())
    keep(content / "recordings", own(), sound, [cue])
    return hashlib.sha256(sound).hexdigest()[:8]


def site_of(content: Path) -> Site:
    config = Config.load(None, {}, {"content_dir": content, "languages": ["en"]})
    return load_site(config, built_in=content, sounds=content / "recordings")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write(tmp_path, "recordings/calm.md", PAGE)
    return tmp_path


async def test_who_plays_the_old_one_hears_it_to_its_end(content: Path) -> None:
    mark = add(content, OLD)
    running = MediaFiles(site_of(content).media)
    first = await ask(running, f"{ADDRESS}.mp3", query=f"v={mark}", range="bytes=0-99")

    add(content, NEW)
    rest = await ask(running, f"{ADDRESS}.mp3", query=f"v={mark}", range="bytes=100-")
    whole = await ask(running, f"{ADDRESS}.mp3")
    captions = await ask(running, f"{ADDRESS}.vtt", query=f"v={mark}")

    assert first.body + rest.body == OLD
    assert whole.body == OLD
    assert hashlib.sha256(OLD).hexdigest() in captions.body.decode()


async def test_after_a_restart_too(content: Path) -> None:
    old = add(content, OLD)
    new = add(content, NEW)

    site = site_of(content)
    media = MediaFiles(site.media)

    assert (await ask(media, f"{ADDRESS}.mp3", query=f"v={old}", range="bytes=100-")).body == (
        OLD[100:]
    )
    captions = await ask(media, f"{ADDRESS}.vtt", query=f"v={old}")
    assert hashlib.sha256(OLD).hexdigest() in captions.body.decode()
    assert (await ask(media, f"{ADDRESS}.mp3", query=f"v={new}")).body == NEW
    assert (await ask(media, f"{ADDRESS}.mp3")).body == NEW
    assert f"{ADDRESS}.mp3?v={new}" in site.answers["/en/recordings/calm"].body.decode()
    assert site.problems == ()


async def test_a_mark_that_nobody_has_any_more_gets_the_file_of_today(content: Path) -> None:
    add(content, NEW)

    media = MediaFiles(site_of(content).media)

    assert (await ask(media, f"{ADDRESS}.mp3", query="v=00000000")).body == NEW


def test_a_server_that_starts_meanwhile_has_the_old_one(content: Path) -> None:
    """The new sound is there, its description isn't yet."""
    add(content, OLD)
    description = content / "recordings" / "en" / "calm-full-ab.json"
    before = description.read_bytes()
    add(content, NEW)
    description.write_bytes(before)

    (audio,), problems = load_audio([content / "recordings"])

    assert (audio.path.read_bytes(), problems) == (OLD, ())
    assert audio.captions_path
    assert hashlib.sha256(OLD).hexdigest() in audio.captions_path.read_text()


def test_few_old_ones_are_kept(content: Path) -> None:
    for number in range(6):
        add(content, b"%d" % number * 9)

    folder = content / "recordings" / "en"
    assert len(list(folder.glob("calm-full-ab.*.mp3"))) == 3
    assert len(list(folder.glob("calm-full-ab.*.vtt"))) == 3
    assert site_of(content).problems == ()


def test_the_same_sound_again_sets_nothing_aside(content: Path) -> None:
    add(content, OLD)
    add(content, OLD)

    assert len(list((content / "recordings" / "en").glob("*.mp3"))) == 1


def test_each_version_says_whether_a_computer_speaks(tmp_path: Path) -> None:
    put(tmp_path / "recordings", own(slug="safe-place", script_sha256=""))

    site = small_site(content_dir=tmp_path, languages=["en"])

    page = site.answers["/en/recordings/safe-place"].body.decode()
    files = re.findall(r"<li[^>]*data-audio=[^>]*>", page)
    assert {
        (re.search(r'data-voice="(\w+)"', file)[1], " data-generated" in file)  # type: ignore[index]
        for file in files
    } >= {("ab", False), ("isabella", True), ("george", True)}
    label = re.search(r"<div data-generated-line([^>]*)><p[^>]*>([^<]*)", page)
    assert label
    assert label[1].strip() == "hidden"
    assert label[2].startswith("Demonstration recording in a computer-generated voice")
    listed = site.answers["/en/recordings.json"].body.decode()
    assert '"generated":true' in listed
    assert '"generated":false' in listed


def test_a_page_without_a_computers_voice_has_no_such_words(content: Path) -> None:
    add(content, OLD)

    assert "computer-generated" not in site_of(content).answers["/en/recordings/calm"].body.decode()
