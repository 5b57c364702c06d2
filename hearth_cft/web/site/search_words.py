"""Words as people search for them. static/js/search/words.js does the same with what they type.

What is compared has no case, no accents, and none of what Arabic leaves to the reader; the two are
held together by tests/vectors/search-words.json.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Only marks that are left out in writing: in Hindi, say, vowels are marks too, and those stay.
# Latin, Greek and Cyrillic accents; Hebrew points; Arabic vowel signs, dagger alef, the long line.
MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u200b-\u200f\u2060\ufeff]"
)
# Letters that no decomposition takes apart, and Arabic, Persian and Urdu letters that are alike.
ALIKE = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ς": "σ",
        "\u2018": "'",
        "\u2019": "'",
        "\u0671": "\u0627",  # alef wasla: alef
        "\u0649": "\u064a",  # alef maqsura: yeh
        "\u06cc": "\u064a",  # Persian yeh: yeh
        "\u0629": "\u0647",  # teh marbuta: heh
        "\u06a9": "\u0643",  # Persian kaf: kaf
        "\u06c1": "\u0647",
        "\u06be": "\u0647",
        "\u06c3": "\u0647",
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
    }
)
# "the", alone or after "and", "so", "with", "as", or run together with "for".
ARTICLE = re.compile(
    "(?:[\u0648\u0641]?[\u0628\u0643]?\u0627\u0644|[\u0648\u0641]?\u0644\u0644)(?=.{3})"
)
LETTERS_AND_DIGITS = frozenset("LMN")


class _Letters(dict[int, int]):
    """For str.translate: letters, marks and digits stay, an apostrophe goes, the rest is space."""

    def __missing__(self, code: int) -> int | None:
        stays = unicodedata.category(chr(code))[0] in LETTERS_AND_DIGITS
        self[code] = code if stays else ord(" ")
        return self[code]


LETTERS = _Letters()
APOSTROPHE = str.maketrans("", "", "'")


def fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    bare = MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()
    return MARKS.sub("", bare).translate(ALIKE)


def words(text: str) -> list[str]:
    """The words of a text, folded, in order; "don't" is "dont", Arabic's article is left out."""
    return [_bare(word) for word in fold(text).translate(APOSTROPHE).translate(LETTERS).split()]


@cache
def _bare(word: str) -> str:
    found = ARTICLE.match(word)
    return word[found.end() :] if found else word
