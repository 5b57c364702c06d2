"""What no text from a catalogue may hold, whatever its language; the standard library alone.

The build leaves such a translation out, so that the page shows English instead of breaking;
`hearth translations check` refuses it before it gets that far.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hearth_cft.i18n.catalogue import Message

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# Embeddings and overrides reorder what follows them; isolates are fine where they are closed.
BIDI_OVERRIDES = range(0x202A, 0x202F)
ISOLATES, END_OF_ISOLATE = ("\u2066", "\u2067", "\u2068"), "\u2069"
HIDDEN_TAGS = range(0xE0000, 0xE0080)


def placeholders(text: str) -> set[str]:
    """The names in %(name)s."""
    return set(PLACEHOLDER.findall(text))


def broken_placeholder(text: str, *, formatted: bool) -> str | None:
    """A piece that was meant as a placeholder but is none; None if all is well.

    `formatted` says that Python's % operator is applied, so that a lone % would raise.
    """
    rest = PLACEHOLDER.sub("", text)
    if formatted:
        rest = rest.replace("%%", "")
        found = re.search(r"%.{0,12}", rest)
    else:
        found = re.search(r"%\s*[(（].{0,12}|%[sdif]\b", rest)
    return found[0] if found else None


def forbidden_characters(text: str) -> list[str]:
    """Control characters, bidi overrides and others that hide or garble text, each once."""
    found = [name for name in map(_forbidden, text) if name]
    if not _isolates_closed(text):
        found.append("a bidi isolate (U+2066 to U+2068) that U+2069 doesn't close")
    return list(dict.fromkeys(found))


def _forbidden(character: str) -> str | None:
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
    """What is wrong with the placeholders of a translation.

    `exact` holds the plural forms that stand for one number only, as Arabic's "two" does: they
    may leave %(num)s out.
    """
    counted = message.plural is not None
    wanted = set().union(*map(placeholders, message.sources))
    formatted = domain == "messages" and (counted or bool(wanted))
    for number, form in enumerate(message.forms):
        if not form:
            continue
        where = f"msgstr[{number}]: " if counted else ""
        found = placeholders(form)
        optional = {"num"} if counted and number in exact else set()
        for name in sorted(wanted - found - optional):
            yield f"{where}%({name})s is missing"
        for name in sorted(found - wanted):
            yield f"{where}%({name})s is not in the English"
        broken = broken_placeholder(form, formatted=formatted)
        if broken:
            yield f"{where}“{broken}” is no placeholder"
