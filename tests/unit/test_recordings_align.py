"""Finding speech in a recording, and assigning paragraphs to it."""

from __future__ import annotations

import numpy as np
import pytest

from hearth_cft.tools.recordings.align import cues_for, speech_spans
from hearth_cft.tools.recordings.sound import RATE
from tests.unit.test_recordings_sound import quiet, voice


def seconds(*pairs: tuple[float, float]) -> list[tuple[int, int]]:
    return [(round(start * RATE), round(end * RATE)) for start, end in pairs]


@pytest.mark.parametrize("hiss", [0.0, 0.0005])
def test_speech_is_found_between_silences_and_in_hiss(hiss: float) -> None:
    samples = np.concatenate([quiet(2), voice(3), quiet(4), voice(1.5), quiet(2)])
    samples = samples + np.random.default_rng(3).standard_normal(len(samples)) * hiss

    spans = speech_spans(samples.astype(np.float32))

    times = [(start / RATE, end / RATE) for start, end in spans]
    assert times == [
        pytest.approx((2, 5), abs=0.15),
        pytest.approx((9, 10.5), abs=0.15),
    ]


def test_silence_has_no_speech() -> None:
    assert speech_spans(quiet(3)) == []
    assert speech_spans(quiet(0)) == []


def test_paragraphs_end_at_the_long_silences() -> None:
    # Two sentences, a long pause, one sentence, a long pause, two sentences.
    spans = seconds((0, 3), (3.6, 6), (14, 17), (27, 30), (30.5, 33))
    texts = ["a" * 80, "b" * 45, "c" * 85]

    cues = cues_for(texts, spans)

    assert [(cue.start, cue.end) for cue in cues] == [(0, 6), (14, 17), (27, 33)]


def test_length_decides_where_silences_are_alike() -> None:
    spans = seconds((0, 2), (3, 5), (6, 8), (9, 11))

    cues = cues_for(["a" * 20, "b" * 60], spans)

    assert [(cue.start, cue.end) for cue in cues] == [(0, 2), (3, 11)]


def test_a_recording_without_silences_is_shared_by_length() -> None:
    cues = cues_for(["a" * 10, "b" * 30], seconds((1, 9)))

    assert [(cue.start, cue.end) for cue in cues] == [(1, 3), (3, 9)]


def test_an_hour_of_paragraphs_is_quick_and_in_order() -> None:
    spans = seconds(*((at * 3.0, at * 3.0 + 2.2) for at in range(1200)))

    cues = cues_for(["words " * 10] * 60, spans)

    starts = [cue.start for cue in cues]
    assert starts == sorted(set(starts))
    assert cues[-1].end == pytest.approx(1199 * 3 + 2.2)
