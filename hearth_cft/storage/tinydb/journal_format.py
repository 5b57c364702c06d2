"""Encode and decode the lines of a journal.

Every line consists of the CRC-32 of its JSON, the length of its JSON in bytes, the CRC-32 of these
two, each in eight hex digits and with a colon after it, and the JSON. The first line names the
format and its version. Every other line is one commit: {"t": table, "p": {id: document}, "d":
[ids]}. A commit first deletes the ids in "d", then puts the documents in "p". A commit takes effect
completely or not at all.

The first line, and all lines of version 1, consist of the CRC-32 of the JSON, a space and the JSON.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from hearth_cft.records import StoreUnavailableError

FORMAT_NAME = "hearth journal"
OLD_VERSION = 1
VERSION = 2

# The length makes the difference between a torn line and a line whose end was damaged. No bit flip
# can turn a character of the head into a zero byte.
_HEAD_LENGTH = len("01234567:01234567:01234567:")
_RETRY_SECONDS = 3_600


class JournalDamagedError(StoreUnavailableError):
    """A line of a journal was acknowledged in the past and can't be read now.

    `line` is the line number, or 0 if the file was set aside earlier.
    """

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(
            f"{path}, line {line}: {reason}" if line else f"{path}: {reason}", _RETRY_SECONDS
        )
        self.path = path
        self.line = line


class JournalVersionError(StoreUnavailableError):
    """A newer version of Hearth wrote the journal."""

    def __init__(self, path: Path, version: object) -> None:
        super().__init__(
            f"{path} has journal version {version}; this Hearth reads {OLD_VERSION} and {VERSION}: "
            "install a newer Hearth",
            _RETRY_SECONDS,
        )
        self.path = path


@dataclass(frozen=True, slots=True)
class Change:
    """One commit to one table. Deletes come before puts."""

    table: str
    put: Mapping[str, Mapping[str, Any]]
    delete: Collection[str] = ()

    def line(self, version: int = VERSION) -> bytes:
        """Return the change as a line of a journal of this version."""
        value = {"t": self.table, "p": dict(self.put), "d": list(self.delete)}
        return encode_line(value, version)


@dataclass(frozen=True, slots=True)
class Replayed:
    """The intact part of a journal: its changes, its length in bytes, and its version."""

    changes: list[Change]
    length: int
    version: int


def encode_line(value: object, version: int = VERSION) -> bytes:
    """Return a value as one line of a journal of this version, with its newline."""
    text = to_json(value)
    if version == OLD_VERSION:
        return b"%08x %b\n" % (zlib.crc32(text), text)
    head = b"%08x:%08x" % (zlib.crc32(text), len(text))
    return b"%b:%08x:%b\n" % (head, zlib.crc32(head), text)


HEADER = encode_line({"format": FORMAT_NAME, "version": VERSION}, OLD_VERSION)


def decode_line(line: bytes, version: int = VERSION) -> Any:
    """Return the value of a line without its newline. Raises ValueError if it is damaged."""
    if version == OLD_VERSION:
        checksum, _, text = line.partition(b" ")
    else:
        checksum, text = line[:8], line[_HEAD_LENGTH:]
        if _json_length(line) != len(text):
            raise ValueError("the length does not match")
    if checksum != b"%08x" % zlib.crc32(text):
        raise ValueError("the checksum does not match")
    return from_json(text)


def _json_length(line: bytes) -> int:
    """Return the length that the head of a line names. Raises ValueError if it is damaged."""
    head = line[: _HEAD_LENGTH - 10]
    if line[len(head) : _HEAD_LENGTH] != b":%08x:" % zlib.crc32(head):
        raise ValueError("the head of the line is damaged")
    return int(head[-8:], 16)


def replay(data: bytes, path: Path) -> Replayed:
    """Parse the bytes of a journal. Leave out a torn last line.

    Raises JournalDamagedError, JournalVersionError.
    """
    changes: list[Change] = []
    length, version = 0, VERSION
    *lines, rest = data.split(b"\n")
    for number, line in enumerate(lines, start=1):
        if number == len(lines) and not rest and _has_zeros(line):
            break
        try:
            if number == 1:
                version = _version(decode_line(line, OLD_VERSION), path)
            else:
                value = decode_line(line, version)
                changes.append(Change(value["t"], value["p"], value["d"]))
        except KeyError as error:
            raise JournalDamagedError(path, number, f"the key {error} is missing") from None
        except (ValueError, TypeError) as error:
            raise JournalDamagedError(path, number, str(error)) from None
        length += len(line) + 1
    if not _is_torn(rest, version if lines else OLD_VERSION):
        raise JournalDamagedError(path, len(lines) + 1, "the end of the line is damaged")
    return Replayed(changes, length, version)


def _version(value: Any, path: Path) -> int:
    if value["format"] != FORMAT_NAME:
        raise ValueError("not a Hearth journal")
    version = value["version"]
    if version not in (OLD_VERSION, VERSION):
        raise JournalVersionError(path, version)
    return int(version)


def _is_torn(rest: bytes, version: int) -> bool:
    """Return whether the bytes after the last newline are the beginning of a line.

    Such a line was never acknowledged. Otherwise a line is there in full and has lost its newline.
    """
    if _has_zeros(rest):
        return True
    try:
        if version == OLD_VERSION:
            decode_line(rest[:-1], OLD_VERSION)
            return False
        return len(rest) < _HEAD_LENGTH or len(rest) - _HEAD_LENGTH <= _json_length(rest)
    except ValueError:
        return version == OLD_VERSION


def _has_zeros(line: bytes) -> bool:
    """Return whether a power cut may have left a part of the line unwritten, as zeros.

    A single zero byte in the middle can be a flipped bit instead.
    """
    return line.endswith(b"\0") or line.count(b"\0") > 1
