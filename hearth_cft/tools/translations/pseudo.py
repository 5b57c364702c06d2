"""Make pseudo-locales from the English at run time, to find text that isn't translatable.

en-XA has accents, is about 40 % longer and stands in brackets. Text without accents isn't
translatable; text without its closing bracket is clipped. ar-XB is English written from right to
left. Only the preview and the tests use the pseudo-locales; a service can't offer them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from gettext import NullTranslations

from hearth_cft.i18n.locales import Locale

PLAIN = "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz"
ACCENTED = "ÀàƁƀÇçĐđÉéƑƒĜĝĤĥÎîĴĵĶķĻļṀṁÑñÖöÞþɊɋŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž"
ACCENTS = str.maketrans(PLAIN, ACCENTED)
GROWTH = 0.4

# The parts that programs read don't change: placeholders, link targets, tags, URLs, entities.
FIXED = re.compile(
    r"%\(\w+\)s|%%|\]\([^)]*\)|<[^<>]*>|[a-z]+://\S+|(?:mailto|tel|sms):\S+|&\w+;|\\.|`[^`]*`"
)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
RIGHT_TO_LEFT, END = "\u202e", "\u202c"

LOCALES = (
    Locale("en-XA", "Ṕŝéûđö", ("one", "other")),
    Locale("ar-XB", "Oduesp", ("one", "other"), "rtl"),
)


def accented(text: str) -> str:
    """Return the text with accents and in brackets.

    Dots at the end make it as long as the text may become in other languages.
    """
    if not text.strip():
        return text
    letters = sum(map(len, WORD.findall(FIXED.sub("", text))))
    changed = _change_words(text, lambda part: part.translate(ACCENTS))
    return _surround(changed, "⟦", f" {'·' * max(1, round(letters * GROWTH))}⟧")


def mirrored(text: str) -> str:
    """Return the text with every word written from right to left."""
    changed = _change_words(
        text, lambda part: WORD.sub(lambda word: f"{RIGHT_TO_LEFT}{word[0]}{END}", part)
    )
    return _surround(changed, "\u200f", "\u200f") if text.strip() else text


def _change_words(text: str, change: Callable[[str], str]) -> str:
    """Apply `change` to the text between the parts that match FIXED."""
    parts, position = [], 0
    for fixed in FIXED.finditer(text):
        parts += [change(text[position : fixed.start()]), fixed[0]]
        position = fixed.end()
    return "".join([*parts, change(text[position:])])


def _surround(text: str, start: str, end: str) -> str:
    """Put `start` and `end` around the text, inside its leading and trailing white space."""
    inner = text.strip()
    before, _, after = text.partition(inner)
    return f"{before}{start}{inner}{end}{after}"


class PseudoTranslations(NullTranslations):
    """A catalogue that has every text. It has the interface of gettext's translations."""

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self._change = change

    def gettext(self, message: str) -> str:
        return self._change(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._change(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self._change(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


def pseudo_translations(tag: str) -> PseudoTranslations:
    """Return the catalogue of a pseudo-locale. It serves both domains."""
    return PseudoTranslations(accented if tag == "en-XA" else mirrored)
