"""`hearth recordings` with command-line arguments as a user types them."""

from __future__ import annotations

import argparse
import json
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hearth_cft.library.audio import load_audio
from hearth_cft.tools.recordings import commands
from hearth_cft.tools.recordings.add import voice_slug
from hearth_cft.tools.recordings.captions import read_captions
from hearth_cft.tools.recordings.sound import RATE
from tests.unit.test_recordings_sound import quiet, voice

pytestmark = pytest.mark.usefixtures("small_working_copy")


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    """Return a therapist's WAV file: 48 kHz, stereo, with two quiet sentences."""
    samples = np.concatenate([quiet(1), voice(3, 0.02), quiet(3), voice(2, 0.02), quiet(1)])
    whole = (np.repeat(samples, 2) * 32767).astype("<i2")
    file = tmp_path / "therapist.wav"
    with wave.open(str(file), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(whole.tobytes())
    return file


def hearth(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    commands.add_commands(parser.add_subparsers(required=True))
    namespace = parser.parse_args(["recordings", *map(str, arguments)])
    code: int = namespace.run(namespace)
    return code


def add(content: Path, file: Path, *more: str | Path) -> int:
    names = ("--slug", "calm", "--locale", "en", "--voice", "Dr. Zoë Hill")
    return hearth("add", file, "--content-dir", content, *names, *more)


def test_a_therapists_recording_is_taken_in_levelled_and_checked(
    content: Path, spoken: Path, tmp_path: Path
) -> None:
    before = spoken.read_bytes()
    words = tmp_path / "words.txt"
    words.write_text("Sit down.\n\n[pause 2]\n\nStand up.\n", encoding="utf-8")

    code = add(content, spoken, "--transcript", words)

    (audio,), problems = load_audio([content / "recordings"])
    assert code == 0
    assert problems == ()
    assert audio.name == "calm-full-dr-zoe-hill"
    assert audio.voice_name == "Dr. Zoë Hill"
    assert not audio.generated
    assert audio.seconds == pytest.approx(10, abs=0.1)
    assert audio.captions_path is not None
    cues = read_captions(audio.captions_path.read_text(encoding="utf-8"))
    assert [cue.text for cue in cues] == ["Sit down.", "Stand up."]
    assert [cue.start for cue in cues] == pytest.approx([1, 7], abs=0.15)
    assert hearth("check", "--content-dir", content) == 0
    assert spoken.read_bytes() == before


def test_a_recording_without_transcript_has_no_captions(content: Path, spoken: Path) -> None:
    assert add(content, spoken) == 0

    (audio,), _ = load_audio([content / "recordings"])
    assert audio.captions_path is None
    assert audio.script_sha256 == ""


def test_hiss_that_an_mp3_leaves_out_does_not_count_as_speech(
    content: Path, spoken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with wave.open(str(spoken), "rb") as before:
        samples = np.frombuffer(before.readframes(RATE * 60), "<i2").reshape(-1, 2).astype(int)
    time = np.arange(len(samples)) / RATE
    hiss = np.where(np.abs(samples[:, :1]) > 0, 2000, 0) * np.sin(time * 100_000)[:, None]
    with wave.open(str(spoken), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((samples + hiss).astype("<i2").tobytes())

    add(content, spoken)

    assert hearth("check", "--content-dir", content) == 0
    assert "LUFS" not in capsys.readouterr().out


def test_a_second_recording_of_the_same_name_needs_a_word(
    content: Path, spoken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(content, spoken)

    assert add(content, spoken) == 2
    assert "--replace" in capsys.readouterr().err
    assert add(content, spoken, "--replace") == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--slug", "clam"), "there is no recording 'clam'; there are: calm"),
        (("--slug", "clam"), "did you mean 'calm'? To add a new one, first write"),
        (("--locale", "../en"), "'../en' is not a language"),
        (("--voice", " "), "--voice is empty"),
        (("--transcript", "none.txt"), "none.txt: can't be read"),
    ],
)
def test_a_slip_is_answered_with_what_to_do(
    content: Path,
    spoken: Path,
    words: tuple[str, str],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert add(content, spoken, *words) == 2
    assert message in capsys.readouterr().err
    assert not (content / "recordings" / "en").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "no words"),
        (b"Sit.\n\n[pause 90]\n", "words.txt:3: a pause is 1 to 60"),
        (b"# Calm\n\nSit.\n", "words.txt:1: headings are not spoken"),
        (b"\xff\xfeS\x00", "UTF-8"),
    ],
)
def test_a_bad_transcript_is_named(
    content: Path, spoken: Path, text: bytes, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = spoken.with_name("words.txt")
    words.write_bytes(text)

    assert add(content, spoken, "--transcript", words) == 2
    assert message in capsys.readouterr().err


def test_bad_sound_is_named(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "letter.docx"
    document.write_bytes(b"PK\x03\x04 a letter")

    assert add(content, document) == 2
    assert "letter.docx: it is not a sound file" in capsys.readouterr().err


def test_a_missing_file_is_named(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(content, tmp_path / "none.mp3") == 2
    assert "no such file" in capsys.readouterr().err


def test_a_content_folder_that_is_not_there_is_named(
    spoken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--slug", "soothing-rhythm-breathing", "--locale", "en", "--voice", "AB")

    assert hearth("add", spoken, "--content-dir", tmp_path / "none", *words) == 2
    assert "is not a folder" in capsys.readouterr().err


def test_problems_end_the_check_with_1(
    content: Path, spoken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(content, spoken)
    file = content / "recordings" / "en" / "calm-full-dr-zoe-hill.json"
    file.write_text(json.dumps({"slug": "calm"}), encoding="utf-8")

    assert hearth("check", "--content-dir", content) == 1
    assert f"{file}: 'version' is missing" in capsys.readouterr().out


def test_without_the_extra_it_says_how_to_get_it(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> Any:
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)

    monkeypatch.setattr("hearth_cft.tools.recordings.extras.importlib.import_module", missing)

    assert hearth("build", "--content-dir", content) == 2
    assert "pip install 'hearth-cft[voices]'" in capsys.readouterr().err


def test_voices_have_plain_file_names() -> None:
    assert [voice_slug(name) for name in ("Dr. Zoë Hill", "A. B.", "زينب")] == [
        "dr-zoe-hill",
        "a-b",
        "",
    ]
