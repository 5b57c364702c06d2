"""What `?strings=1` tells about each text of the preview."""

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
    """A card for each text, by its number, and what the scripts say in this language.

    Scripts put their texts into the page themselves, so the page finds those by what they say.
    """
    scripts = [
        [register.number("messages", key), said] for key, said in _scripts(workspace, translations)
    ]
    tag = translations.locale.tag
    templates = {name: _read(workspace, None, name) for name in workspace.domains}
    own = {name: _read(workspace, tag, name) for name in workspace.domains}
    cards = [
        _card(workspace, tag, domain, key, templates.get(domain), own.get(domain))
        for domain, key in register.numbers
    ]
    return {"strings": cards, "scripts": scripts}


def _read(workspace: Workspace, tag: str | None, domain: str) -> Catalogue | None:
    path = workspace.template(domain) if tag is None else workspace.catalogue(tag, domain)
    return read_catalogue(path, []) if path.is_file() else None


def _scripts(workspace: Workspace, translations: Translations) -> Iterator[tuple[Key, str]]:
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
    own: Catalogue | None,
) -> dict[str, Any]:
    wanted = template.messages.get(key) if template else None
    found = own.messages.get(key) if own else None
    path = workspace.catalogue(tag, domain).relative_to(workspace.root)
    return {
        "id": key[1],
        "plural": wanted.plural if wanted else None,
        "context": key[0],
        "state": _state(tag, wanted, found),
        "file": f"{path}:{found.line}" if found else None,
        "places": list(wanted.places) if wanted else [],
        "comments": list(wanted.comments) if wanted else [],
        "suggestion": " / ".join(found.forms) if found and found.fuzzy else None,
    }


def _state(tag: str, wanted: Message | None, found: Message | None) -> str:
    if wanted is None:
        return "not in the template: run 'make translations'"
    if found is None:
        return "English" if tag == "en" else "made from the English"
    if found.fuzzy:
        return "fuzzy"
    return "translated" if found.translated else "missing"
