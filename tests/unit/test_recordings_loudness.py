"""Our own filters and loudness, compared with SciPy, pyloudnorm and the recommendation."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyloudnorm
import pytest
from scipy import ndimage, signal

from hearth_cft.tools.recordings.filters import lowest_near, mean_near, oversampled
from hearth_cft.tools.recordings.loudness import RATE, loudness
from tests.unit.test_recordings_sound import quiet, voice


def noise(count: int) -> Any:
    return np.random.default_rng(3).standard_normal(count).astype(np.float32)


@pytest.mark.parametrize("times", [2, 4])
@pytest.mark.parametrize("count", [1, 5, 30, 4_001])
def test_samples_between_samples_are_those_of_scipy(times: int, count: int) -> None:
    samples = noise(count)

    expected = signal.resample_poly(samples, times, 1)

    assert oversampled(samples, times) == pytest.approx(expected, abs=1e-5)


def test_no_samples_have_none_between_them() -> None:
    assert len(oversampled(noise(0), 4)) == 0


@pytest.mark.parametrize("reach", [1, 7, 240])
@pytest.mark.parametrize("count", [1, 15, 2_000])
def test_lowest_and_mean_of_neighbours_are_those_of_scipy(reach: int, count: int) -> None:
    values = noise(count)
    width = 2 * reach + 1

    lowest = ndimage.minimum_filter1d(values, width, mode="nearest")
    mean = ndimage.uniform_filter1d(values, width, mode="nearest")

    assert np.array_equal(lowest_near(values, reach), lowest)
    assert mean_near(values, reach) == pytest.approx(mean, abs=1e-5)


def test_a_full_tone_of_997_hertz_is_at_minus_3_lufs() -> None:
    """ITU-R BS.1770-4: 0 dBFS in one channel reads -3.01 LKFS."""
    tone = np.sin(2 * np.pi * 997 * np.arange(10 * RATE) / RATE).astype(np.float32)

    assert loudness(tone) == pytest.approx(-3.01, abs=0.01)
    assert loudness(tone / 10) == pytest.approx(-23.01, abs=0.01)


@pytest.mark.parametrize("seconds", [0.5, 4, 25])
def test_speech_is_as_loud_as_pyloudnorm_says(seconds: float) -> None:
    samples = np.concatenate([voice(seconds, 0.05), quiet(3), voice(1, 0.001)])

    expected = pyloudnorm.Meter(RATE).integrated_loudness(samples)

    assert loudness(samples) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("samples", [quiet(0), quiet(0.3), quiet(2), voice(2, 1e-6)])
def test_silence_has_no_loudness(samples: Any) -> None:
    assert loudness(samples) == -math.inf
