"""Levels, the bell, MP3 files and the timeline of phrases, with sound that the tests generate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from hearth_cft.library.script import Pause, Phrase
from hearth_cft.tools.recordings import mp3, sound
from hearth_cft.tools.recordings.bell import SECONDS, bell
from hearth_cft.tools.recordings.sound import PEAK_DBTP, RATE, SilentError
from hearth_cft.tools.recordings.tags import Tags, read_tags
from hearth_cft.tools.recordings.timeline import BREATH, lay_out

TAGS = Tags("Calm", "Test", "eng", "MIT", "made by a test")


def voice(seconds: float, level: float = 0.1) -> Any:
    """Return noise below 4 kHz that gets louder four times a second, roughly like syllables.

    The noise is the same at each call with the same arguments.
    """
    maker = np.random.default_rng(7)
    time = np.arange(round(seconds * RATE)) / RATE
    noise = np.convolve(maker.standard_normal(len(time)), np.hanning(24) / 3, "same")
    return (noise * (0.15 + np.sin(4 * np.pi * time) ** 2) * level).astype(np.float32)


def quiet(seconds: float) -> Any:
    return np.zeros(round(seconds * RATE), np.float32)


@pytest.mark.parametrize("level", [0.005, 0.1, 0.8])
def test_speech_comes_out_at_minus_19_lufs_whatever_its_level_was(level: float) -> None:
    samples = np.concatenate([quiet(8), voice(3, level), quiet(20)])
    spans = [(8 * RATE, 11 * RATE)]

    result = sound.levelled(samples, spans)

    assert sound.speech_loudness(result, spans) == pytest.approx(-19, abs=0.3)
    assert sound.true_peak(result) <= PEAK_DBTP


def test_speech_of_a_quarter_of_an_hour_is_measured_in_part_and_as_well() -> None:
    minute = voice(60)
    long = np.tile(minute, 15)

    loudness = sound.speech_loudness(long, [(0, len(long))])

    assert loudness == pytest.approx(sound.speech_loudness(minute, [(0, len(minute))]), abs=0.2)


def test_silence_cannot_be_levelled() -> None:
    with pytest.raises(SilentError):
        sound.levelled(quiet(2), [(0, 2 * RATE)])


def test_less_than_half_a_second_of_speech_cannot_be_levelled() -> None:
    with pytest.raises(SilentError):
        sound.levelled(voice(3), [(0, RATE // 4)])


def test_the_limiter_lowers_peaks_and_leaves_the_rest_alone() -> None:
    samples = voice(25, 0.05)
    samples[20 * RATE] = 1.5

    result = sound.limited(samples, -3)

    assert sound.true_peak(result) <= -2.99
    assert np.array_equal(result[: 19 * RATE], samples[: 19 * RATE])
    assert np.array_equal(result[21 * RATE :], samples[21 * RATE :])


def test_a_true_peak_is_seen_between_samples() -> None:
    # A sine at a quarter of the sample rate, sampled 45 degrees off its peaks. The highest sample
    # is 3 dB below the true peak.
    samples = np.sin(np.arange(RATE) * np.pi / 2 + np.pi / 4).astype(np.float32)

    assert np.abs(samples).max() == pytest.approx(0.707, abs=0.001)
    assert sound.true_peak(samples) == pytest.approx(0, abs=0.2)


def test_the_bell_is_soft_and_silent_at_both_ends() -> None:
    ring = bell()

    assert len(ring) == SECONDS * RATE
    assert np.abs(ring).max() == pytest.approx(0.1, abs=0.001)
    assert abs(ring[0]) < 1e-6
    assert abs(ring[-1]) < 1e-6


def test_an_mp3_keeps_length_and_level_and_says_what_it_is(tmp_path: Path) -> None:
    samples = sound.levelled(voice(4), [(0, 4 * RATE)])
    file = tmp_path / "a.mp3"

    file.write_bytes(mp3.encoded(samples, TAGS))
    again = mp3.decoded(file)

    assert len(again) == pytest.approx(len(samples), abs=RATE // 10)
    assert sound.true_peak(again) <= PEAK_DBTP
    assert read_tags(file) == TAGS


def test_a_second_of_silence_has_as_many_bytes_as_a_second_of_speech(tmp_path: Path) -> None:
    file = tmp_path / "a.mp3"
    samples = np.concatenate((voice(2), np.zeros(4 * RATE, np.float32), voice(2)))

    file.write_bytes(mp3.encoded(samples, TAGS))

    with av.open(str(file)) as container:
        sizes = {packet.size for packet in container.demux(audio=0) if packet.size}
    assert len(sizes) == 1


def test_what_would_be_large_gets_a_lower_bit_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = voice(4)
    usual = mp3.encoded(samples, TAGS)

    monkeypatch.setattr(mp3, "_LARGE", len(usual) // 2)

    assert len(mp3.encoded(samples, TAGS)) == pytest.approx(len(usual) * 5 / 6, rel=0.01)


def test_the_same_sound_makes_the_same_mp3() -> None:
    samples = voice(2)

    assert mp3.encoded(samples, TAGS) == mp3.encoded(samples, TAGS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such file"),
        (b"", "empty"),
        (b"not sound" * 500, "not a sound file"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00", "not a sound file"),
    ],
)
def test_a_file_that_is_no_sound_is_refused(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    file = tmp_path / "a.mp3"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(mp3.SoundFileError, match=message):
        mp3.decoded(file)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(mp3.SoundFileError, match="folder"):
        mp3.decoded(tmp_path)


def test_phrases_and_pauses_follow_each_other_exactly() -> None:
    lengths = {"one": 1.5, "two": 2.0, "three": 1.0}
    steps: list[Phrase | Pause] = [
        Phrase("one", 1),
        Pause(3, 2),
        Phrase("two", 3),
        Phrase("three", 4),
        Pause(1, 5),
    ]

    master = lay_out(steps, lambda text: voice(lengths[text]))

    first = master.cues[0].start
    assert [cue.text for cue in master.cues] == ["one", "two", "three"]
    assert [round(cue.start - first, 3) for cue in master.cues] == [0, 4.5, 6.5 + BREATH]
    assert [round(cue.end - cue.start, 3) for cue in master.cues] == [1.5, 2.0, 1.0]
    assert first > SECONDS
    assert master.seconds > master.cues[-1].end + 1 + SECONDS


def test_the_voice_is_where_the_cues_say() -> None:
    master = lay_out([Phrase("one", 1), Pause(4, 2), Phrase("two", 3)], lambda _: voice(2))

    for cue in master.cues:
        start, end = round(cue.start * RATE), round(cue.end * RATE)
        assert np.abs(master.samples[start - RATE // 2 : start]).max() < 0.02
        assert np.abs(master.samples[start:end]).max() > 0.1


def test_a_peak_that_coding_raises_is_turned_down(tmp_path: Path) -> None:
    samples = voice(4)
    samples *= 10 ** (PEAK_DBTP / 20) / np.abs(samples).max()
    plain, finished = tmp_path / "plain.mp3", tmp_path / "finished.mp3"

    plain.write_bytes(mp3.encoded(samples, TAGS))
    finished.write_bytes(mp3.finished(samples, TAGS))

    assert sound.true_peak(mp3.decoded(plain)) > PEAK_DBTP + 0.3
    assert PEAK_DBTP - 1.5 < sound.true_peak(mp3.decoded(finished)) <= PEAK_DBTP + 0.02


def test_sound_with_room_to_spare_is_only_encoded() -> None:
    samples = voice(2, 0.02)

    assert mp3.finished(samples, TAGS) == mp3.encoded(samples, TAGS)


def test_a_true_peak_is_the_same_however_the_sound_is_cut_for_measuring() -> None:
    time = np.arange(RATE) / RATE
    samples = (0.5 * np.sin(2 * np.pi * 1000 * time)).astype(np.float32)
    samples *= np.hanning(len(samples)).astype(np.float32)

    assert sound.true_peak(samples) == pytest.approx(-6.02, abs=0.02)
