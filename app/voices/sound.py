"""Levels: loudness of speech, true peak, one gain and a light limiter.

ITU-R BS.1770-4 for both measures, by pyloudnorm and by four-fold oversampling. Not ffmpeg's
loudnorm: it falls back to its dynamic mode without a word and lifts the hiss of long pauses.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.voices.extras import extra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE = 48_000
SPEECH_LUFS = -19.0
PEAK_DBTP = -2.0
# MP3 coding moves peaks by up to about 0.7 dB.
_MASTER_PEAK_DBTP = -3.0
_OVERSAMPLING = 4
_BLOCK = 10 * RATE
_EDGE = 64
_LOOK_AHEAD = RATE // 200

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
    loudness = float(extra("pyloudnorm").Meter(RATE).integrated_loudness(speech))
    if not math.isfinite(loudness):
        raise SilentError("the recording is silent")
    return loudness


def true_peak(samples: Samples) -> float:
    """dBTP: the highest peak, also between samples."""
    highest = max((float(peaks.max()) for peaks in _peaks(samples)), default=0.0)
    return 20 * math.log10(highest) if highest else -math.inf


def levelled(samples: Samples, spans: Sequence[Span]) -> Samples:
    """Bring the speech to SPEECH_LUFS by one gain and its peaks under PEAK_DBTP."""
    numpy = extra("numpy")
    gain = SPEECH_LUFS - speech_loudness(samples, spans)
    # The limiter takes a little off, which a second look gives back.
    for _ in range(2):
        louder = samples * numpy.float32(10 ** (gain / 20))
        result = limited(louder, _MASTER_PEAK_DBTP)
        gain += SPEECH_LUFS - speech_loudness(result, spans)
    return result


def limited(samples: Samples, ceiling: float) -> Samples:
    """Turn down, for some milliseconds each, the peaks above a ceiling in dBTP."""
    numpy, ndimage = extra("numpy"), extra("scipy.ndimage")
    most = 10 ** (ceiling / 20)
    blocks = [numpy.minimum(1, most / numpy.maximum(peaks, most)) for peaks in _peaks(samples)]
    if not blocks:
        return samples
    # The lowest gain near each sample, then its mean: the mean of lowest ones is low enough.
    window = 2 * _LOOK_AHEAD + 1
    lowest = ndimage.minimum_filter1d(numpy.concatenate(blocks), window, mode="nearest")
    gains = ndimage.uniform_filter1d(lowest, window, mode="nearest")
    result: Samples = (samples * gains).astype(numpy.float32)
    return result


def resampled(samples: Samples, rate: int) -> Samples:
    """From `rate` to RATE."""
    numpy = extra("numpy")
    common = math.gcd(rate, RATE)
    result: Samples = extra("scipy.signal").resample_poly(
        samples.astype(numpy.float32), RATE // common, rate // common
    )
    return result.astype(numpy.float32)


def _peaks(samples: Samples) -> Iterator[NDArray[np.float32]]:
    """The highest level around each sample, block by block, since an hour is large."""
    numpy, signal = extra("numpy"), extra("scipy.signal")
    for start in range(0, len(samples), _BLOCK):
        before = min(_EDGE, start)
        part = samples[start - before : start + _BLOCK + _EDGE]
        fine = numpy.abs(signal.resample_poly(part, _OVERSAMPLING, 1))
        peaks = fine.reshape(-1, _OVERSAMPLING).max(axis=1)
        yield peaks[before : before + min(_BLOCK, len(samples) - start)]
