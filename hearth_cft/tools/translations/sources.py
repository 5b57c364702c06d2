"""Find mistakes in the English texts and in the list of languages."""

from __future__ import annotations

from collections.abc import Iterator

from hearth_cft.i18n.catalogue import Catalogue, Message, quoted
from hearth_cft.i18n.compile import Problem
from hearth_cft.i18n.plurals import categories
from hearth_cft.i18n.safety import broken_placeholder, forbidden_characters, placeholders
from hearth_cft.tools.translations.workspace import Workspace

# A text of this many words or fewer needs a context or a comment for translators.
SHORT = 2


def source_mistakes(workspace: Workspace, domain: str, current: Catalogue) -> Iterator[Problem]:
    """Yield each problem in the English texts of a domain, with its source file and line."""
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
            "is short and has neither a context nor a comment",
            "Use pgettext with a context that says where it appears and how long it may be, "
            "or put a 'Translators:' comment on the line above",
        )


def list_mistakes(workspace: Workspace) -> Iterator[Problem]:
    """Yield each row of locales.toml that disagrees with CLDR, and each folder without a row."""
    path = workspace.locale_list
    for tag, locale in workspace.locales.items():
        expected = categories(tag)
        if locale.plurals != expected:
            text = f"{tag}: plurals are {list(locale.plurals)}, CLDR has {list(expected)}"
            yield Problem(path, None, text, "Write CLDR's list, in that order")
    for folder in sorted(workspace.translations.glob("*/LC_MESSAGES")):
        if folder.parent.name not in workspace.locales:
            text = f"{folder.parent.name} is not in the list of languages"
            yield Problem(path, None, text, "Add its row, or delete the folder")


def titled(message: Message) -> str:
    """Return the text of a message and, in brackets, its context, as shown in problems."""
    return quoted(message.id) + (f" [{message.context}]" if message.context else "")
