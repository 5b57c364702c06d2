"""Levels: loudness of speech, true peak, one gain and a light limiter.

ITU-R BS.1770-4 for both measures, by pyloudnorm and by four-fold oversampling. Not ffmpeg's
loudnorm: it falls back to its dynamic mode without a word and lifts the hiss of long pauses.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hearth_cft.tools.recordings.extras import extra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE = 48_000
SPEECH_LUFS = -19.0
PEAK_DBTP = -2.0
# MP3 coding moves most peaks by less than this; mp3.finished looks after the others.
_MASTER_PEAK_DBTP = -3.0
_OVERSAMPLING = 4
_BLOCK = 10 * RATE
_MEASURED = 600 * RATE
_LOOK_AHEAD = RATE // 200
# Coding may move a sound by a few milliseconds.
_CODING_REACH = 2 * _LOOK_AHEAD
_WINDOW = RATE // 20
_NEAR_PEAK = 10 ** (-3.01 / 20)
# Longer than what the filters look at on either side.
_EDGE = 4 * _LOOK_AHEAD

Span = tuple[int, int]


class SilentError(Exception):
    """There is no speech to measure."""


def speech_loudness(samples: Samples, spans: Sequence[Span]) -> float:
    """LUFS of the speech alone; `spans` are its sample positions. Raises SilentError."""
    numpy = extra("numpy")
    speech = numpy.concatenate([samples[start:end] for start, end in spans] or [samples[:0]])
    # The measure looks at blocks of 0.4 s.
    if len(speech) < RATE // 2:
        raise SilentError("less than half a second of speech was found")
    # The measure takes many times the memory of what it measures: of long ones, every nth block.
    step = 1 + len(speech) // _MEASURED
    if step > 1:
        blocks = len(speech) // _BLOCK
        speech = speech[: blocks * _BLOCK].reshape(blocks, _BLOCK)[::step].reshape(-1)
    loudness = float(extra("pyloudnorm").Meter(RATE).integrated_loudness(speech))
    if not math.isfinite(loudness):
        raise SilentError("the recording is silent")
    return loudness


def true_peak(samples: Samples) -> float:
    """dBTP: the highest peak, also between samples.

    Looks between samples only near the highest of them: sound without anything above RATE / 4,
    as MP3s of ours are, can't rise by more than 3 dB there.
    """
    numpy = extra("numpy")
    windows = -(-len(samples) // _WINDOW)
    padded = numpy.pad(samples, (0, windows * _WINDOW - len(samples)))
    tops = numpy.abs(padded).reshape(windows, _WINDOW).max(axis=1, initial=0)
    highest = 0.0
    for number in numpy.flatnonzero(tops > tops.max(initial=0) * _NEAR_PEAK).tolist():
        start = number * _WINDOW
        before = min(_EDGE, start)
        # Sound that begins or ends abruptly swings there: only the middle counts.
        part = _peaks(samples[start - before : start + _WINDOW + _EDGE])
        highest = max(highest, float(part[before : before + _WINDOW].max()))
    return 20 * math.log10(highest) if highest else -math.inf


def levelled(samples: Samples, spans: Sequence[Span]) -> Samples:
    """Bring the speech to SPEECH_LUFS by one gain and its peaks under PEAK_DBTP."""
    gain = SPEECH_LUFS - speech_loudness(samples, spans)
    result = limited(samples, _MASTER_PEAK_DBTP, gain)
    # The limiter takes a little off, which a second look gives back.
    gain += SPEECH_LUFS - speech_loudness(result, spans)
    return limited(samples, _MASTER_PEAK_DBTP, gain)


def limited(samples: Samples, ceiling: float, gain: float = 0.0) -> Samples:
    """Amplify by `gain` dB, then turn down peaks above `ceiling` dBTP, some milliseconds each."""
    numpy = extra("numpy")
    factor = numpy.float32(10 ** (gain / 20))
    result: Samples = numpy.empty_like(samples)
    start = 0
    for part, inside in _blocks(samples):
        louder = part * factor
        kept = (louder * _reduction(_peaks(louder), 10 ** (ceiling / 20)))[inside]
        result[start : start + len(kept)] = kept
        start += len(kept)
    return result


def turned_down(samples: Samples, heard: Samples, ceiling: float) -> Samples:
    """Lower where `heard`, the same sound once it is coded, comes above `ceiling` dBTP."""
    result = samples.copy()
    start = 0
    for part, inside in _blocks(heard[: len(samples)]):
        kept = _reduction(_peaks(part), 10 ** (ceiling / 20), _CODING_REACH)[inside]
        result[start : start + len(kept)] *= kept
        start += len(kept)
    return result


def resampled(samples: Samples, rate: int) -> Samples:
    """From `rate` to RATE."""
    numpy = extra("numpy")
    common = math.gcd(rate, RATE)
    result: Samples = extra("scipy.signal").resample_poly(
        samples.astype(numpy.float32), RATE // common, rate // common
    )
    return result.astype(numpy.float32)


def _reduction(peaks: Samples, most: float, reach: int = _LOOK_AHEAD) -> Samples:
    numpy, ndimage = extra("numpy"), extra("scipy.ndimage")
    needed = numpy.minimum(1, most / numpy.maximum(peaks, most))
    # The lowest gain near each sample, then its mean: the mean of lowest ones is low enough.
    window = 2 * reach + 1
    lowest = ndimage.minimum_filter1d(needed, window, mode="nearest")
    result: Samples = ndimage.uniform_filter1d(lowest, window, mode="nearest")
    return result


def _peaks(part: Samples) -> Samples:
    """The highest level around each sample, also between it and the next."""
    numpy, signal = extra("numpy"), extra("scipy.signal")
    fine = numpy.abs(signal.resample_poly(part, _OVERSAMPLING, 1))
    result: Samples = fine.reshape(-1, _OVERSAMPLING).max(axis=1)
    return result


def _blocks(samples: Samples) -> Iterator[tuple[Samples, slice]]:
    """Parts that overlap, since an hour is large, and where in each its own samples are."""
    for start in range(0, len(samples), _BLOCK):
        before = min(_EDGE, start)
        length = min(_BLOCK, len(samples) - start)
        yield samples[start - before : start + length + _EDGE], slice(before, before + length)
