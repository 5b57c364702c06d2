"""Find the line of a key in TOML, and say in words why a text is not TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

Location = Sequence[int | str]

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_PART = r"[\w-]+|\"[^\"\n]*\"|'[^'\n]*'"
_HEADER = re.compile(rf"\s*(\[\[?)\s*((?:{_PART})(?:\s*\.\s*(?:{_PART}))*)\s*\]")
_KEY = re.compile(rf"\s*((?:{_PART})(?:\s*\.\s*(?:{_PART}))*)\s*=")
_TRIPLE = re.compile(r"\"\"\"|'''")
_ONE_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")
_CURLY = "“”„‟‘’‚"
_ODD_SPACES = "\u00a0\u202f\u2007\u200b\ufeff"


def line_of(text: str, location: Location) -> int | None:
    """Return the line of a key in TOML, counted from 1; None where it has no line of its own.

    `location` leads through tables and arrays of tables: ("sections", 0, "fields", 2, "role"). A
    key without a line of its own, as in an inline table, has the line of what holds it.
    """
    lines = _lines(text)
    for length in range(len(location), 0, -1):
        if (line := lines.get(tuple(location[:length]))) is not None:
            return line
    return None


def line_in(path: Path, location: Location) -> int | None:
    """Return the line of a key of a file, as `line_of` does; None if the file can't be read."""
    try:
        return line_of(path.read_text(encoding="utf-8-sig"), location)
    except (OSError, UnicodeDecodeError):
        return None


def _lines(text: str) -> dict[tuple[int | str, ...], int]:
    """Return the line of each key and of each table's header."""
    lines: dict[tuple[int | str, ...], int] = {}
    counts: dict[tuple[int | str, ...], int] = {}
    table: tuple[int | str, ...] = ()
    quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        was_quoted = bool(quote)
        quote = _open_quote(line, quote)
        if was_quoted:
            continue
        if header := _HEADER.match(line):
            table = _within(counts, _parts(header[2]))
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            parts = _parts(key[1])
            for length in range(1, len(parts) + 1):
                lines.setdefault((*table, *parts[:length]), number)
    return lines


def _open_quote(line: str, quote: str) -> str:
    """Return the triple quotation mark that is open after a line, or ""."""
    for found in _TRIPLE.finditer(line):
        if not quote:
            quote = found[0]
        elif found[0] == quote:
            quote = ""
    return quote


def _parts(name: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, name)]


def _within(counts: dict[tuple[int | str, ...], int], parts: list[str]) -> tuple[int | str, ...]:
    """Return the location of a table: below the latest table of each array in its name."""
    table: tuple[int | str, ...] = ()
    for index, part in enumerate(parts):
        table = (*table, part)
        if table in counts and index < len(parts) - 1:
            table = (*table, counts[table])
    return table


def syntax_problem(text: str, error: tomllib.TOMLDecodeError) -> tuple[int | None, str]:
    """Return the line on which a text stops being TOML, and what to change there."""
    message = _AT_LINE.sub("", str(error)).removesuffix("(at end of document)").strip()
    found = _AT_LINE.search(str(error))
    lines = text.split("\n")
    left_open = _line_left_open(lines) or len(text.rstrip().split("\n"))
    line = int(found[1]) if found else left_open
    return line, _words(message, lines[line - 1] if line <= len(lines) else "")


def _line_left_open(lines: Sequence[str]) -> int | None:
    """Return the line of the triple quotation mark, or of the bracket, that nothing closes."""
    quote, opened = "", None
    for number, line in enumerate(lines, 1):
        before, quote = quote, _open_quote(line, quote)
        if quote and not before:
            opened = number
    if quote:
        return opened
    for number in range(len(lines), 0, -1):
        bare = _ONE_STRING.sub("", lines[number - 1].partition("#")[0])
        if any(bare.count(left) > bare.count(right) for left, right in ("[]", "{}")):
            return number
    return None


def _words(message: str, line: str) -> str:
    bare = _ONE_STRING.sub('""', line)
    key, _, value = (part.strip() for part in line.partition("="))
    if any(mark in bare for mark in _CURLY):
        return 'write straight quotation marks ("), not “ and ”'
    if any(space in bare for space in _ODD_SPACES):
        return "there is a special space outside the quotation marks; write an ordinary one"
    if message.startswith(("Unescaped '\\'", "Invalid hex")):
        return '\\ has a meaning between " marks; write / or \\\\'
    if message.startswith(("Illegal character", "Unterminated string", 'Expected \'"""\'')):
        return 'a quotation mark (") is missing at the end of the text'
    if message.startswith("Invalid value"):
        return _value_words(key, value)
    if message.startswith(("Cannot declare", "Cannot overwrite", "Cannot mutate", "Duplicate")):
        return f"'{key.strip('[] ')}' is there twice; make it one"
    if message.startswith(("Unclosed array", "Expected ']")):
        return "a ] is missing"
    if message.startswith(("Unclosed inline", "Expected '}'")):
        return "a } is missing"
    if message.startswith("Expected newline"):
        return 'there is more after the value; inside a text, write \\" for a quotation mark'
    if message.startswith(("Invalid initial", "Expected '='", "Invalid statement")):
        name, colon, rest = (part.strip() for part in line.partition(":"))
        if colon and re.fullmatch(r"[\w-]+", name):
            return f"write = instead of :, as in {name} = {rest or '…'}"
        return "a line must be name = value, a [table] or a # comment"
    return message[:1].lower() + message[1:]


def _value_words(key: str, value: str) -> str:
    if not value or value.startswith("#"):
        return f"there is nothing after '{key} ='"
    if value.lower() in ("true", "yes", "on"):
        return "write true, in small letters"
    if value.lower() in ("false", "no", "off"):
        return "write false, in small letters"
    if value.endswith('"') or value[:1].isalpha():
        return f'a text needs a quotation mark (") at both ends: {key} = "…"'
    return f"'{value}' is no value; a text needs a quotation mark (\") at both ends"
