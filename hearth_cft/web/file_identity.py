"""Open files without following links, and tell whether a file is still the one that was found."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class FileIdentity(NamedTuple):
    """What stays the same until somebody replaces a file or writes to it. `size` is in bytes."""

    device: int
    inode: int
    size: int
    modified_ns: int


def identity_of(handle: int) -> FileIdentity:
    """Return the identity of an open file. Raises OSError if it is no ordinary file."""
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not an ordinary file")
    return FileIdentity(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Open a file to read it. Yield its handle. Raises OSError if the path is a link."""
    # Opening a pipe would wait for ever without O_NONBLOCK.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        yield handle
    finally:
        os.close(handle)
