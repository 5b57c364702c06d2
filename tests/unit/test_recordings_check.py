"""What `hearth recordings check` finds in files that hold no sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from hearth_cft.library.audio import Audio
from hearth_cft.library.models import Recording
from hearth_cft.library.script import Pause, Phrase, parse_script, script_sha256
from hearth_cft.tools.recordings.captions import Cue
from hearth_cft.tools.recordings.check import check
from hearth_cft.tools.recordings.check_sound import Measures, Outcome
from hearth_cft.tools.recordings.extras import MissingExtraError
from hearth_cft.tools.recordings.findings import Finding
from hearth_cft.tools.recordings.words import Wording
from tests.unit.recording_files import (
    CUES,
    SPANISH,
    own,
    put,
    put_catalogue,
    recorded,
    recording,
    rewrite,
)

GOOD = Measures(seconds=60, loudness=-19, true_peak=-2.5, clipped=0, drift=0.02)


def good_measures(audio: Sequence[Audio]) -> list[Outcome]:
    """Return good measurements, because the files hold no sound.

    test_recordings_check_sound.py measures real sound.
    """
    return [replace(GOOD, seconds=item.seconds) for item in audio]


def findings_in(
    folder: Path, *recordings: Recording, own: Sequence[Recording] = ()
) -> list[Finding]:
    scripts = recordings or (recording(),)
    return check(folder, scripts, Wording([]), own=own, measure=good_measures)[1]


def only_finding(folder: Path, *recordings: Recording) -> Finding:
    (finding,) = findings_in(folder, *recordings)
    return finding


def test_a_good_recording_is_counted_and_not_complained_about(tmp_path: Path) -> None:
    put(tmp_path)

    checked = check(tmp_path, [recording()], Wording([]), own=[], measure=good_measures)

    assert checked[:2] == (1, [])


def test_a_changed_script_is_found(tmp_path: Path) -> None:
    mp3 = put(tmp_path)

    finding = only_finding(tmp_path, recording("## full\n\nLie down.\n"))

    assert finding.path == mp3
    assert "script has changed" in finding.message
    assert "hearth recordings build" in finding.message


def test_a_changed_mp3_of_the_same_size_is_found(tmp_path: Path) -> None:
    mp3 = put(tmp_path)
    mp3.write_bytes(mp3.read_bytes()[:-1] + b"!")

    assert "SHA-256" in only_finding(tmp_path).message


def test_what_the_server_would_leave_out_is_found(tmp_path: Path) -> None:
    mp3 = put(tmp_path)
    rewrite(mp3.with_suffix(".json"), seconds=None)

    assert "'seconds'" in only_finding(tmp_path).message


def test_missing_captions_of_a_generated_voice_are_a_problem(tmp_path: Path) -> None:
    put(tmp_path, cues=())

    finding = only_finding(tmp_path)

    assert "no captions" in finding.message
    assert not finding.note


def test_missing_captions_of_a_therapist_are_a_note(tmp_path: Path) -> None:
    put(tmp_path, own(), cues=())

    finding = only_finding(tmp_path)

    assert "--transcript" in finding.message
    assert finding.note


@pytest.mark.parametrize(
    ("cues", "message"),
    [
        (CUES[:1], "1 cues for 2 phrases"),
        ((CUES[0], Cue(4, 5, "Fall down.")), "cue 2 says 'Fall down.'"),
        ((CUES[0], Cue(1.5, 5, "Stand up.")), "cue 2 begins before"),
        ((CUES[0], Cue(4, 70, "Stand up.")), "the last cue ends at 70.0 s"),
    ],
)
def test_captions_that_do_not_fit_are_found(
    tmp_path: Path, cues: tuple[Cue, ...], message: str
) -> None:
    mp3 = put(tmp_path, cues=cues)

    finding = only_finding(tmp_path)

    assert message in finding.message
    assert finding.path == mp3.with_suffix(".vtt")


@pytest.mark.parametrize(
    "content", [b"no captions", b"\xff\xfe", b"WEBVTT\n\nsoon --> later\nSit."]
)
def test_unreadable_captions_are_found(tmp_path: Path, content: bytes) -> None:
    captions = put(tmp_path).with_suffix(".vtt")
    captions.write_bytes(content)

    assert only_finding(tmp_path).path == captions


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

    assert f"the tag '{tag}' says '{value}'" in only_finding(tmp_path).message


def test_a_recording_that_no_page_offers_is_found(tmp_path: Path) -> None:
    put(tmp_path, recorded(slug="other"))

    assert "recordings/other.md" in only_finding(tmp_path).message


def test_a_version_that_the_script_lacks_is_found(tmp_path: Path) -> None:
    put(tmp_path)

    assert "'## full'" in only_finding(tmp_path, recording("## short\n\nSit.\n")).message


def test_words_of_a_therapist_that_the_page_does_not_show_are_a_note(tmp_path: Path) -> None:
    spoken = parse_script("## full\n\nLie down.\n")["full"]
    put(tmp_path, own(script_sha256=script_sha256(spoken)), cues=[Cue(1, 2, "Lie down.")])

    finding = only_finding(tmp_path)

    assert "the page shows other words" in finding.message
    assert finding.note


def test_a_recording_of_unknown_words_is_not_held_to_the_script(tmp_path: Path) -> None:
    put(tmp_path, own(script_sha256=""), cues=())

    assert "no captions" in only_finding(tmp_path).message


def test_a_recording_in_another_language_is_not_held_to_the_english_words(tmp_path: Path) -> None:
    welsh = own(locale="cy", script_sha256="")
    put(tmp_path, welsh, cues=[Cue(1, 2, "Eisteddwch.")], language="cym", title="Llonydd")

    assert findings_in(tmp_path) == []


def test_a_long_phrase_is_a_note_with_its_line(tmp_path: Path) -> None:
    put(tmp_path, recorded(version="short"), title="Calm (short)")
    long = recording(f"## full\n\n{'Breathe slowly. ' * 20}\n")

    findings = findings_in(tmp_path, long)

    assert any("line 3" in finding.message and finding.note for finding in findings)


def test_without_the_extra_it_says_what_was_not_checked(tmp_path: Path) -> None:
    def missing(audio: object) -> list[Outcome]:
        raise MissingExtraError("av")

    put(tmp_path)

    (finding,) = check(tmp_path, [recording()], Wording([]), own=[], measure=missing)[1]

    assert finding.note
    assert "av is not installed" in finding.message
    assert "hearth-cft[recordings]" in finding.message


def checked_in_spanish(folder: Path, translations: Mapping[str, str]) -> list[Finding]:
    put_catalogue(folder / "translations", translations)
    wording = Wording([folder / "translations"])
    return check(folder / "recordings", [recording()], wording, own=[], measure=good_measures)[1]


def put_spanish(folder: Path, seconds: float = 60, **changes: str) -> Path:
    spoken = [replace_text(step, SPANISH) for step in recording().scripts["full"]]
    about = recorded(
        locale="es",
        voice="dora",
        voice_name="Dora",
        seconds=seconds,
        script_sha256=script_sha256(spoken),
    )
    cues = [Cue(1, 2, "Siéntate."), Cue(4, 5.5, "Ponte de pie.")]
    return put(
        folder / "recordings", about, cues, **{"title": "Calma", "language": "spa", **changes}
    )


def replace_text(step: Phrase | Pause, translations: Mapping[str, str]) -> Phrase | Pause:
    return replace(step, text=translations[step.text]) if isinstance(step, Phrase) else step


def test_a_recording_of_a_translation_is_good(tmp_path: Path) -> None:
    put_spanish(tmp_path)

    assert checked_in_spanish(tmp_path, SPANISH) == []


@pytest.mark.parametrize(
    ("tag", "value"), [("title", "Calm"), ("language", "eng"), ("comment", "Demonstration")]
)
def test_a_tag_in_the_wrong_language_is_found(tmp_path: Path, tag: str, value: str) -> None:
    put_spanish(tmp_path, **{"language": "spa", tag: value})

    (finding,) = checked_in_spanish(tmp_path, SPANISH)

    assert f"the tag '{tag}' says '{value}'" in finding.message


def test_a_translation_that_has_changed_is_found(tmp_path: Path) -> None:
    put_spanish(tmp_path)

    (finding,) = checked_in_spanish(tmp_path, {**SPANISH, "Stand up.": "Levántate."})

    assert "the translation has changed since it was made" in finding.message
    assert not finding.note


def test_a_recording_whose_translation_is_gone_is_found(tmp_path: Path) -> None:
    put_spanish(tmp_path)

    findings = checked_in_spanish(tmp_path, {"Calm": "Calma", "Sit down.": "Siéntate."})

    assert any(
        "texts of its script are no longer translated into 'es', such as “Stand up.”"
        in finding.message
        for finding in findings
    )


@pytest.mark.parametrize(("seconds", "wrong"), [(47, True), (49, False), (71, False), (73, True)])
def test_a_recording_much_longer_or_shorter_than_its_page_promises_is_found(
    tmp_path: Path, seconds: float, wrong: bool
) -> None:
    put(tmp_path, recorded(seconds=seconds))

    assert [
        "its page promises 1" in finding.message and not finding.note
        for finding in findings_in(tmp_path)
    ] == ([True] if wrong else [])


def test_the_length_of_a_therapists_recording_is_a_note(tmp_path: Path) -> None:
    put(tmp_path, own(seconds=300))

    assert "it lasts 5.0 minutes" in only_finding(tmp_path).message
    assert only_finding(tmp_path).note


def test_the_length_of_a_translation_is_a_note(tmp_path: Path) -> None:
    put_spanish(tmp_path, seconds=80.0)

    (finding,) = checked_in_spanish(tmp_path, SPANISH)

    assert "it lasts 1.3 minutes" in finding.message
    assert finding.note


def test_a_catalogue_that_cannot_be_read_is_found(tmp_path: Path) -> None:
    put_spanish(tmp_path)
    put_catalogue(tmp_path / "translations", SPANISH).write_text('msgid "Calm\n', encoding="utf-8")
    wording = Wording([tmp_path / "translations"])

    findings = check(
        tmp_path / "recordings", [recording()], wording, own=[], measure=good_measures
    )[1]

    assert any(finding.path.name == "content.po" for finding in findings)
