"""Measures finished recordings: length, loudness, peaks, and when the voice begins."""

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

if TYPE_CHECKING:
    from hearth_cft.tools.recordings.mp3 import Samples

_LOUDNESS_TOLERANCE = 0.5
_PEAK_TOLERANCE = 0.05
_LENGTH_TOLERANCE = 0.2
_DRIFT_TOLERANCE = 0.1
_FULL_SCALE = 0.999
_WINDOW = sound.RATE // 100
_SEARCH = 0.5
# Each process first takes a second to load the packages.
_WORTH_A_PROCESS = 4


@dataclass(frozen=True)
class Measures:
    """`drift` is the longest time in seconds between a cue and its voice, None without cues.

    `steady` says whether the bit rate is constant.
    """

    seconds: float
    loudness: float
    true_peak: float
    clipped: int
    drift: float | None
    steady: bool = True


# Or why it can't be measured.
Outcome = Measures | str


def measure(path: Path, cues: Sequence[Cue]) -> Measures:
    """Decode and measure. Raises SoundFileError, SilentError, MissingExtraError."""
    samples = mp3.decoded(path)
    spans = [(round(c.start * sound.RATE), round(c.end * sound.RATE)) for c in cues]
    clipped = int((extra("numpy").abs(samples) >= _FULL_SCALE).sum())
    return Measures(
        seconds=len(samples) / sound.RATE,
        loudness=sound.speech_loudness(samples, spans or speech_spans(samples)),
        true_peak=sound.true_peak(samples),
        clipped=clipped,
        drift=max((_drift(samples, start, end) for start, end in spans), default=None),
        steady=mp3.steady(path),
    )


def measure_all(audio: Sequence[Audio]) -> list[Outcome]:
    """The measures of each file, or why it has none. Raises MissingExtraError.

    In a process for each core: an hour of sound takes about ten seconds on one.
    """
    for module in ("av", "numpy", "pyloudnorm", "scipy.signal"):
        extra(module)
    workers = min(os.cpu_count() or 1, len(audio))
    if len(audio) < _WORTH_A_PROCESS:
        return [_outcome(each) for each in audio]
    # Forking would copy the threads of those packages in any state; long files go first.
    context = multiprocessing.get_context("spawn")
    order = sorted(range(len(audio)), key=lambda number: -audio[number].seconds)
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        done = pool.map(_outcome, [audio[number] for number in order])
        return [outcome for _, outcome in sorted(zip(order, done, strict=True), key=_number)]


def _number(pair: tuple[int, Outcome]) -> int:
    return pair[0]


def _outcome(audio: Audio) -> Outcome:
    # Only our own cues are exact; those of a person's recording are found from its silences.
    cues = _cues(audio) if audio.generated else ()
    try:
        return measure(audio.path, cues)
    except (mp3.SoundFileError, sound.SilentError) as error:
        return str(getattr(error, "reason", error))


def problems(audio: Audio, found: Outcome) -> list[str]:
    """What is wrong with the sound of a recording, and what to do."""
    if isinstance(found, str):
        return [f"its sound can't be measured: {found}"]
    again = "'hearth recordings build --again'" if audio.generated else "'hearth recordings add'"
    return [f"{text}; make it again with {again}" for text in _off_limits(audio, found)]


def _off_limits(audio: Audio, found: Measures) -> list[str]:
    texts = []
    if abs(found.seconds - audio.seconds) > _LENGTH_TOLERANCE:
        texts.append(f"it lasts {found.seconds:.1f} s, its .json says {audio.seconds:.1f} s")
    if abs(found.loudness - sound.SPEECH_LUFS) > _LOUDNESS_TOLERANCE:
        texts.append(f"its speech is at {found.loudness:.1f} LUFS, not {sound.SPEECH_LUFS:.0f}")
    if found.true_peak > sound.PEAK_DBTP + _PEAK_TOLERANCE:
        texts.append(f"its true peak is {found.true_peak:.1f} dBTP, above {sound.PEAK_DBTP:.0f}")
    if not found.steady:
        texts.append("its bit rate varies, so that listeners who seek land beside the place")
    if found.clipped:
        texts.append(f"{found.clipped} samples are clipped")
    if found.drift is not None and found.drift > _DRIFT_TOLERANCE:
        texts.append(f"a caption is {found.drift:.2f} s away from its voice")
    return texts


def _cues(audio: Audio) -> tuple[Cue, ...]:
    if audio.captions_path is None:
        return ()
    try:
        return read_captions(audio.captions_path.read_text(encoding="utf-8"))
    except (CaptionError, UnicodeDecodeError):
        return ()


def _drift(samples: Samples, start: int, end: int) -> float:
    """Seconds between a cue's start and the first loud moment near it; infinite in silence."""
    numpy = extra("numpy")
    begin = max(0, start - round(_SEARCH * sound.RATE))
    frames = samples[begin:end]
    frames = frames[: len(frames) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    power = (frames**2).mean(axis=1)
    if not power.size or power.max() < 1e-8:
        return math.inf
    onset = begin + int(numpy.flatnonzero(power > power.max() * 1e-4)[0]) * _WINDOW
    return abs(onset - start) / sound.RATE
