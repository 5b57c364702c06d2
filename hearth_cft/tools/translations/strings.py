"""Describe each text of the preview, for `?strings=1`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hearth_cft.i18n.catalogue import Catalogue, Key, Message
from hearth_cft.i18n.compile import javascript_messages, read_catalogue
from hearth_cft.i18n.fallback import MARKERS
from hearth_cft.i18n.plurals import NUMBERS
from hearth_cft.i18n.translations import Translations
from hearth_cft.tools.translations.tagged import Register
from hearth_cft.tools.translations.workspace import Workspace


def describe(
    workspace: Workspace, translations: Translations, register: Register
) -> dict[str, Any]:
    """Return {"strings": cards, "scripts": [number, text] pairs} for one language.

    The index of a card is the number of its text. Scripts insert their texts into the page
    unmarked, so the preview finds those texts by comparing the wording.
    """
    scripts = [
        [register.number("messages", key), text] for key, text in _scripts(workspace, translations)
    ]
    tag = translations.locale.tag
    templates = {name: _read(workspace, None, name) for name in workspace.domains}
    catalogues = {name: _read(workspace, tag, name) for name in workspace.domains}
    cards = [
        _card(workspace, tag, domain, key, templates.get(domain), catalogues.get(domain))
        for domain, key in register.numbers
    ]
    return {"strings": cards, "scripts": scripts}


def _read(workspace: Workspace, tag: str | None, domain: str) -> Catalogue | None:
    path = workspace.template(domain) if tag is None else workspace.catalogue(tag, domain)
    return read_catalogue(path, []) if path.is_file() else None


def _scripts(workspace: Workspace, translations: Translations) -> Iterator[tuple[Key, str]]:
    """Yield the key of each script message with each form of its translation."""
    for context, message, plural, _ in javascript_messages(workspace.template("messages"), []):
        key = (context, message)
        if plural is not None:
            forms = [translations.plural(context, message, plural, number) for number in NUMBERS]
        else:
            forms = [
                translations.pgettext(context, message)
                if context
                else translations.gettext(message)
            ]
        for form in dict.fromkeys(forms):
            yield key, form.translate(MARKERS)


def _card(
    workspace: Workspace,
    tag: str,
    domain: str,
    key: Key,
    template: Catalogue | None,
    catalogue: Catalogue | None,
) -> dict[str, Any]:
    source = template.messages.get(key) if template else None
    translation = catalogue.messages.get(key) if catalogue else None
    path = workspace.catalogue(tag, domain).relative_to(workspace.root)
    return {
        "id": key[1],
        "plural": source.plural if source else None,
        "context": key[0],
        "state": _state(tag, source, translation),
        "file": f"{path}:{translation.line}" if translation else None,
        "places": list(source.places) if source else [],
        "comments": list(source.comments) if source else [],
        "suggestion": " / ".join(translation.forms) if translation and translation.fuzzy else None,
    }


def _state(tag: str, source: Message | None, translation: Message | None) -> str:
    if source is None:
        return "not in the template: run 'make translations'"
    if translation is None:
        return "English" if tag == "en" else "made from the English"
    if translation.fuzzy:
        return "fuzzy"
    return "translated" if translation.translated else "missing"
