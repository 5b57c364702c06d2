"""Processing of the voice model's sound, with generated tones in place of a voice."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hearth_cft.tools.recordings.model import cache_folder, unpack_voices
from hearth_cft.tools.recordings.speakers import Speaker
from hearth_cft.tools.recordings.speech import Voice
from hearth_cft.tools.recordings.stops import RATE, STOPS, SpeechError, lengthen_stops

FRAME = 600
TONE = np.sin(np.arange(FRAME) * 2 * np.pi * 200 / RATE).astype(np.float32)
QUIET = np.zeros(FRAME, np.float32)


def spoken(letters: str, frames: int = 4) -> tuple[Any, list[int]]:
    """Return a tone for each letter and silence for each mark or space, as the network does.

    Also return the sample position at which each part ends.
    """
    parts = [QUIET, *(QUIET if letter in ", ." else TONE for letter in letters), QUIET]
    samples = np.concatenate([np.tile(part, frames) for part in parts])
    return samples, [(number + 1) * frames * FRAME for number in range(len(parts))]


def silences(samples: Any) -> list[float]:
    """Return the length of each silence between sounds in seconds, if it is over 0.1 s."""
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    gaps = np.diff(loud)
    return [round(float(gap) / RATE, 2) for gap in gaps if gap > RATE // 10]


def test_a_comma_gets_its_time() -> None:
    samples, ends = spoken("ab, cd.")

    result = lengthen_stops(samples, "ab, cd.", ends)

    assert silences(result) == [pytest.approx(STOPS[","], abs=0.03)]


def test_a_full_stop_between_sentences_gets_more_than_a_comma() -> None:
    samples, ends = spoken("ab. cd, ef.")

    result = lengthen_stops(samples, "ab. cd, ef.", ends)

    assert silences(result) == [
        pytest.approx(STOPS["."], abs=0.03),
        pytest.approx(STOPS[","], abs=0.03),
    ]


def test_a_comma_that_was_long_enough_is_left_alone() -> None:
    samples, ends = spoken("ab, cd.", frames=16)

    result = lengthen_stops(samples, "ab, cd.", ends)

    assert silences(result) == [pytest.approx(0.8, abs=0.03)]


def test_a_comma_in_running_sound_is_cut_open_without_a_click() -> None:
    samples, ends = spoken("ab, cd.")
    loud = np.concatenate([QUIET, QUIET, QUIET, QUIET, np.tile(TONE, 20), *[QUIET] * 8])
    samples = loud[: len(samples)]

    result = lengthen_stops(samples, "ab, cd.", ends)

    assert silences(result) == [pytest.approx(STOPS[","], abs=0.03)]
    assert np.abs(np.diff(result)).max() < 0.1


def test_a_grunt_before_the_first_sound_is_cut_off() -> None:
    samples, ends = spoken("ab.", frames=16)
    grunt = ends[0] - int(0.15 * RATE)
    samples[grunt : grunt + FRAME] = TONE

    result = lengthen_stops(samples, "ab.", ends)

    assert len(result) / RATE == pytest.approx(2 * 16 * FRAME / RATE, abs=0.13)


def test_silence_is_not_speech() -> None:
    with pytest.raises(SpeechError, match="no sound"):
        lengthen_stops(np.zeros(6000, np.float32), "ab", [600, 1200, 1800, 6000])


def hissing(letters: str, place: int) -> tuple[Any, list[int]]:
    """Return `spoken` with a faint hiss of 0.1 s in place of the letter at index `place`."""
    samples, ends = spoken(letters)
    time = np.arange(ends[place], ends[place + 1]) / RATE
    samples[ends[place] : ends[place + 1]] = 0.1 * np.sin(2 * np.pi * 6000 * time)
    return samples, ends


def hiss(samples: Any) -> float:
    """Return the seconds of hiss in the sound."""
    parts = samples[: len(samples) // 240 * 240].reshape(-1, 240)
    high = np.abs(np.fft.rfft(parts * np.hanning(240)))[:, 40:]
    return float((high.max(axis=1) > 1).sum() / 100)


@pytest.mark.parametrize(
    ("letters", "place", "seconds"),
    [
        ("an, cd.", 2, 0),
        ("as, cd.", 2, 0.1),
        ("at, cd.", 2, 0.07),
        ("ana.", 3, 0),
        ("ans.", 3, 0.1),
        ("ant.", 3, 0.07),
    ],
)
def test_hiss_before_a_mark_is_left_only_to_consonants_that_hiss(
    letters: str, place: int, seconds: float
) -> None:
    samples, ends = hissing(letters, place)

    result = lengthen_stops(samples, letters, ends)

    assert hiss(result) == pytest.approx(seconds, abs=0.021)


def test_hiss_that_is_cut_off_becomes_part_of_the_quiet() -> None:
    samples, ends = hissing("an, cd.", 2)

    result = lengthen_stops(samples, "an, cd.", ends)

    assert silences(result) == [pytest.approx(STOPS[","], abs=0.03)]


def test_the_next_consonant_keeps_its_attack() -> None:
    samples, ends = hissing("an, sa.", 2)
    start, end = ends[2], ends[4]
    time = np.arange(start, end) / RATE
    samples[start:end] = 0.1 * np.sin(2 * np.pi * 6000 * time)
    samples[start + FRAME * 3 : start + FRAME * 4] *= 0.5

    result = lengthen_stops(samples, "an, sa.", ends)

    assert 0.13 <= hiss(result) <= 0.18


class FakeSession:
    """A fake network session. It returns the sound of `spoken`."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        self.given: dict[str, Any] = {}

    def run(self, _: None, given: dict[str, Any]) -> tuple[Any, Any]:
        self.given = given
        samples, ends = spoken(self.letters)
        return samples, np.diff([0, *ends]) / FRAME


