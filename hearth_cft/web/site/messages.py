"""messages.json and messages/*.json: what the browser code says, in one language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hearth_cft.i18n.fallback import OPEN
from hearth_cft.i18n.locales import Locale
from hearth_cft.i18n.translations import Translations

SEPARATOR = "\x04"  # between context and message, as in .mo files
NUMBERS = 101  # every category of CLDR has a whole number below


def javascript_messages(
    translations: Translations, compiled: Path, sources: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, Any]]:
    """Translations of the strings in static/js, by what a page loads; `sources` tells (see
    `Assets.sources`). A missing one is left out, and English is shown.

    `compiled` holds javascript.json: [[context, message, plural, scripts], ...], written by the
    build.
    """
    names = json.loads((compiled / "javascript.json").read_bytes())
    numbers = _numbers(translations.locale)
    return {
        part: _part(translations, numbers, names, set(found)) for part, found in sources.items()
    }


def _numbers(locale: Locale) -> list[int]:
    """One number of each category: enough to ask a catalogue for its forms."""
    rule = locale.cldr.plural_form
    return list({rule(number): number for number in reversed(range(NUMBERS))}.values())


def _part(
    translations: Translations,
    numbers: Sequence[int],
    names: Sequence[Sequence[Any]],
    sources: set[str],
) -> dict[str, Any]:
    messages, plurals = {}, {}
    for context, message, plural, scripts in names:
        if sources.isdisjoint(scripts):
            continue
        key = f"{context}{SEPARATOR}{message}" if context else message
        if plural is not None:
            forms = _plurals(translations, numbers, context, message, plural)
            if forms:
                plurals[key] = forms
            continue
        said = translations.pgettext(context, message) if context else translations.gettext(message)
        if not said.startswith(OPEN):
            messages[key] = said
    return {"locale": translations.locale.tag, "messages": messages, "plurals": plurals}


def _plurals(
    translations: Translations, numbers: Sequence[int], context: str | None, one: str, many: str
) -> dict[str, str]:
    """CLDR category -> text; empty where there is no translation."""
    forms = {}
    rule = translations.locale.cldr.plural_form
    for number in numbers:
        said = translations.plural(context, one, many, number)
        if said.startswith(OPEN):
            return {}
        forms[rule(number)] = said
    return forms
