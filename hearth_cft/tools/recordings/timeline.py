"""Put bells, phrases and pauses one after the other to build a recording and its cues."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hearth_cft.library.script import Pause, Phrase
from hearth_cft.tools.recordings.bell import bell
from hearth_cft.tools.recordings.captions import Cue
from hearth_cft.tools.recordings.extras import extra
from hearth_cft.tools.recordings.sound import RATE, Span, levelled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

# Seconds of silence: between phrases without a pause, before the last bell, and at both ends.
BREATH = 1.9
BEFORE_LAST_BELL = 2.0
MARGIN = 0.25


@dataclass(frozen=True)
class Master:
    """A whole recording: mono float32 at RATE, and one cue for each phrase."""

    samples: Samples
    cues: tuple[Cue, ...]

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE


def lay_out(steps: Iterable[Phrase | Pause], say: Callable[[str], Samples]) -> Master:
    """Build the recording from its script. `say` returns the sound of a text at RATE."""
    numpy = extra("numpy")
    ring = bell()
    margin = _silence(MARGIN)
    parts: list[Samples] = []
    spans: list[Span] = []
    texts: list[str] = []
    position = after_phrase = 0
    for step in steps:
        if isinstance(step, Pause):
            parts.append(_silence(step.seconds))
            position, after_phrase = position + len(parts[-1]), 0
            continue
        parts += [_silence(BREATH)] * after_phrase
        position += after_phrase * round(BREATH * RATE)
        parts.append(say(step.text))
        spans.append((position, position + len(parts[-1])))
        texts.append(step.text)
        position, after_phrase = spans[-1][1], 1
    speech = levelled(numpy.concatenate(parts), spans)
    before = len(margin) + len(ring)
    samples = numpy.concatenate(
        [margin, ring, speech, _silence(BEFORE_LAST_BELL), ring, margin],
    )
    cues = (
        Cue((before + start) / RATE, (before + end) / RATE, text)
        for (start, end), text in zip(spans, texts, strict=True)
    )
    return Master(samples, tuple(cues))


def _silence(seconds: float) -> Samples:
    numpy = extra("numpy")
    result: Samples = numpy.zeros(round(seconds * RATE), numpy.float32)
    return result
