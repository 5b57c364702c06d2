"""Check finished recordings: checksums, tags, captions, scripts and pace.

With the extra `recordings`, check their sound too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hearth_cft.library.audio import Audio, load_audio
from hearth_cft.library.models import Recording
from hearth_cft.library.script import Phrase, phrases_of
from hearth_cft.tools.recordings.captions import CaptionError, Cue, problems_of, read_captions
from hearth_cft.tools.recordings.check_pace import Paced, estimates, pace_findings, paces
from hearth_cft.tools.recordings.check_scripts import long_phrases, missing_audio, missing_voice
from hearth_cft.tools.recordings.check_sound import Outcome, measure_all, problems
from hearth_cft.tools.recordings.extras import MissingExtraError
from hearth_cft.tools.recordings.findings import ADD, BUILD, Finding
from hearth_cft.tools.recordings.labels import demonstration, iso_639_2
from hearth_cft.tools.recordings.tags import Tags, read_tags
from hearth_cft.tools.recordings.words import SOURCE, Wording, Words

Measure = Callable[[Sequence[Audio]], Sequence[Outcome]]
# The head of a script states the length, so that people can choose a recording that fits. The
# sound may differ from that length by this fraction.
_MINUTES_TOLERANCE = 0.2


def check(
    folder: Path,
    recordings: Sequence[Recording],
    wording: Wording,
    *,
    own: Sequence[Recording] | None = None,
    measure: Measure = measure_all,
) -> tuple[int, list[Finding], list[Paced]]:
    """Check every recording under `folder`. Return their number, the findings and the paces.

    For a service's folder, `own` holds the service's own scripts. These need no computer-generated
    voice.
    """
    audio, broken = load_audio([folder])
    outcomes: Sequence[Outcome] | None
    findings = [Finding(error.path, error.message) for error in broken]
    by_slug = {recording.slug: recording for recording in recordings}
    for item in audio:
        findings += _findings(item, by_slug.get(item.slug), wording)
    findings += long_phrases(recordings)
    if own is None:
        findings += missing_audio(recordings, wording, audio)
    else:
        findings += missing_voice(own, audio)
    try:
        outcomes = measure(audio)
    except MissingExtraError as error:
        message = f"loudness, clipping and the times of captions were not checked: {error}"
        findings.append(Finding(folder, message, note=True))
        outcomes = None
    else:
        findings += _sound_findings(audio, outcomes)
    rows = [
        *paces(audio, outcomes),
        *estimates(recordings if own is None else own, wording, audio, own=own is not None),
    ]
    findings += pace_findings(rows)
    findings += [
        Finding(problem.path, f"line {problem.line}: {problem.message}")
        for problem in wording.problems
    ]
    return len(audio), findings, rows


def _sound_findings(audio: Sequence[Audio], outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    for item, outcome in zip(audio, outcomes, strict=True):
        yield from (Finding(item.path, text) for text in problems(item, outcome))


def _findings(audio: Audio, recording: Recording | None, wording: Wording) -> Iterator[Finding]:
    remedy = BUILD if audio.generated else ADD
    if hashlib.sha256(audio.path.read_bytes()).hexdigest() != audio.sha256:
        yield Finding(audio.path, f"its SHA-256 is not the one in the .json; {remedy}")
    if recording is None or audio.version not in recording.scripts:
        wanted = f"recordings/{audio.slug}.md with '## {audio.version}'"
        yield Finding(audio.path, f"no page offers it; write {wanted} or delete the file")
        return
    words = wording.words(recording, audio.version, audio.locale)
    yield from _tag_findings(audio, words, remedy)
    yield from _length_findings(audio, recording)
    same = words.sha256 == audio.script_sha256
    if not same:
        yield from _script_findings(audio, words)
    yield from _caption_findings(audio, phrases_of(words.steps) if same else None, remedy)


def _script_findings(audio: Audio, words: Words) -> Iterator[Finding]:
    if audio.generated and words.missing:
        message = f"{len(words.missing)} texts of its script are no longer translated into"
        example = f"'{audio.locale}', such as “{words.missing[0][:60]}”"
        yield Finding(audio.path, f"{message} {example}; translate them and {BUILD}")
    elif audio.generated:
        source = "script" if audio.locale == SOURCE else "translation"
        yield Finding(audio.path, f"the {source} has changed since it was made; {BUILD}")
    elif audio.script_sha256 and not words.missing:
        # A recording without a transcript has no `script_sha256`, so there is nothing to compare.
        message = "the page shows other words than this voice says; put the spoken words into"
        yield Finding(audio.path, f"{message} recordings/{audio.slug}.md", note=True)


def _length_findings(audio: Audio, recording: Recording) -> Iterator[Finding]:
    promised = recording.minutes[audio.version] * 60
    if abs(audio.seconds - promised) > promised * _MINUTES_TOLERANCE:
        lasts = f"it lasts {audio.seconds / 60:.1f} minutes, its page promises {promised // 60}"
        advice = f"change 'minutes' in recordings/{audio.slug}.md, or the script"
        # Some languages need more words, and a translator can't change the length on the page. So
        # this is only a note, except for generated recordings in English.
        is_problem = audio.generated and audio.locale == SOURCE
        yield Finding(audio.path, f"{lasts}; {advice}", note=not is_problem)


def _tag_findings(audio: Audio, words: Words, remedy: str) -> Iterator[Finding]:
    tags = read_tags(audio.path)
    if tags is None:
        yield Finding(audio.path, f"it has no ID3v2.4 tags; {remedy}")
        return
    wanted = Tags(
        title=words.title if audio.generated or audio.locale == SOURCE else tags.title,
        voice=audio.voice_name,
        language=iso_639_2(audio.locale),
        licence=audio.licence,
        comment=demonstration(audio.locale) if audio.generated else tags.comment,
    )
    for name, value in wanted.__dict__.items():
        if getattr(tags, name) != value:
            current = getattr(tags, name) or "nothing"
            message = f"the tag '{name}' says '{current}', not '{value}'"
            yield Finding(audio.path, f"{message}; {remedy}")


def _caption_findings(
    audio: Audio, phrases: Sequence[Phrase] | None, remedy: str
) -> Iterator[Finding]:
    if audio.captions_path is None:
        message = f"it has no captions ({audio.path.stem}.vtt)"
        action = remedy if audio.generated else f"{ADD} --transcript"
        yield Finding(audio.path, f"{message}; {action}", note=not audio.generated)
        return
    try:
        cues = read_captions(audio.captions_path.read_text(encoding="utf-8"))
    except CaptionError as error:
        yield Finding(audio.captions_path, f"{error}; {remedy}")
        return
    except UnicodeDecodeError:
        yield Finding(audio.captions_path, f"it is not UTF-8; {remedy}")
        return
    for message in (*problems_of(cues, audio.seconds), *_differences(cues, phrases)):
        yield Finding(audio.captions_path, f"{message}; {remedy}")


def _differences(cues: Sequence[Cue], phrases: Sequence[Phrase] | None) -> Iterator[str]:
    if not cues:
        yield "it has no cues"
    if phrases is None:
        return
    if len(cues) != len(phrases):
        yield f"it has {len(cues)} cues for {len(phrases)} phrases"
        return
    for number, (cue, phrase) in enumerate(zip(cues, phrases, strict=True), 1):
        if cue.text != phrase.text:
            yield f"cue {number} says '{cue.text[:40]}', but the script says '{phrase.text[:40]}'"
