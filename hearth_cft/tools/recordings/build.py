"""Make the demonstration recordings from their scripts."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from hearth_cft.library.audio import read_audio
from hearth_cft.library.models import Recording
from hearth_cft.library.script import phrases_of
from hearth_cft.reading.problem import ContentError
from hearth_cft.tools.recordings import mp3
from hearth_cft.tools.recordings.espeak import SpellingError
from hearth_cft.tools.recordings.files import Recorded, keep
from hearth_cft.tools.recordings.labels import DEMONSTRATION_LICENCE, demonstration, iso_639_2
from hearth_cft.tools.recordings.sound import resampled
from hearth_cft.tools.recordings.speakers import SPEAKERS, Speaker
from hearth_cft.tools.recordings.speech import Voice, open_voices
from hearth_cft.tools.recordings.stops import RATE, SpeechError
from hearth_cft.tools.recordings.tags import Tags
from hearth_cft.tools.recordings.timeline import lay_out
from hearth_cft.tools.recordings.words import Wording, Words

if TYPE_CHECKING:
    from hearth_cft.tools.recordings.mp3 import Samples

Report = Callable[[str], None]


class BuildError(Exception):
    """A recording can't be made. The message says which recording and why."""


@dataclass(frozen=True)
class Job:
    """One version of a recording, spoken by one speaker."""

    slug: str
    version: str
    speaker: Speaker
    words: Words

    def recorded(self, seconds: float) -> Recorded:
        return Recorded(
            slug=self.slug,
            version=self.version,
            locale=self.speaker.locale,
            voice=self.speaker.voice,
            voice_name=self.speaker.name,
            generated=True,
            seconds=seconds,
            script_sha256=self.words.sha256,
            licence=DEMONSTRATION_LICENCE,
        )


def build(
    recordings: Iterable[Recording],
    wording: Wording,
    folder: Path,
    report: Report,
    *,
    locales: Collection[str] = (),
    again: bool = False,
) -> int:
    """Make the recordings that are missing or whose words have changed; with `again`, make all.

    `locales` names the languages to build. If it is empty, build all languages. Skip a version in a
    language if any of its texts has no translation. Return the number of recordings made. Raises
    BuildError, EspeakError, ModelError, MissingExtraError or OSError.
    """
    jobs = [job for job in _jobs(recordings, wording, locales) if not job.words.missing]
    wanted = [job for job in jobs if again or not _is_up_to_date(job, folder)]
    if len(wanted) < len(jobs):
        report(f"{len(jobs) - len(wanted)} of {len(jobs)} recordings are up to date")
    for job in wanted:
        refuse_what_cannot_be_said(job.words)
    voices = {voice.speaker: voice for voice in open_voices({job.speaker for job in wanted})}
    refuse_what_cannot_be_spelt((job, voices[job.speaker]) for job in wanted)
    number = 0
    for (_, speaker), group in groupby(wanted, lambda job: (job.slug, job.speaker)):
        versions = list(group)
        spoken = _speak(voices[speaker], [job.words for job in versions])
        for job in versions:
            number += 1
            report(f"{number} of {len(wanted)}: {_write(job, spoken, folder)}")
    return len(wanted)


def _jobs(
    recordings: Iterable[Recording], wording: Wording, locales: Collection[str]
) -> Iterable[Job]:
    for recording in recordings:
        for speaker in SPEAKERS:
            if locales and speaker.locale not in locales:
                continue
            for version in recording.scripts:
                words = wording.words(recording, version, speaker.locale)
                yield Job(recording.slug, version, speaker, words)


def refuse_what_cannot_be_said(words: Words) -> None:
    """Raise BuildError if a phrase has a placeholder, which only a service can fill in."""
    for phrase in phrases_of(words.steps):
        if "%(" in phrase.text:
            message = "a voice can't say a placeholder; reword the phrase without '%('"
            raise BuildError(f"{words.places[phrase.text]}: {message}")


def refuse_what_cannot_be_spelt(jobs: Iterable[tuple[Job, Voice]]) -> None:
    """Raise one BuildError that names every phrase that can't be spelt.

    This check comes first, because speaking takes hours.
    """
    problems: dict[str, None] = {}
    for job, voice in jobs:
        for phrase in phrases_of(job.words.steps):
            try:
                voice.spelt(phrase.text)
            except (SpeechError, SpellingError) as error:
                problems[f"{job.words.places[phrase.text]}: “{phrase.text}”: {error}"] = None
    if problems:
        raise BuildError("\n".join(problems))


def _is_up_to_date(job: Job, folder: Path) -> bool:
    try:
        audio = read_audio(job.recorded(0).file(folder, ".json"), folder)
    except ContentError:
        return False
    return audio.script_sha256 == job.words.sha256 and audio.captions_path is not None


def _speak(voice: Voice, versions: Sequence[Words]) -> dict[str, Samples]:
    """Return the sound of every phrase. Each core speaks one phrase at a time.

    The full and the short version share phrases, and scripts that count repeat them. Each phrase
    is spoken once.
    """
    places = {
        phrase.text: words.places[phrase.text]
        for words in versions
        for phrase in phrases_of(words.steps)
    }

    def say(text: str) -> Samples:
        try:
            return resampled(voice.say(text), RATE)
        except SpeechError as error:
            raise BuildError(f"{places[text]}: {error}") from None

    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        return dict(zip(places, pool.map(say, places), strict=True))
    finally:
        pool.shutdown(cancel_futures=True)


def _write(job: Job, spoken: Mapping[str, Samples], folder: Path) -> Path:
    master = lay_out(job.words.steps, spoken.__getitem__)
    tags = Tags(
        title=job.words.title,
        voice=job.speaker.name,
        language=iso_639_2(job.speaker.locale),
        licence=DEMONSTRATION_LICENCE,
        comment=demonstration(job.speaker.locale),
    )
    recorded = job.recorded(master.seconds)
    return keep(folder, recorded, mp3.finished(master.samples, tags), master.cues)
