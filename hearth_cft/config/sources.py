"""Read where settings come from, and say in words what is wrong with them and where."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel import localedata
from pydantic_core import ErrorDetails

from hearth_cft.reading.problem import ContentError, did_you_mean, nearest, shown
from hearth_cft.reading.text import decoded
from hearth_cft.reading.toml import TomlText, read_toml
from hearth_cft.reading.toml_lines import Location
from hearth_cft.reading.words import MISSPELT, known_names, must_be, plain_message

PREFIX = "HEARTH_"
FOLDERS = ("data_dir", "content_dir")
# Tables can't be given as variables.
TABLES = ("contact", "help", "crisis_lines", "other_ways", "programme", "theme", "limits")
# Settings that may be a table of texts, one for each language.
_TEXTS = ("hours", "name", "about", "urgent", "opening", "suicide", "title")
_MISNAMED = ("hearth.toml", "hearth.toml.txt", "hearth.toml.toml", "hearth.toml ")
_LISTS = ("tuple_type", "list_type")
_TABLE_KINDS = ("model_type", "dataclass_type", "dataclass_exact_type")


class ConfigError(Exception):
    """Settings can't be used. Each problem names the setting and says what is allowed."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass
class Sources:
    """The settings that were given, and where each comes from.

    `origins` maps a setting that isn't from the file to the variable or the option that gave it.
    """

    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    file: TomlText | None = None

    def place(self, location: Location) -> str:
        """Return "hearth.toml:3: " or "HEARTH_PORT: " for the setting at a location, or ""."""
        if location and location[0] in self.origins:
            return f"{self.origins[str(location[0])]}: "
        return f"{self.file.error('', location)}" if self.file else ""

    def line(self, location: Location) -> int:
        """Return the line of a setting in the file, or 0."""
        return (self.file.error("", location).line if self.file else None) or 0

    def problem(self, location: Location, message: str) -> str:
        """Return the message after the place and the name of a setting."""
        return f"{self.place(location)}{name_of(location)} {message}"


def name_of(location: Location) -> str:
    """Return "'contact.phone'", or "[[crisis_lines]] 2: 'number'" in a list of tables."""
    start, prefix = 0, ""
    for index, part in enumerate(location):
        if isinstance(part, int) and index + 1 < len(location):
            prefix = f"[[{'.'.join(map(str, location[start:index]))}]] {part + 1}: "
            start = index + 1
    names = [str(part) for part in location[start:] if isinstance(part, str)]
    return f"{prefix}'{'.'.join(names)}'"


def from_file(path: Path) -> Sources:
    """Read a settings file. Its folders are relative to the folder that it is in.

    Raises ConfigError.
    """
    try:
        toml = read_toml(path, decoded(path, path.read_bytes()))
    except ContentError as error:
        raise ConfigError(str(error)) from None
    except OSError as error:
        raise ConfigError(f"{path} can't be read: {error.strerror}") from None
    values = dict(toml.values)
    for name in FOLDERS:
        if isinstance(values.get(name), str) and values[name].strip():
            values[name] = path.parent / values[name]
    return Sources(values, {}, toml)


def settings_file(given: Path | None, usual: Path) -> Path | None:
    """Return the settings file that was given, or the usual one if there is one.

    Raises ConfigError if there is only one with almost this name: the server would start with
    other telephone numbers than the service's.
    """
    if given is not None or usual.is_file():
        return given or usual
    for path in sorted(usual.absolute().parent.iterdir()):
        if path.name.lower().startswith(usual.name) and path.name.lower() in _MISNAMED:
            raise ConfigError(f"there is {path.name}, which is not read; name it {usual.name}")
    return None


def add_environment(
    sources: Sources, environment: Mapping[str, str], settings: Mapping[str, Any]
) -> None:
    """Add the HEARTH_* variables. Raises ConfigError if one isn't a setting."""
    known = [f"{PREFIX}{name.upper()}" for name in settings if name not in TABLES]
    for variable, value in environment.items():
        if not variable.startswith(PREFIX):
            continue
        if variable not in known:
            names = ", ".join(known)
            raise ConfigError(
                f"{variable} is not a setting; the settings are: {names}"
                f"{did_you_mean(variable, known)}"
            )
        name = variable.removeprefix(PREFIX).lower()
        sources.values[name] = value
        sources.origins[name] = variable


