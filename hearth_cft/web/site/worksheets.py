"""worksheets.json: every worksheet's questions, for whatever reads answers outside of their page.

Searching, showing at the appointment, pictures and files need the questions' words, and so do
entries that were begun with an earlier revision.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hearth_cft.i18n.fallback import MARKERS, OPEN
from hearth_cft.i18n.locales import SOURCE
from hearth_cft.library.loader import Field, Section, Worksheet
from hearth_cft.web.site.fhir import canonical
from hearth_cft.web.site.localized import LocalizedLibrary


def worksheets_list(library: LocalizedLibrary) -> dict[str, Any]:
    """Give the document; a title or label that is still in English says so as `lang`."""
    return {
        "worksheets": [_worksheet(each) for each in library.worksheets],
        "earlier": [_worksheet(each) for each in library.earlier],
    }


def _worksheet(worksheet: Worksheet) -> dict[str, Any]:
    return {
        "slug": worksheet.slug,
        "revision": worksheet.revision,
        "canonical": canonical(worksheet.slug),
        **_words("title", worksheet.title),
        "sections": [_section(each) for each in worksheet.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    told = {
        "name": section.name,
        "system": section.system,
        "fields": [_question(each) for each in section.fields],
    }
    return _filled(told) | _words("title", section.title)


def _question(field: Field) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "circle": field.circle,
        "role": field.role,
        "fields": [_question(each) for each in field.fields],
        "options": [{"value": each.value, **_words("label", each.label)} for each in field.options],
    }
    for name in ("hint", "item"):
        told[name] = getattr(field, name).translate(MARKERS)
    if field.type == "slider":
        told |= {"min": field.min, "max": field.max, "step": field.step}
        told |= {"low": field.low.translate(MARKERS), "high": field.high.translate(MARKERS)}
    return _filled(told) | _words("label", field.label)


def _words(name: str, text: str) -> dict[str, str]:
    told = {name: text.translate(MARKERS)}
    return told | ({"lang": SOURCE} if OPEN in text else {})


def _filled(told: Mapping[str, Any]) -> dict[str, Any]:
    # A slider's 0 is something.
    return {name: value for name, value in told.items() if value not in ("", [])}
