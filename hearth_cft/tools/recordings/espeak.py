"""Spells the sounds of languages other than English with the program espeak-ng.

It runs as a program of its own, only while recordings are made; nothing of it is in Hearth.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable

# Kokoro-82M writes two sounds that espeak-ng ties together as one letter.
_ONE_LETTER = {
    "a^ɪ": "I",
    "a^ʊ": "W",
    "e^ɪ": "A",
    "o^ʊ": "O",
    "ə^ʊ": "Q",
    "ɔ^ɪ": "Y",
    "d^ʒ": "ʤ",
    "t^ʃ": "ʧ",
    "t^s": "ʦ",
    "d^z": "ʣ",
}
_TIED = re.compile("|".join(map(re.escape, _ONE_LETTER)))
# With the marks that espeak-ng puts between letters where it is asked to tie them: (^f^r).
_FLAG = re.compile(r"\(([a-z^-]+)\)")
_MARK = re.compile(r"\s*([.,;:!?…—]+)\s*")
_DASH = re.compile(r"\s+[–—]\s+")
# The model's letters have none for these, and they are not heard.
_UNHEARD = str.maketrans({"’": "'", **dict.fromkeys('«»“”"()¿¡', None)})

Run = Callable[[str], str]


class EspeakError(Exception):
    """espeak-ng is missing or fails; the message says what to do."""


class SpellingError(Exception):
    """Words can't be spelt in the sounds of the language; the message says which and why."""


def spelling(language: str, run: Run | None = None) -> Callable[[str], str]:
    """A function from a text to the letters of the voice model. Raises EspeakError.

    `language` is one of espeak-ng's. `run` gives its output for words without marks. The function
    raises SpellingError.
    """
    ask = run or _program(language)
    return lambda text: _spelt(text, ask)


def _spelt(text: str, ask: Run) -> str:
    """Word for word between the marks, since espeak-ng swallows those."""
    parts = _MARK.split(_DASH.sub("— ", text.translate(_UNHEARD)).strip())
    spelt = ""
    for words, mark in zip(parts[::2], [*parts[1::2], ""], strict=True):
        spelt += letters_of(ask(words), words) if words else ""
        spelt += f"{mark[:1]} "
    return spelt.strip()


def letters_of(output: str, words: str) -> str:
    """What espeak-ng printed for `words`, in the letters of the voice model."""
    flags = _FLAG.findall(output)
    if flags:
        language = flags[0].replace("^", "")
        message = f"espeak-ng takes a word of '{words}' for another language ({language})"
        raise SpellingError(f"{message}; say it in other words")
    plain = _TIED.sub(lambda tied: _ONE_LETTER[tied[0]], output)
    # What else is tied stays two letters; "-" joins words that are said as one.
    plain = plain.replace("^", "").replace("-", "")
    return " ".join(plain.split())


def _program(language: str) -> Run:
    path = shutil.which("espeak-ng")
    if path is None:
        message = "the program espeak-ng is not installed; it spells the sounds of every language"
        raise EspeakError(f"{message} but English (on Debian: apt-get install espeak-ng)")
    command = [path, "--ipa", "--tie=^", "-q", "-b", "1", "-v", language, "--stdin"]

    def run(words: str) -> str:
        # The words go in as text, never as arguments, and no shell reads them.
        done = subprocess.run(  # noqa: S603
            command, input=words, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode or done.stderr:
            raise EspeakError(f"espeak-ng failed for '{language}': {done.stderr.strip()}")
        return done.stdout

    return run
