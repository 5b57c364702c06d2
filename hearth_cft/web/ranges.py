"""Which bytes a Range header asks for (RFC 9110, section 14). Pure: no files, no HTTP objects."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A file of 10**18 bytes doesn't exist; longer numbers are cut off before int() has to read them.
MOST_DIGITS = 18

_SPEC = re.compile(r"(?P<first>[0-9]+)-(?P<last>[0-9]*)|-(?P<suffix>[0-9]+)")


class RangeNotSatisfiableError(Exception):
    """The range asked for lies outside the file. ``size`` is the file's size in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(f"no such range in {size} bytes")
        self.size = size


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes ``first`` to ``last`` of a file, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    def content_range(self, size: int) -> str:
        """The value of Content-Range for this part of a file of ``size`` bytes."""
        return f"bytes {self.first}-{self.last}/{size}"


def requested_span(header: str | None, size: int) -> Span | None:
    """The part of a file of ``size`` bytes that a Range header asks for.

    None means the whole file: no header, another unit, a malformed header, or several ranges,
    all of which RFC 9110 lets a server answer with 200. Raises RangeNotSatisfiableError when a
    well-formed single range holds no byte of the file.
    """
    specs = _byte_specs(header)
    if len(specs) != 1:
        return None
    match = _SPEC.fullmatch(specs[0])
    if match is None:
        return None
    if match["suffix"] is not None:
        return _suffix(_number(match["suffix"]), size)
    first = _number(match["first"])
    last = _number(match["last"]) if match["last"] else max(first, size - 1)
    if last < first:
        return None
    if first >= size:
        raise RangeNotSatisfiableError(size)
    return Span(first, min(last, size - 1))


def _byte_specs(header: str | None) -> list[str]:
    unit, equals, ranges = (header or "").partition("=")
    if not equals or unit.lower() != "bytes":
        return []
    # Empty list members are allowed: "bytes=,0-1," asks for one range.
    return [spec for part in ranges.split(",") if (spec := part.strip(" \t"))]


def _suffix(length: int, size: int) -> Span | None:
    if length == 0:
        raise RangeNotSatisfiableError(size)
    if size == 0:
        return None  # The whole of nothing: a 206 couldn't say which bytes it holds.
    return Span(max(0, size - length), size - 1)


def _number(digits: str) -> int:
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= MOST_DIGITS else 10**MOST_DIGITS
