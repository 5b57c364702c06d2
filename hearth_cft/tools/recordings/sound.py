"""Measure and set levels: loudness of speech, true peak, one gain and a light limiter.

Both measurements follow ITU-R BS.1770-4. Four-fold oversampling measures the true peak. ffmpeg's
loudnorm isn't used: it falls back to its dynamic mode without a warning, which raises the hiss of
long pauses.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hearth_cft.tools.recordings.extras import extra
from hearth_cft.tools.recordings.filters import lowest_near, mean_near, oversampled
from hearth_cft.tools.recordings.loudness import RATE as RATE
from hearth_cft.tools.recordings.loudness import loudness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

SPEECH_LUFS = -19.0
PEAK_DBTP = -2.0
# MP3 coding raises most peaks by less than the distance between this and PEAK_DBTP. mp3.finished
# turns the others down.
_MASTER_PEAK_DBTP = -3.0
_OVERSAMPLING = 4
_BLOCK = 10 * RATE
_MEASURED = 600 * RATE
_LOOK_AHEAD = RATE // 200
# Coding may shift a sound by a few milliseconds.
_CODING_REACH = 2 * _LOOK_AHEAD
_WINDOW = RATE // 20
_NEAR_PEAK = 10 ** (-3.01 / 20)
# The overlap of blocks in samples: longer than the reach of the filters on either side.
_EDGE = 4 * _LOOK_AHEAD

Span = tuple[int, int]


class SilentError(Exception):
    """There is no speech to measure."""


def speech_loudness(samples: Samples, spans: Sequence[Span]) -> float:
    """Return the loudness of the speech alone, in LUFS. Raises SilentError.

    `spans` are the sample positions at which the speech starts and ends.
    """
    numpy = extra("numpy")
    speech = numpy.concatenate([samples[start:end] for start, end in spans] or [samples[:0]])
    # The measurement uses blocks of 0.4 s.
    if len(speech) < RATE // 2:
        raise SilentError("less than half a second of speech was found")
    # Measuring needs many times the memory of the sound. Of long speech, measure every nth block.
    step = 1 + len(speech) // _MEASURED
    if step > 1:
        blocks = len(speech) // _BLOCK
        speech = speech[: blocks * _BLOCK].reshape(blocks, _BLOCK)[::step].reshape(-1)
    measured = loudness(speech)
    if not math.isfinite(measured):
        raise SilentError("the recording is silent")
    return measured


def true_peak(samples: Samples) -> float:
    """Return the highest peak in dBTP, including peaks between samples.

    Oversample only near the highest samples. If sound holds nothing above RATE / 4, as in Hearth's
    MP3s, its level between samples is at most 3 dB higher.
    """
    numpy = extra("numpy")
    windows = -(-len(samples) // _WINDOW)
    padded = numpy.pad(samples, (0, windows * _WINDOW - len(samples)))
    levels = numpy.abs(padded).reshape(windows, _WINDOW).max(axis=1, initial=0)
    highest = 0.0
    for number in numpy.flatnonzero(levels > levels.max(initial=0) * _NEAR_PEAK).tolist():
        start = number * _WINDOW
        before = min(_EDGE, start)
        # The oversampling filter rings at abrupt ends, so only the middle counts.
        part = _peaks(samples[start - before : start + _WINDOW + _EDGE])
        highest = max(highest, float(part[before : before + _WINDOW].max()))
    return 20 * math.log10(highest) if highest else -math.inf


def levelled(samples: Samples, spans: Sequence[Span]) -> Samples:
    """Bring the speech to SPEECH_LUFS with one gain, and the peaks under PEAK_DBTP.

    Raises SilentError.
    """
    gain = SPEECH_LUFS - speech_loudness(samples, spans)
    result = limited(samples, _MASTER_PEAK_DBTP, gain)
    # The limiter reduces the loudness a little. Measure again to correct the gain.
    gain += SPEECH_LUFS - speech_loudness(result, spans)
    return limited(samples, _MASTER_PEAK_DBTP, gain)


def limited(samples: Samples, ceiling: float, gain: float = 0.0) -> Samples:
    """Amplify by `gain` dB, then turn each peak above `ceiling` dBTP down for some milliseconds."""
    numpy = extra("numpy")
    factor = numpy.float32(10 ** (gain / 20))
    result: Samples = numpy.empty_like(samples)
    start = 0
    for part, inside in _blocks(samples):
        louder = part * factor
        limited_part = (louder * _reduction(_peaks(louder), 10 ** (ceiling / 20)))[inside]
        result[start : start + len(limited_part)] = limited_part
        start += len(limited_part)
    return result


def turned_down(samples: Samples, coded: Samples, ceiling: float) -> Samples:
    """Turn `samples` down where `coded`, the same sound after coding, is above `ceiling` dBTP."""
    result = samples.copy()
    start = 0
    for part, inside in _blocks(coded[: len(samples)]):
        gains = _reduction(_peaks(part), 10 ** (ceiling / 20), _CODING_REACH)[inside]
        result[start : start + len(gains)] *= gains
        start += len(gains)
    return result


def resampled(samples: Samples, rate: int) -> Samples:
    """Convert samples at `rate`, of which RATE is a multiple, to RATE."""
    return oversampled(samples.astype(extra("numpy").float32), RATE // rate)


def _reduction(peaks: Samples, most: float, reach: int = _LOOK_AHEAD) -> Samples:
    """Return a gain for each sample that keeps `peaks` at or below `most`.

    The gain changes gradually around a peak. `reach` is half the width of the two filters that
    smooth it, in samples.
    """
    numpy = extra("numpy")
    needed = numpy.minimum(1, most / numpy.maximum(peaks, most))
    # Take the lowest gain near each sample, then the mean of these lowest gains. At a peak all of
    # them are low enough, so their mean is too.
    return mean_near(lowest_near(needed, reach), reach)


def _peaks(part: Samples) -> Samples:
    """Return the highest level at each sample and between it and the next."""
    fine = abs(oversampled(part, _OVERSAMPLING))
    result: Samples = fine.reshape(-1, _OVERSAMPLING).max(axis=1)
    return result


def _blocks(samples: Samples) -> Iterator[tuple[Samples, slice]]:
    """Yield overlapping parts, each with the slice that holds its own samples.

    Parts save memory: an hour of sound is large.
    """
    for start in range(0, len(samples), _BLOCK):
        before = min(_EDGE, start)
        length = min(_BLOCK, len(samples) - start)
        yield samples[start - before : start + length + _EDGE], slice(before, before + length)
