"""The data folder: locked by one process, private, and with nothing left over from a crash."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hearth_cft.records import StoreError
from hearth_cft.storage.tinydb.journal import TEMPORARY_SUFFIX, sync_folder

_KEY_BYTES = 32


class FolderLockedError(StoreError):
    """Another process uses the data folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is in use by another process: one process per data folder")


class FolderUnusableError(StoreError):
    """The data folder can't be written."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(f"can't use the data folder {folder}: {error.strerror}")


class DataFolder:
    """Where everything is: `accounts/<2 hex>/`, `erased.jsonl`, `signing.key`, `lock`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.accounts = path / "accounts"
        self.erased = path / "erased.jsonl"
        self._durable: set[str] = set()

    def prepare(self) -> None:
        """Make what is needed and remove what a crash left. Raises OSError."""
        self.accounts.mkdir(mode=0o700, exist_ok=True)
        sync_folder(self.accounts)
        sync_folder(self.path)
        self._durable = set(os.listdir(self.accounts))
        for folder in (self.path, *map(self.accounts.joinpath, self._durable)):
            for left_over in folder.glob(f"*{TEMPORARY_SUFFIX}"):
                left_over.unlink()

    def make_folder_of(self, journal: Path) -> None:
        """Make one of the 256 folders, durably, before the first file in it. Raises OSError."""
        folder = journal.parent
        if folder.name not in self._durable:
            folder.mkdir(mode=0o700, exist_ok=True)
            sync_folder(self.accounts)
            self._durable.add(folder.name)

    def journal(self, name: str) -> Path:
        """Give the place of an account's journal, there or not."""
        return self.accounts / name[:2] / f"{name}.jsonl"

    def journals(self, name: str) -> list[Path]:
        """List the journals in one of the 256 folders."""
        return sorted((self.accounts / name).glob("*.jsonl"))

    def free_bytes(self) -> int:
        """Give what is left of the disk for this process. Raises OSError."""
        state = os.statvfs(self.path)
        return state.f_bavail * state.f_frsize

    def signing_key(self) -> bytes:
        """Read the key that signs tokens, or make it. Raises OSError, StoreError."""
        path = self.path / "signing.key"
        if not path.exists():
            temporary = path.with_name(path.name + TEMPORARY_SUFFIX)
            with open(
                os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as file:
                file.write(secrets.token_bytes(_KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            temporary.rename(path)
            sync_folder(self.path)
        key = path.read_bytes()
        if len(key) != _KEY_BYTES:
            raise StoreError(
                f"{path} is damaged: remove it, and a new one is made (phones sign in again)"
            )
        return key


@contextmanager
def locked(path: Path) -> Iterator[DataFolder]:
    """Hold the data folder for this process. Raises StoreError in words for the operator."""
    try:
        _make(path)
        handle = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise FolderUnusableError(path, error) from error
    try:
        _lock(handle, path)
        yield DataFolder(path)
    finally:
        os.close(handle)  # and with it goes the lock


def _make(path: Path) -> None:
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
