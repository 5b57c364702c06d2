"""A disk whose power can be cut. It keeps all synced data, and a random part of the rest."""

from __future__ import annotations

import os
import random
import threading
from pathlib import Path

import pytest


class PowerCut:
    """Watches os.fsync and os.fdatasync below a folder, and can write what a power cut leaves.

    A file keeps what was last synced, and perhaps a part of what was appended since. A folder keeps
    the names that were last synced, or has the names that are there now.
    """

    def __init__(self, root: Path, patch: pytest.MonkeyPatch, source: random.Random) -> None:
        self._root = root
        self._source = source
        self._lock = threading.Lock()
        self._contents: dict[int, bytes] = {}
        self._names: dict[Path, dict[str, int]] = {}
        self._kept_open: dict[int, int] = {}
        fsync, fdatasync = os.fsync, os.fdatasync
        patch.setattr("os.fsync", lambda handle: self._synced(handle, fsync))
        patch.setattr("os.fdatasync", lambda handle: self._synced(handle, fdatasync))

    def _synced(self, handle: int, sync: object) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{handle}"))
        with self._lock:
            if path.is_dir():
                self._names[path] = self._names_in(path)
            else:
                self._contents[self._inode(handle)] = Path(f"/proc/self/fd/{handle}").read_bytes()

    def _inode(self, handle: int) -> int:
        inode = os.fstat(handle).st_ino
        if inode not in self._kept_open:
            self._kept_open[inode] = os.dup(handle)  # so that the inode is not reused
        return inode

    def _names_in(self, folder: Path) -> dict[str, int]:
        return {entry.name: entry.inode() for entry in os.scandir(folder)}

    def close(self) -> None:
        """Close the files that were kept open."""
        for handle in self._kept_open.values():
            os.close(handle)

    def cut(self, target: Path) -> None:
        """Write into `target` what a power cut would leave now."""
        with self._lock:
            self._copy(self._root, target)

    def _copy(self, folder: Path, target: Path) -> None:
        target.mkdir(parents=True)
        now = self._names_in(folder)
        names = self._source.choice([now, self._names.get(folder, {})])
        for name, inode in names.items():
            path = folder / name
            if path.is_dir():
                self._copy(path, target / name)
            elif inode in self._contents or path.exists():
                (target / name).write_bytes(self._left_of(inode, path))

    def _left_of(self, inode: int, path: Path) -> bytes:
        durable = self._contents.get(inode, b"")
        try:
            handle = self._kept_open.get(inode)
            now = Path(f"/proc/self/fd/{handle}" if handle else path).read_bytes()
        except FileNotFoundError:
            now = durable
        if not now.startswith(durable):  # the file was not only appended to
            return self._source.choice([durable, now])
        torn = now[len(durable) :][: self._source.randint(0, len(now) - len(durable))]
        zeros = b"\0" * self._source.choice([0, 0, len(now) - len(durable) - len(torn)])
        return durable + torn + zeros
