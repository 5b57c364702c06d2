"""Translations that say where they come from, for the preview's `?strings=1`.

Each text is put between marker characters with its number; once a page is rendered,
`outline` turns the markers into elements, or into an attribute of the element whose attribute
holds the text. The pages themselves know nothing of this.
"""

from __future__ import annotations

import re

from hearth_cft.i18n.catalogue import Key
from hearth_cft.i18n.fallback import rewrite
from hearth_cft.i18n.translations import Translations
from hearth_cft.library.markdown import Lookup

# Private use, like the fallback's markers in i18n: no catalogue may hold such characters.
START, END, ZERO = "\ue010", "\ue011", 0xE020
DIGITS = str.maketrans({str(digit): chr(ZERO + digit) for digit in range(10)})
NUMBERS = {ZERO + digit: str(digit) for digit in range(10)}
OPENING = re.compile(f"{START}([{chr(ZERO)}-{chr(ZERO + 9)}]+)")
MARKS = re.compile(f"{OPENING.pattern}|{END}")
# As JSON in an attribute writes them.
ESCAPED = re.compile(r"\\ue01[01]|\\ue02[0-9]")


class Register:
    """Numbers for texts: (domain, key), the same text the same number in every language."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, Key], int] = {}

    def number(self, domain: str, key: Key) -> int:
        return self.numbers.setdefault((domain, key), len(self.numbers))

    def mark(self, text: str, domain: str, key: Key) -> str:
        number = str(self.number(domain, key))
        return f"{START}{number.translate(DIGITS)}{text}{END}"


class TaggedTranslations(Translations):
    """Another Translations, with every text marked."""

    def __init__(self, translations: Translations, register: Register) -> None:
        self.locale, self.values = translations.locale, translations.values
        self._texts, self._register = translations, register

    def gettext(self, message: str, **values: object) -> str:
        said = self._texts.gettext(message, **values)
        return self._register.mark(said, "messages", (None, message))

    def pgettext(self, context: str, message: str, **values: object) -> str:
        said = self._texts.pgettext(context, message, **values)
        return self._register.mark(said, "messages", (context, message))

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        said = self._texts.ngettext(one, many, num, **values)
        return self._register.mark(said, "messages", (None, one))

    def npgettext(self, context: str, one: str, many: str, num: int, **values: object) -> str:
        said = self._texts.npgettext(context, one, many, num, **values)
        return self._register.mark(said, "messages", (context, one))

    def plural(self, context: str | None, one: str, many: str, num: int) -> str:
        return self._texts.plural(context, one, many, num)

    def look_up(self, context: str, text: str) -> Lookup:
        found = self._texts.look_up(context, text)
        said = self._register.mark(found.text, "content", (context, text))
        return Lookup(said, found.translated)

    def content(self, context: str, text: str, note: str = "") -> str:
        said = self._texts.content(context, text, note)
        return self._register.mark(said, "content", (context, text))


def outline(html: str) -> str:
    """Turn markers into <span data-string="N">, in attributes into data-strings="N M"."""
    return rewrite(html, _attributes, _outlined)


def _outlined(text: str, place: str) -> str:
    if place == "silent":
        return ESCAPED.sub("", MARKS.sub("", text))
    name = "tspan" if place == "drawing" else "span"
    text = OPENING.sub(lambda found: f'<{name} data-string="{_number(found)}">', text)
    return text.replace(END, f"</{name}>")


def _attributes(tag: str) -> str:
    numbers = [_number(found) for found in OPENING.finditer(tag)]
    clean = ESCAPED.sub("", MARKS.sub("", tag))
    if not numbers:
        return clean
    end = "/>" if clean.endswith("/>") else ">"
    return f'{clean.removesuffix(end)} data-strings="{" ".join(dict.fromkeys(numbers))}"{end}'


def _number(found: re.Match[str]) -> str:
    return found[1].translate(NUMBERS)
