"""Fold a join code: what is the same code when it is said aloud compares as equal."""

from __future__ import annotations

import unicodedata

LEAST_LETTERS = 4
# Dashes and quotation marks outside the category of dashes, as keyboards put them.
_SAME = str.maketrans({"−": "-", "⁃": "-", "˗": "-", "‘": "'", "’": "'", "“": '"', "”": '"'})
_DROPPED = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def folded(code: str) -> str:
    """Return the code in the form that is compared.

    The form has no upper case, digits of ASCII alone, one kind of dash, and neither spaces, format
    characters nor punctuation at the end. Two codes that differ in a letter or digit stay apart.
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", code).casefold())
    text = "".join(map(_folded_character, text.translate(_SAME)))
    # Without the spaces, an accent can meet its letter.
    text = unicodedata.normalize("NFKC", text)
    # Keyboards turn two hyphens into one dash.
    while "--" in text:
        text = text.replace("--", "-")
    end = len(text)
    while end and unicodedata.category(text[end - 1]).startswith("P"):
        end -= 1
    return text[:end]


def has_enough_letters(code: str) -> bool:
    """Return whether the folded code has enough letters and digits to be hard to guess."""
    return sum(character.isalnum() for character in folded(code)) >= LEAST_LETTERS


def _folded_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Pd":
        return "-"
    is_selector = "\ufe00" <= character <= "\ufe0f"
    return "" if category in _DROPPED or is_selector else character
