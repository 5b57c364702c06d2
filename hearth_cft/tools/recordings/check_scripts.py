"""Check the scripts for long phrases and for missing recordings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from hearth_cft.library.audio import Audio
from hearth_cft.library.models import Recording
from hearth_cft.library.script import phrases_of
from hearth_cft.tools.recordings.findings import BUILD, Finding
from hearth_cft.tools.recordings.speakers import SPEAKERS, Speaker
from hearth_cft.tools.recordings.words import SOURCE, Wording

_LONG_CAPTION = 200


def long_phrases(recordings: Sequence[Recording]) -> Iterator[Finding]:
    """Yield a note for each phrase that is too long for a caption."""
    for recording in recordings:
        for phrase in (p for steps in recording.scripts.values() for p in phrases_of(steps)):
            if len(phrase.text) > _LONG_CAPTION:
                message = f"line {phrase.line}: {len(phrase.text)} characters make a long caption"
                yield Finding(recording.path, f"{message}; split the paragraph", note=True)


def missing_audio(
    recordings: Sequence[Recording], wording: Wording, audio: Sequence[Audio]
) -> Iterator[Finding]:
    """Yield a finding for each missing recording that `hearth recordings build` would make.

    Yield a note for each version that is only partly translated.
    """
    existing = {(item.slug, item.version, item.locale, item.voice) for item in audio}
    for recording in recordings:
        for speaker in SPEAKERS:
            for version in recording.scripts:
                words = wording.words(recording, version, speaker.locale)
                exists = (recording.slug, version, speaker.locale, speaker.voice) in existing
                if not words.missing and not exists:
                    yield _missing(recording.path, version, speaker)
                elif words.missing and words.places:
                    yield _half_translated(recording, version, speaker.locale, words.missing)


def missing_voice(recordings: Sequence[Recording], audio: Sequence[Audio]) -> Iterator[Finding]:
    """Yield a note for each version of a service's own scripts without a recording in English."""
    existing = {(item.slug, item.version, item.locale) for item in audio}
    for recording in recordings:
        for version in recording.scripts:
            if (recording.slug, version, SOURCE) not in existing:
                message = f"'## {version}' has no recording yet; add one with"
                yield Finding(recording.path, f"{message} 'hearth recordings add'", note=True)


def _missing(path: Path, version: str, speaker: Speaker) -> Finding:
    message = f"'## {version}' has no recording in the voice of {speaker.name} ({speaker.locale})"
    return Finding(path, f"{message}; {BUILD}")


def _half_translated(
    recording: Recording, version: str, locale: str, missing: Sequence[str]
) -> Finding:
    message = f"{locale}: {len(missing)} texts of '## {version}' have no translation, so it isn't"
    return Finding(recording.path, f"{message} made; the first is “{missing[0][:60]}”", note=True)
