"""Build worksheets.json: the questions of every worksheet, for use outside the worksheet's page.

Search, the appointment page, pictures and files show answers and need the text of the questions.
Entries that were begun with an earlier revision need it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hearth_cft.i18n.fallback import MARKERS, OPEN
from hearth_cft.i18n.locales import SOURCE
from hearth_cft.library.models import Field, Section, Worksheet
from hearth_cft.web.site.fhir import canonical
from hearth_cft.web.site.localized import LocalizedLibrary


def worksheets_list(library: LocalizedLibrary) -> dict[str, Any]:
    """Return the document. `lang` marks a title or label that is still in English."""
    return {
        "worksheets": [_worksheet(sheet) for sheet in library.worksheets],
        "earlier": [_worksheet(sheet) for sheet in library.earlier],
    }


def _worksheet(worksheet: Worksheet) -> dict[str, Any]:
    return {
        "slug": worksheet.slug,
        "revision": worksheet.revision,
        "canonical": canonical(worksheet.slug),
        **_text("title", worksheet.title),
        "sections": [_section(section) for section in worksheet.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    values = {
        "name": section.name,
        "system": section.system,
        "fields": [_question(field) for field in section.fields],
    }
    return _without_empty(values) | _text("title", section.title)


def _question(field: Field) -> dict[str, Any]:
    values: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "circle": field.circle,
        "role": field.role,
        "fields": [_question(inner) for inner in field.fields],
        "options": [
            {"value": option.value, **_text("label", option.label)} for option in field.options
        ],
    }
    for name in ("hint", "item"):
        values[name] = getattr(field, name).translate(MARKERS)
    if field.type == "slider":
        values |= {"min": field.min, "max": field.max, "step": field.step}
        values |= {"low": field.low.translate(MARKERS), "high": field.high.translate(MARKERS)}
    return _without_empty(values) | _text("label", field.label)


def _text(name: str, text: str) -> dict[str, str]:
    values = {name: text.translate(MARKERS)}
    return values | ({"lang": SOURCE} if OPEN in text else {})


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    # Keep 0: it is a value of a slider.
    return {name: value for name, value in values.items() if value not in ("", [])}
