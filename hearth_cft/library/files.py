"""Find and read content files. Nothing outside the content folders is read, and nothing endless."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from hearth_cft.reading.problem import ContentError
from hearth_cft.reading.text import decoded

KIB = 1024
MOST_TEXT_BYTES = 256 * KIB
"""The largest page, worksheet, script or description. The longest built-in one has 20 KiB."""
MOST_CAPTIONS_BYTES = 1024 * KIB
MOST_CATALOGUE_BYTES = 4 * 1024 * KIB
MOST_SOUND_BYTES = 100 * 1024 * KIB


def real_file(path: Path, folder: Path, most_bytes: int) -> Path:
    """Return the path without symbolic links. `folder` is the content folder of the file.

    Raises ContentError if there is no such file, it is no ordinary file, it is outside the folder
    or it has more than `most_bytes`.
    """
    try:
        real = Path(os.path.realpath(path, strict=True))
        status = real.stat()
        inside = real.is_relative_to(folder.resolve())
    except OSError as error:
        raise ContentError(path, None, f"can't be read: {error.strerror}") from None
    if not inside:
        message = f"leads outside {folder}; put the file itself there"
        raise ContentError(path, None, message)
    _check(path, status, most_bytes)
    return real


def read_text(path: Path, folder: Path, most_bytes: int = MOST_TEXT_BYTES) -> str:
    """Return the text of a file in a content folder. Raises ContentError as `real_file` does.

    It also raises ContentError if the file isn't UTF-8 or has a zero byte.
    """
    return decoded(path, _read(path, real_file(path, folder, most_bytes), most_bytes))


def _read(path: Path, real: Path, most_bytes: int) -> bytes:
    try:
        # The file may have become a pipe since it was looked at. Opening one would wait for ever.
        handle = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        with open(handle, "rb") as file:
            _check(path, os.fstat(handle), most_bytes)
            return file.read(most_bytes)
    except OSError as error:
        raise ContentError(path, None, f"can't be read: {error.strerror}") from None


def _check(path: Path, status: os.stat_result, most_bytes: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ContentError(path, None, "is not an ordinary file")
    if status.st_size > most_bytes:
        message = f"is {status.st_size} bytes long; {most_bytes} is the most"
        raise ContentError(path, None, message)
