"""Makes the demonstration recordings from their scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from app.audio import read_audio
from app.content_file import ContentError
from app.library import Recording
from app.script import phrases_of, script_sha256
from app.voices import mp3
from app.voices.files import Recorded, keep
from app.voices.labels import DEMONSTRATION, DEMONSTRATION_LICENCE, iso_639_2
from app.voices.sound import resampled
from app.voices.speakers import SPEAKERS, Speaker
from app.voices.speech import RATE, SpeechError, Voice, open_voices
from app.voices.tags import Tags
from app.voices.timeline import lay_out

Report = Callable[[str], None]


class BuildError(Exception):
    """A recording can't be made; the message says which and why."""


@dataclass(frozen=True)
class Job:
    """One recording in one version, by one speaker."""

    recording: Recording
    version: str
    speaker: Speaker

    @property
    def sha256(self) -> str:
        return script_sha256(self.recording.scripts[self.version])

    def recorded(self, seconds: float) -> Recorded:
        return Recorded(
            slug=self.recording.slug,
            version=self.version,
            locale=self.speaker.locale,
            voice=self.speaker.voice,
            voice_name=self.speaker.name,
            generated=True,
            seconds=seconds,
            script_sha256=self.sha256,
            licence=DEMONSTRATION_LICENCE,
        )


def build(recordings: Iterable[Recording], folder: Path, report: Report, *, again: bool) -> int:
    """Make what is missing or whose script has changed, or with `again` everything.

    Gives the number of recordings made. Raises BuildError, ModelError, MissingExtraError, OSError.
    """
    jobs = [
        Job(recording, version, speaker)
        for recording in recordings
        for version in recording.scripts
        for speaker in SPEAKERS
    ]
    wanted = [job for job in jobs if again or not _made(job, folder)]
    if len(wanted) < len(jobs):
        report(f"{len(jobs) - len(wanted)} of {len(jobs)} recordings are up to date")
    if wanted:
        voices = {voice.speaker: voice for voice in open_voices(SPEAKERS)}
        for number, job in enumerate(wanted, 1):
            place = _make(job, voices[job.speaker], folder)
            report(f"{number} of {len(wanted)}: {place}")
    return len(wanted)


def title_of(recording: Recording, version: str) -> str:
    """The title that the file carries."""
    return recording.title if version == "full" else f"{recording.title} ({version})"


def refuse_what_cannot_be_said(recording: Recording) -> None:
    """Raise BuildError for a script with words that only a service knows."""
    for steps in recording.scripts.values():
        for phrase in phrases_of(steps):
            if "%(" in phrase.text:
                message = "a voice can't say what differs between services; word it without '%('"
                raise BuildError(f"{recording.path}:{phrase.line}: {message}")


def _made(job: Job, folder: Path) -> bool:
    try:
        audio = read_audio(job.recorded(0).file(folder, ".json"))
    except ContentError:
        return False
    return audio.script_sha256 == job.sha256 and audio.captions_path is not None


def _make(job: Job, voice: Voice, folder: Path) -> Path:
    refuse_what_cannot_be_said(job.recording)
    steps = job.recording.scripts[job.version]
    lines = {phrase.text: phrase.line for phrase in phrases_of(steps)}

    def say(text: str) -> mp3.Samples:
        try:
            return resampled(voice.say(text), RATE)
        except SpeechError as error:
            raise BuildError(f"{job.recording.path}:{lines[text]}: {error}") from None

    master = lay_out(steps, say)
    tags = Tags(
        title=title_of(job.recording, job.version),
        voice=job.speaker.name,
        language=iso_639_2(job.speaker.locale),
        licence=DEMONSTRATION_LICENCE,
        comment=DEMONSTRATION,
    )
    recorded = job.recorded(master.seconds)
    return keep(folder, recorded, mp3.encoded(master.samples, tags), master.cues)
