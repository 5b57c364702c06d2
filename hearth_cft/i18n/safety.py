"""Find placeholders and characters in catalogue texts that aren't safe to show.

The rules are the same for every language. The build leaves an unsafe translation out, and the page
shows English instead. `hearth translations check` reports the translation before the build.

This module uses only the standard library, because the build imports it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hearth_cft.i18n.catalogue import Message

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# Embeddings and overrides reorder the text that follows them. Isolates are safe if they are closed.
BIDI_OVERRIDES = range(0x202A, 0x202F)
ISOLATES, END_OF_ISOLATE = ("\u2066", "\u2067", "\u2068"), "\u2069"
HIDDEN_TAGS = range(0xE0000, 0xE0080)


def placeholders(text: str) -> set[str]:
    """Return the names in the %(name)s placeholders of a text."""
    return set(PLACEHOLDER.findall(text))


def broken_placeholder(text: str, *, formatted: bool) -> str | None:
    """Return the first part of `text` that looks like a placeholder but isn't valid, or None.

    `formatted` means that Python's % operator is applied to the text: it raises on a single %.
    """
    rest = PLACEHOLDER.sub("", text)
    if formatted:
        rest = rest.replace("%%", "")
        match = re.search(r"%.{0,12}", rest)
    else:
        match = re.search(r"%\s*[(（].{0,12}|%[sdif]\b", rest)
    return match[0] if match else None


def forbidden_characters(text: str) -> list[str]:
    """Return the name of each character that hides or garbles text, without duplicates.

    They include control characters and bidi overrides.
    """
    names = [name for name in map(_forbidden, text) if name]
    if not _isolates_closed(text):
        names.append("a bidi isolate (U+2066 to U+2068) that U+2069 doesn't close")
    return list(dict.fromkeys(names))


def _forbidden(character: str) -> str | None:
    """Return the code and the name of a forbidden character, or None if it's allowed."""
    if character == "\n" or (character.isascii() and character.isprintable()):
        return None
    code, category = ord(character), unicodedata.category(character)
    refused = (
        category in ("Cc", "Co", "Cs", "Zl", "Zp")
        or code in BIDI_OVERRIDES
        or code in HIDDEN_TAGS
        or code & 0xFFFE == 0xFFFE
        or character in "\ufffd\ufeff"
    )
    if not refused:
        return None
    return f"U+{code:04X} {unicodedata.name(character, 'control character').lower()}"


def _isolates_closed(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character in ISOLATES) - (character == END_OF_ISOLATE)
        if depth < 0:
            return False
    return depth == 0


def placeholder_mistakes(message: Message, domain: str, exact: set[int]) -> Iterator[str]:
    """Yield each mistake in the placeholders of a translation.

    `exact` holds the indexes of the plural forms that only one number uses, such as Arabic's
    "two". These forms may leave %(num)s out.
    """
    counted = message.plural is not None
    expected = set().union(*map(placeholders, message.sources))
    formatted = domain == "messages" and (counted or bool(expected))
    for number, form in enumerate(message.forms):
        if not form:
            continue
        prefix = f"msgstr[{number}]: " if counted else ""
        actual = placeholders(form)
        optional = {"num"} if counted and number in exact else set()
        for name in sorted(expected - actual - optional):
            yield f"{prefix}%({name})s is missing"
        for name in sorted(actual - expected):
            yield f"{prefix}%({name})s is not in the English"
        broken = broken_placeholder(form, formatted=formatted)
        if broken:
            yield f"{prefix}“{broken}” is not a valid placeholder"
