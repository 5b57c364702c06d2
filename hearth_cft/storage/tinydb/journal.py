"""An append-only file of checked lines: what a TinyDB database is kept in here.

The first line names the format and its version. Every further line is one commit: the CRC-32 of its
JSON in eight hex digits, a space, and {"t": table, "p": {id: document}, "d": [ids]}; the ids are
deleted first, then the documents put. A line counts whole or not at all.
"""

from __future__ import annotations

import errno
import logging
import os
import zlib
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from hearth_cft.records import NoSpaceError, StoreUnavailableError

log = logging.getLogger("hearth.storage")

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]

FORMAT = {"format": "hearth journal", "version": 1}
DAMAGED_SUFFIX = ".damaged"
TEMPORARY_SUFFIX = ".tmp"

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_AN_HOUR = 3_600


class JournalDamagedError(StoreUnavailableError):
    """A journal holds a line that was acknowledged once and can't be read now.

    `line` is 0 when the file was set aside before.
    """

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(
            f"{path}, line {line}: {reason}" if line else f"{path}: {reason}", _AN_HOUR
        )
        self.path = path
        self.line = line


class JournalVersionError(StoreUnavailableError):
    """A journal was written by a newer Hearth."""

    def __init__(self, path: Path, version: object) -> None:
        super().__init__(f"{path} has journal version {version}; this Hearth reads 1", _AN_HOUR)
        self.path = path


@dataclass(frozen=True, slots=True)
class Change:
    """One commit to one table: delete, then put."""

    table: str
    put: Mapping[str, Mapping[str, Any]]
    delete: Collection[str] = ()

    def line(self) -> bytes:
        """Give the line that the journal gets."""
        return encode_line({"t": self.table, "p": dict(self.put), "d": list(self.delete)})


def encode_line(value: object) -> bytes:
    """Give the JSON of a value with its checksum, as one line."""
    text = to_json(value)
    return b"%08x %b\n" % (zlib.crc32(text), text)


HEADER = encode_line(FORMAT)


def decode_line(line: bytes) -> Any:
    """Give the value of a line without its newline. Raises ValueError when it is not intact."""
    checksum, _, text = line.partition(b" ")
    if checksum != b"%08x" % zlib.crc32(text):
        raise ValueError("the checksum does not match")
    return from_json(text)


def replay(data: bytes, path: Path) -> tuple[list[Change], int]:
    """Read a journal's bytes; give its changes and the length in bytes of what is intact.

    A torn last line is left out. Raises JournalDamagedError, JournalVersionError.
    """
    changes: list[Change] = []
    intact = 0
    *lines, _unfinished = data.split(b"\n")
    for number, line in enumerate(lines, start=1):
        # A power cut leaves the end of a line unwritten, or as zeros: what it holds was never
        # acknowledged. A last line that is there in full and wrong has been changed since.
        if b"\0" in line and number == len(lines) and not _unfinished:
            break
        try:
            value = decode_line(line)
            if number == 1:
                _check_format(value, path)
            else:
                changes.append(Change(value["t"], value["p"], value["d"]))
        except (ValueError, KeyError, TypeError) as error:
            raise JournalDamagedError(path, number, str(error)) from None
        intact += len(line) + 1
    return changes, intact


def _check_format(value: Any, path: Path) -> None:
    if value["format"] != FORMAT["format"]:
        raise ValueError("not a Hearth journal")
    if value["version"] != FORMAT["version"]:
        raise JournalVersionError(path, value["version"])


