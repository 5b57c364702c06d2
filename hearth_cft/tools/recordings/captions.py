"""Write and read WebVTT captions: one cue per phrase, so that the transcript follows the voice.

Format: W3C "WebVTT: The Web Video Text Tracks Format". Only its plain part is supported.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

_TIMES = re.compile(
    r"(?:(\d{2,}):)?(\d\d):(\d\d\.\d{3})\s+-->\s+(?:(\d{2,}):)?(\d\d):(\d\d\.\d{3})"
)


@dataclass(frozen=True)
class Cue:
    """A text, and when it is heard in seconds from the beginning of the file."""

    start: float
    end: float
    text: str


class CaptionError(Exception):
    """A caption file can't be read. `line` is the number of the faulty line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


def write_captions(cues: Iterable[Cue], note: str = "") -> str:
    """Return the text of a .vtt file. Number the cues from 1.

    `note` becomes a comment at the top, which players don't show.
    """
    blocks = ["WEBVTT"]
    if note:
        blocks.append(f"NOTE\n{note.replace('-->', '→')}")
    for number, cue in enumerate(cues, 1):
        times = f"{_timestamp(cue.start)} --> {_timestamp(cue.end)}"
        # The text of a cue may hold entities and tags. Escaping keeps '<' and '-->' as plain text.
        blocks.append(f"{number}\n{times}\n{html.escape(cue.text, quote=False)}")
    return "\n\n".join(blocks) + "\n"


def read_captions(text: str) -> tuple[Cue, ...]:
    """Parse a .vtt file into cues. Ignore styles and positions. Raises CaptionError."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].split(" ")[0].strip() != "WEBVTT":
        raise CaptionError(1, "the first line must be WEBVTT")
    cues: list[Cue] = []
    number = 1
    while number < len(lines):
        if "-->" not in lines[number]:
            number += 1
            continue
        start, end = _parse_times(number + 1, lines[number])
        words: list[str] = []
        number += 1
        while number < len(lines) and lines[number].strip():
            words.append(lines[number].strip())
            number += 1
        cues.append(Cue(start, end, html.unescape(" ".join(words))))
    return tuple(cues)


def problems_of(cues: Iterable[Cue], seconds: float) -> list[str]:
    """Return what is wrong with the times of the cues in a recording of this length."""
    problems: list[str] = []
    last = 0.0
    for number, cue in enumerate(cues, 1):
        if cue.end <= cue.start:
            problems.append(f"cue {number} ends before it begins")
        if cue.start < last:
            problems.append(f"cue {number} begins before an earlier cue ends")
        last = max(last, cue.end)
    if last > seconds + 0.01:
        problems.append(f"the last cue ends at {last:.1f} s, the recording at {seconds:.1f} s")
    return problems


def _timestamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _parse_times(line: int, text: str) -> tuple[float, float]:
    match = _TIMES.match(text.strip())
    if not match:
        raise CaptionError(
            line, f"'{text.strip()[:60]}' is not a time such as 00:01.000 --> 00:04.000"
        )
    hours, minutes, seconds, end_hours, end_minutes, end_seconds = match.groups(default="0")
    start = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    return start, int(end_hours) * 3600 + int(end_minutes) * 60 + float(end_seconds)
