"""How much of a recording is silence, and how fast it is spoken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hearth_cft import CONTENT
from hearth_cft.library.audio import Audio, load_audio
from hearth_cft.library.loader import load_library
from hearth_cft.library.script import Pause, parse_script
from hearth_cft.tools.recordings.captions import Cue
from hearth_cft.tools.recordings.check_pace import (
    Paced,
    estimates,
    pace_findings,
    pace_table,
    paces,
)
from hearth_cft.tools.recordings.check_sound import Measures
from hearth_cft.tools.recordings.pace import (
    Pace,
    against_the_rule,
    estimated,
    laid_out,
    pace_of,
    pace_of_cues,
    seconds_to_say,
)
from hearth_cft.tools.recordings.speakers import SPEAKERS
from hearth_cft.tools.recordings.timeline import lay_out
from hearth_cft.tools.recordings.words import Wording
from tests.unit.recording_files import own, put, recorded, recording
from tests.unit.test_recordings_commands import hearth
from tests.unit.test_recordings_sound import voice

GOOD = Pace(seconds=300, speaking=120, longest=30, words=220)
SOUND = Measures(seconds=300, loudness=-19, true_peak=-2.5, clipped=0, drift=None)
# A script without pauses: two thirds of it is speech.
TALKATIVE = "## full\n\n" + "Sit down here. Then stand up again.\n\n" * 12


def audio_in(folder: Path) -> tuple[Audio, ...]:
    return load_audio([folder])[0]


def test_a_burst_is_the_speech_between_two_silences() -> None:
    cues = [
        Cue(4, 6, "Feel your feet."),
        Cue(7.5, 10, "Let go."),
        Cue(20, 22, "Look — and listen."),
    ]

    pace = pace_of_cues(cues, 40)

    assert pace == Pace(seconds=40, speaking=8, longest=10, words=8)
    assert pace.silence == pytest.approx(0.8)
    assert pace.words_a_minute == pytest.approx(12)
    assert pace.in_bursts == pytest.approx(60)


def test_a_recording_without_words_or_silences_has_a_pace() -> None:
    assert pace_of([], 10) == Pace(seconds=10, speaking=0, longest=0)
    assert pace_of([(0, 10)], 10, 0).in_bursts is None
    assert pace_of([(0, 10)], 10).words_a_minute is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"speaking": 136.0}, "54% is silence, but a full version has at least 55%"),
        ({"words": 300, "speaking": 150.0}, "has 60 words a minute, but a full version has fewer"),
        ({"words": 260}, "says 130 words a minute, but at most 125 can be followed"),
    ],
)
def test_a_full_version_that_breaks_the_rule_is_told_what_to_do(
    changes: dict[str, Any], message: str
) -> None:
    texts = against_the_rule(replace(GOOD, **changes), "full")

    assert any(message in text for text in texts)
    assert against_the_rule(GOOD, "full") == []


def test_a_short_version_may_have_less_silence_but_is_not_spoken_faster() -> None:
    assert against_the_rule(replace(GOOD, speaking=200, words=380), "short") == []
    assert len(against_the_rule(replace(GOOD, words=260), "short")) == 1


def test_the_estimate_lays_phrases_and_pauses_out_as_a_build_does() -> None:
    steps = parse_script("## full\n\nOne.\n\nTwo.\n\n[pause 5]\n\nThree.\n\n[pause 3]\n")["full"]

    master = lay_out(steps, lambda _: voice(1.5))
    cues, seconds = laid_out(steps, lambda _: 1.5)

    assert seconds == pytest.approx(master.seconds, abs=0.01)
    starts = [cue.start for cue in master.cues]
    assert [cue.start for cue in cues] == pytest.approx(starts, abs=0.01)


def test_stops_within_a_phrase_take_time_and_its_last_one_does_not() -> None:
    isabella = SPEAKERS[0]

    plain = seconds_to_say("In and out", isabella)

    assert seconds_to_say("In and out.", isabella) == plain
    assert seconds_to_say("In, and out.", isabella) == pytest.approx(plain + 0.7)
    assert seconds_to_say("In. And out.", isabella) > seconds_to_say("In, and out.", isabella)


@pytest.mark.parametrize("speaker", SPEAKERS[:2], ids=lambda speaker: speaker.voice)
def test_the_built_in_scripts_keep_the_rule(speaker: Any) -> None:
    broken = {
        (script.slug, version): texts
        for script in load_library([CONTENT]).recordings
        for version, steps in script.scripts.items()
        if (texts := against_the_rule(estimated(steps, speaker), version))
    }

    assert not broken


def test_the_soothing_rhythm_has_eight_breaths_and_two_long_silences() -> None:
    by_slug = {script.slug: script for script in load_library([CONTENT]).recordings}

    steps = by_slug["soothing-rhythm-breathing"].scripts["full"]

    marks = [getattr(step, "breath", "") for step in steps]
    long = [step for step in steps if isinstance(step, Pause) and 45 <= step.seconds <= 60]
    assert marks.count("in") == marks.count("out") >= 8
    assert len(long) >= 2


def test_a_generated_recording_is_measured_from_its_captions(tmp_path: Path) -> None:
    put(tmp_path, cues=[Cue(4, 30, "Feel your feet. " * 25), Cue(31, 60, "Let go.")])

    (row,) = paces(audio_in(tmp_path), None)

    (first, *_) = pace_findings([row])
    assert row.pace.words == 77
    assert not first.note
    assert str(first).startswith(f"{tmp_path / 'en' / 'calm-full-isabella.mp3'}: 6% is silence")
    assert "lengthen pauses in recordings/calm.md and run 'hearth recordings build'" in str(first)


def test_a_generated_recording_without_captions_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, cues=())

    assert list(paces(audio_in(tmp_path), None)) == []


def test_a_therapist_is_only_told(tmp_path: Path) -> None:
    put(tmp_path, own(), cues=[Cue(4, 299, "Feel your feet. " * 50)])

    (row,) = paces(audio_in(tmp_path), [replace(SOUND, speaking=200, longest=12)])

    assert row.pace == Pace(seconds=300, speaking=200, longest=12, words=150)
    (finding,) = pace_findings([row])
    assert finding.note
    assert "33% is silence" in finding.message
    assert "build" not in finding.message


def test_a_therapists_recording_that_cannot_be_measured_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, own())

    assert list(paces(audio_in(tmp_path), None)) == []
    assert list(paces(audio_in(tmp_path), ["it holds no sound"])) == []


def estimates_of(script: str, folder: Path, **more: bool) -> list[Paced]:
    return list(estimates([recording(script)], Wording([]), audio_in(folder), **more))


def test_a_script_is_estimated_for_each_voice_and_a_fault_is_named_once(tmp_path: Path) -> None:
    rows = estimates_of(TALKATIVE, tmp_path)

    findings = [str(finding) for finding in pace_findings(rows)]
    assert [row.voice_name for row in rows] == ["Isabella", "George"]
    assert all(row.is_estimate for row in rows)
    assert findings[0].startswith("recordings/calm.md: '## full' in the voice of Isabella (en): ")
    assert len([finding for finding in findings if "is silence" in finding]) == 1


def test_what_has_a_recording_of_its_present_words_is_not_estimated(tmp_path: Path) -> None:
    put(tmp_path)
    put(tmp_path, recorded(version="short", script_sha256="0" * 64), title="Calm (short)")

    rows = list(estimates([recording()], Wording([]), audio_in(tmp_path)))

    assert {row.version for row in rows} == {"short"}


def test_a_services_own_script_is_estimated_until_it_has_a_voice(tmp_path: Path) -> None:
    rows = estimates_of(TALKATIVE, tmp_path, own=True)

    assert all(finding.note for finding in pace_findings(rows))
    assert rows

    put(tmp_path, own(script_sha256=""))

    assert estimates_of(TALKATIVE, tmp_path, own=True) == []


def test_the_table_has_a_line_for_each_recording(tmp_path: Path) -> None:
    put(tmp_path, own(), cues=())
    rows = [*paces(audio_in(tmp_path), [replace(SOUND, speaking=90, longest=45)])]
    rows += estimates_of("## full\n\nSit.\n", tmp_path)

    head, therapist, *scripts = pace_table(rows).splitlines()

    assert head.split()[:5] == ["Recording", "Version", "Language", "Voice", "From"]
    assert therapist.split() == ["calm", "full", "en", "A.", "B.", "sound", "70%", "45"]
    assert all("script, estimated" in line for line in scripts)


@pytest.mark.usefixtures("small_working_copy")
def test_a_writer_sees_the_pace_before_anything_is_recorded(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hearth("check", "--scripts", "--content-dir", content) == 0

    out = capsys.readouterr().out
    assert out.count("script, estimated") == 4
    assert "1 scripts checked, 0 problems" in out
