"""Reading a content file key by key, so that a slip names its file, its line and its key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
KIND_NAMES = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}


@dataclass(eq=False)
class ContentError(Exception):
    """A content file could not be used; `message` says what is wrong and what to do."""

    path: Path
    line: int | None
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.message}"


class Table:
    """A TOML table that is read key by key, so that a slip names its key and its line."""

    def __init__(self, path: Path, text: str, values: Mapping[str, Any], where: str = "") -> None:
        self.path, self.text, self.where = path, text, where
        self.left = dict(values)
        self.name = re.escape(str(values.get("name", "")))

    def error(self, message: str, key: str = "") -> ContentError:
        line = self._line_of(key) if key else None
        return ContentError(self.path, line, f"{self.where}{message}")

    def _line_of(self, key: str) -> int | None:
        """The key's line: the first after the table's own name, where that is known."""
        own = re.search(rf"""^\s*name\s*=\s*["']{self.name}["']""", self.text, re.MULTILINE)
        wanted = re.compile(rf"^\s*{re.escape(key)}\s*=", re.MULTILINE)
        found = (own and wanted.search(self.text, own.end())) or wanted.search(self.text)
        return self.text.count("\n", 0, found.end()) + 1 if found else None

    def take(self, key: str, kind: type[Any], default: Any = None) -> Any:
        if key not in self.left:
            if default is None:
                raise self.error(f"'{key}' is missing")
            return default
        value = self.left.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(f"'{key}' must be {KIND_NAMES[kind]}", key)
        if isinstance(value, str) and not value.strip() and default is None:
            raise self.error(f"'{key}' is empty", key)
        return value.strip() if isinstance(value, str) else value

    def strings(self, key: str) -> tuple[str, ...]:
        values = self.take(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise self.error(f"'{key}' must be a list of texts", key)
        return tuple(values)

    def tables(self, key: str, where: str) -> list[Table]:
        values = self.take(key, list, [])
        if not all(isinstance(value, dict) for value in values):
            raise self.error(f"'{key}' must be a list of tables", key)
        return [
            Table(self.path, self.text, value, f"{where} {number}: ")
            for number, value in enumerate(values, 1)
        ]

    def end(self) -> None:
        for key in self.left:
            raise self.error(f"'{key}' is not known here; is it misspelt?", key)


def read_toml(path: Path, text: str, first_line: int = 1) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = TOML_LINE.search(str(error))
        line = first_line - 1 + int(found[1]) if found else None
        message = TOML_LINE.sub("", str(error)).strip()
        raise ContentError(path, line, f"not valid TOML: {message}") from None


def head_and_body(path: Path, text: str) -> tuple[Table, str, int]:
    """Split a Markdown file with a TOML head; gives head, body, and the body's first line."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != "+++":
        raise ContentError(path, 1, "the first line must be '+++', the head comes before the text")
    try:
        end = next(n for n, line in enumerate(lines[1:], 1) if line.strip() == "+++")
    except StopIteration:
        raise ContentError(path, 1, "the head has no closing '+++' line") from None
    head = "\n".join(lines[1:end])
    table = Table(path, "\n" + head, read_toml(path, head, first_line=2))
    return table, "\n".join(lines[end + 1 :]), end + 2