def message_of(error: ErrorDetails, sources: Sources, model: Any) -> str:
    """Return what is wrong with a setting, in words, after its place."""
    location = error["loc"]
    return sources.place(location) + _words(error, name_of(location), model)


def _words(error: ErrorDetails, name: str, model: Any) -> str:
    location, kind, given = error["loc"], error["type"], error["input"]
    if kind in MISSPELT:
        return f"{name} is not a setting; {_known(location, model)}"
    if kind == "missing":
        return f"{name} is missing"
    if kind in _LISTS and isinstance(given, dict):
        return f"{name} is one table: write [[{location[-1]}]], with two brackets on each side"
    if kind in _TABLE_KINDS:
        known = ", ".join(known_names(model, location))
        if isinstance(location[-1], int):
            return (
                f"{name} is {shown(given)}: write [[{location[-2]}]], then a line each of: {known}"
            )
        if isinstance(given, list):
            return f"{name} is a list of tables: write [{location[-1]}], with one bracket"
        return f"{name} is {shown(given)}: must be a table of: {known}"
    if kind in ("string_too_short", "too_short"):
        return f"{name} is empty"
    if kind in ("content", "value_error"):
        words = plain_message(error)
        if words.startswith(("is ", "has ")):
            return f"{name} {words}"
        is_table = isinstance(given, dict | list)
        return f"{name}: {words}" if is_table else f"{name} is {shown(given)}: {words}"
    return f"{name} is {shown(given)}: must be {must_be(error)}{_nearest_of(error)}"


def _nearest_of(error: ErrorDetails) -> str:
    if error["type"] != "literal_error" or not isinstance(error["input"], str):
        return ""
    expected = str(error.get("ctx", {})["expected"])
    return did_you_mean(error["input"], expected.split("'")[1::2])


def _known(location: Location, model: Any) -> str:
    """Return which settings there are in a table, and where the one that was meant belongs."""
    key = str(location[-1])
    known = known_names(model, location[:-1])
    words = f"the settings are: {', '.join(known)}"
    if len(location) > 1 and key in known_names(model, ()):
        return f"{words}; '{key}' belongs at the top of the file, above the first [table]"
    if near := did_you_mean(key, known):
        return words + near
    if len(location) == 1:
        homes = [table for table in known if nearest(key, known_names(model, (table,)))]
        if homes:
            return f"{words}; does it belong in the table '{homes[0]}'?"
    return words


def unknown_languages(sources: Sources, languages: tuple[str, ...]) -> Iterator[str]:
    """Yield a problem for each text in a language that nobody speaks."""
    for location, tag in _text_tags(sources.values):
        if not localedata.exists(tag.partition("-")[0]):
            message = f"has '{tag}', which is not a language{did_you_mean(tag, languages)}"
            offered = ", ".join(languages)
            yield sources.problem(location, f"{message}; 'languages' has: {offered}")


def unshown_texts(sources: Sources, languages: tuple[str, ...]) -> Iterator[tuple[Location, str]]:
    """Yield the location and the tag of each text in a language that clients aren't offered."""
    for location, tag in _text_tags(sources.values):
        if tag not in languages and tag != "en":
            yield location, tag


def _text_tags(values: Any, location: tuple[int | str, ...] = ()) -> Iterator[tuple[Any, str]]:
    """Yield the location and each language of the texts that are tables."""
    if location and location[-1] in _TEXTS:
        yield from ((location, str(tag)) for tag in values if isinstance(values, dict))
    elif isinstance(values, dict):
        for name, inner in values.items():
            yield from _text_tags(inner, (*location, name))
    elif isinstance(values, list):
        for number, inner in enumerate(values):
            yield from _text_tags(inner, (*location, number))


def found_folder(path: Path) -> Path | None:
    """Return the folder at this path, also where its name has accents in another Unicode form."""
    if path.is_dir():
        return path
    alike = (each for each in _beside(path) if _composed(each.name) == _composed(path.name))
    return next(alike, None)


def folder_hint(path: Path) -> str:
    """Return what there is in place of a folder that there isn't."""
    if path.exists():
        return "that is a file, not a folder"
    near = nearest(path.name, [each.name for each in _beside(path)])
    return "there is no such folder" + (f"; did you mean '{near}'?" if near else "")


def _beside(path: Path) -> list[Path]:
    try:
        return sorted(each for each in path.parent.iterdir() if each.is_dir())
    except OSError:
        return []


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)
