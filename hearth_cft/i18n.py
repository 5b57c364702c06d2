"""The locale list, negotiation, gettext, dates and numbers.

`translations/locales.toml` is the only list of languages. A message that has no translation falls
back to English between two marker characters; `mark_language` turns them into
``<span lang="en" dir="ltr">`` in text, and drops them where no element can stand (attributes,
titles), so that no template has to think of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from gettext import GNUTranslations, NullTranslations
from itertools import pairwise
from pathlib import Path

import babel
from babel.units import format_unit

from hearth_cft.catalogues.compile import Problem, load_translations
from hearth_cft.content_file import ContentError
from hearth_cft.markdown import Lookup, fill

SOURCE = "en"
DOMAINS = ("messages", "content")
OPEN, CLOSE = "\ue000", "\ue001"
MARKERS = str.maketrans("", "", OPEN + CLOSE)
TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*>", re.DOTALL)
TEXT_ONLY = {"title", "desc", "option", "textarea", "script", "style"}


class LocaleError(Exception):
    """locales.toml can't be used; the message says what is wrong and what to do."""


@dataclass(frozen=True)
class Locale:
    """A language of the app. `plurals` are CLDR's categories in the order of msgstr[n]."""

    tag: str
    name: str
    direction: str
    fonts: tuple[str, ...]
    plurals: tuple[str, ...]
    reviewed: Mapping[str, bool]
    offered: bool

    @cached_property
    def cldr(self) -> babel.Locale:
        """What CLDR knows of it; without its region where CLDR lacks that (en-XA)."""
        try:
            return babel.Locale.parse(self.tag, sep="-")
        except babel.UnknownLocaleError:
            return babel.Locale.parse(self.tag.partition("-")[0])


def load_locales(path: Path) -> dict[str, Locale]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["locales"]
        return {row["tag"]: _locale(row) for row in rows}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise LocaleError(f"{path}: {error!r}; each [[locales]] needs tag, name, plurals") from None


def _locale(row: Mapping[str, object]) -> Locale:
    reviewed = row.get("reviewed", {})
    fonts, plurals = row.get("fonts", []), row["plurals"]
    if not isinstance(reviewed, dict) or not isinstance(fonts, list):
        raise TypeError("fonts must be a list and reviewed a table")
    if not isinstance(plurals, list) or not plurals:
        raise TypeError("plurals must be a list of CLDR categories")
    if row.get("direction", "ltr") not in ("ltr", "rtl"):
        raise TypeError("direction must be ltr or rtl")
    return Locale(
        tag=str(row["tag"]),
        name=str(row["name"]),
        direction=str(row.get("direction", "ltr")),
        fonts=tuple(map(str, fonts)),
        plurals=tuple(map(str, plurals)),
        reviewed={domain: bool(reviewed.get(domain)) for domain in DOMAINS},
        offered=bool(row.get("offered", False)),
    )


def negotiate(wanted: Iterable[str], offered: Sequence[str], default: str) -> str:
    """The first offered locale that a wanted tag names, whole or by its language."""
    by_name = {tag.lower(): tag for tag in offered}
    for tag in wanted:
        for name in (tag.lower(), tag.lower().partition("-")[0]):
            if name in by_name:
                return by_name[name]
    return default


def accepted(header: str) -> list[str]:
    """The tags of an Accept-Language header (RFC 9110, 12.5.4), the most wanted first."""
    ranked = []
    for part in header[:500].split(","):
        tag, _, quality = part.strip().partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if tag and tag != "*" and weight > 0:
            ranked.append((weight, tag.strip()))
    return [tag for _, tag in sorted(ranked, key=lambda pair: -pair[0])]


