"""Translate the app's texts into one language with gettext.

A service's own translations are used first, then Hearth's, then the English text.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from gettext import GNUTranslations, NullTranslations
from itertools import pairwise
from pathlib import Path

from babel.units import format_unit

from hearth_cft.i18n.compile import Problem, translations_from_po
from hearth_cft.i18n.fallback import CLOSE, MARKERS, OPEN
from hearth_cft.i18n.locales import DOMAINS, SOURCE, Locale
from hearth_cft.library.files import MOST_CATALOGUE_BYTES, real_file
from hearth_cft.library.last_good import LastGood
from hearth_cft.library.markdown import Lookup, fill
from hearth_cft.reading.problem import ContentError


class _Missing(NullTranslations):
    """The last catalogue of the fallback chain. It returns the English text between markers."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{OPEN}{super().ngettext(msgid1, msgid2, n)}{CLOSE}"

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


class Translations:
    """All texts of the app in one language. Templates call its methods by gettext's names."""

    def __init__(
        self, locale: Locale, catalogues: Mapping[str, NullTranslations], values: Mapping[str, str]
    ) -> None:
        self.locale = locale
        self._messages = catalogues["messages"]
        self._content = catalogues["content"]
        # The values of %(name)s in the content and of {{ name }} in templates.
        self.values = dict(values)

    def gettext(self, message: str, **values: object) -> str:
        return _formatted(self._messages.gettext(message), message, values)

    def pgettext(self, context: str, message: str, **values: object) -> str:
        return _formatted(self._messages.pgettext(context, message), message, values)

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        text = self.plural(None, one, many, num)
        return _formatted(text, one if num == 1 else many, {"num": num, **values})

    def npgettext(self, context: str, one: str, many: str, num: int, **values: object) -> str:
        text = self.plural(context, one, many, num)
        return _formatted(text, one if num == 1 else many, {"num": num, **values})

    def plural(self, context: str | None, one: str, many: str, num: int) -> str:
        """Return the plural form for `num`, without filling its placeholders."""
        if context is None:
            return self._messages.ngettext(one, many, num)
        return self._messages.npgettext(context, one, many, num)

    def megabytes(self, size: int) -> str:
        """Format a size in bytes as megabytes in this language, such as "1.4 MB"."""
        locale = self.locale.cldr
        return format_unit(round(size / 1e6, 1), "digital-megabyte", "short", locale=locale)

    def look_up(self, context: str, text: str) -> Lookup:
        """Look up a message of the content, without filling its placeholders."""
        translation = self._content.pgettext(context, text)
        return Lookup(translation.translate(MARKERS), not translation.startswith(OPEN))

    def content(self, context: str, text: str, note: str = "") -> str:
        """Return a message of the content with its placeholders filled.

        The signature is that of `Translate`, so `note` is accepted and ignored.
        """
        return fill(self._content.pgettext(context, text), self.values)


def _formatted(text: str, english: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    try:
        return text % values
    except (KeyError, ValueError, TypeError):
        # If the translation has a broken placeholder, show the English text.
        return f"{OPEN}{english % values}{CLOSE}"


def load_translations(
    locale: Locale,
    compiled: Path,
    own: Path | None,
    values: Mapping[str, str],
    last_good: LastGood | None = None,
) -> tuple[Translations, list[ContentError]]:
    """Load the catalogues of a language.

    A text is looked up in the operator's own .po files (in `own`), then in the compiled catalogues
    (in `compiled`), and is English if neither has it. Where an own file can't be read, `last_good`
    has it from before. `values` fill the placeholders of the content. Return the translations, and
    the errors in catalogues.
    """
    problems: list[ContentError] = []
    catalogues: dict[str, NullTranslations] = {}
    for domain in DOMAINS:
        last = NullTranslations() if locale.tag == SOURCE else _Missing()
        chain = _load_compiled(compiled / locale.tag / "LC_MESSAGES" / f"{domain}.mo", problems)
        if own is not None:
            path = own / locale.tag / "LC_MESSAGES" / f"{domain}.po"
            chain = _load_own(path, own, problems, last_good) + chain
        for catalogue, fallback in pairwise([*chain, last]):
            catalogue.add_fallback(fallback)
        catalogues[domain] = chain[0] if chain else last
    return Translations(locale, catalogues, values), problems


def _load_compiled(path: Path, problems: list[ContentError]) -> list[NullTranslations]:
    if not path.is_file():
        return []
    try:
        with path.open("rb") as file:
            return [GNUTranslations(file)]
    except (OSError, UnicodeDecodeError) as error:
        problems.append(ContentError(path, None, f"not a compiled catalogue: {error}"))
        return []


def _load_own(
    path: Path, folder: Path, problems: list[ContentError], last_good: LastGood | None
) -> list[NullTranslations]:
    if not os.path.lexists(path):
        return []
    made: list[ContentError] = []
    try:
        real_file(path, folder, MOST_CATALOGUE_BYTES)
        catalogue = _catalogue(path, made)
        if last_good:
            last_good.keep(path, path.read_text(encoding="utf-8-sig"))
    except ContentError as problem:
        restored = (
            last_good.restore(path, lambda copy, _: _catalogue(copy, [])) if last_good else None
        )
        if not restored:
            problems.append(problem)
            return []
        catalogue, day = restored
        message = f"{problem.message}; until then its version of {day} is shown"
        made = [replace(problem, message=message)]
    problems += made
    return [catalogue]


def _catalogue(path: Path, problems: list[ContentError]) -> NullTranslations:
    """Read a .po file. Add an error for each message that is left out to `problems`.

    Raises ContentError if the file can't be read.
    """
    found: list[Problem] = []
    catalogue = translations_from_po(path, found)
    errors = [ContentError(each.path, each.line, each.message) for each in found]
    if catalogue is None:
        raise errors[-1]
    problems += errors
    return catalogue
