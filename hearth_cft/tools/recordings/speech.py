"""Speaks phrases with Kokoro-82M."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hearth_cft.tools.recordings import espeak, model
from hearth_cft.tools.recordings.extras import extra
from hearth_cft.tools.recordings.speakers import Speaker
from hearth_cft.tools.recordings.stops import SpeechError, lengthen_stops

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

_FRAME = 600
_LONGEST = model.STYLE_SHAPE[0] - 1


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
    # One core a phrase: several phrases at once take less of a machine than one on all cores.
    options.intra_op_num_threads = 1
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
