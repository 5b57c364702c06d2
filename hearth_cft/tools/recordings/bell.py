"""Build the soft bell that opens and closes a recording from its partials."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hearth_cft.tools.recordings.extras import extra
from hearth_cft.tools.recordings.sound import RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SECONDS = 4.0
_HERTZ = 262.0
# Partials of a struck bowl: frequency as a multiple of the lowest, level, and seconds until the
# level has fallen to 1/e.
_PARTIALS = ((1.0, 1.0, 1.5), (2.71, 0.42, 0.9), (5.2, 0.13, 0.45), (8.4, 0.04, 0.25))
# Each partial is two tones whose frequencies differ by this many hertz, so it beats slowly.
_BEATS_A_SECOND = 0.7
_ATTACK = 0.012
_RELEASE = 0.8
_PEAK = 0.1


@cache
def bell() -> NDArray[np.float32]:
    """Return SECONDS of sound at RATE. The peak is at -20 dB and both ends are silent."""
    numpy = extra("numpy")
    time = numpy.arange(round(SECONDS * RATE)) / RATE
    sound = numpy.zeros_like(time)
    for ratio, level, decay in _PARTIALS:
        for hertz in (_HERTZ * ratio, _HERTZ * ratio + _BEATS_A_SECOND):
            sound += level * numpy.exp(-time / decay) * numpy.sin(2 * numpy.pi * hertz * time)
    rise = numpy.clip(time / _ATTACK, 0, 1)
    fall = numpy.clip((SECONDS - time) / _RELEASE, 0, 1)
    sound *= numpy.sin(rise * numpy.pi / 2) ** 2 * numpy.sin(fall * numpy.pi / 2) ** 2
    result: NDArray[np.float32] = (sound * _PEAK / numpy.abs(sound).max()).astype(numpy.float32)
    result.flags.writeable = False  # the cache gives this array to every caller
    return result
