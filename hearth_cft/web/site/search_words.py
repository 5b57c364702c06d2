"""Split a text into words for the search.

static/js/platform/search-words.js does the same with queries. The words have no case, no accents
and none of the marks that Arabic writing usually leaves out. tests/vectors/search-words.json holds
the test cases for both implementations.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Marks that people leave out in writing: Latin, Greek and Cyrillic accents, Hebrew points, and the
# Arabic vowel signs, dagger alef and tatweel. Other marks stay: Hindi vowels, for example.
MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u200b-\u200f\u2060\ufeff]"
)
# Letters without a Unicode decomposition, and variants of a letter in Arabic, Persian and Urdu.
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
# The Arabic article ("the"), alone, after "and", "so", "with" or "as", or joined with "for".
ARTICLE = re.compile(
    "(?:[\u0648\u0641]?[\u0628\u0643]?\u0627\u0644|[\u0648\u0641]?\u0644\u0644)(?=.{3})"
)
LETTERS_AND_DIGITS = frozenset("LMN")


class _Letters(dict[int, int]):
    """A table for str.translate that turns all but letters, marks and digits into spaces."""

    def __missing__(self, code: int) -> int | None:
        stays = unicodedata.category(chr(code))[0] in LETTERS_AND_DIGITS
        self[code] = code if stays else ord(" ")
        return self[code]


LETTERS = _Letters()
APOSTROPHE = str.maketrans("", "", "'")


def fold(text: str) -> str:
    """Return the text in lower case, without marks, with letters replaced as in ALIKE."""
    if text.isascii():
        return text.lower()
    bare = MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()
    return MARKS.sub("", bare).translate(ALIKE)


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order.

    "don't" becomes "dont". The Arabic article is left out.
    """
    return [
        _without_article(word)
        for word in fold(text).translate(APOSTROPHE).translate(LETTERS).split()
    ]


@cache
def _without_article(word: str) -> str:
    article = ARTICLE.match(word)
    return word[article.end() :] if article else word
