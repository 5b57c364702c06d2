"""Say in words what pydantic found wrong, with what is allowed and the nearest right name."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from hearth_cft.reading.problem import did_you_mean, shown
from hearth_cft.reading.toml_lines import Location

# Pydantic's types of error -> what the value must be.
_KINDS = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "path_type": "a text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a table",
    "mapping_type": "a table",
    "model_type": "a table",
    "dataclass_type": "a table",
    "dataclass_exact_type": "a table",
}
# Pydantic's types of error -> the words before the bound, and the bound's name in its context.
_BOUNDS = {
    "greater_than_equal": ("{} or more", "ge"),
    "greater_than": ("more than {}", "gt"),
    "less_than_equal": ("{} or less", "le"),
    "less_than": ("less than {}", "lt"),
    "string_too_long": ("a text of at most {} letters", "max_length"),
}
_TABLES = ("model_type", "dataclass_type", "dataclass_exact_type", "dict_type", "mapping_type")
MISSPELT = ("extra_forbidden", "unexpected_keyword_argument")
UNKNOWN = "is not known here"


def describe(
    error: ErrorDetails,
    values: Mapping[str, Any],
    model: Any = None,
    hidden: Collection[str] = (),
) -> str:
    """Return what is wrong in words, after the name or the number of the table that has it.

    `hidden` are fields of the model that a file must not have.
    """
    location = error["loc"]
    keys = [part for part in location if isinstance(part, str)]
    key = keys[-1] if keys else ""
    kind = error["type"]
    if kind in ("content", "value_error"):
        message = plain_message(error)
    elif kind == "missing":
        message = f"'{key}' is missing"
    elif kind in MISSPELT:
        known = [name for name in known_names(model, location[:-1]) if name not in hidden]
        allowed = f"; known are: {', '.join(known)}" if known else ""
        message = f"'{key}' {UNKNOWN}{allowed}{did_you_mean(key, known)}"
    else:
        message = _value_words(key, error)
    return _table_name(location, values) + message


def plain_message(error: ErrorDetails) -> str:
    """Return the words of an error that our own validators raised."""
    return str(error["msg"]).removeprefix("Value error, ")


def _value_words(key: str, error: ErrorDetails) -> str:
    kind, location = error["type"], error["loc"]
    if kind in ("string_too_short", "too_short"):
        return f"'{key}' is empty"
    if kind == "string_type" and isinstance(location[-1], int):
        return f"'{key}' must be a list of texts"
    if kind in _TABLES and isinstance(location[-1], int):
        return f"'{key}' must be a list of tables"
    allowed = must_be(error)
    if kind in _KINDS:
        return f"'{key}' must be {allowed}"
    return f"'{key}' is {shown(error['input'])}: must be {allowed}"


def must_be(error: ErrorDetails) -> str:
    """Return what a value must be, such as "a whole number" or "1 or more"."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _KINDS:
        return _KINDS[kind]
    if kind in _BOUNDS:
        words, bound = _BOUNDS[kind]
        return words.format(context[bound])
    if kind == "literal_error":
        return str(context["expected"])
    message = plain_message(error)
    return message[:1].lower() + message[1:]


def known_names(model: Any, location: Location) -> list[str]:
    """Return the names of the fields of the table at this location."""
    for part in location:
        if isinstance(part, str):
            model = _table_in(_annotations(model).get(part))
    return list(_annotations(model))


def _annotations(model: Any) -> dict[str, Any]:
    """Return the annotation of each field of a model or a dataclass."""
    if isinstance(model, type) and issubclass(model, BaseModel):
        return {name: field.annotation for name, field in model.model_fields.items()}
    if fields := getattr(model, "__pydantic_fields__", None):
        return {name: field.annotation for name, field in fields.items()}
    if dataclasses.is_dataclass(model):
        return {field.name: field.type for field in dataclasses.fields(model)}
    return {}


def _table_in(annotation: Any) -> Any:
    """Return the model in an annotation such as `tuple[CrisisLine, ...] | None`."""
    if _annotations(annotation):
        return annotation
    return next(filter(None, map(_table_in, get_args(annotation))), None)


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