def make_voice(letters: str, session: FakeSession) -> Voice:
    style = np.arange(510 * 256, dtype=np.float32).reshape(510, 1, 256)
    tokens = {letter: number for number, letter in enumerate("ab,. ", 1)}
    speaker = Speaker("test", "Test", "en", "bf_test", 0.72, 0.6, 0.08)
    return Voice(speaker, session, tokens, style, lambda text: letters)


def test_a_phrase_is_one_call_between_zeros_with_the_style_of_its_length() -> None:
    session = FakeSession("ab, ab.")
    voice = make_voice("ab, ab.", session)

    voice.say("whatever")

    assert session.given["tokens"].tolist() == [[0, 1, 2, 3, 5, 1, 2, 4, 0]]
    assert session.given["style"][0, 0] == 7 * 256
    assert session.given["speed"] == pytest.approx(0.72)


@pytest.mark.parametrize(
    ("letters", "message"),
    [("aχb", "no sound for χ"), ("  ", "nothing to say"), ("a" * 510, "long")],
)
def test_what_the_voice_cannot_say_is_refused(letters: str, message: str) -> None:
    with pytest.raises(SpeechError, match=message):
        make_voice(letters, FakeSession(letters)).say("whatever")


def test_only_voices_are_taken_out_of_the_npm_package(tmp_path: Path) -> None:
    tarball = tmp_path / "voices.tgz"
    names = ["package/voices/bf_a.bin", "package/dist/big.js", "package/voices/../../../evil.bin"]
    with tarfile.open(tarball, "w:gz") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = 3
            archive.addfile(member, io.BytesIO(b"abc"))
    target = tmp_path / "cache"
    target.mkdir()

    unpack_voices(tarball, target)

    assert [file.name for file in target.iterdir()] == ["bf_a.bin"]


def test_the_voices_are_cached_where_the_user_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    assert cache_folder() == tmp_path / "hearth" / "kokoro-js-1.2.1"
