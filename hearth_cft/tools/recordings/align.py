"""Finds where a person speaks, and which paragraph of a transcript is heard where.

A therapist's recording comes without times. Paragraphs end at long silences, and longer ones
take longer to say; the cues are the division of the speech that fits both best.
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
# Decibels: speech lies this far above the noise, and at most so far below its own loud moments.
_ABOVE_NOISE = 10
_BELOW_SPEECH = 40
_AT_LEAST_BELOW = 15
_SHORTEST_SILENCE = 0.3
_SHORTEST_SPEECH = 0.08
# How much a silence twice as long speaks for the end of a paragraph.
_SILENCE_WEIGHT = 0.35
_CANDIDATES_A_PARAGRAPH = 4


def speech_spans(samples: Samples) -> list[Span]:
    """Sample positions (at RATE) of what is spoken; silences under 0.3 s belong to the speech."""
    numpy = extra("numpy")
    count = len(samples) // _FRAME
    if not count:
        return []
    frames = samples[: count * _FRAME].reshape(count, _FRAME)
    power = numpy.einsum("ij,ij->i", frames, frames) / _FRAME
    levels = 10 * numpy.log10(power + 1e-12)
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
    """One cue a paragraph, in seconds. `spans` holds at least one span, `texts` one text."""
    if len(spans) < len(texts):
        return _by_length_alone(texts, spans)
    cuts = [0, *_best_cuts(texts, spans), len(spans)]
    return tuple(
        Cue(spans[first][0] / RATE, spans[after - 1][1] / RATE, text)
        for text, first, after in zip(texts, cuts, cuts[1:], strict=False)
    )


def _best_cuts(texts: Sequence[str], spans: Sequence[Span]) -> list[int]:
    """Numbers of the spans that begin the second and later paragraphs, by least cost."""
    places = _candidates(spans, len(texts))
    spoken = [0]
    for start, end in spans:
        spoken.append(spoken[-1] + end - start)
    letters = sum(map(len, texts))
    ends = [*places, len(spans)]
    costs = {0: 0.0}
    ways: list[dict[int, int]] = []
    for number, text in enumerate(texts):
        expected = spoken[-1] * len(text) / letters
        last = number == len(texts) - 1
        reached: dict[int, float] = {}
        way: dict[int, int] = {}
        for end in ends if not last else ends[-1:]:
            reward = 0.0 if last else _reward(spans, end)
            for begin, cost in costs.items():
                if begin >= end:
                    continue
                off = (spoken[end] - spoken[begin]) / expected - 1
                total = cost + off * off - reward
                if total < reached.get(end, math.inf):
                    reached[end], way[end] = total, begin
        costs = reached
        ways.append(way)
    cuts = [len(spans)]
    for way in reversed(ways):
        cuts.append(way[cuts[-1]])
    return cuts[-2:0:-1]


def _candidates(spans: Sequence[Span], paragraphs: int) -> list[int]:
    """The spans that come after the longest silences, in order; few, so that it stays quick."""
    numbers = range(1, len(spans))
    longest = sorted(numbers, key=lambda number: spans[number - 1][1] - spans[number][0])
    return sorted(longest[: _CANDIDATES_A_PARAGRAPH * paragraphs])


def _reward(spans: Sequence[Span], number: int) -> float:
    if number >= len(spans):
        return 0.0
    silence = (spans[number][0] - spans[number - 1][1]) / RATE
    return _SILENCE_WEIGHT * math.log2(max(silence, 0.01) / _SHORTEST_SILENCE)


def _by_length_alone(texts: Sequence[str], spans: Sequence[Span]) -> tuple[Cue, ...]:
    """Without enough silences: time from first to last word, shared by length."""
    first, last = spans[0][0] / RATE, spans[-1][1] / RATE
    letters = sum(map(len, texts))
    cues: list[Cue] = []
    for text in texts:
        begin = cues[-1].end if cues else first
        cues.append(Cue(begin, begin + (last - first) * len(text) / letters, text))
    return tuple(cues)
