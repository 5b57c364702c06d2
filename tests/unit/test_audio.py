"""Tests of `load_audio` with valid and invalid files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hearth_cft.library.audio import load_audio
from tests.unit.recording_files import own, put, recorded, rewrite

ROOT = Path(__file__).parents[2]


def test_the_committed_recordings_load_without_a_problem() -> None:
    audio, problems = load_audio([ROOT / "static" / "recordings"])

    assert problems == ()
    names = {(recording.slug, recording.version, recording.voice) for recording in audio}
    assert names >= {
        ("soothing-rhythm-breathing", version, voice)
        for version in ("full", "short")
        for voice in ("isabella", "george")
    }


def test_a_recording_knows_its_files(tmp_path: Path) -> None:
    mp3 = put(tmp_path)

    audio, problems = load_audio([tmp_path])

    assert problems == ()
    assert [
        (recording.path, recording.captions_path, recording.seconds) for recording in audio
    ] == [(mp3, mp3.with_suffix(".vtt"), 60.0)]


def test_a_recording_without_captions_has_none(tmp_path: Path) -> None:
    put(tmp_path, own(script_sha256=""), cues=())

    audio, _ = load_audio([tmp_path])

    assert audio[0].captions_path is None
    assert audio[0].script_sha256 == ""


def test_a_therapists_voice_comes_before_generated_ones(tmp_path: Path) -> None:
    put(tmp_path)
    put(tmp_path, own(voice="zoe", voice_name="Zoe"))

    audio, _ = load_audio([tmp_path])

    assert [recording.voice for recording in audio] == ["zoe", "isabella"]


def test_a_later_folder_stands_in_for_an_earlier_one(tmp_path: Path) -> None:
    put(tmp_path / "a")
    later = put(tmp_path / "b", recorded(seconds=9.0))

    audio, _ = load_audio([tmp_path / "a", tmp_path / "b"])

    assert [recording.path for recording in audio] == [later]


def test_a_broken_later_file_leaves_the_earlier_one(tmp_path: Path) -> None:
    earlier = put(tmp_path / "a")
    put(tmp_path / "b").unlink()

    audio, problems = load_audio([tmp_path / "a", tmp_path / "b"])

    assert [recording.path for recording in audio] == [earlier]
    assert len(problems) == 1


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert load_audio([tmp_path / "none"]) == ((), ())


def test_a_cut_off_mp3_is_named_and_the_others_load(tmp_path: Path) -> None:
    cut = put(tmp_path)
    good = put(tmp_path, own())
    cut.write_bytes(cut.read_bytes()[:-1])

    audio, problems = load_audio([tmp_path])

    assert [recording.path for recording in audio] == [good]
    assert problems[0].path == cut
    assert "cut off or changed" in problems[0].message


def test_an_mp3_without_its_json_is_named(tmp_path: Path) -> None:
    mp3 = put(tmp_path)
    mp3.with_suffix(".json").unlink()

    audio, problems = load_audio([tmp_path])

    assert audio == ()
    assert problems[0].path == mp3
    assert "hearth recordings add" in problems[0].message


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b"null"])
def test_a_malformed_json_is_named(tmp_path: Path, content: bytes) -> None:
    file = put(tmp_path).with_suffix(".json")
    file.write_bytes(content)

    audio, problems = load_audio([tmp_path])

    assert audio == ()
    assert [problem.path for problem in problems] == [file]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("slug", None),
        ("slug", "../calm"),
        ("version", "long"),
        ("locale", "EN"),
        ("locale", "cy"),
        ("voice", "george"),
        ("voice_name", ""),
        ("generated", "yes"),
        ("seconds", True),
        ("seconds", 0),
        ("seconds", float("nan")),
        ("bytes", 4.5),
        ("sha256", "abc"),
        ("script_sha256", "abc"),
        ("script_sha256", None),
        ("licence", None),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, key: str, value: Any) -> None:
    file = put(tmp_path).with_suffix(".json")
    rewrite(file, **{key: value})

    audio, problems = load_audio([tmp_path])

    assert audio == ()
    assert problems[0].path == file
