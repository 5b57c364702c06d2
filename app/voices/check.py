"""Checks finished recordings: sums, tags, captions, scripts, and with the extra their sound."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.audio import Audio, load_audio
from app.library import Recording
from app.script import Phrase, phrases_of, script_sha256
from app.voices import check_sound
from app.voices.build import title_of
from app.voices.captions import CaptionError, Cue, problems_of, read_captions
from app.voices.extras import MissingExtraError
from app.voices.labels import DEMONSTRATION, iso_639_2
from app.voices.tags import Tags, read_tags

_BUILD = "run 'hearth recordings build'"
_ADD = "add it again with 'hearth recordings add'"
_LONG_CAPTION = 200
# The scripts are written in English; other languages are read aloud from their translations.
_SCRIPT_LOCALE = "en"


@dataclass(frozen=True)
class Finding:
    """Something about a file. A note is worth knowing, anything else needs mending."""

    path: Path
    message: str
    note: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {'note: ' if self.note else ''}{self.message}"


def check(folder: Path, recordings: Sequence[Recording]) -> tuple[int, list[Finding]]:
    """Look at every recording under `folder`; gives how many there are and what was found."""
    audio, problems = load_audio([folder])
    findings = [Finding(error.path, error.message) for error in problems]
    by_slug = {recording.slug: recording for recording in recordings}
    for each in audio:
        findings += _findings(each, by_slug.get(each.slug))
    findings += check_long_phrases(recordings)
    try:
        for each in audio:
            findings += [Finding(each.path, text) for text in check_sound.problems(each)]
    except MissingExtraError as error:
        message = f"loudness, clipping and the times of captions were not checked: {error}"
        findings.append(Finding(folder, message, note=True))
    return len(audio), findings


def check_long_phrases(recordings: Sequence[Recording]) -> Iterator[Finding]:
    """Name the phrases that are too long for a caption."""
    for recording in recordings:
        for phrase in (p for steps in recording.scripts.values() for p in phrases_of(steps)):
            if len(phrase.text) > _LONG_CAPTION:
                message = f"line {phrase.line}: {len(phrase.text)} characters make a long caption"
                yield Finding(recording.path, f"{message}; split the paragraph", note=True)


def _findings(audio: Audio, recording: Recording | None) -> Iterator[Finding]:
    again = _BUILD if audio.generated else _ADD
    if hashlib.sha256(audio.path.read_bytes()).hexdigest() != audio.sha256:
        yield Finding(audio.path, f"its SHA-256 is not the one in the .json; {again}")
    if recording is None or audio.version not in recording.scripts:
        wanted = f"recordings/{audio.slug}.md with '## {audio.version}'"
        yield Finding(audio.path, f"no page offers it; write {wanted} or delete the file")
        return
    yield from _tag_findings(audio, title_of(recording, audio.version), again)
    phrases = phrases_of(recording.scripts[audio.version])
    same_script = script_sha256(recording.scripts[audio.version]) == audio.script_sha256
    # A therapist's recording without a transcript has no words to compare.
    comparable = audio.locale == _SCRIPT_LOCALE and (audio.generated or audio.script_sha256)
    if comparable and not same_script:
        yield _script_finding(audio)
    compare = phrases if same_script and audio.locale == _SCRIPT_LOCALE else None
    yield from _caption_findings(audio, compare, again)


def _script_finding(audio: Audio) -> Finding:
    if audio.generated:
        return Finding(audio.path, f"the script has changed since it was made; {_BUILD}")
    message = "the page shows other words than this voice says: put yours into"
    return Finding(audio.path, f"{message} recordings/{audio.slug}.md", note=True)


def _tag_findings(audio: Audio, title: str, again: str) -> Iterator[Finding]:
    tags = read_tags(audio.path)
    if tags is None:
        yield Finding(audio.path, f"it has no ID3v2.4 tags; {again}")
        return
    wanted = Tags(
        title=title if audio.locale == _SCRIPT_LOCALE else tags.title,
        voice=audio.voice_name,
        language=iso_639_2(audio.locale),
        licence=audio.licence,
        comment=DEMONSTRATION if audio.generated else tags.comment,
    )
    for name, value in wanted.__dict__.items():
        if getattr(tags, name) != value:
            has = getattr(tags, name) or "nothing"
            yield Finding(audio.path, f"the tag '{name}' says '{has}', not '{value}'; {again}")


def _caption_findings(
    audio: Audio, phrases: Sequence[Phrase] | None, again: str
) -> Iterator[Finding]:
    if audio.captions_path is None:
        message = f"it has no captions ({audio.path.stem}.vtt)"
        what = again if audio.generated else f"{_ADD} --transcript"
        yield Finding(audio.path, f"{message}; {what}", note=not audio.generated)
        return
    try:
        cues = read_captions(audio.captions_path.read_text(encoding="utf-8"))
    except CaptionError as error:
        yield Finding(audio.captions_path, f"{error}; {again}")
        return
    except UnicodeDecodeError:
        yield Finding(audio.captions_path, f"not UTF-8; {again}")
        return
    for message in (*problems_of(cues, audio.seconds), *_differences(cues, phrases)):
        yield Finding(audio.captions_path, f"{message}; {again}")


def _differences(cues: Sequence[Cue], phrases: Sequence[Phrase] | None) -> Iterator[str]:
    if not cues:
        yield "there is no cue in it"
    if phrases is None:
        return
    if len(cues) != len(phrases):
        yield f"it has {len(cues)} cues for {len(phrases)} phrases"
        return
    for number, (cue, phrase) in enumerate(zip(cues, phrases, strict=True), 1):
        if cue.text != phrase.text:
            yield f"cue {number} says '{cue.text[:40]}', the script '{phrase.text[:40]}'"
