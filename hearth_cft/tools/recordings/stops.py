"""Gives the marks in a phrase their silence, and ends sounds where they end.

Measured: the voices stop for 0.1 s at a comma, which is too short to follow with closed eyes.
The network tells how long each sound lasts, so silence is put exactly where the comma is.
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
# Seconds of quiet that a mark inside a phrase gets.
STOPS = {",": 0.55, ";": 0.6, ":": 0.6, "—": 0.6, "…": 0.7, ".": 0.8, "?": 0.8, "!": 0.8}
_FADE = int(0.012 * RATE)
_EDGE = int(0.03 * RATE)
# Shares of the highest power: 40 dB and 30 dB below it.
_SILENT = 1e-4
_FAINT = 1e-3
# How much hiss is a consonant's own: all of these; of others so much; of any other sound none.
_HISSING = frozenset("hsvxzçðɣɸʁʂʃʒʝβχʣʤʦʧ")
_OWN_HISS = {**dict.fromkeys("bdkptɡ", int(0.07 * RATE)), **dict.fromkeys("fθ", int(0.12 * RATE))}
# The share of power above 4 kHz: a voice has less, a hiss more.
_HISS_HERTZ = 4000
_HISS_SHARE = 0.2
_ATTACK = int(0.05 * RATE)
# A slow voice may grunt just before its first sound: "a breathing in" for "breathing in".
_BEFORE_FIRST_SOUND = (int(0.09 * RATE), int(0.02 * RATE))


class SpeechError(Exception):
    """A phrase can't be spoken; the message says why."""


def lengthen_stops(samples: Samples, letters: str, ends: list[int]) -> Samples:
    """Trim the ends and give each mark inside the phrase its quiet.

    `ends` are sample positions where the sounds end: first the silence before the phrase, then
    one a letter, then the silence after it.
    """
    numpy = extra("numpy")
    quiet, faint = _quiet(samples), _quiet(samples, _FAINT)
    loud = numpy.flatnonzero(~quiet)
    if not loud.size:
        raise SpeechError("the voice made no sound")
    first, last = _beginning(samples, ends[0]), _end(samples, faint, letters, loud[-1] + _EDGE)
    parts, begin = [], first
    for place, seconds in _stops(letters):
        cut = ends[place] + _quietest(samples[ends[place] : ends[place + 2]])
        stop = min(cut, _end_of_sound(samples, faint, letters[place - 1], cut))
        # Hiss that goes on through the cut is also the next sound's attack.
        go = cut if quiet[cut] else max(stop, cut - _ATTACK)
        missing = max(go - stop, int(seconds * RATE) - _quiet_around(quiet, stop, go))
        if not first < stop <= go < last or not missing:
            continue
        parts += [_faded(samples[begin:stop], out=True), numpy.zeros(missing, numpy.float32)]
        begin = go
    parts.append(_faded(samples[begin:last], out=True))
    result: Samples = numpy.concatenate([_faded(part, out=False) for part in parts])
    return result


def _end(samples: Samples, faint: NDArray[np.bool_], letters: str, latest: int) -> int:
    """Where the phrase ends: at `latest` or before its last breath."""
    sound = letters.rstrip("".join(STOPS))[-1:]
    return min(len(samples), latest, _end_of_sound(samples, faint, sound, latest) + _FADE)


def _end_of_sound(samples: Samples, faint: NDArray[np.bool_], letter: str, cut: int) -> int:
    """Where a sound ends when there is hiss between it and `cut` that isn't its own.

    The voices run into the next consonant before they stop at a comma, so that "two, three" is
    heard as "tooth, three"; and they breathe out at the end, so that "anchor" is "anchors".
    (Whisper heard these, and hears "two" and "anchor" since.)
    """
    if letter in _HISSING:
        return cut
    return min(cut, _start_of_hiss(samples, faint, cut) + _OWN_HISS.get(letter, 0))


def _start_of_hiss(samples: Samples, faint: NDArray[np.bool_], cut: int) -> int:
    """Where the hiss before `cut` begins, whatever faint sound is between; `cut` without one."""
    window = RATE // 100
    end = min(cut, len(samples))
    while end >= window and faint[end - 1]:
        end -= window
    begin = end
    while begin >= window and not faint[begin - 1] and _hisses(samples[begin - window : begin]):
        begin -= window
    return begin if begin < end else cut


def _hisses(part: Samples) -> bool:
    """Whether most of its power lies above _HISS_HERTZ."""
    numpy = extra("numpy")
    power = numpy.abs(numpy.fft.rfft(part * numpy.hanning(len(part)))) ** 2
    high = power[_HISS_HERTZ * len(part) // RATE :].sum()
    return bool(high > power.sum() * _HISS_SHARE)


def _beginning(samples: Samples, first_sound: int) -> int:
    """The quietest place shortly before the first sound, whose own attack comes a little early."""
    earliest, latest = (max(0, first_sound - before) for before in _BEFORE_FIRST_SOUND)
    return earliest + _quietest(samples[earliest:latest])


def _quietest(samples: Samples) -> int:
    numpy = extra("numpy")
    window = min(RATE // 100, len(samples))
    power = numpy.convolve(samples.astype(float) ** 2, numpy.ones(window), "valid")
    return int(power.argmin()) + window // 2


def _stops(letters: str) -> Iterable[tuple[int, float]]:
    """Where in `letters` each mark with more words after it is, and how long it should be."""
    for place, letter in enumerate(letters):
        rest = letters[place + 1 :]
        if place and letter in STOPS and rest[:1] == " " and rest.strip():
            yield place, STOPS[letter]


def _quiet(samples: Samples, share: float = _SILENT) -> NDArray[np.bool_]:
    """Where the power over 10 ms is at most this share of the highest."""
    numpy = extra("numpy")
    window = RATE // 100
    power = numpy.convolve(samples.astype(float) ** 2, numpy.ones(window) / window, "same")
    result: NDArray[np.bool_] = power <= power.max() * share
    return result


def _quiet_around(quiet: NDArray[np.bool_], stop: int, go: int) -> int:
    """How many quiet samples come before `stop` and after `go`."""
    numpy = extra("numpy")
    before, after = numpy.flatnonzero(~quiet[:stop]), numpy.flatnonzero(~quiet[go:])
    begin = before[-1] + 1 if before.size else 0
    return int(stop - begin + (after[0] if after.size else len(quiet) - go))


def _faded(part: Samples, *, out: bool) -> Samples:
    """Fade the last or the first moments, so that a cut through a sound doesn't click."""
    numpy = extra("numpy")
    length = min(_FADE, len(part))
    part = part.copy()
    ramp = numpy.linspace(0, 1, length, dtype=numpy.float32)
    if out:
        part[len(part) - length :] *= ramp[::-1]
    else:
        part[:length] *= ramp
    return part
