"""How old a reader should be for a text, by textstat."""

from __future__ import annotations

import re
from collections.abc import Iterable

import textstat
from textstat.backend.selections._list_words import list_words
from textstat.backend.utils._get_cmudict import get_cmudict

END_OF_SENTENCE = re.compile(r"[.?!…:][”’)]*\Z")
LANGUAGE = "en_GB"


def reading_age(texts: Iterable[str]) -> float:
    """Age in years: the school grade of Flesch and Kincaid's formula, and five.

    Each text counts as at least one sentence, a label without a full stop too.
    """
    sentences = (text if END_OF_SENTENCE.search(text) else f"{text}." for text in texts)
    text = " ".join(sentences).replace("’", "'")
    pronounced = get_cmudict(LANGUAGE) or {}
    for word in list_words(text, lowercase=True):
        # textstat counts the syllables of a word without pronunciations by its hyphens, but falls
        # over one that isn't in its dictionary at all.
        pronounced.setdefault(word, [])
    textstat.set_lang(LANGUAGE)
    return float(textstat.flesch_kincaid_grade(text)) + 5