def unwritable(path: Path, error: OSError) -> NoSpaceError | StoreUnavailableError:
    """Say what it means that a file could not be written."""
    if error.errno in _FULL:
        return NoSpaceError(error.strerror)
    return StoreUnavailableError(f"{path.name} can't be written: {error.strerror}")


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Journal:
    """The file. Nothing is open between two commits, so any number of accounts can be at hand.

    `append`, `flush` and `rewrite` must not run at the same time.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.length = 0
        """Bytes that are known to be on the disk."""
        self._handle = -1
        self._pending = 0
        self._folder_unsynced = False
        self.unusable = False
        """Whether memory and disk may differ in a way that only a new start can mend."""

    def load(self) -> list[Change]:
        """Read the file and cut off a torn last line.

        Damage anywhere else sets the file aside and raises JournalDamagedError, now and until
        somebody removes the damaged file or puts a repaired one back.
        """
        damaged = self.path.with_suffix(DAMAGED_SUFFIX)
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            if damaged.exists():
                raise JournalDamagedError(damaged, 0, "was set aside") from None
            return []
        except OSError as error:
            raise StoreUnavailableError(f"{self.path} can't be read: {error.strerror}") from error
        try:
            changes, self.length = replay(data, self.path)
        except JournalDamagedError as error:
            log.error("journal damaged: %s; set aside as %s", error, damaged.name)
            self._set_aside(damaged)
            raise
        if self.length < len(data):
            log.warning(
                "torn last line cut off %s",
                self.path.name,
                extra={"bytes": len(data) - self.length},
            )
            self._cut_torn_line()
        return changes

    def _cut_torn_line(self) -> None:
        try:
            os.truncate(self.path, self.length)
        except OSError as error:
            raise StoreUnavailableError(f"{self.path} can't be cut: {error.strerror}") from error

    def _set_aside(self, damaged: Path) -> None:
        try:
            self.path.rename(damaged)
            sync_folder(self.path.parent)
        except OSError as error:
            log.error("can't set %s aside: %s", self.path.name, error.strerror)

    def append(self, lines: bytes) -> None:
        """Write lines without waiting for the disk; `flush` has to follow.

        Raises NoSpaceError, StoreUnavailableError; then the file is as it was.
        """
        if self.unusable:
            raise StoreUnavailableError(f"{self.path.name} failed; restart when the disk is sound")
        data = lines if self.length else HEADER + lines
        try:
            self._handle = self._open()
            written = os.write(self._handle, data)
        except OSError as error:
            self._abandon()
            raise unwritable(self.path, error) from error
        if written < len(data):
            self._abandon()
            raise NoSpaceError("the disk took only a part of a line")
        self._pending = written

    def _open(self) -> int:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC
        try:
            handle = os.open(self.path, flags)
        except FileNotFoundError:
            if self.length:
                raise
            handle = os.open(self.path, flags | os.O_CREAT, 0o600)
            self._folder_unsynced = True
        if os.fstat(handle).st_size != self.length:
            os.close(handle)
            # Appending would mix two histories; cutting could remove somebody's records.
            self.unusable = True
            raise OSError(errno.ESTALE, "another process has written to it")
        return handle

    def flush(self) -> None:
        """Wait until what was appended is on the disk.

        Raises StoreUnavailableError; then what was appended has been cut off again.
        """
        try:
            os.fdatasync(self._handle)
            self._sync_folder_if_needed()
        except OSError as error:
            # The kernel may have dropped the pages: a second fdatasync would claim success.
            self._abandon()
            raise StoreUnavailableError(f"{self.path.name}: {error.strerror}") from error
        self._close()
        self.length += self._pending

    def _sync_folder_if_needed(self) -> None:
        if self._folder_unsynced:
            sync_folder(self.path.parent)
            self._folder_unsynced = False

    def _abandon(self) -> None:
        if self._handle == -1:
            return
        try:
            os.ftruncate(self._handle, self.length)
        except OSError as error:
            log.error("can't cut %s back: %s", self.path.name, error.strerror)
            self.unusable = True
        self._close()

    def _close(self) -> None:
        handle, self._handle = self._handle, -1
        with suppress(OSError):
            os.close(handle)

    def rewrite(self, lines: Iterable[bytes]) -> None:
        """Replace everything by these lines, atomically. Raises OSError; then nothing changed."""
        temporary = self.path.with_name(self.path.name + TEMPORARY_SUFFIX)
        try:
            with open(
                os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
            ) as file:
                length = file.write(HEADER) + sum(file.write(line) for line in lines)
                file.flush()
                os.fsync(file.fileno())
            temporary.rename(self.path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        self.length = length
        # Until the new name is on the disk, a power cut brings the old file back, and with it
        # loses whatever was appended to the new one: no flush succeeds before this has.
        self._folder_unsynced = True
        self._sync_folder_if_needed()

    def remove(self) -> None:
        """Delete the file, durably. Raises OSError."""
        self.path.unlink(missing_ok=True)
        self.length = 0
        sync_folder(self.path.parent)
