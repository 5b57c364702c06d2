"""The script of a recording: phrases to say and pauses to keep, read from the body of its file.

One script is three things at once: what the voice says, the transcript on the page and the
captions. So each paragraph is one phrase, one message for translators and one caption. A breath
mark before a phrase is for the listening mode only: it changes nothing that is said.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

VERSIONS = ("full", "short")
LONGEST_PAUSE = 60
LONGEST_BREATH = 20
BREATHS = ("in", "out", "still")

_PAUSE = re.compile(r"\[\s*pause\s+([0-9]{1,9})\s*\]", re.IGNORECASE)
_BREATH = re.compile(r"\(\s*breath\b\s*:?\s*(.*?)\s*\)", re.IGNORECASE)
_NO_PHRASE = "a breath mark belongs before a phrase, and there is none after this one"
_RHYTHM = re.compile(r"in ([0-9]{1,9}) ?, ?out ([0-9]{1,9})")


@dataclass(frozen=True)
class Phrase:
    """Words said in one go; `line` is where they begin in the file, counted from 1.

    `breath` is what the light of the listening mode does from here on: "in", "out", "still", or the
    seconds of a rhythm such as "4 6". It is empty if the script says nothing new here.
    """

    text: str
    line: int
    breath: str = ""


@dataclass(frozen=True)
class Pause:
    """Silence of whole seconds, 1 to 60."""

    seconds: int
    line: int


class ScriptError(Exception):
    """A script can't be read; `line` says where in the file, `message` what to change."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


def parse_script(body: str, first_line: int = 1) -> dict[str, tuple[Phrase | Pause, ...]]:
    """Split a body into its versions, "full" and "short", each in the order of speaking.

    `first_line` is the line of the file on which `body` begins. Raises ScriptError.
    """
    versions: dict[str, list[Phrase | Pause]] = {}
    headings: dict[str, int] = {}
    current: list[Phrase | Pause] | None = None
    mark: tuple[int, str] | None = None
    for line, text in paragraphs(body, first_line):
        found = _BREATH.match(text)
        if mark and (found or text.startswith("#")):
            raise ScriptError(mark[0], _NO_PHRASE)
        if text.startswith("#"):
            name = _version_name(line, text)
            if name in versions:
                raise ScriptError(line, f"there are two '## {name}' sections; make them one")
            headings[name] = line
            current = versions[name] = []
        elif current is None:
            raise ScriptError(line, "these words come before '## full' or '## short'")
        elif found:
            mark = line, _breath(line, text)
        else:
            step = parse_step(line, text)
            if mark and isinstance(step, Phrase):
                step, mark = replace(step, breath=mark[1]), None
            current.append(step)
    if mark:
        raise ScriptError(mark[0], _NO_PHRASE)
    if not versions:
        raise ScriptError(first_line, "there is no script; begin with a line '## full'")
    for name, steps in versions.items():
        if not any(isinstance(step, Phrase) for step in steps):
            raise ScriptError(headings[name], f"the section '{name}' has no words to say")
    return {name: tuple(steps) for name, steps in versions.items()}


def parse_step(line: int, text: str) -> Phrase | Pause:
    """Read one paragraph, already joined into one line. Raises ScriptError."""
    found = _PAUSE.fullmatch(text)
    if found:
        seconds = int(found[1])
        if not 1 <= seconds <= LONGEST_PAUSE:
            raise ScriptError(line, f"a pause is 1 to {LONGEST_PAUSE} seconds, not {found[1]}")
        return Pause(seconds, line)
    # A misspelt pause would otherwise be read aloud.
    if text.startswith("["):
        raise ScriptError(line, f"'{text[:40]}' is not a pause; write for instance '[pause 8]'")
    if _PAUSE.search(text):
        raise ScriptError(line, "a pause needs a paragraph of its own, with empty lines around it")
    # A breath mark would be read aloud too.
    if _BREATH.search(text):
        raise ScriptError(line, "a breath mark needs a paragraph of its own")
    return Phrase(text, line)


def _breath(line: int, text: str) -> str:
    """Read a paragraph that begins like a breath mark. Raises ScriptError."""
    found = _BREATH.fullmatch(text)
    wanted = " ".join(found[1].lower().split()) if found else ""
    if wanted in BREATHS:
        return wanted
    rhythm = _RHYTHM.fullmatch(wanted)
    if not rhythm:
        raise ScriptError(
            line,
            f"'{text[:40]}' is not a breath mark; write for instance '(breath: in 4, out 6)',"
            " '(breath: in)', '(breath: out)' or '(breath: still)'",
        )
    seconds = tuple(map(int, rhythm.groups()))
    if not all(1 <= each <= LONGEST_BREATH for each in seconds):
        raise ScriptError(line, f"a breath in or out is 1 to {LONGEST_BREATH} seconds")
    return "{} {}".format(*seconds)


def script_sha256(steps: Iterable[Phrase | Pause]) -> str:
    """Hex SHA-256 of what a recording says and how long it waits, wherever it stands in a file."""
    lines = (
        f"phrase {step.text}\n" if isinstance(step, Phrase) else f"pause {step.seconds}\n"
        for step in steps
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def phrases_of(steps: Iterable[Phrase | Pause]) -> tuple[Phrase, ...]:
    """Leave out the pauses."""
    return tuple(step for step in steps if isinstance(step, Phrase))


def paragraphs(body: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Give (line, text) of each paragraph and heading, with white space made single."""
    words: list[str] = []
    start = first_line
    for line, text in enumerate(body.splitlines(), first_line):
        heading = text.startswith("#")
        if words and (heading or not text.strip()):
            yield start, " ".join(words)
            words = []
        if heading:
            yield line, " ".join(text.split())
        elif text.strip():
            start = start if words else line
            words += text.split()
    if words:
        yield start, " ".join(words)


def _version_name(line: int, text: str) -> str:
    name = text.removeprefix("## ").strip()
    if name not in VERSIONS:
        raise ScriptError(line, f"'{text[:40]}' must be '## full' or '## short'")
    return name
