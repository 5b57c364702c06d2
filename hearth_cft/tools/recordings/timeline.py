"""Lays phrases, pauses and bells one after the other: the master and its cues."""

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

# Seconds of quiet: between phrases without a pause, before the last bell, around everything.
BREATH = 1.2
_BEFORE_LAST_BELL = 2.0
_MARGIN = 0.25


@dataclass(frozen=True)
class Master:
    """A whole recording, mono float32 at RATE, and when its phrases are heard."""

    samples: Samples
    cues: tuple[Cue, ...]

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE


def lay_out(steps: Iterable[Phrase | Pause], say: Callable[[str], Samples]) -> Master:
    """Speak the phrases by `say`, which gives sound at RATE, and keep the pauses."""
    numpy = extra("numpy")
    ring = bell()
    margin = _quiet(_MARGIN)
    parts: list[Samples] = []
    spans: list[Span] = []
    texts: list[str] = []
    place = after_phrase = 0
    for step in steps:
        if isinstance(step, Pause):
            parts.append(_quiet(step.seconds))
            place, after_phrase = place + len(parts[-1]), 0
            continue
        parts += [_quiet(BREATH)] * after_phrase
        place += after_phrase * round(BREATH * RATE)
        parts.append(say(step.text))
        spans.append((place, place + len(parts[-1])))
        texts.append(step.text)
        place, after_phrase = spans[-1][1], 1
    speech = levelled(numpy.concatenate(parts), spans)
    before = len(margin) + len(ring)
    samples = numpy.concatenate(
        [margin, ring, speech, _quiet(_BEFORE_LAST_BELL), ring, margin],
    )
    cues = (
        Cue((before + start) / RATE, (before + end) / RATE, text)
        for (start, end), text in zip(spans, texts, strict=True)
    )
    return Master(samples, tuple(cues))


def _quiet(seconds: float) -> Samples:
    numpy = extra("numpy")
    result: Samples = numpy.zeros(round(seconds * RATE), numpy.float32)
    return result
