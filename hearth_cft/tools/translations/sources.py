"""Mistakes in the English and in the list of languages, which every translator would meet."""

from __future__ import annotations

from collections.abc import Iterator

from hearth_cft.i18n.catalogue import Catalogue, Message, quoted
from hearth_cft.i18n.compile import Problem
from hearth_cft.i18n.plurals import categories
from hearth_cft.i18n.safety import broken_placeholder, forbidden_characters, placeholders
from hearth_cft.tools.translations.workspace import Workspace

# So few words can't be translated without knowing where they stand.
SHORT = 2


def source_mistakes(workspace: Workspace, domain: str, current: Catalogue) -> Iterator[Problem]:
    """What is wrong in the English texts of a domain, each with the line of its source."""
    for message in current.messages.values():
        path = workspace.root / message.places[0]
        for mistake, advice in _mistakes(message, domain):
            yield Problem(path, message.line or None, f"{titled(message)} {mistake}", advice)


def _mistakes(message: Message, domain: str) -> Iterator[tuple[str, str]]:
    formatted = domain == "messages" and (
        message.plural is not None or any(map(placeholders, message.sources))
    )
    for text in message.sources:
        for character in forbidden_characters(text):
            yield f"holds {character}", "Remove it"
        broken = broken_placeholder(text, formatted=formatted)
        if broken:
            yield f"holds “{broken}”", "Write %(name)s for a value, and %% for a percent sign"
    if len(message.id.split()) <= SHORT and not message.context and not message.comments:
        yield (
            "is short and says nowhere where it stands",
            "Use pgettext with a context that says where it stands and how long it may be, "
            "or put a 'Translators:' comment on the line above",
        )


def list_mistakes(workspace: Workspace) -> Iterator[Problem]:
    """Where locales.toml disagrees with CLDR or with the folders of catalogues."""
    path = workspace.locale_list
    for tag, locale in workspace.locales.items():
        meant = categories(tag)
        if locale.plurals != meant:
            given = f"{tag}: plurals are {list(locale.plurals)}, CLDR has {list(meant)}"
            yield Problem(path, None, given, "Write CLDR's list, in that order")
    for folder in sorted(workspace.translations.glob("*/LC_MESSAGES")):
        if folder.parent.name not in workspace.locales:
            text = f"{folder.parent.name} is not in the list of languages"
            yield Problem(path, None, text, "Add its row, or delete the folder")


def titled(message: Message) -> str:
    """A message as problems call it: its text and, in brackets, its context."""
    return quoted(message.id) + (f" [{message.context}]" if message.context else "")
