"""Say in words what is wrong with a person's recording, and what to do about it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hearth_cft.tools.recordings.align import frame_levels
from hearth_cft.tools.recordings.extras import extra
from hearth_cft.tools.recordings.sound import RATE, SPEECH_LUFS, Span, speech_loudness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

# Decoding rounds the edges of what was cut off.
_FULL_SCALE = 0.97
# Shares of the samples of the speech. A voice that isn't cut off is this loud for less.
_A_LITTLE_CLIPPED = 0.0002
_MUCH_CLIPPED = 0.01
_QUIET_LUFS = -40.0
# Decibels from the quiet to the loud moments, and from the voice down to what is in the pauses.
_STEADY = 12
_NOISY = 25
_SHORTEST_PAUSES = RATE // 2


def flaws(samples: Samples, spans: Sequence[Span]) -> Iterator[str]:
    """Yield each flaw that levelling can't mend. `spans` are the stretches of speech.

    Raises SilentError.
    """
    loudness = speech_loudness(samples, spans)
    yield from _clipping(samples, spans)
    if loudness < _QUIET_LUFS:
        gain = SPEECH_LUFS - loudness
        yield (
            f"the voice is very quiet ({loudness:.0f} LUFS). It is made {gain:.0f} dB louder, and "
            "so is the hiss; speak closer to the microphone, or turn it up"
        )
    yield from _noise(samples, spans)


def _clipping(samples: Samples, spans: Sequence[Span]) -> Iterator[str]:
    numpy = extra("numpy")
    spoken = sum(end - start for start, end in spans)
    share = int((numpy.abs(samples) >= _FULL_SCALE).sum()) / spoken
    if share >= _MUCH_CLIPPED:
        yield (
            f"{share:.0%} of the speech is cut off at full level (clipped) and will crackle; turn "
            "the microphone down and record it again"
        )
    elif share >= _A_LITTLE_CLIPPED:
        yield "a few loud moments are cut off at full level (clipped) and may crackle"


def _noise(samples: Samples, spans: Sequence[Span]) -> Iterator[str]:
    numpy = extra("numpy")
    quiet, loud = numpy.percentile(frame_levels(samples), (5, 95))
    if loud - quiet < _STEADY:
        yield "it is about as loud all the time; is it noise or music rather than a voice?"
        return
    is_pause = numpy.ones(len(samples), bool)
    for start, end in spans:
        is_pause[start:end] = False
    pauses = samples[is_pause]
    if len(pauses) < _SHORTEST_PAUSES:
        return
    distance = _decibels(samples[~is_pause]) - _decibels(pauses)
    if distance < _NOISY:
        yield (
            f"there is noise in the pauses, only {distance:.0f} dB below the voice; record in a "
            "quiet room, closer to the microphone"
        )


def _decibels(samples: Samples) -> float:
    power = float((samples.astype(float) ** 2).mean())
    return 10 * math.log10(power + 1e-12)
