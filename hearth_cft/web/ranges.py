"""Parse Range headers (RFC 9110, section 14).

All functions are pure: they use no files and no HTTP objects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# No file has 10**18 bytes. A number with more digits counts as 10**18, and int() never reads it.
MOST_DIGITS = 18

_SPEC = re.compile(r"(?P<first>[0-9]+)-(?P<last>[0-9]*)|-(?P<suffix>[0-9]+)")


class RangeNotSatisfiableError(Exception):
    """The requested range lies outside the file. ``size`` is the file's size in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the requested range lies outside the file of {size} bytes")
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
        """Return the Content-Range value for this part of a file of ``size`` bytes."""
        return f"bytes {self.first}-{self.last}/{size}"


def requested_span(header: str | None, size: int) -> Span | None:
    """Return the part of a file of ``size`` bytes that a Range header asks for.

    Return None for the whole file: if there is no header, or if it is malformed, has another unit
    or asks for several ranges. RFC 9110 lets a server answer all of these with 200. Raises
    RangeNotSatisfiableError if a well-formed single range contains no byte of the file.
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
        return None  # The file is empty, and Content-Range can't describe an empty part.
    return Span(max(0, size - length), size - 1)


def _number(digits: str) -> int:
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= MOST_DIGITS else 10**MOST_DIGITS
