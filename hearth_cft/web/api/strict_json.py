"""JSON that means one thing only: what other parsers would read differently is refused."""

from __future__ import annotations

import json
from typing import Any, NoReturn


class MalformedJsonError(ValueError):
    """The text is not JSON, or not unambiguous; the message says why, without quoting it."""


def parse(data: bytes) -> Any:
    """Read UTF-8 JSON. Raises MalformedJsonError.

    Besides what isn't JSON, refuses a byte order mark, NaN and infinities, duplicate keys, numbers
    too long to read and nesting too deep to read.
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
        raise MalformedJsonError("a key is there twice")
    return unique


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedJsonError("NaN and infinities are not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant)