class _Missing(NullTranslations):
    """The end of the chain in a translation: English, marked as such."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{OPEN}{super().ngettext(msgid1, msgid2, n)}{CLOSE}"

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


class Texts:
    """Everything the app says in one language; templates call its methods by gettext's names."""

    def __init__(
        self, locale: Locale, catalogues: Mapping[str, NullTranslations], values: Mapping[str, str]
    ) -> None:
        self.locale = locale
        self._messages = catalogues["messages"]
        self._content = catalogues["content"]
        # What fills %(name)s in the content and stands as {{ name }} in templates.
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
        """The form for `num`, its placeholders unfilled."""
        if context is None:
            return self._messages.ngettext(one, many, num)
        return self._messages.npgettext(context, one, many, num)

    def megabytes(self, size: int) -> str:
        """A size in bytes as this language writes megabytes: "1.4 MB"."""
        locale = self.locale.cldr
        return format_unit(round(size / 1e6, 1), "digital-megabyte", "short", locale=locale)

    def look_up(self, context: str, text: str) -> Lookup:
        """A message of the content, before its placeholders are filled."""
        found = self._content.pgettext(context, text)
        return Lookup(found.translate(MARKERS), not found.startswith(OPEN))

    def content(self, context: str, text: str, note: str = "") -> str:
        """A message of the content with its placeholders filled; fits `Translate`."""
        return fill(self._content.pgettext(context, text), self.values)


def _formatted(text: str, english: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    try:
        return text % values
    except (KeyError, ValueError, TypeError):
        # A translation with a broken placeholder is shown in English rather than as an error.
        return f"{OPEN}{english % values}{CLOSE}"


def load_texts(
    locale: Locale, compiled: Path, own: Path | None, values: Mapping[str, str]
) -> tuple[Texts, list[ContentError]]:
    """Chain an operator's own .po files, the compiled catalogues and English."""
    problems: list[ContentError] = []
    catalogues: dict[str, NullTranslations] = {}
    for domain in DOMAINS:
        last = NullTranslations() if locale.tag == SOURCE else _Missing()
        chain = _built_in(compiled / locale.tag / "LC_MESSAGES" / f"{domain}.mo", problems)
        if own is not None:
            chain = _own(own / locale.tag / "LC_MESSAGES" / f"{domain}.po", problems) + chain
        for each, following in pairwise([*chain, last]):
            each.add_fallback(following)
        catalogues[domain] = chain[0] if chain else last
    return Texts(locale, catalogues, values), problems


def _built_in(path: Path, problems: list[ContentError]) -> list[NullTranslations]:
    if not path.is_file():
        return []
    try:
        with path.open("rb") as file:
            return [GNUTranslations(file)]
    except (OSError, UnicodeDecodeError) as error:
        problems.append(ContentError(path, None, f"not a compiled catalogue: {error}"))
        return []


def _own(path: Path, problems: list[ContentError]) -> list[NullTranslations]:
    if not path.is_file():
        return []
    found: list[Problem] = []
    catalogue = load_translations(path, found)
    problems += [ContentError(each.path, each.line, each.message) for each in found]
    return [catalogue] if catalogue else []


def rewrite(html: str, tag: Callable[[str], str], text: Callable[[str, str], str]) -> str:
    """Put each tag through `tag` and the text between through `text`, which is told where it is.

    The place is "silent" where no element may stand (titles, options), "drawing" in an SVG,
    else "page".
    """
    out, at, silent, drawing = [], 0, 0, 0

    def place() -> str:
        return "silent" if silent else "drawing" if drawing else "page"

    for found in TAG.finditer(html):
        out += [text(html[at : found.start()], place()), tag(found[0])]
        at = found.end()
        name, step = (found[2] or "").lower(), -1 if found[1] else 1
        if name in TEXT_ONLY:
            silent += step
        elif name == "svg":
            drawing += step
    return "".join([*out, text(html[at:], place())])


def mark_language(html: str) -> str:
    """Turn fallback markers into elements where an element may stand, drop them elsewhere."""
    if OPEN not in html:
        return html
    return rewrite(html, lambda tag: tag.translate(MARKERS), _marked)


def _marked(text: str, place: str) -> str:
    if OPEN not in text or place == "silent":
        return text.translate(MARKERS)
    name = "tspan" if place == "drawing" else "span"
    lang = '<tspan lang="en">' if place == "drawing" else '<span lang="en" dir="ltr">'
    return text.replace(OPEN, lang).replace(CLOSE, f"</{name}>")
