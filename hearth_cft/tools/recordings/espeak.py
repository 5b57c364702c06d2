"""Spell the sounds of languages other than English with the program espeak-ng.

espeak-ng runs as a separate program, only while recordings are made. Hearth contains none of it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable

# Pairs of sounds that espeak-ng ties together, and the one letter that Kokoro-82M has for each.
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
# The language of a foreign word, such as (fr). With the option --tie=^ it becomes (^f^r).
_FLAG = re.compile(r"\(([a-z^-]+)\)")
_MARK = re.compile(r"\s*([.,;:!?…—]+)\s*")
_DASH = re.compile(r"\s+[–—]\s+")
# The model has no letters for quotation marks and the like. A curly apostrophe becomes straight.
_REPLACED = str.maketrans({"’": "'", **dict.fromkeys('«»“”"()¿¡', None)})

Run = Callable[[str], str]


class EspeakError(Exception):
    """espeak-ng is missing or fails. The message says what to do."""


class SpellingError(Exception):
    """Words can't be spelt in the sounds of the language. The message says which words and why."""


def spelling(language: str, run: Run | None = None) -> Callable[[str], str]:
    """Return a function that spells a text in the letters of the voice model.

    `language` is espeak-ng's name for a language. `run` returns the output of espeak-ng for words
    without punctuation marks. Raises EspeakError. The returned function raises SpellingError.
    """
    run_espeak = run or _program(language)
    return lambda text: _spell(text, run_espeak)


def _spell(text: str, run_espeak: Run) -> str:
    """Spell the words between punctuation marks separately, since espeak-ng drops the marks."""
    parts = _MARK.split(_DASH.sub("— ", text.translate(_REPLACED)).strip())
    spelt = ""
    for words, mark in zip(parts[::2], [*parts[1::2], ""], strict=True):
        spelt += letters_of(run_espeak(words), words) if words else ""
        spelt += f"{mark[:1]} "
    return spelt.strip()


def letters_of(output: str, words: str) -> str:
    """Convert the output of espeak-ng for `words` to the letters of the voice model.

    Raises SpellingError.
    """
    flags = _FLAG.findall(output)
    if flags:
        language = flags[0].replace("^", "")
        message = f"espeak-ng takes a word of '{words}' for another language ({language})"
        raise SpellingError(f"{message}; say it in other words")
    plain = _TIED.sub(lambda tied: _ONE_LETTER[tied[0]], output)
    # Other tied sounds stay two letters. "-" joins words that are pronounced as one.
    plain = plain.replace("^", "").replace("-", "")
    return " ".join(plain.split())


def _program(language: str) -> Run:
    path = shutil.which("espeak-ng")
    if path is None:
        message = "the program espeak-ng is not installed; every language except English needs it"
        raise EspeakError(f"{message} (on Debian: apt-get install espeak-ng)")
    command = [path, "--ipa", "--tie=^", "-q", "-b", "1", "-v", language, "--stdin"]

    def run(words: str) -> str:
        # The words go to standard input, never into the arguments, and there is no shell.
        result = subprocess.run(  # noqa: S603
            command, input=words, capture_output=True, encoding="utf-8", check=False
        )
        if result.returncode or result.stderr:
            raise EspeakError(f"espeak-ng failed for '{language}': {result.stderr.strip()}")
        return result.stdout

    return run
