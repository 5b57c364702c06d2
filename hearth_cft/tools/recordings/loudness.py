"""Measure loudness by ITU-R BS.1770-4: K-weighting, and blocks of 0.4 s with two gates."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any

from hearth_cft.tools.recordings.extras import extra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

# The recommendation gives its filters for this rate alone: (numerator, denominator) of each.
RATE = 48_000
_FILTERS = (
    ((1.53512485958697, -2.69169618940638, 1.19839281085285),
     (1.0, -1.69065929318241, 0.73248077421585)),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)  # fmt: skip
_STEP = RATE // 10
_STEPS_A_BLOCK = 4
# The filters have died away after this many samples: less than 1e-10 is left.
_TAIL = _STEP
_PART = 100 * _STEP
_TRANSFORM = 2**19
_OFFSET = -0.691
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0


def loudness(samples: Samples) -> float:
    """Return the integrated loudness of mono samples at RATE in LUFS, or -inf for silence."""
    numpy = extra("numpy")
    steps = numpy.concatenate([_energies(part) for part in _parts(samples)] or [numpy.zeros(0)])
    count = len(steps) - _STEPS_A_BLOCK + 1
    if count < 1:
        return -math.inf
    blocks = sum(steps[n : n + count] for n in range(_STEPS_A_BLOCK)) / (_STEPS_A_BLOCK * _STEP)
    audible = blocks[blocks > _power(_ABSOLUTE_GATE)]
    if not len(audible):
        return -math.inf
    gate = max(_level(audible.mean()) + _RELATIVE_GATE, _ABSOLUTE_GATE)
    return _level(audible[audible > _power(gate)].mean())


def _parts(samples: Samples) -> list[Samples]:
    """Return parts of the sound, each with what comes before it, since a filter remembers that."""
    numpy = extra("numpy")
    padded = numpy.concatenate([numpy.zeros(_TAIL, samples.dtype), samples])
    return [padded[start : start + _TAIL + _PART] for start in range(0, len(samples), _PART)]


def _energies(part: Samples) -> Any:
    """Return the energy of each whole step of a part after its first samples, K-weighted."""
    numpy = extra("numpy")
    spectrum = numpy.fft.rfft(part, _TRANSFORM) * _response()
    weighted = numpy.fft.irfft(spectrum, _TRANSFORM)[_TAIL : len(part)]
    whole = len(weighted) // _STEP * _STEP
    return (weighted[:whole].reshape(-1, _STEP) ** 2).sum(axis=1)


@functools.cache
def _response() -> Any:
    """Return what the filters do to each frequency of a transform."""
    numpy = extra("numpy")
    delay = numpy.exp(-2j * math.pi * numpy.arange(_TRANSFORM // 2 + 1) / _TRANSFORM)
    response = numpy.ones(len(delay), complex)
    for above, below in _FILTERS:
        response *= (above[0] + above[1] * delay + above[2] * delay**2) / (
            below[0] + below[1] * delay + below[2] * delay**2
        )
    return response


def _level(power: float) -> float:
    return _OFFSET + 10 * math.log10(power) if power > 0 else -math.inf


def _power(level: float) -> float:
    return float(10 ** ((level - _OFFSET) / 10))
