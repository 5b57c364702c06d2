"""Add a recording that a therapist made: check it, set its level, convert and describe it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hearth_cft.library.audio import LOCALE
from hearth_cft.library.models import Recording
from hearth_cft.library.script import (
    Pause,
    Phrase,
    ScriptError,
    paragraphs,
    parse_step,
    phrases_of,
    script_sha256,
)
from hearth_cft.reading.problem import ContentError, did_you_mean
from hearth_cft.reading.text import decoded
from hearth_cft.tools.recordings import mp3
from hearth_cft.tools.recordings.align import cues_for, speech_spans
from hearth_cft.tools.recordings.captions import Cue
from hearth_cft.tools.recordings.files import Recorded, keep
from hearth_cft.tools.recordings.flaws import flaws
from hearth_cft.tools.recordings.labels import OWN_LICENCE, iso_639_2
from hearth_cft.tools.recordings.sound import RATE, SilentError, levelled
from hearth_cft.tools.recordings.tags import Tags
from hearth_cft.tools.recordings.words import Wording

SHORTEST_SECONDS = 5


class AddError(Exception):
    """A recording can't be added. The message says why and what to do."""


@dataclass(frozen=True)
class Wish:
    """The arguments of `hearth recordings add`."""

    file: Path
    slug: str
    locale: str
    voice: str
    version: str
    transcript: Path | None
    replace: bool


def add(
    wish: Wish,
    recordings: Sequence[Recording],
    wording: Wording,
    folder: Path,
    *,
    progress: mp3.Progress,
    warn: Callable[[str], None],
) -> Path:
    """Write the MP3, its .json and, if there is a transcript, the captions.

    Return the path of the MP3. The original file is only read. Raises AddError, SoundFileError,
    MissingExtraError or OSError.
    """
    recording = _find_recording(wish, recordings)
    steps = _read_transcript(wish.transcript)
    description = _describe(wish, steps)
    target = description.file(folder, ".mp3")
    _refuse_overwriting(wish, target)
    samples = mp3.decoded(wish.file, lambda share: progress(share * 0.5))
    seconds = len(samples) / RATE
    if seconds < SHORTEST_SECONDS:
        raise AddError(f"{wish.file}: only {seconds:.1f} s long; is it the right file?")
    spans = speech_spans(samples)
    try:
        for flaw in flaws(samples, spans):
            warn(f"{wish.file}: {flaw}")
        samples = levelled(samples, spans)
    except SilentError:
        raise AddError(f"{wish.file}: no speech can be heard in it; record it again") from None
    progress(0.8)
    texts = [phrase.text for phrase in phrases_of(steps)]
    cues: tuple[Cue, ...] = cues_for(texts, spans) if texts else ()
    tags = Tags(
        title=wording.title(recording, wish.version, wish.locale),
        voice=wish.voice,
        language=iso_639_2(wish.locale),
        licence=OWN_LICENCE,
    )
    recorded = Recorded(**{**description.__dict__, "seconds": seconds})
    path = keep(folder, recorded, mp3.finished(samples, tags), cues)
    progress(1.0)
    return path


def voice_slug(name: str) -> str:
    """Return the voice's part of the file name, such as "dr-zoe-hill" for "Dr. Zoë Hill".

    Return "" if no letter or digit of the name can be written in ASCII.
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_name))


def _find_recording(wish: Wish, recordings: Sequence[Recording]) -> Recording:
    by_slug = {recording.slug: recording for recording in recordings}
    if wish.slug not in by_slug:
        slugs = ", ".join(sorted(by_slug)) or "none"
        near = did_you_mean(wish.slug, by_slug)
        message = f"there is no recording '{wish.slug}'; there are: {slugs}{near}"
        end = "" if near else "."
        raise AddError(f"{message}{end} To add a new one, first write recordings/{wish.slug}.md")
    if wish.version not in by_slug[wish.slug].scripts:
        raise AddError(f"'{wish.slug}' has no '## {wish.version}' section in its file")
    if not LOCALE.match(wish.locale):
        raise AddError(f"'{wish.locale}' is not a language; write it as en, cy or pt-BR")
    return by_slug[wish.slug]


def _read_transcript(file: Path | None) -> tuple[Phrase | Pause, ...]:
    if file is None:
        return ()
    try:
        text = decoded(file, file.read_bytes())
    except ContentError as error:
        raise AddError(str(error)) from None
    except OSError as error:
        raise AddError(f"{file}: can't be read: {error.strerror}") from None
    try:
        steps = tuple(_parse_paragraph(line, words) for line, words in paragraphs(text, 1))
    except ScriptError as error:
        raise AddError(f"{file}:{error.line}: {error.message}") from None
    if not phrases_of(steps):
        raise AddError(f"{file}: there are no words in it")
    return steps


def _parse_paragraph(line: int, words: str) -> Phrase | Pause:
    if words.startswith("#"):
        raise ScriptError(line, "headings are not spoken; delete lines that begin with '#'")
    return parse_step(line, words)


def _describe(wish: Wish, steps: Sequence[Phrase | Pause]) -> Recorded:
    name = " ".join(wish.voice.split())
    if not name:
        raise AddError("--voice is empty; give the speaker's name or initials")
    return Recorded(
        slug=wish.slug,
        version=wish.version,
        locale=wish.locale,
        voice=voice_slug(name) or "voice",
        voice_name=name,
        generated=False,
        seconds=0,
        script_sha256=script_sha256(steps) if steps else "",
        licence=OWN_LICENCE,
    )


def _refuse_overwriting(wish: Wish, target: Path) -> None:
    if target.exists() and target.samefile(wish.file):
        raise AddError(f"{wish.file} is the app's own copy; give the original instead")
    if target.exists() and not wish.replace:
        raise AddError(f"{target} already exists; add --replace to replace it")
