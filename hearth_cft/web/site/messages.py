"""Build messages.json and messages/*.json: the translated strings of the browser code."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hearth_cft.i18n.fallback import OPEN
from hearth_cft.i18n.locales import Locale
from hearth_cft.i18n.translations import Translations

SEPARATOR = "\x04"  # between context and message, as in .mo files
NUMBERS = 101  # the numbers below this show which plural categories of CLDR a language has


def javascript_messages(
    translations: Translations, compiled: Path, sources: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, Any]]:
    """Return the translations of the strings in static/js, one document for each part of the app.

    `sources` maps each part to its scripts (see `Assets.sources`). A missing translation is left
    out, and the browser shows English. The folder `compiled` contains javascript.json, which the
    build writes: [[context, message, plural, scripts], ...].
    """
    entries = json.loads((compiled / "javascript.json").read_bytes())
    numbers = _numbers(translations.locale)
    return {
        part: _part(translations, numbers, entries, set(scripts))
        for part, scripts in sources.items()
    }


def _numbers(locale: Locale) -> list[int]:
    """Return one number of each plural category, to get every form from a catalogue."""
    rule = locale.cldr.plural_form
    return list({rule(number): number for number in reversed(range(NUMBERS))}.values())


def _part(
    translations: Translations,
    numbers: Sequence[int],
    entries: Sequence[Sequence[Any]],
    part_scripts: set[str],
) -> dict[str, Any]:
    messages, plurals = {}, {}
    for context, message, plural, scripts in entries:
        if part_scripts.isdisjoint(scripts):
            continue
        key = f"{context}{SEPARATOR}{message}" if context else message
        if plural is not None:
            forms = _plurals(translations, numbers, context, message, plural)
            if forms:
                plurals[key] = forms
            continue
        text = translations.pgettext(context, message) if context else translations.gettext(message)
        if not text.startswith(OPEN):
            messages[key] = text
    return {"locale": translations.locale.tag, "messages": messages, "plurals": plurals}


def _plurals(
    translations: Translations,
    numbers: Sequence[int],
    context: str | None,
    singular: str,
    plural: str,
) -> dict[str, str]:
    """Return {CLDR category: text}, or {} if there is no translation."""
    forms = {}
    rule = translations.locale.cldr.plural_form
    for number in numbers:
        text = translations.plural(context, singular, plural, number)
        if text.startswith(OPEN):
            return {}
        forms[rule(number)] = text
    return forms
