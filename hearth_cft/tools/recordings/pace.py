"""Measure how a recording spends its time: words, bursts of speech and silences.

Silence is the exercise: a full version is more silence than speech, and is spoken slowly enough to
be followed with closed eyes. A script is estimated in the same way, so that its writer sees the
figures before anything is built.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hearth_cft.library.script import Pause, Phrase
from hearth_cft.tools.recordings import bell, timeline
from hearth_cft.tools.recordings.captions import Cue
from hearth_cft.tools.recordings.speakers import Speaker
from hearth_cft.tools.recordings.stops import STOPS

# Seconds. A shorter stop, at a comma or between two sentences, belongs to the speech.
SHORTEST_SILENCE = 2.0
# The rule for a full version.
LEAST_SILENCE = 0.55
MOST_WORDS_A_MINUTE = 60
# The rule for any version. Scripts aim at 110. Two voices say the same script at different paces.
MOST_IN_BURSTS = 125

# Start and end of some speech in seconds.
Stretch = tuple[float, float]


@dataclass(frozen=True)
class Pace:
    """How a recording spends its time.

    `seconds` is its length. `speaking` is how many of them are in bursts, which are stretches of
    speech between two silences. `longest` is the longest silence between words, in seconds. `words`
    is None if it isn't known what is said.
    """

    seconds: float
    speaking: float
    longest: float
    words: int | None = None

    @property
    def silence(self) -> float:
        """Return the share of the time without speech, 0 to 1."""
        return 1 - self.speaking / self.seconds

    @property
    def words_a_minute(self) -> float | None:
        return None if self.words is None else self.words / self.seconds * 60

    @property
    def in_bursts(self) -> float | None:
        """Return the words a minute while somebody speaks."""
        return self.words / self.speaking * 60 if self.words and self.speaking else None


def pace_of(speech: Iterable[Stretch], seconds: float, words: int | None = None) -> Pace:
    """Measure a recording of this length. `speech` is in order."""
    bursts = list(_bursts(speech))
    return Pace(
        seconds=seconds,
        speaking=sum(end - start for start, end in bursts),
        longest=max((start - end for (_, end), (start, _) in pairwise(bursts)), default=0.0),
        words=words,
    )


def pace_of_cues(cues: Sequence[Cue], seconds: float) -> Pace:
    """Measure a recording with exact cues, as a generated recording has."""
    return pace_of(((cue.start, cue.end) for cue in cues), seconds, words_of(cues))


def estimated(steps: Iterable[Phrase | Pause], speaker: Speaker) -> Pace:
    """Estimate the pace that `hearth recordings build` gives to a script."""
    return pace_of_cues(*laid_out(steps, lambda text: seconds_to_say(text, speaker)))


def laid_out(
    steps: Iterable[Phrase | Pause], seconds_of: Callable[[str], float]
) -> tuple[list[Cue], float]:
    """Return the cues and the length of a recording, as timeline.lay_out makes it.

    `seconds_of` returns how long a text takes to say.
    """
    cues: list[Cue] = []
    position = timeline.MARGIN + bell.SECONDS
    gap = 0.0
    for step in steps:
        if isinstance(step, Pause):
            position, gap = position + step.seconds, 0.0
            continue
        start = position + gap
        position, gap = start + seconds_of(step.text), timeline.BREATH
        cues.append(Cue(start, position, step.text))
    return cues, position + timeline.BEFORE_LAST_BELL + bell.SECONDS + timeline.MARGIN


def seconds_to_say(text: str, speaker: Speaker) -> float:
    """Estimate how long a phrase takes. Most estimates are within a third of a second."""
    letters = sum(map(str.isalpha, text))
    stops = sum(
        STOPS[mark]
        for mark, after, rest in zip(text, text[1:], text[2:], strict=False)
        if mark in STOPS and after == " " and rest
    )
    return speaker.start + letters * speaker.letter + stops


def words_of(cues: Iterable[Cue]) -> int:
    """Count the words. A dash by itself is none."""
    words = (word for cue in cues for word in cue.text.split())
    return sum(any(map(str.isalnum, word)) for word in words)


def against_the_rule(pace: Pace, version: str) -> list[str]:
    """Return what is wrong with the pace of a "full" or "short" version, and what to do."""
    texts = []
    words_a_minute, in_bursts = pace.words_a_minute, pace.in_bursts
    if version == "full" and pace.silence < LEAST_SILENCE:
        wanted = f"a full version has at least {LEAST_SILENCE:.0%}"
        share = f"{math.floor(pace.silence * 100)}%"
        texts.append(f"{share} is silence, but {wanted}; say less, or lengthen pauses")
    if version == "full" and words_a_minute and words_a_minute >= MOST_WORDS_A_MINUTE:
        wanted = f"a full version has fewer than {MOST_WORDS_A_MINUTE}"
        texts.append(f"it has {words_a_minute:.0f} words a minute, but {wanted}; say less")
    if in_bursts and in_bursts > MOST_IN_BURSTS:
        wanted = f"at most {MOST_IN_BURSTS} can be followed with closed eyes"
        texts.append(f"it says {in_bursts:.0f} words a minute, but {wanted}; shorten sentences")
    return texts


def _bursts(speech: Iterable[Stretch]) -> Iterator[Stretch]:
    """Join the stretches that have less than a silence between them."""
    burst: Stretch | None = None
    for start, end in speech:
        if burst and start - burst[1] < SHORTEST_SILENCE:
            burst = burst[0], max(burst[1], end)
            continue
        if burst:
            yield burst
        burst = start, end
    if burst:
        yield burst
