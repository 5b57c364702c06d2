"""What `hearth recordings add` says about sound that levelling can't mend."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from hearth_cft.tools.recordings.align import speech_spans
from hearth_cft.tools.recordings.flaws import flaws
from hearth_cft.tools.recordings.sound import RATE, SilentError, speech_loudness
from tests.unit.test_recordings_sound import quiet, voice


def spoken(level: float = 0.1) -> Any:
    return np.concatenate([quiet(1), voice(4, level), quiet(3), voice(4, level), quiet(1)])


def hiss(level: float) -> Any:
    noise = np.random.default_rng(5).standard_normal(len(spoken()))
    return (noise * level).astype(np.float32)


def found(samples: Any) -> list[str]:
    return list(flaws(samples, speech_spans(samples)))


@pytest.mark.parametrize("level", [0.02, 0.1])
def test_a_good_recording_has_none(level: float) -> None:
    assert found(spoken(level)) == []
    assert found(spoken(level) + hiss(level / 1_000)) == []


def test_much_that_is_cut_off_is_said_with_its_share() -> None:
    samples = np.clip(spoken(1.5), -1, 1)

    (flaw,) = found(samples)

    share = int(flaw.partition("%")[0])
    spans = sum(end - start for start, end in speech_spans(samples))
    assert share == pytest.approx(100 * (np.abs(samples) >= 0.97).sum() / spans, abs=1)
    assert share > 10
    assert "cut off at full level (clipped) and will crackle; turn the microphone down" in flaw


def test_a_few_peaks_that_are_cut_off_are_said() -> None:
    samples = spoken(0.1)
    samples[2 * RATE : 2 * RATE + 400] = 1

    assert found(samples) == [
        "a few loud moments are cut off at full level (clipped) and may crackle"
    ]


def test_a_voice_at_minus_46_is_said_with_what_becomes_of_it() -> None:
    samples = spoken()
    spans = speech_spans(samples)
    samples *= 10 ** ((-46 - speech_loudness(samples, spans)) / 20)

    (flaw,) = found(samples)

    assert flaw.startswith("the voice is very quiet (-46 LUFS). It is made 27 dB louder")


def test_noise_in_the_pauses_is_said_with_its_distance() -> None:
    (flaw,) = found(spoken(0.1) + hiss(0.01))

    assert flaw.startswith("there is noise in the pauses, only ")
    assert "dB below the voice; record in a quiet room" in flaw


def test_noise_without_a_voice_is_said() -> None:
    assert found(hiss(0.1)) == [
        "it is about as loud all the time; is it noise or music rather than a voice?"
    ]


def test_silence_has_no_flaws_but_no_speech() -> None:
    with pytest.raises(SilentError):
        found(quiet(6))
