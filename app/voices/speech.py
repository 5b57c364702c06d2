"""Speaks phrases with Kokoro-82M and gives its hurried commas time.

Measured: the voices stop for 0.1 s at a comma, which is too short to follow with closed eyes.
The network tells how long each sound lasts, so silence is put exactly where the comma is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.voices import espeak, model
from app.voices.extras import extra
from app.voices.speakers import Speaker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE = 24_000
# Seconds of quiet that a mark inside a phrase gets.
STOPS = {",": 0.55, ";": 0.6, ":": 0.6, "—": 0.6, "…": 0.7, ".": 0.8, "?": 0.8, "!": 0.8}
_FRAME = 600
_LONGEST = model.STYLE_SHAPE[0] - 1
_FADE = int(0.012 * RATE)
_EDGE = int(0.03 * RATE)
# A slow voice may grunt just before its first sound: "a breathing in" for "breathing in".
_BEFORE_FIRST_SOUND = (int(0.09 * RATE), int(0.02 * RATE))


class SpeechError(Exception):
    """A phrase can't be spoken; the message says why."""


@dataclass(frozen=True)
class Voice:
    """A speaker who is ready to speak. `phonemes` turns text into the model's letters."""

    speaker: Speaker
    session: Any
    letters: Mapping[str, int]
    style: Any
    phonemes: Callable[[str], str]

    def spelt(self, text: str) -> str:
        """The letters of a phrase that can be said. Raises SpeechError, SpellingError."""
        letters = self.phonemes(text)
        self._tokens(letters)
        return letters

    def say(self, text: str) -> Samples:
        """Mono float32 at RATE, trimmed to the speech. Raises SpeechError, SpellingError."""
        numpy = extra("numpy")
        letters = self.phonemes(text)
        tokens = self._tokens(letters)
        samples, durations = self.session.run(
            None,
            {
                "tokens": numpy.array([[0, *tokens, 0]], dtype=numpy.int64),
                "style": self.style[len(tokens)],
                "speed": numpy.array([self.speaker.speed], dtype=numpy.float32),
            },
        )
        ends = numpy.cumsum(durations.ravel()).astype(int) * _FRAME
        if ends[-1] != len(samples):
            raise SpeechError("the voice model's durations don't fit its sound")
        return lengthen_stops(samples, letters, list(ends))

    def _tokens(self, letters: str) -> list[int]:
        unknown = sorted(set(letters) - set(self.letters))
        if unknown:
            raise SpeechError(f"the voice has no sound for {' '.join(unknown)} in '{letters}'")
        if not letters.strip():
            raise SpeechError("there is nothing to say")
        if len(letters) > _LONGEST:
            raise SpeechError("the phrase is too long for one breath; make two paragraphs of it")
        return [self.letters[letter] for letter in letters]


def open_voices(speakers: Iterable[Speaker]) -> list[Voice]:
    """Load the model once for several speakers; without any, nothing.

    Raises EspeakError, ModelError, MissingExtraError.
    """
    speakers = list(speakers)
    if not speakers:
        return []
    spellings = {speaker.espeak: _spelling(speaker.espeak) for speaker in speakers}
    runtime = extra("onnxruntime")
    options = runtime.SessionOptions()
    options.log_severity_level = 3
    # Threads that wait by spinning take the whole machine from everybody else.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = runtime.InferenceSession(model.network(), options, providers=["CPUExecutionProvider"])
    letters = model.vocabulary()
    return [
        Voice(speaker, session, letters, model.style(speaker.style), spellings[speaker.espeak])
        for speaker in speakers
    ]


def _spelling(language: str) -> Callable[[str], str]:
    if language:
        return espeak.spelling(language)
    british: Callable[[str], str] = extra("hibari.g2p").G2P(british=True)
    return british


def lengthen_stops(samples: Samples, letters: str, ends: list[int]) -> Samples:
    """Trim the ends and give each mark inside the phrase its quiet.

    `ends` are sample positions where the sounds end: first the silence before the phrase, then
    one a letter, then the silence after it.
    """
    numpy = extra("numpy")
    quiet = _quiet(samples)
    loud = numpy.flatnonzero(~quiet)
    if not loud.size:
        raise SpeechError("the voice made no sound")
    first, last = _beginning(samples, ends[0]), min(len(samples), loud[-1] + _EDGE)
    parts, begin = [], first
    for start, end, seconds in _stops(letters, ends):
        cut, has = _cut(samples, quiet, start, end)
        missing = int(seconds * RATE) - has
        if not first < cut < last or missing <= 0:
            continue
        parts += [_faded(samples[begin:cut], out=True), numpy.zeros(missing, numpy.float32)]
        begin = cut
    parts.append(samples[begin:last])
    result: Samples = numpy.concatenate([_faded(part, out=False) for part in parts])
    return result


def _beginning(samples: Samples, first_sound: int) -> int:
    """The quietest place shortly before the first sound, whose own attack comes a little early."""
    earliest, latest = (max(0, first_sound - before) for before in _BEFORE_FIRST_SOUND)
    return earliest + _quietest(samples[earliest:latest])


def _quietest(samples: Samples) -> int:
    numpy = extra("numpy")
    window = min(RATE // 100, len(samples))
    power = numpy.convolve(samples.astype(float) ** 2, numpy.ones(window), "valid")
    return int(power.argmin()) + window // 2


def _stops(letters: str, ends: list[int]) -> Iterable[tuple[int, int, float]]:
    """Where each mark with more words after it begins and ends, and how long it should be."""
    for place, letter in enumerate(letters):
        rest = letters[place + 1 :]
        if letter in STOPS and rest[:1] == " " and rest.strip():
            yield ends[place], ends[place + 2], STOPS[letter]


def _quiet(samples: Samples) -> NDArray[np.bool_]:
    """Where the level over 10 ms is 40 dB or more below the loudest."""
    numpy = extra("numpy")
    window = RATE // 100
    power = numpy.convolve(samples.astype(float) ** 2, numpy.ones(window) / window, "same")
    result: NDArray[np.bool_] = power <= power.max() * 1e-4
    return result


def _cut(samples: Samples, quiet: NDArray[np.bool_], start: int, end: int) -> tuple[int, int]:
    """The quietest place between two samples, and how many quiet samples are around it."""
    numpy = extra("numpy")
    cut = start + _quietest(samples[start:end])
    if not quiet[cut]:
        return cut, 0
    before = numpy.flatnonzero(~quiet[:cut])
    after = numpy.flatnonzero(~quiet[cut:])
    begin = before[-1] + 1 if before.size else 0
    return cut, int((cut + after[0] if after.size else len(samples)) - begin)


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
