"""Find where a person speaks, and when each paragraph of a transcript is spoken.

A therapist's recording has no timings. Paragraphs end at long silences, and longer paragraphs take
longer to say. The cues are the division of the speech that fits both facts best.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hearth_cft.tools.recordings.captions import Cue
from hearth_cft.tools.recordings.extras import extra
from hearth_cft.tools.recordings.sound import RATE, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

_FRAME = RATE // 50
# The threshold for speech, in decibels: this far above the noise, but at most _BELOW_SPEECH and
# at least _AT_LEAST_BELOW below the loud moments of the speech.
_ABOVE_NOISE = 10
_BELOW_SPEECH = 40
_AT_LEAST_BELOW = 15
# Seconds.
_SHORTEST_SILENCE = 0.3
_SHORTEST_SPEECH = 0.08
# The reward for ending a paragraph at a silence increases by this when the silence doubles.
_SILENCE_WEIGHT = 0.35
_CANDIDATES_PER_PARAGRAPH = 4


def frame_levels(samples: Samples) -> NDArray[np.float32]:
    """Return the level of each 20 ms in decibels below full scale."""
    numpy = extra("numpy")
    count = len(samples) // _FRAME
    frames = samples[: count * _FRAME].reshape(count, _FRAME)
    power = numpy.einsum("ij,ij->i", frames, frames) / _FRAME
    levels: NDArray[np.float32] = 10 * numpy.log10(power + 1e-12)
    return levels


def speech_spans(samples: Samples) -> list[Span]:
    """Return the start and end of each stretch of speech, as sample positions at RATE.

    A silence under 0.3 s counts as speech.
    """
    numpy = extra("numpy")
    levels = frame_levels(samples)
    if not len(levels):
        return []
    noise, loud = numpy.percentile(levels, (10, 95))
    threshold = min(max(noise + _ABOVE_NOISE, loud - _BELOW_SPEECH), loud - _AT_LEAST_BELOW)
    if loud <= -70:
        return []
    edges = numpy.flatnonzero(numpy.diff(levels > threshold, prepend=False, append=False))
    spans: list[Span] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if spans and (start * _FRAME - spans[-1][1]) < _SHORTEST_SILENCE * RATE:
            spans[-1] = (spans[-1][0], end * _FRAME)
        else:
            spans.append((start * _FRAME, end * _FRAME))
    return [span for span in spans if span[1] - span[0] >= _SHORTEST_SPEECH * RATE]


def cues_for(texts: Sequence[str], spans: Sequence[Span]) -> tuple[Cue, ...]:
    """Return one cue for each paragraph, in seconds. `spans` and `texts` must not be empty."""
    if len(spans) < len(texts):
        return _cues_by_length(texts, spans)
    cuts = [0, *_best_cuts(texts, spans), len(spans)]
    return tuple(
        Cue(spans[first][0] / RATE, spans[after - 1][1] / RATE, text)
        for text, first, after in zip(texts, cuts, cuts[1:], strict=False)
    )


def _best_cuts(texts: Sequence[str], spans: Sequence[Span]) -> list[int]:
    """Return the indices of the spans that begin the second and later paragraphs.

    They give the lowest total cost. The cost of a paragraph is the square of the relative deviation
    of its length from the expected length, minus the reward for the silence after it.
    """
    candidates = _candidates(spans, len(texts))
    spoken = [0]
    for start, end in spans:
        spoken.append(spoken[-1] + end - start)
    letters = sum(map(len, texts))
    ends = [*candidates, len(spans)]
    costs = {0: 0.0}
    begins: list[dict[int, int]] = []
    for number, text in enumerate(texts):
        expected = spoken[-1] * len(text) / letters
        last = number == len(texts) - 1
        new_costs: dict[int, float] = {}
        best_begin: dict[int, int] = {}
        for end in ends if not last else ends[-1:]:
            reward = 0.0 if last else _reward(spans, end)
            for begin, cost in costs.items():
                if begin >= end:
                    continue
                deviation = (spoken[end] - spoken[begin]) / expected - 1
                total = cost + deviation * deviation - reward
                if total < new_costs.get(end, math.inf):
                    new_costs[end], best_begin[end] = total, begin
        costs = new_costs
        begins.append(best_begin)
    cuts = [len(spans)]
    for best_begin in reversed(begins):
        cuts.append(best_begin[cuts[-1]])
    return cuts[-2:0:-1]


def _candidates(spans: Sequence[Span], paragraphs: int) -> list[int]:
    """Return the indices of the spans after the longest silences, in order.

    There are only a few for each paragraph, so that the search stays fast.
    """
    indices = range(1, len(spans))
    longest = sorted(indices, key=lambda index: spans[index - 1][1] - spans[index][0])
    return sorted(longest[: _CANDIDATES_PER_PARAGRAPH * paragraphs])


def _reward(spans: Sequence[Span], index: int) -> float:
    """Return the reward for ending a paragraph at the silence before this span."""
    if index >= len(spans):
        return 0.0
    silence = (spans[index][0] - spans[index - 1][1]) / RATE
    return _SILENCE_WEIGHT * math.log2(max(silence, 0.01) / _SHORTEST_SILENCE)


def _cues_by_length(texts: Sequence[str], spans: Sequence[Span]) -> tuple[Cue, ...]:
    """Divide the time from the first to the last word among the texts by their length.

    This is for recordings with too few silences.
    """
    first, last = spans[0][0] / RATE, spans[-1][1] / RATE
    letters = sum(map(len, texts))
    cues: list[Cue] = []
    for text in texts:
        begin = cues[-1].end if cues else first
        cues.append(Cue(begin, begin + (last - first) * len(text) / letters, text))
    return tuple(cues)
