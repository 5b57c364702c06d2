"""What `hearth recordings check` finds in files without sound in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.library import Recording
from app.script import parse_script, script_sha256
from app.voices import check_sound
from app.voices.captions import Cue
from app.voices.check import Finding, check
from app.voices.extras import MissingExtraError
from tests.unit.recording_files import CUES, own, put, recorded, recording, rewrite


@pytest.fixture(autouse=True)
def _no_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files hold no sound; test_voices_check_sound.py measures real ones."""
    monkeypatch.setattr(check_sound, "problems", lambda audio: [])


def found(folder: Path, *recordings: Recording) -> list[Finding]:
    return check(folder, recordings or [recording()])[1]


def only(folder: Path, *recordings: Recording) -> Finding:
    (finding,) = found(folder, *recordings)
    return finding


def test_a_good_recording_is_counted_and_not_complained_about(tmp_path: Path) -> None:
    put(tmp_path)

    assert check(tmp_path, [recording()]) == (1, [])


def test_a_changed_script_is_found(tmp_path: Path) -> None:
    mp3 = put(tmp_path)

    finding = only(tmp_path, recording("## full\n\nLie down.\n"))

    assert finding.path == mp3
    assert "script has changed" in finding.message
    assert "hearth recordings build" in finding.message


def test_a_changed_mp3_of_the_same_size_is_found(tmp_path: Path) -> None:
    mp3 = put(tmp_path)
    mp3.write_bytes(mp3.read_bytes()[:-1] + b"!")

    assert "SHA-256" in only(tmp_path).message


def test_what_the_server_would_leave_out_is_found(tmp_path: Path) -> None:
    mp3 = put(tmp_path)
    rewrite(mp3.with_suffix(".json"), seconds=None)

    assert "'seconds'" in only(tmp_path).message


def test_missing_captions_of_a_generated_voice_are_a_problem(tmp_path: Path) -> None:
    put(tmp_path, cues=())

    finding = only(tmp_path)

    assert "no captions" in finding.message
    assert not finding.note


def test_missing_captions_of_a_therapist_are_a_note(tmp_path: Path) -> None:
    put(tmp_path, own(), cues=())

    finding = only(tmp_path)

    assert "--transcript" in finding.message
    assert finding.note


@pytest.mark.parametrize(
    ("cues", "says"),
    [
        (CUES[:1], "1 cues for 2 phrases"),
        ((CUES[0], Cue(4, 5, "Fall down.")), "cue 2 says 'Fall down.'"),
        ((CUES[0], Cue(1.5, 5, "Stand up.")), "cue 2 begins before"),
        ((CUES[0], Cue(4, 9, "Stand up.")), "the last cue ends at 9.0 s"),
    ],
)
def test_captions_that_do_not_fit_are_found(
    tmp_path: Path, cues: tuple[Cue, ...], says: str
) -> None:
    mp3 = put(tmp_path, cues=cues)

    finding = only(tmp_path)

    assert says in finding.message
    assert finding.path == mp3.with_suffix(".vtt")


@pytest.mark.parametrize(
    "content", [b"no captions", b"\xff\xfe", b"WEBVTT\n\nsoon --> later\nSit."]
)
def test_unreadable_captions_are_found(tmp_path: Path, content: bytes) -> None:
    captions = put(tmp_path).with_suffix(".vtt")
    captions.write_bytes(content)

    assert only(tmp_path).path == captions


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("title", "Other"),
        ("voice", "George"),
        ("language", "cym"),
        ("licence", "none"),
        ("comment", "A therapist speaks."),
    ],
)
def test_a_wrong_tag_is_found(tmp_path: Path, tag: str, value: str) -> None:
    put(tmp_path, None, CUES, **{tag: value})

    assert f"the tag '{tag}' says '{value}'" in only(tmp_path).message


def test_a_recording_that_no_page_offers_is_found(tmp_path: Path) -> None:
    put(tmp_path, recorded(slug="other"))

    assert "recordings/other.md" in only(tmp_path).message


def test_a_version_that_the_script_lacks_is_found(tmp_path: Path) -> None:
    put(tmp_path)

    assert "'## full'" in only(tmp_path, recording("## short\n\nSit.\n")).message


def test_words_of_a_therapist_that_the_page_does_not_show_are_a_note(tmp_path: Path) -> None:
    said = parse_script("## full\n\nLie down.\n")["full"]
    put(tmp_path, own(script_sha256=script_sha256(said)), cues=[Cue(1, 2, "Lie down.")])

    finding = only(tmp_path)

    assert "the page shows other words" in finding.message
    assert finding.note


def test_a_recording_of_unknown_words_is_not_held_to_the_script(tmp_path: Path) -> None:
    put(tmp_path, own(script_sha256=""), cues=())

    assert "no captions" in only(tmp_path).message


def test_a_recording_in_another_language_is_not_held_to_the_english_words(tmp_path: Path) -> None:
    welsh = own(locale="cy", script_sha256="")
    put(tmp_path, welsh, cues=[Cue(1, 2, "Eisteddwch.")], language="cym", title="Llonydd")

    assert found(tmp_path) == []


def test_a_long_phrase_is_a_note_with_its_line(tmp_path: Path) -> None:
    put(tmp_path, recorded(version="short"), title="Calm (short)")
    long = recording(f"## full\n\n{'Breathe slowly. ' * 20}\n")

    findings = found(tmp_path, long)

    assert any("line 3" in finding.message and finding.note for finding in findings)


def test_without_the_extra_it_says_what_was_not_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(audio: object) -> list[str]:
        raise MissingExtraError("av")

    monkeypatch.setattr(check_sound, "problems", missing)
    put(tmp_path)

    finding = only(tmp_path)

    assert finding.note
    assert "av is not installed" in finding.message
    assert "hearth[voices]" in finding.message
