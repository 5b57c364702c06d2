"""Lengthen the silence at punctuation marks in a phrase, and remove hiss after sounds.

Measured: the voices pause for 0.1 s at a comma, which is too short to follow with closed eyes.
The network returns how long each sound lasts, so the silence goes exactly where the comma is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hearth_cft.tools.recordings.extras import extra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE = 24_000
# Seconds of silence at a punctuation mark inside a phrase. They bring the voices, which say about
# 190 words a minute, down to about 110, which can be followed with closed eyes.
STOPS = {",": 0.7, ";": 1.0, ":": 1.0, "—": 1.0, "…": 1.4, ".": 1.7, "?": 1.7, "!": 1.7}
_FADE = int(0.012 * RATE)
_EDGE = int(0.03 * RATE)
# Fractions of the highest power: 40 dB and 30 dB below it.
_SILENT = 1e-4
_FAINT = 1e-3
# Sounds in _HISSING are all hiss. Sounds in _OWN_HISS end with this many samples of hiss. In any
# other sound, hiss is a fault.
_HISSING = frozenset("hsvxzçðɣɸʁʂʃʒʝβχʣʤʦʧ")
_OWN_HISS = {**dict.fromkeys("bdkptɡ", int(0.07 * RATE)), **dict.fromkeys("fθ", int(0.12 * RATE))}
# A hiss has more than this fraction of its power above 4 kHz, a voice has less.
_HISS_HERTZ = 4000
_HISS_SHARE = 0.2
_ATTACK = int(0.05 * RATE)
# A slow voice may grunt just before its first sound, so that "breathing in" sounds like "a
# breathing in". The phrase is cut between these two numbers of samples before the first sound.
_BEFORE_FIRST_SOUND = (int(0.09 * RATE), int(0.02 * RATE))


class SpeechError(Exception):
    """A phrase can't be spoken. The message says why."""


def lengthen_stops(samples: Samples, letters: str, ends: list[int]) -> Samples:
    """Trim both ends, and lengthen the silence at each punctuation mark inside the phrase.

    `ends` are the sample positions at which sounds end: first the silence before the phrase, then
    one position for each letter, then the silence after the phrase. Raises SpeechError if there is
    no sound.
    """
    numpy = extra("numpy")
    quiet, faint = _quiet(samples), _quiet(samples, _FAINT)
    loud = numpy.flatnonzero(~quiet)
    if not loud.size:
        raise SpeechError("the voice made no sound")
    first, last = _beginning(samples, ends[0]), _end(samples, faint, letters, loud[-1] + _EDGE)
    parts, begin = [], first
    for index, seconds in _stops(letters):
        cut = ends[index] + _quietest(samples[ends[index] : ends[index + 2]])
        end = min(cut, _end_of_sound(samples, faint, letters[index - 1], cut))
        # If the cut isn't quiet, the hiss there is also the attack of the next sound.
        resume = cut if quiet[cut] else max(end, cut - _ATTACK)
        missing = max(resume - end, int(seconds * RATE) - _quiet_around(quiet, end, resume))
        if not first < end <= resume < last or not missing:
            continue
        parts += [_faded(samples[begin:end], out=True), numpy.zeros(missing, numpy.float32)]
        begin = resume
    parts.append(_faded(samples[begin:last], out=True))
    result: Samples = numpy.concatenate([_faded(part, out=False) for part in parts])
    return result


def _end(samples: Samples, faint: NDArray[np.bool_], letters: str, latest: int) -> int:
    """Return where the phrase ends: at `latest`, or before the voice breathes out."""
    sound = letters.rstrip("".join(STOPS))[-1:]
    return min(len(samples), latest, _end_of_sound(samples, faint, sound, latest) + _FADE)


def _end_of_sound(samples: Samples, faint: NDArray[np.bool_], letter: str, cut: int) -> int:
    """Return where a sound ends: before any hiss that isn't its own, at `cut` at the latest.

    The voices begin the next consonant before they pause at a comma, so that "two, three" sounds
    like "tooth, three". They also breathe out at the end, so that "anchor" sounds like "anchors".
    (Whisper heard these faults. With this correction it hears "two" and "anchor".)
    """
    if letter in _HISSING:
        return cut
    return min(cut, _start_of_hiss(samples, faint, cut) + _OWN_HISS.get(letter, 0))


def _start_of_hiss(samples: Samples, faint: NDArray[np.bool_], cut: int) -> int:
    """Return where the hiss before `cut` begins, or `cut` if there is no hiss.

    There may be faint sound between the hiss and `cut`.
    """
    window = RATE // 100
    end = min(cut, len(samples))
    while end >= window and faint[end - 1]:
        end -= window
    begin = end
    while begin >= window and not faint[begin - 1] and _hisses(samples[begin - window : begin]):
        begin -= window
    return begin if begin < end else cut


def _hisses(part: Samples) -> bool:
    """Return whether more than _HISS_SHARE of the power is above _HISS_HERTZ."""
    numpy = extra("numpy")
    power = numpy.abs(numpy.fft.rfft(part * numpy.hanning(len(part)))) ** 2
    high = power[_HISS_HERTZ * len(part) // RATE :].sum()
    return bool(high > power.sum() * _HISS_SHARE)


def _beginning(samples: Samples, first_sound: int) -> int:
    """Return the quietest position shortly before the first sound.

    The attack of the first sound begins a little early.
    """
    earliest, latest = (max(0, first_sound - before) for before in _BEFORE_FIRST_SOUND)
    return earliest + _quietest(samples[earliest:latest])


def _quietest(samples: Samples) -> int:
    """Return the middle of the 10 ms with the lowest power."""
    numpy = extra("numpy")
    window = min(RATE // 100, len(samples))
    power = numpy.convolve(samples.astype(float) ** 2, numpy.ones(window), "valid")
    return int(power.argmin()) + window // 2


def _stops(letters: str) -> Iterable[tuple[int, float]]:
    """Yield the index of each mark with more words after it, and its silence in seconds."""
    for index, letter in enumerate(letters):
        rest = letters[index + 1 :]
        if index and letter in STOPS and rest[:1] == " " and rest.strip():
            yield index, STOPS[letter]


def _quiet(samples: Samples, share: float = _SILENT) -> NDArray[np.bool_]:
    """Return for each sample whether the power over 10 ms is at most `share` of the highest."""
    numpy = extra("numpy")
    window = RATE // 100
    power = numpy.convolve(samples.astype(float) ** 2, numpy.ones(window) / window, "same")
    result: NDArray[np.bool_] = power <= power.max() * share
    return result


def _quiet_around(quiet: NDArray[np.bool_], end: int, resume: int) -> int:
    """Return how many quiet samples are directly before `end` and directly after `resume`."""
    numpy = extra("numpy")
    before, after = numpy.flatnonzero(~quiet[:end]), numpy.flatnonzero(~quiet[resume:])
    begin = before[-1] + 1 if before.size else 0
    return int(end - begin + (after[0] if after.size else len(quiet) - resume))


def _faded(part: Samples, *, out: bool) -> Samples:
    """Fade the end out, or the beginning in, so that a cut through a sound doesn't click."""
    numpy = extra("numpy")
    length = min(_FADE, len(part))
    part = part.copy()
    ramp = numpy.linspace(0, 1, length, dtype=numpy.float32)
    if out:
        part[len(part) - length :] *= ramp[::-1]
    else:
        part[:length] *= ramp
    return part
