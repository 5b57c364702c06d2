"""`hearth recordings build`: which files it makes, in which languages, and when it rebuilds them.

Noise replaces the voices, because only people who make recordings have them installed. Everything
else is real.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hearth_cft.library.audio import load_audio
from hearth_cft.tools.recordings import build, check_sound, stops, timeline
from hearth_cft.tools.recordings.captions import read_captions
from hearth_cft.tools.recordings.sound import RATE
from hearth_cft.tools.recordings.speakers import Speaker
from hearth_cft.tools.recordings.tags import read_tags
from tests.unit.recording_files import PAGE, SPANISH, put_catalogue
from tests.unit.test_recordings_commands import hearth
from tests.unit.test_recordings_sound import voice


class FakeVoice:
    """A voice that speaks a second of noise for any text."""

    def __init__(self, speaker: Any) -> None:
        self.speaker = speaker

    def spelt(self, text: str) -> str:
        if "χ" in text:
            raise stops.SpeechError("the voice has no sound for χ")
        return text

    def say(self, text: str) -> Any:
        return voice(0.5)[: stops.RATE]


@pytest.fixture
def fake_voices(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(speakers: Iterable[Speaker]) -> list[FakeVoice]:
        return [FakeVoice(speaker) for speaker in speakers]

    monkeypatch.setattr(build, "open_voices", opened)


@pytest.fixture
def short(fake_voices: None, small_working_copy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use fake voices and a bell of 0.1 s, so that tests not about sound have less to encode."""
    tick = np.zeros(RATE // 10, np.float32)
    monkeypatch.setattr(timeline, "bell", lambda: tick)


@pytest.mark.slow
@pytest.mark.usefixtures("fake_voices")
def test_every_version_is_made_in_every_voice_and_passes_its_check(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Starting processes would take longer than measuring four files.
    monkeypatch.setattr(check_sound, "_WORTH_A_PROCESS", 5)
    page = content / "recordings" / "calm.md"
    page.write_text(PAGE.replace("Sit", "[pause 45]\n\nSit"), encoding="utf-8")

    assert hearth("build", "--content-dir", content) == 0

    audio, problems = load_audio([content / "recordings"])
    assert problems == ()
    assert {audio.voice for audio in audio} == {"isabella", "george"}
    assert hearth("check", "--content-dir", content) == 0


@pytest.mark.usefixtures("short")
def test_only_what_changed_is_made_again(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hearth("build", "--content-dir", content)
    page = content / "recordings" / "calm.md"
    page.write_text(PAGE.replace("Sit.", "Sit still."), encoding="utf-8")
    capsys.readouterr()

    assert hearth("build", "--content-dir", content) == 0

    out = capsys.readouterr().out
    assert "2 of 4 recordings are up to date" in out
    assert "2 recordings made" in out


@pytest.mark.usefixtures("short")
def test_words_that_differ_between_services_cannot_be_said(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = content / "recordings" / "calm.md"
    page.write_text(PAGE.replace("Sit.", "Call %(service_name)s."), encoding="utf-8")

    assert hearth("build", "--content-dir", content) == 2
    assert "calm.md:17: a voice can't say" in capsys.readouterr().err


def test_an_unknown_slug_is_refused(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hearth("build", "clam", "--content-dir", content) == 2
    assert "there is no recording 'clam'" in capsys.readouterr().err


def names_of(content: Path) -> set[str]:
    return {f"{audio.locale}/{audio.name}" for audio in load_audio([content / "recordings"])[0]}


@pytest.mark.usefixtures("short")
def test_a_translated_script_is_made_in_its_language(content: Path) -> None:
    put_catalogue(content / "translations", SPANISH)

    assert hearth("build", "--locale", "es", "--content-dir", content) == 0

    full, short = load_audio([content / "recordings"])[0]
    tags = read_tags(short.path)
    assert (full.name, short.name) == ("calm-full-dora", "calm-short-dora")
    assert full.captions_path is not None
    captions = full.captions_path.read_text(encoding="utf-8")
    assert [cue.text for cue in read_captions(captions)] == ["Siéntate.", "Ponte de pie."]
    assert "Grabación de demostración" in captions
    assert tags is not None
    assert (tags.title, tags.language) == ("Calma (versión corta)", "spa")
    assert tags.comment.startswith("Grabación de demostración")


@pytest.mark.usefixtures("short")
def test_a_recording_is_made_only_where_every_phrase_is_translated(content: Path) -> None:
    put_catalogue(content / "translations", {"Calm": "Calma", "Sit.": "Siéntate."})
    put_catalogue(content / "translations", {"Calm": "Calme"}, locale="fr")

    assert hearth("build", "--content-dir", content) == 0

    languages = {name for name in names_of(content) if not name.startswith("en/")}
    assert languages == {"es/calm-short-dora"}


@pytest.mark.usefixtures("short")
def test_a_changed_translation_makes_its_language_again(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_catalogue(content / "translations", SPANISH)
    hearth("build", "--content-dir", content)
    put_catalogue(content / "translations", {**SPANISH, "Sit.": "Toma asiento."})
    capsys.readouterr()

    assert hearth("build", "--content-dir", content) == 0

    out = capsys.readouterr().out
    assert "5 of 6 recordings are up to date" in out
    assert "es/calm-short-dora.mp3" in out


@pytest.mark.usefixtures("short")
def test_every_slip_in_spelling_is_named_before_anything_is_spoken(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translations = {**SPANISH, "Sit down.": "Siéntate χ.", "Stand up.": "Ponte χ de pie."}
    file = put_catalogue(content / "translations", translations)

    assert hearth("build", "--content-dir", content) == 2

    err = capsys.readouterr().err
    assert err.count(f"{file}:") == 2
    assert "“Siéntate χ.”: the voice has no sound for χ" in err
    assert names_of(content) == set()


def test_a_language_without_a_voice_is_refused(content: Path) -> None:
    with pytest.raises(SystemExit):
        hearth("build", "--locale", "cy", "--content-dir", content)


@pytest.mark.usefixtures("short")
def test_the_same_words_give_the_same_captions_again(content: Path) -> None:
    hearth("build", "--content-dir", content)
    files = sorted((content / "recordings" / "en").iterdir())
    before = [file.read_bytes() for file in files]

    hearth("build", "--again", "--content-dir", content)

    assert [file.read_bytes() for file in files] == before


@pytest.mark.usefixtures("short")
def test_a_phrase_that_comes_twice_is_spoken_once(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = content / "recordings" / "calm.md"
    page.write_text(PAGE.replace("Sit.", "Sit down."), encoding="utf-8")
    spoken: list[str] = []
    say = FakeVoice.say

    def counted(self: FakeVoice, text: str) -> Any:
        spoken.append(text)
        return say(self, text)

    monkeypatch.setattr(FakeVoice, "say", counted)

    hearth("build", "--content-dir", content)

    assert sorted(spoken) == ["Sit down.", "Sit down.", "Stand up.", "Stand up."]


def test_nothing_to_make_needs_no_voices(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hearth("build", "--locale", "fr", "--content-dir", content) == 0
    assert "0 recordings made" in capsys.readouterr().out
