"""Manage the data folder: lock it for one process, and remove what a crash left in it.

Only their owner can read or write the folders and files that are created here.
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hearth_cft.records import KIB, StoreError
from hearth_cft.storage.tinydb.journal import TEMPORARY_SUFFIX, sync_folder

log = logging.getLogger("hearth.storage")

_KEY_BYTES = 32
# Enough for the line that erases an account, or removes records, on any file system. A new file
# takes a block and an entry in a folder.
RESERVE_BYTES = 64 * KIB


class FolderLockedError(StoreError):
    """Another process is using the data folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is in use by another process: one process per data folder")


class FolderUnusableError(StoreError):
    """The data folder can't be created, read or written."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(f"can't use the data folder {folder}: {error.strerror}")


class DataFolder:
    """The data folder.

    It has `accounts/<2 hex digits>/`, `erased.jsonl`, `signing.key`, `lock` and `reserve`. The
    reserve holds some space, so that erasing and removing work on a full disk.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.accounts = path / "accounts"
        self.erased = path / "erased.jsonl"
        self.reserve = path / "reserve"
        self._durable_names: set[str] = set()

    def prepare(self) -> None:
        """Create `accounts`, and delete temporary files that a crash left. Raises OSError."""
        self.accounts.mkdir(mode=0o700, exist_ok=True)
        sync_folder(self.accounts)
        sync_folder(self.path)
        self._durable_names = set(os.listdir(self.accounts))
        for folder in (self.path, *map(self.accounts.joinpath, self._durable_names)):
            for temporary in folder.glob(f"*{TEMPORARY_SUFFIX}"):
                temporary.unlink()
        self.keep_reserve()
        if not self.reserve.exists():
            log.warning("no room for %s: on a full disk, erasing may fail", self.reserve)

    def keep_reserve(self) -> None:
        """Fill the reserve, unless it is full. If the disk has no room for it, do without."""
        with suppress(FileNotFoundError):
            if self.reserve.stat().st_size == RESERVE_BYTES:
                return
        try:
            _write_durably(self.reserve, secrets.token_bytes(RESERVE_BYTES))
        except OSError:
            self.release_reserve()

    def release_reserve(self) -> None:
        """Give the reserve's space back to the disk."""
        with suppress(OSError):  # the caller's next write fails if there is still no room
            self.reserve.unlink(missing_ok=True)
            sync_folder(self.path)

    def make_folder_of(self, journal: Path) -> None:
        """Create one of the 256 folders durably, before its first file. Raises OSError."""
        folder = journal.parent
        if folder.name not in self._durable_names:
            folder.mkdir(mode=0o700, exist_ok=True)
            sync_folder(self.accounts)
            self._durable_names.add(folder.name)

    def journal(self, name: str) -> Path:
        """Return the path of an account's journal, whether or not it exists."""
        return self.accounts / name[:2] / f"{name}.jsonl"

    def journals(self, name: str) -> list[Path]:
        """List the journals in one of the 256 folders."""
        return sorted((self.accounts / name).glob("*.jsonl"))

    def free_bytes(self) -> int:
        """Return the free disk space in bytes that this process can use. Raises OSError."""
        status = os.statvfs(self.path)
        return status.f_bavail * status.f_frsize

    def probe(self) -> None:
        """Write a few bytes, wait until they are on the disk and delete them. Raises OSError."""
        path = self.path / f"probe{TEMPORARY_SUFFIX}"
        try:
            _write_durably(path, b"probe\n")
        finally:
            path.unlink(missing_ok=True)

    def signing_key(self) -> bytes:
        """Read the key that signs tokens, or create it. Raises OSError, StoreError."""
        path = self.path / "signing.key"
        if not path.exists():
            temporary = path.with_name(path.name + TEMPORARY_SUFFIX)
            _write_durably(temporary, secrets.token_bytes(_KEY_BYTES))
            temporary.rename(path)
            sync_folder(self.path)
        key = path.read_bytes()
        if len(key) != _KEY_BYTES:
            raise StoreError(
                f"{path} is damaged: delete it and start again; Hearth then creates a new key, "
                "and phones sign in again"
            )
        return key


@contextmanager
def locked(path: Path) -> Iterator[DataFolder]:
    """Create the data folder if it is missing, and lock it for this process.

    Raises StoreError with a message for the operator.
    """
    try:
        _create_durably(path)
        handle = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise FolderUnusableError(path, error) from error
    try:
        _lock(handle, path)
        yield DataFolder(path)
    finally:
        os.close(handle)  # this also releases the lock


def _write_durably(path: Path, data: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fdatasync(file.fileno())  # as a journal does


def _create_durably(path: Path) -> None:
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def _lock(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise FolderLockedError(path) from error
    except OSError as error:
        raise FolderUnusableError(path, error) from error
