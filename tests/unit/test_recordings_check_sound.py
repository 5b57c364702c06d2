"""What `hearth recordings check` measures in files with real sound."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hearth_cft.library.audio import Audio, load_audio
from hearth_cft.tools.recordings import mp3, sound
from hearth_cft.tools.recordings.captions import Cue
from hearth_cft.tools.recordings.check_sound import measure, measure_all, problems
from hearth_cft.tools.recordings.files import keep
from hearth_cft.tools.recordings.labels import demonstration
from hearth_cft.tools.recordings.sound import RATE
from hearth_cft.tools.recordings.tags import Tags
from tests.unit.recording_files import recorded
from tests.unit.test_recordings_sound import quiet, voice

CUES = (Cue(1, 3, "Sit down."), Cue(5, 7, "Stand up."))


@functools.cache
def levelled() -> Any:
    """Return two seconds of noise at each cue, at the loudness of a finished recording."""
    spans = [(RATE, 3 * RATE), (5 * RATE, 7 * RATE)]
    samples = np.concatenate([quiet(1), voice(2), quiet(2), voice(2), quiet(1)])
    return sound.levelled(samples, spans)


def put(folder: Path, *, gain: float = 1, **changes: Any) -> Audio:
    """Write a recording with two seconds of noise at each cue."""
    samples = levelled() * np.float32(gain)
    tags = Tags("Calm", "Isabella", "eng", "MIT", demonstration("en"))
    cues = changes.pop("cues", CUES)
    about = recorded(**{"seconds": 8.0, **changes})
    keep(folder, about, mp3.encoded(samples, tags), cues)
    return load_audio([folder])[0][0]


def test_a_good_recording_is_within_its_limits(tmp_path: Path) -> None:
    audio = put(tmp_path)

    measures = measure(audio.path, CUES)

    assert problems(audio, *measure_all([audio])) == []
    assert measures.seconds == pytest.approx(8, abs=0.1)
    assert measures.loudness == pytest.approx(-19, abs=0.3)
    assert measures.drift is not None
    assert measures.drift < 0.1
    assert (measures.speaking, measures.longest) == (4, 2)


def test_the_silences_of_a_recording_without_exact_captions_are_heard(tmp_path: Path) -> None:
    measures = measure(put(tmp_path).path, ())

    assert measures.speaking == pytest.approx(4, abs=0.2)
    assert measures.longest == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"gain": 0.5}, "LUFS, not -19"),
        ({"gain": 1.6}, "true peak"),
        ({"gain": 9}, "clipped"),
        ({"seconds": 12.0}, "its .json says 12.0 s"),
        ({"cues": (Cue(1.4, 3, "Sit down."), CUES[1])}, "away from its voice"),
    ],
)
def test_sound_beyond_its_limits_is_named(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    audio = put(tmp_path, **changes)

    assert any(message in problem for problem in problems(audio, *measure_all([audio])))


def test_the_cues_of_a_therapist_may_be_a_little_off(tmp_path: Path) -> None:
    audio = put(tmp_path, generated=False, cues=(Cue(1.4, 3, "Sit down."), CUES[1]))

    assert problems(audio, *measure_all([audio])) == []


def test_a_bit_rate_that_varies_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audio = put(tmp_path)
    monkeypatch.setattr(mp3, "_BIT_RATE", 32_000)
    other = put(tmp_path / "other").path.read_bytes()
    first_frame = other.index(b"\xff\xf3")
    audio.path.write_bytes(audio.path.read_bytes() + other[first_frame:])

    assert any(
        "its bit rate varies" in problem for problem in problems(audio, *measure_all([audio]))
    )


def test_a_file_without_sound_is_named(tmp_path: Path) -> None:
    audio = put(tmp_path)
    audio.path.write_bytes(b"no sound")

    assert "can't be measured" in problems(audio, *measure_all([audio]))[0]


def test_a_silent_file_is_named(tmp_path: Path) -> None:
    audio = put(tmp_path)
    tags = Tags("Calm", "Isabella", "eng", "MIT")
    audio.path.write_bytes(mp3.encoded(quiet(8), tags))

    assert "silent" in problems(audio, *measure_all([audio]))[0]


def test_many_files_are_measured_in_processes_each_to_its_own(tmp_path: Path) -> None:
    audio = [
        put(tmp_path / str(number), gain=gain) for number, gain in enumerate((1, 0.5, 0.25, 0.7, 1))
    ]
    audio[2].path.write_bytes(b"no sound")

    outcomes = measure_all(audio)

    assert isinstance(outcomes[2], str)
    levels = [outcome.loudness for outcome in outcomes if not isinstance(outcome, str)]
    assert levels == pytest.approx([-19, -25, -22.1, -19], abs=0.3)
