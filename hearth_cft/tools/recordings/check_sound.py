"""Measure finished recordings: length, loudness, peaks, and how well captions fit the voice."""

from __future__ import annotations

import math
import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hearth_cft.library.audio import Audio
from hearth_cft.tools.recordings import mp3, sound
from hearth_cft.tools.recordings.align import speech_spans
from hearth_cft.tools.recordings.captions import CaptionError, Cue, read_captions
from hearth_cft.tools.recordings.extras import extra
from hearth_cft.tools.recordings.pace import pace_of

if TYPE_CHECKING:
    from hearth_cft.tools.recordings.mp3 import Samples

_LOUDNESS_TOLERANCE = 0.5  # LU
_PEAK_TOLERANCE = 0.05  # dB
_LENGTH_TOLERANCE = 0.2  # seconds
_DRIFT_TOLERANCE = 0.1  # seconds
_FULL_SCALE = 0.999
_WINDOW = sound.RATE // 100
_SEARCH = 0.5  # seconds before a cue in which its voice may begin
# With fewer files, use no extra processes. Each one takes a second to load the packages.
_WORTH_A_PROCESS = 4


@dataclass(frozen=True)
class Measures:
    """The measurements of a recording.

    `loudness` is in LUFS and `true_peak` in dBTP. `clipped` is the number of clipped samples.
    `drift` is the longest time in seconds between a cue and its voice, or None if there are no
    cues. `steady` is true if the bit rate is constant. `speaking` and `longest` are those of Pace.
    """

    seconds: float
    loudness: float
    true_peak: float
    clipped: int
    drift: float | None
    steady: bool = True
    speaking: float = 0
    longest: float = 0


# The measurements, or the reason why a file can't be measured.
Outcome = Measures | str


def measure(path: Path, cues: Sequence[Cue]) -> Measures:
    """Decode a file and measure it. Raises SoundFileError, SilentError or MissingExtraError."""
    samples = mp3.decoded(path)
    spans = [(round(cue.start * sound.RATE), round(cue.end * sound.RATE)) for cue in cues]
    speech = spans or speech_spans(samples)
    clipped = int((extra("numpy").abs(samples) >= _FULL_SCALE).sum())
    seconds = len(samples) / sound.RATE
    pace = pace_of(((start / sound.RATE, end / sound.RATE) for start, end in speech), seconds)
    return Measures(
        seconds=seconds,
        loudness=sound.speech_loudness(samples, speech),
        true_peak=sound.true_peak(samples),
        clipped=clipped,
        drift=max((_drift(samples, start, end) for start, end in spans), default=None),
        steady=mp3.steady(path),
        speaking=pace.speaking,
        longest=pace.longest,
    )


def measure_all(audio: Sequence[Audio]) -> list[Outcome]:
    """Return the measurements of each file, or why it can't be measured.

    Use one process for each core, since an hour of sound takes about ten seconds on one core.
    Raises MissingExtraError.
    """
    for module in ("av", "numpy"):
        extra(module)
    workers = min(os.cpu_count() or 1, len(audio))
    if len(audio) < _WORTH_A_PROCESS:
        return [_outcome(item) for item in audio]
    # Spawn the processes: a fork would copy the threads of those packages in any state.
    context = multiprocessing.get_context("spawn")
    # Start with the longest files.
    order = sorted(range(len(audio)), key=lambda number: -audio[number].seconds)
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        done = pool.map(_outcome, [audio[number] for number in order])
        return [outcome for _, outcome in sorted(zip(order, done, strict=True), key=_index)]


def _index(pair: tuple[int, Outcome]) -> int:
    return pair[0]


def _outcome(audio: Audio) -> Outcome:
    # Only generated recordings have exact cues. Those of a person's recording come from silences.
    cues = cues_of(audio) if audio.generated else ()
    try:
        return measure(audio.path, cues)
    except (mp3.SoundFileError, sound.SilentError) as error:
        return str(getattr(error, "reason", error))


def problems(audio: Audio, outcome: Outcome) -> list[str]:
    """Return what is wrong with the sound of a recording, and what to do."""
    if isinstance(outcome, str):
        return [f"its sound can't be measured: {outcome}"]
    command = "'hearth recordings build --again'" if audio.generated else "'hearth recordings add'"
    return [f"{text}; make it again with {command}" for text in _off_limits(audio, outcome)]


def _off_limits(audio: Audio, measures: Measures) -> list[str]:
    texts = []
    if abs(measures.seconds - audio.seconds) > _LENGTH_TOLERANCE:
        texts.append(f"it lasts {measures.seconds:.1f} s, its .json says {audio.seconds:.1f} s")
    if abs(measures.loudness - sound.SPEECH_LUFS) > _LOUDNESS_TOLERANCE:
        texts.append(f"its speech is at {measures.loudness:.1f} LUFS, not {sound.SPEECH_LUFS:.0f}")
    if measures.true_peak > sound.PEAK_DBTP + _PEAK_TOLERANCE:
        texts.append(f"its true peak is {measures.true_peak:.1f} dBTP, above {sound.PEAK_DBTP:.0f}")
    if not measures.steady:
        texts.append("its bit rate varies, so seeking is inaccurate")
    if measures.clipped:
        texts.append(f"{measures.clipped} samples are clipped")
    if measures.drift is not None and measures.drift > _DRIFT_TOLERANCE:
        texts.append(f"a caption is {measures.drift:.2f} s away from its voice")
    return texts


def cues_of(audio: Audio) -> tuple[Cue, ...]:
    """Return the cues of a recording's captions, or none if they can't be read."""
    if audio.captions_path is None:
        return ()
    try:
        return read_captions(audio.captions_path.read_text(encoding="utf-8"))
    except (CaptionError, UnicodeDecodeError):
        return ()


def _drift(samples: Samples, start: int, end: int) -> float:
    """Return the seconds between a cue's start and the first loud moment near it.

    Return infinity if there is only silence.
    """
    numpy = extra("numpy")
    begin = max(0, start - round(_SEARCH * sound.RATE))
    frames = samples[begin:end]
    frames = frames[: len(frames) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    power = (frames**2).mean(axis=1)
    if not power.size or power.max() < 1e-8:
        return math.inf
    onset = begin + int(numpy.flatnonzero(power > power.max() * 1e-4)[0]) * _WINDOW
    return abs(onset - start) / sound.RATE
