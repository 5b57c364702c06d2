"""Add a new language to locales.toml. `update` then writes its catalogues."""

from __future__ import annotations

import json

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from hearth_cft.i18n.plurals import categories
from hearth_cft.tools.translations.workspace import Workspace

# Typefaces that ship with the app, by script. Other scripts use the typefaces of the phone.
FONTS = {"Arab": ["Noto Naskh Arabic"]}
FONTS_OF_LANGUAGE = {"ur": ["Noto Nastaliq Urdu"], "ks": ["Noto Nastaliq Urdu"]}
PSEUDO = ("en-XA", "ar-XB")
ROW = """
[[locales]]
tag = {tag}
name = {name}
direction = {direction}
fonts = {fonts}
plurals = {plurals}
reviewed = {{ messages = false, content = false }}
offered = false
"""
NEXT = """Added {english} ({tag}) to {list}. What to do next:
1. Translate {folder}/*.po, with Poedit or in Weblate.
2. Look at the result: hearth translations preview
3. Check the catalogues: hearth translations check
4. When services may offer the language, set offered = true in its row. When a second speaker has
   read the translations, set reviewed."""


class AddError(Exception):
    """The language can't be added. The message says why and what to do."""


def add_locale(workspace: Workspace, tag: str) -> str:
    """Add the row of `tag` to locales.toml. Return the instructions to print.

    Raises AddError if the language can't be added.
    """
    if len(workspace.domains) < 2:
        raise AddError("languages are added in a working copy of Hearth, not in a content folder")
    if tag in PSEUDO:
        raise AddError(f"{tag} is made from the English by the preview; it has no catalogue")
    try:
        language = Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        raise AddError(f"CLDR has no language '{tag}'; give a tag such as cy or pt-BR") from None
    tag = str(language).replace("_", "-")
    if tag in workspace.locales:
        raise AddError(f"{tag} is in {workspace.locale_list.name} already")
    row = ROW.format(
        tag=_toml(tag),
        name=_toml(language.get_display_name(language)),
        direction=_toml("rtl" if language.text_direction == "rtl" else "ltr"),
        fonts=_toml(_fonts(language)),
        plurals=_toml(list(categories(tag))),
    )
    with workspace.locale_list.open("a", encoding="utf-8") as file:
        file.write(row)
    folder = workspace.catalogue(tag, "").parent.relative_to(workspace.root)
    path = workspace.locale_list.relative_to(workspace.root)
    return NEXT.format(english=language.english_name, tag=tag, list=path, folder=folder)


def _fonts(language: Locale) -> list[str]:
    script = language.script or _likely_script(language)
    return FONTS_OF_LANGUAGE.get(language.language, FONTS.get(script, []))


def _likely_script(language: Locale) -> str:
    # CLDR lists a language with its region only where that changes the script.
    subtags = get_global("likely_subtags")
    likely = str(subtags.get(str(language)) or subtags.get(language.language, ""))
    parts = [part for part in likely.split("_") if len(part) == 4]
    return parts[0] if parts else "Latn"


def _toml(value: object) -> str:
    # JSON strings and lists are valid TOML.
    return json.dumps(value, ensure_ascii=False)
