"""Checks the scripts: captions that would be long, voices that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from hearth_cft.library.audio import Audio
from hearth_cft.library.loader import Recording
from hearth_cft.library.script import phrases_of
from hearth_cft.tools.recordings.findings import BUILD, Finding
from hearth_cft.tools.recordings.speakers import SPEAKERS, Speaker
from hearth_cft.tools.recordings.words import SOURCE, Wording

_LONG_CAPTION = 200


def long_phrases(recordings: Sequence[Recording]) -> Iterator[Finding]:
    """Name the phrases that are too long for a caption."""
    for recording in recordings:
        for phrase in (p for steps in recording.scripts.values() for p in phrases_of(steps)):
            if len(phrase.text) > _LONG_CAPTION:
                message = f"line {phrase.line}: {len(phrase.text)} characters make a long caption"
                yield Finding(recording.path, f"{message}; split the paragraph", note=True)


def missing_audio(
    recordings: Sequence[Recording], wording: Wording, audio: Sequence[Audio]
) -> Iterator[Finding]:
    """Name what `hearth recordings build` would make because it isn't there."""
    there = {(each.slug, each.version, each.locale, each.voice) for each in audio}
    for recording in recordings:
        for speaker in SPEAKERS:
            for version in recording.scripts:
                words = wording.words(recording, version, speaker.locale)
                made = (recording.slug, version, speaker.locale, speaker.voice) in there
                if not words.missing and not made:
                    yield _missing(recording.path, version, speaker)
                elif words.missing and words.places:
                    yield _half_translated(recording, version, speaker.locale, words.missing)


def missing_voice(recordings: Sequence[Recording], audio: Sequence[Audio]) -> Iterator[Finding]:
    """Name a service's own scripts that nobody has spoken."""
    there = {(each.slug, each.version, each.locale) for each in audio}
    for recording in recordings:
        for version in recording.scripts:
            if (recording.slug, version, SOURCE) not in there:
                message = f"nobody has spoken '## {version}' yet; put a recording in with"
                yield Finding(recording.path, f"{message} 'hearth recordings add'", note=True)


def _missing(path: Path, version: str, speaker: Speaker) -> Finding:
    wanted = f"'## {version}' is not there in the voice of {speaker.name} ({speaker.locale})"
    return Finding(path, f"{wanted}; {BUILD}")


def _half_translated(
    recording: Recording, version: str, locale: str, missing: Sequence[str]
) -> Finding:
    message = f"{locale}: {len(missing)} texts of '## {version}' have no translation, so it is not"
    return Finding(recording.path, f"{message} made; the first is “{missing[0][:60]}”", note=True)
