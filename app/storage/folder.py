"""The data folder: locked by one process, private, and with nothing left over from a crash."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.records import StoreError
from app.storage.journal import TEMPORARY_SUFFIX, sync_folder

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

    def prepare(self) -> None:
        """Make the folders and remove what a crash left. Raises OSError."""
        names = [f"{number:02x}" for number in range(256)]
        self.accounts.mkdir(mode=0o700, exist_ok=True)
        missing = set(names) - set(os.listdir(self.accounts))
        for name in sorted(missing):
            (self.accounts / name).mkdir(mode=0o700)
        if missing:
            sync_folder(self.accounts)
            sync_folder(self.path)
        for name in names:
            for left_over in (self.accounts / name).glob(f"*{TEMPORARY_SUFFIX}"):
                left_over.unlink()
        for left_over in self.path.glob(f"*{TEMPORARY_SUFFIX}"):
            left_over.unlink()

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
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise FolderUnusableError(path, error) from error
    try:
        _lock(handle, path)
        yield DataFolder(path)
    finally:
        os.close(handle)  # and with it goes the lock


def _lock(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise FolderLockedError(path) from error
    except OSError as error:
        raise FolderUnusableError(path, error) from error
