"""Pseudo-locales: made from the English at run time, to find what no catalogue reaches.

en-XA is accented and about 40 % longer, in brackets: plain letters are text that isn't
translated, a missing bracket is text that is clipped. ar-XB is English written from right to
left. Only the preview and the tests use them; a service can't offer them.
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

# What a program reads stays as it is: placeholders, link targets, tags, addresses, entities.
FIXED = re.compile(
    r"%\(\w+\)s|%%|\]\([^)]*\)|<[^<>]*>|[a-z]+://\S+|(?:mailto|tel|sms):\S+|&\w+;|\\.|`[^`]*`"
)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
RIGHT_TO_LEFT, END = "\u202e", "\u202c"

LOCALES = (
    Locale("en-XA", "Ṕŝéûđö", "ltr", (), ("one", "other"), {}, offered=False),
    Locale("ar-XB", "Oduesp", "rtl", (), ("one", "other"), {}, offered=False),
)


def accented(text: str) -> str:
    """The text with accents, in brackets, with dots for the length other languages need."""
    if not text.strip():
        return text
    letters = sum(map(len, WORD.findall(FIXED.sub("", text))))
    made = _outside(text, lambda piece: piece.translate(ACCENTS))
    return _around(made, "⟦", f" {'·' * max(1, round(letters * GROWTH))}⟧")


def mirrored(text: str) -> str:
    """The text with every word written from right to left."""
    made = _outside(
        text, lambda piece: WORD.sub(lambda word: f"{RIGHT_TO_LEFT}{word[0]}{END}", piece)
    )
    return _around(made, "\u200f", "\u200f") if text.strip() else text


def _outside(text: str, change: Callable[[str], str]) -> str:
    """Change what stands between the pieces that must stay."""
    made, place = [], 0
    for fixed in FIXED.finditer(text):
        made += [change(text[place : fixed.start()]), fixed[0]]
        place = fixed.end()
    return "".join([*made, change(text[place:])])


def _around(text: str, start: str, end: str) -> str:
    """Put signs around the text, inside the white space at its ends."""
    inner = text.strip()
    before, _, after = text.partition(inner)
    return f"{before}{start}{inner}{end}{after}"


class PseudoTranslations(NullTranslations):
    """A catalogue that has every text; fits wherever gettext's translations do."""

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
    """The catalogue of a pseudo-locale, for either domain."""
    return PseudoTranslations(accented if tag == "en-XA" else mirrored)
