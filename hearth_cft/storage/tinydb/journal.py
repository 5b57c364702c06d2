"""Read and write journals. A journal is an append-only file of lines that stores a database."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from hearth_cft.records import NoSpaceError, StoreUnavailableError
from hearth_cft.storage.tinydb.journal_format import (
    HEADER,
    VERSION,
    Change,
    JournalDamagedError,
    replay,
)

log = logging.getLogger("hearth.storage")

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]

DAMAGED_SUFFIX = ".damaged"
TEMPORARY_SUFFIX = ".tmp"

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def unwritable(path: Path, error: OSError) -> NoSpaceError | StoreUnavailableError:
    """Return the error to raise if a file can't be written."""
    if error.errno in _DISK_FULL:
        return NoSpaceError(error.strerror)
    return StoreUnavailableError(f"{path.name} can't be written: {error.strerror}")


def sync_folder(folder: Path) -> None:
    """Sync a folder, so that the file names in it survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Journal:
    """One journal file.

    The file is open only during a commit, so that any number of accounts can be in memory.
    `append`, `flush` and `rewrite` must not run at the same time.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.length = 0
        """The number of bytes that are known to be on the disk."""
        self._version = VERSION
        self._handle = -1
        self._pending = 0
        self._folder_unsynced = False
        self.unusable = False
        """Whether memory and disk may differ in a way that only a restart can repair."""

    def load(self) -> list[Change]:
        """Read the file and return its changes. Cut off a torn last line.

        If there is other damage, set the file aside and raise JournalDamagedError. Every later call
        also raises it, until somebody deletes the damaged file or puts a repaired one back.
        Raises StoreUnavailableError if the file can't be read or has another version.
        """
        damaged = self.path.with_suffix(DAMAGED_SUFFIX)
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            if damaged.exists():
                reason = f"set aside as damaged; put a good copy back as {self.path.name}"
                raise JournalDamagedError(damaged, 0, reason) from None
            return []
        except OSError as error:
            raise StoreUnavailableError(f"{self.path} can't be read: {error.strerror}") from error
        try:
            replayed = replay(data, self.path)
        except JournalDamagedError as error:
            log.error("journal damaged: %s; setting it aside as %s", error, damaged.name)
            self._set_aside(damaged)
            raise
        self.length = replayed.length
        self._version = replayed.version if self.length else VERSION
        if self.length < len(data):
            torn = len(data) - self.length
            log.warning("cut %d bytes of a torn last line off %s", torn, self.path.name)
            self._cut_torn_line()
        return replayed.changes

    def _cut_torn_line(self) -> None:
        try:
            os.truncate(self.path, self.length)
        except OSError as error:
            raise StoreUnavailableError(
                f"{self.path} can't be truncated: {error.strerror}"
            ) from error

    def _set_aside(self, damaged: Path) -> None:
        try:
            self.path.rename(damaged)
            sync_folder(self.path.parent)
        except OSError as error:
            log.error("can't set %s aside: %s", self.path.name, error.strerror)

    def append(self, changes: Iterable[Change]) -> None:
        """Write changes without waiting for the disk. Call `flush` next.

        Raises NoSpaceError, StoreUnavailableError. The file is then as it was before the call.
        """
        if self.unusable:
            raise StoreUnavailableError(
                f"an earlier write to {self.path.name} failed: check the disk, then restart Hearth"
            )
        lines = b"".join(change.line(self._version) for change in changes)
        data = lines if self.length else HEADER + lines
        try:
            self._handle = self._open()
            written = os.write(self._handle, data)
        except OSError as error:
            self._undo_append()
            raise unwritable(self.path, error) from error
        if written < len(data):
            self._undo_append()
            raise NoSpaceError("only part of a line fitted on the disk")
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
            # Another process has written to the file. Appending would mix two histories, and
            # truncating could delete a client's records.
            self.unusable = True
            raise OSError(errno.ESTALE, "another process has written to it")
        return handle

    def flush(self) -> None:
        """Wait until the appended lines are on the disk.

        Raises NoSpaceError, StoreUnavailableError. The lines have then been cut off again.
        """
        try:
            os.fdatasync(self._handle)
            self._sync_folder_if_needed()
        except OSError as error:
            # The kernel may have dropped the pages. A second fdatasync would falsely succeed.
            self._undo_append()
            raise unwritable(self.path, error) from error
        self._close()
        self.length += self._pending

    def _sync_folder_if_needed(self) -> None:
        if self._folder_unsynced:
            sync_folder(self.path.parent)
            self._folder_unsynced = False

    def _undo_append(self) -> None:
        if self._handle == -1:
            return
        try:
            os.ftruncate(self._handle, self.length)
        except OSError as error:
            log.error("can't undo a write to %s: %s", self.path.name, error.strerror)
            self.unusable = True
        self._close()

    def _close(self) -> None:
        handle, self._handle = self._handle, -1
        with suppress(OSError):
            os.close(handle)

    def rewrite(self, changes: Iterable[Change]) -> None:
        """Replace the whole file with these changes, atomically. The file then has `VERSION`.

        Raises OSError. The old file is then still in place, unless only syncing the folder failed.
        In that case the new file is in place, and the next `flush` syncs the folder.
        """
        temporary = self.path.with_name(self.path.name + TEMPORARY_SUFFIX)
        try:
            with open(
                os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
            ) as file:
                length = file.write(HEADER) + sum(file.write(change.line()) for change in changes)
                file.flush()
                os.fsync(file.fileno())
            temporary.rename(self.path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        self.length = length
        self._version = VERSION
        # Until the folder is synced, a power cut can bring the old file back and lose the lines
        # that were appended to the new file. So no flush may succeed before the folder is synced.
        self._folder_unsynced = True
        self._sync_folder_if_needed()

    def remove(self) -> None:
        """Delete the file durably. Raises OSError."""
        self.path.unlink(missing_ok=True)
        self.length = 0
        self._version = VERSION
        sync_folder(self.path.parent)
