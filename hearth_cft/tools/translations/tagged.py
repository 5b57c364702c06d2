"""Mark each text of a page with its number, for the preview's `?strings=1`.

TaggedTranslations puts marker characters and a number around each text. In the rendered page,
`outline` turns the markers into elements. If the text is in an attribute, `outline` adds an
attribute to that element instead. Templates need no code for this.
"""

from __future__ import annotations

import re

from hearth_cft.i18n.catalogue import Key
from hearth_cft.i18n.fallback import rewrite
from hearth_cft.i18n.translations import Translations
from hearth_cft.library.markdown import Lookup

# Private use characters, as in i18n.fallback. No catalogue may contain them.
START, END, ZERO = "\ue010", "\ue011", 0xE020
DIGITS = str.maketrans({str(digit): chr(ZERO + digit) for digit in range(10)})
NUMBERS = {ZERO + digit: str(digit) for digit in range(10)}
OPENING = re.compile(f"{START}([{chr(ZERO)}-{chr(ZERO + 9)}]+)")
MARKS = re.compile(f"{OPENING.pattern}|{END}")
# The same characters as JSON escapes, which occur in attributes.
ESCAPED = re.compile(r"\\ue01[01]|\\ue02[0-9]")


class Register:
    """The number of each (domain, key). A text has the same number in every language."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, Key], int] = {}

    def number(self, domain: str, key: Key) -> int:
        return self.numbers.setdefault((domain, key), len(self.numbers))

    def mark(self, text: str, domain: str, key: Key) -> str:
        number = str(self.number(domain, key))
        return f"{START}{number.translate(DIGITS)}{text}{END}"


class TaggedTranslations(Translations):
    """A Translations that wraps another one and marks every text."""

    def __init__(self, translations: Translations, register: Register) -> None:
        self.locale, self.values = translations.locale, translations.values
        self._texts, self._register = translations, register

    def gettext(self, message: str, **values: object) -> str:
        text = self._texts.gettext(message, **values)
        return self._register.mark(text, "messages", (None, message))

    def pgettext(self, context: str, message: str, **values: object) -> str:
        text = self._texts.pgettext(context, message, **values)
        return self._register.mark(text, "messages", (context, message))

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        text = self._texts.ngettext(one, many, num, **values)
        return self._register.mark(text, "messages", (None, one))

    def npgettext(self, context: str, one: str, many: str, num: int, **values: object) -> str:
        text = self._texts.npgettext(context, one, many, num, **values)
        return self._register.mark(text, "messages", (context, one))

    def plural(self, context: str | None, one: str, many: str, num: int) -> str:
        return self._texts.plural(context, one, many, num)

    def look_up(self, context: str, text: str) -> Lookup:
        lookup = self._texts.look_up(context, text)
        marked = self._register.mark(lookup.text, "content", (context, text))
        return Lookup(marked, lookup.translated)

    def content(self, context: str, text: str, note: str = "") -> str:
        translation = self._texts.content(context, text, note)
        return self._register.mark(translation, "content", (context, text))


def outline(html: str) -> str:
    """Turn markers in text into <span data-string="N">, in attributes into data-strings="N M"."""
    return rewrite(html, _attributes, _outlined)


def _outlined(text: str, place: str) -> str:
    if place == "silent":
        return ESCAPED.sub("", MARKS.sub("", text))
    name = "tspan" if place == "drawing" else "span"
    text = OPENING.sub(lambda match: f'<{name} data-string="{_number(match)}">', text)
    return text.replace(END, f"</{name}>")


def _attributes(tag: str) -> str:
    numbers = [_number(match) for match in OPENING.finditer(tag)]
    clean = ESCAPED.sub("", MARKS.sub("", tag))
    if not numbers:
        return clean
    end = "/>" if clean.endswith("/>") else ">"
    return f'{clean.removesuffix(end)} data-strings="{" ".join(dict.fromkeys(numbers))}"{end}'


def _number(match: re.Match[str]) -> str:
    return match[1].translate(NUMBERS)
