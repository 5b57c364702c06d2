"""Speak phrases with the voice model Kokoro-82M."""

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

# The model counts durations in frames of this many samples.
_FRAME = 600
_LONGEST = model.STYLE_SHAPE[0] - 1


@dataclass(frozen=True)
class Voice:
    """A speaker with the loaded model. `phonemes` turns text into the model's letters."""

    speaker: Speaker
    session: Any
    letters: Mapping[str, int]
    style: Any
    phonemes: Callable[[str], str]

    def spelt(self, text: str) -> str:
        """Return the letters of a phrase.

        Raises SpeechError or SpellingError if the phrase can't be said.
        """
        letters = self.phonemes(text)
        self._tokens(letters)
        return letters

    def say(self, text: str) -> Samples:
        """Return the sound of a phrase: mono float32 at stops.RATE, trimmed to the speech.

        Raises SpeechError or SpellingError.
        """
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
            raise SpeechError("the voice model's durations don't add up to the length of its sound")
        return lengthen_stops(samples, letters, list(ends))

    def _tokens(self, letters: str) -> list[int]:
        unknown = sorted(set(letters) - set(self.letters))
        if unknown:
            raise SpeechError(f"the voice has no sound for {' '.join(unknown)} in '{letters}'")
        if not letters.strip():
            raise SpeechError("there is nothing to say")
        if len(letters) > _LONGEST:
            raise SpeechError("the phrase is too long for the voice; split it into two paragraphs")
        return [self.letters[letter] for letter in letters]


def open_voices(speakers: Iterable[Speaker]) -> list[Voice]:
    """Load the model once for all speakers. Load nothing if there are no speakers.

    Raises EspeakError, ModelError or MissingExtraError.
    """
    speakers = list(speakers)
    if not speakers:
        return []
    spellings = {speaker.espeak: _spelling(speaker.espeak) for speaker in speakers}
    runtime = extra("onnxruntime")
    options = runtime.SessionOptions()
    options.log_severity_level = 3
    # Use one core for each phrase. Several phrases at once need less processor time than one phrase
    # on all cores.
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
