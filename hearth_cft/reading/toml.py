"""Read TOML strictly: a mistake names its file, its line and its key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from hearth_cft.reading.problem import ContentError
from hearth_cft.reading.toml_lines import Location, line_of, syntax_problem
from hearth_cft.reading.words import MISSPELT, UNKNOWN, describe, known_names

T = TypeVar("T")


@dataclass(frozen=True)
class TomlText:
    """TOML of a file. `text` begins at the first line of the file, so that lines can be counted."""

    path: Path
    text: str
    values: Mapping[str, Any]

    def build(self, model: type[T], **more: object) -> T:
        """Build the model from the values and from `more`, which the file must not have.

        Raises ContentError for one mistake, with the line of its key.
        """
        for key in more:
            if key in self.values:
                known = ", ".join(name for name in known_names(model, ()) if name not in more)
                raise self.error(f"'{key}' {UNKNOWN}; known are: {known}", [key])
        try:
            return TypeAdapter(model).validate_python({**self.values, **more})
        except ValidationError as error:
            errors = error.errors(include_url=False)
            first = errors[0]
            if first["type"] == "missing":  # perhaps because it is misspelt
                first = next((each for each in errors if each["type"] in MISSPELT), first)
            # A missing key has no line. Its table has.
            location = first["loc"][:-1] if first["type"] == "missing" else first["loc"]
            message = describe(first, self.values, model, hidden=more)
            raise self.error(message, location) from None

    def error(self, message: str, location: Location = ()) -> ContentError:
        """Return an error at the line of a key, where that can be found."""
        return ContentError(self.path, line_of(self.text, location), message)

    def note(self, message: str, location: Location) -> ContentError:
        """Return an error by which nothing is lost."""
        return ContentError(self.path, line_of(self.text, location), message, is_note=True)


def read_toml(path: Path, text: str, first_line: int = 1) -> TomlText:
    """Parse TOML that begins at `first_line` of the file. Raises ContentError."""
    try:
        return TomlText(path, "\n" * (first_line - 1) + text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line, words = syntax_problem(text, error)
        line = first_line - 1 + line if line else None
        raise ContentError(path, line, f"is not valid TOML: {words}") from None
    except RecursionError:
        raise ContentError(path, None, "is not valid TOML: nested too deeply") from None
    except ValueError:  # Python doesn't read numbers of more than 4,300 digits
        raise ContentError(path, None, "is not valid TOML: a number is too long") from None
