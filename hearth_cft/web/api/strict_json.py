"""Parse JSON strictly: refuse everything that another parser might read differently."""

from __future__ import annotations

import json
from typing import Any, NoReturn


class MalformedJsonError(ValueError):
    """The text is not JSON, or is ambiguous. The message says why, without quoting the text."""


def parse(data: bytes) -> Any:
    """Parse JSON in UTF-8.

    Raises MalformedJsonError if the data is not JSON. Raises it also for a byte order mark, NaN,
    infinities, duplicate keys, and numbers too long or nesting too deep to parse.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise MalformedJsonError("the text is not UTF-8") from None
    try:
        return _DECODER.decode(text)
    except MalformedJsonError:
        raise
    except json.JSONDecodeError as error:
        raise MalformedJsonError(f"{error.msg} at character {error.pos}") from None
    except ValueError:
        raise MalformedJsonError("a number is too long") from None
    except RecursionError:
        raise MalformedJsonError("the nesting is too deep") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) != len(pairs):
        raise MalformedJsonError("a key appears twice")
    return unique


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedJsonError("NaN and infinities are not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant)
