"""Check the pace of recordings, and of scripts that have no recording yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hearth_cft.library.audio import Audio
from hearth_cft.library.models import Recording
from hearth_cft.tools.recordings.captions import problems_of
from hearth_cft.tools.recordings.check_sound import Measures, Outcome, cues_of
from hearth_cft.tools.recordings.findings import BUILD, Finding
from hearth_cft.tools.recordings.listing import aligned
from hearth_cft.tools.recordings.pace import (
    Pace,
    against_the_rule,
    estimated,
    pace_of_cues,
    words_of,
)
from hearth_cft.tools.recordings.speakers import SPEAKERS, Speaker
from hearth_cft.tools.recordings.words import SOURCE, Wording, Words

_HEAD = (
    "Recording",
    "Version",
    "Language",
    "Voice",
    "From",
    "Words",
    "A minute",
    "In bursts",
    "Silence",
    "Longest s",
)
_TEXT_COLUMNS = 5


@dataclass(frozen=True)
class Paced:
    """The pace of a recording, or of a script.

    `path` is the file to change. `generated` is False for a person's recording, and `is_estimate`
    is True for a script.
    """

    slug: str
    version: str
    locale: str
    voice_name: str
    path: Path
    pace: Pace
    generated: bool = True
    is_estimate: bool = False
    note: bool = False


def paces(audio: Sequence[Audio], outcomes: Sequence[Outcome] | None) -> Iterator[Paced]:
    """Yield the pace of each recording that can be measured.

    Captions of generated recordings are exact. Other recordings need their `outcomes`.
    """
    for item, outcome in zip(audio, outcomes or [""] * len(audio), strict=True):
        pace = _pace(item, outcome)
        if pace:
            yield Paced(
                item.slug,
                item.version,
                item.locale,
                item.voice_name,
                item.path,
                pace,
                generated=item.generated,
                # A therapist knows best how to speak to clients.
                note=not item.generated,
            )


def estimates(
    recordings: Iterable[Recording], wording: Wording, audio: Sequence[Audio], *, own: bool = False
) -> Iterator[Paced]:
    """Yield the estimated pace of each script without a recording of its present words.

    A version of a service's `own` scripts needs no recording but one in English.
    """
    current = {(each.slug, each.version, each.locale, each.script_sha256) for each in audio}
    spoken = {(each.slug, each.version) for each in audio if each.locale == SOURCE}
    for recording in recordings:
        for version in recording.scripts:
            if own and (recording.slug, version) in spoken:
                continue
            for speaker, words in _wordings(recording, version, wording):
                if (recording.slug, version, speaker.locale, words.sha256) not in current:
                    yield Paced(
                        recording.slug,
                        version,
                        speaker.locale,
                        speaker.name,
                        recording.path,
                        estimated(words.steps, speaker),
                        is_estimate=True,
                        note=own,
                    )


def pace_findings(rows: Iterable[Paced]) -> Iterator[Finding]:
    """Yield what breaks the rule. Two voices of one script say the same, so name it once."""
    told = set()
    for row in rows:
        key = row.path, row.version, row.locale
        texts = against_the_rule(row.pace, row.version)
        if not texts or key in told:
            continue
        told.add(key)
        for text in texts:
            yield Finding(row.path, _message(row, text), note=row.note)


def pace_table(rows: Iterable[Paced]) -> str:
    """Return a table with a line for each recording and each estimated script."""
    return aligned((_HEAD, *map(_cells, rows)), _TEXT_COLUMNS)


def _message(row: Paced, text: str) -> str:
    if row.is_estimate:
        return f"'## {row.version}' in the voice of {row.voice_name} ({row.locale}): {text}"
    return f"{text} in recordings/{row.slug}.md and {BUILD}" if row.generated else text


def _wordings(
    recording: Recording, version: str, wording: Wording
) -> Iterator[tuple[Speaker, Words]]:
    for speaker in SPEAKERS:
        words = wording.words(recording, version, speaker.locale)
        if not words.missing:
            yield speaker, words


def _pace(audio: Audio, outcome: Outcome) -> Pace | None:
    cues = cues_of(audio)
    if audio.generated:
        is_timed = cues and not problems_of(cues, audio.seconds)
        return pace_of_cues(cues, audio.seconds) if is_timed else None
    if not isinstance(outcome, Measures):
        return None
    words = words_of(cues) if cues else None
    return Pace(outcome.seconds, outcome.speaking, outcome.longest, words)


def _cells(row: Paced) -> tuple[str, ...]:
    pace = row.pace
    return (
        row.slug,
        row.version,
        row.locale,
        row.voice_name,
        "script, estimated" if row.is_estimate else "captions" if row.generated else "sound",
        _number(pace.words),
        _number(pace.words_a_minute),
        _number(pace.in_bursts),
        f"{pace.silence:.0%}",
        f"{pace.longest:.0f}",
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
