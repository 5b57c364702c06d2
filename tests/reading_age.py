"""The reading age of a text, calculated with textstat."""

from __future__ import annotations

import re
from collections.abc import Iterable

import textstat
from textstat.backend.selections._list_words import list_words
from textstat.backend.utils._get_cmudict import get_cmudict

END_OF_SENTENCE = re.compile(r"[.?!…:][”’)]*\Z")
LANGUAGE = "en_GB"


def reading_age(texts: Iterable[str]) -> float:
    """Return the reading age in years: the Flesch-Kincaid school grade plus five.

    Each text counts as at least one sentence, even a label without a full stop.
    """
    sentences = (text if END_OF_SENTENCE.search(text) else f"{text}." for text in texts)
    text = " ".join(sentences).replace("’", "'")
    pronounced = get_cmudict(LANGUAGE) or {}
    for word in list_words(text, lowercase=True):
        # If a word has no pronunciation, textstat counts its syllables by hyphenation. If a word
        # isn't in its dictionary at all, textstat fails.
        pronounced.setdefault(word, [])
    textstat.set_lang(LANGUAGE)
    return float(textstat.flesch_kincaid_grade(text)) + 5
