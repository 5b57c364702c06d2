"""Read structured files strictly: a mistake names its file, its line and its key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
# Pydantic's types of error -> what the value must be.
KINDS = {
    "string_type": "a text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a table",
    "mapping_type": "a table",
    "dataclass_type": "a table",
}
MISSPELT = ("extra_forbidden", "unexpected_keyword_argument")
UNKNOWN = "is not known here; is it misspelt?"

T = TypeVar("T")
Location = Sequence[int | str]


@dataclass(eq=False)
class ContentError(Exception):
    """A content file could not be used. `message` says what is wrong and what to do."""

    path: Path
    line: int | None
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.message}"


@dataclass(frozen=True)
class TomlText:
    """TOML of a file. `text` begins at the first line of the file, so that lines can be counted."""

    path: Path
    text: str
    values: Mapping[str, Any]

    def build(self, model: type[T], **more: object) -> T:
        """Build the model from the values and from `more`, which the file must not have.

        Raises ContentError for the first mistake, with the line of its key.
        """
        for key in more:
            if key in self.values:
                raise self.error(f"'{key}' {UNKNOWN}", [key])
        try:
            return TypeAdapter(model).validate_python({**self.values, **more})
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            # A missing key has no line. Its table has.
            location = first["loc"][:-1] if first["type"] == "missing" else first["loc"]
            raise self.error(describe(first, self.values), location) from None

    def error(self, message: str, location: Location = ()) -> ContentError:
        """Return an error at the line of a key, where that can be found."""
        return ContentError(self.path, line_of(self.text, location), message)


def describe(error: ErrorDetails, values: Mapping[str, Any]) -> str:
    """Return what is wrong in words, after the name or the number of the table that has it."""
    location = error["loc"]
    keys = [part for part in location if isinstance(part, str)]
    key = keys[-1] if keys else ""
    kind = error["type"]
    if kind == "content":
        message = str(error["msg"])
    elif kind == "missing":
        message = f"'{key}' is missing"
    elif kind == "string_too_short":
        message = f"'{key}' is empty"
    elif kind in MISSPELT:
        message = f"'{key}' {UNKNOWN}"
    elif kind == "string_type" and isinstance(location[-1], int):
        message = f"'{key}' must be a list of texts"
    elif kind == "dataclass_type" and isinstance(location[-1], int):
        message = f"'{key}' must be a list of tables"
    elif kind in KINDS:
        message = f"'{key}' must be {KINDS[kind]}"
    else:
        message = f"'{key}' has an impossible value: {error['msg']}"
    return _table_name(location, values) + message


def _table_name(location: Location, values: Any) -> str:
    """Return "'name': " of the innermost named table, or "week 2: " where it has no name."""
    name = kind = ""
    for part in location:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(part, str):
            kind = part.removesuffix("s")
        elif isinstance(values, dict):
            own = values.get("name")
            name = f"'{own}': " if isinstance(own, str) and own else f"{kind} {part + 1}: "
    return name


def line_of(text: str, location: Location) -> int | None:
    """Return the line of a key in TOML, counted from 1; None where it has no line of its own.

    `location` leads through arrays of tables: ("sections", 0, "fields", 2, "role"). One that ends
    with a number means the line of the table's header. An array that is written inline has the line
    of its own key.
    """
    names: list[str] = []
    at = 0
    for part in location:
        if isinstance(part, str):
            names.append(part)
            continue
        header = re.compile(rf"^\s*\[\[\s*{re.escape('.'.join(names))}\s*\]\]", re.MULTILINE)
        for _ in range(part + 1):
            found = header.search(text, at)
            if found is None:
                return _key_line(text, names[-1], at)
            at = found.end()
    if location and isinstance(location[-1], str):
        return _key_line(text, names[-1], at)
    return text.count("\n", 0, at) + 1 if at else None


def _key_line(text: str, name: str, at: int) -> int | None:
    key = re.compile(rf"^\s*{re.escape(name)}\s*=", re.MULTILINE).search(text, at)
    return text.count("\n", 0, key.end()) + 1 if key else None


def read_toml(path: Path, text: str, first_line: int = 1) -> TomlText:
    """Parse TOML that begins at `first_line` of the file. Raises ContentError."""
    try:
        return TomlText(path, "\n" * (first_line - 1) + text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = TOML_LINE.search(str(error))
        line = first_line - 1 + int(found[1]) if found else None
        message = TOML_LINE.sub("", str(error)).strip()
        raise ContentError(path, line, f"not valid TOML: {message}") from None
    except RecursionError:
        raise ContentError(path, None, "not valid TOML: nested too deeply") from None
    except ValueError:  # Python doesn't read numbers of more than 4,300 digits
        raise ContentError(path, None, "not valid TOML: a number is too long") from None


def head_and_body(path: Path, text: str) -> tuple[TomlText, str, int]:
    """Split a Markdown file with a TOML head into head, body, and the body's first line.

    Raises ContentError.
    """
    lines = text.splitlines()
    if not lines or lines[0].strip() != "+++":
        raise ContentError(path, 1, "the first line must be '+++', the head comes before the text")
    try:
        end = next(n for n, line in enumerate(lines[1:], 1) if line.strip() == "+++")
    except StopIteration:
        raise ContentError(path, 1, "the head has no closing '+++' line") from None
    head = read_toml(path, "\n".join(lines[1:end]), first_line=2)
    return head, "\n".join(lines[end + 1 :]), end + 2
