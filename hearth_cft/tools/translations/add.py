"""Start a new language: its row in the list; `update` then makes the catalogues."""

from __future__ import annotations

import json

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from hearth_cft.i18n.plurals import categories
from hearth_cft.tools.translations.workspace import Workspace

# Typefaces that ship with the app. Phones bring their own for other scripts.
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
2. Look at it: hearth translations preview
3. Let the checks read it: hearth translations check
4. When a service may offer it, set offered = true in its row; when a second speaker has read it,
   set reviewed."""


class AddError(Exception):
    """The language can't be added; the message says why and what to do."""


def add_locale(workspace: Workspace, tag: str) -> str:
    """Add the row of `tag` to locales.toml; gives what to tell the person, raises AddError."""
    if len(workspace.domains) < 2:
        raise AddError("languages are added in a working copy of Hearth, not in a content folder")
    if tag in PSEUDO:
        raise AddError(f"{tag} is made from the English by the preview; it has no catalogue")
    try:
        language = Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        raise AddError(f"'{tag}' is no language that CLDR knows; try cy, ur or pt-BR") from None
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
    place = workspace.locale_list.relative_to(workspace.root)
    return NEXT.format(english=language.english_name, tag=tag, list=place, folder=folder)


def _fonts(language: Locale) -> list[str]:
    script = language.script or _likely_script(language)
    return FONTS_OF_LANGUAGE.get(language.language, FONTS.get(script, []))


def _likely_script(language: Locale) -> str:
    likely = str(get_global("likely_subtags").get(str(language), ""))
    parts = [part for part in likely.split("_") if len(part) == 4]
    return parts[0] if parts else "Latn"


def _toml(value: object) -> str:
    # JSON's strings and lists are TOML's too.
    return json.dumps(value, ensure_ascii=False)
