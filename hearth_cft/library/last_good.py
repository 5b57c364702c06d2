"""Keep a copy of each of a service's content files, as it was when it could last be used.

A mistake in a file then doesn't take away what clients had before it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from hearth_cft.library.files import MOST_CATALOGUE_BYTES, read_text
from hearth_cft.reading.problem import ContentError

_FOLDER_MODE = 0o700
_PART = ".part"

T = TypeVar("T")


class LastGood:
    """The copies of the files below `own`, the service's content folder, in the folder `copies`.

    `copies` is only written to if `writes`, and if the folder that holds it exists.
    """

    def __init__(self, own: Path, copies: Path, *, writes: bool = True) -> None:
        self._own = own
        self._copies = copies
        self._writes = writes

    def keep(self, file: Path, text: str) -> None:
        """Keep the text of an own file that can be used. Other files are ignored.

        If it can't be written, only this safeguard is lost.
        """
        copy = self._copy_of(file)
        if copy is None or not self._writes or not self._copies.parent.is_dir():
            return
        with suppress(OSError, ContentError):
            if copy.is_file() and read_text(copy, self._copies, MOST_CATALOGUE_BYTES) == text:
                return
        with suppress(OSError):
            self._copies.mkdir(mode=_FOLDER_MODE, exist_ok=True)
            copy.parent.mkdir(parents=True, exist_ok=True)
            temporary = copy.with_name(copy.name + _PART)
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(copy)

    def restore(self, file: Path, use: Callable[[Path, str], T]) -> tuple[T, str] | None:
        """Use the copy of a broken own file.

        Return what `use` makes of its path and text, and the day of the copy; None if there is no
        copy that can be used.
        """
        copy = self._copy_of(file)
        if copy is None or not copy.is_file():
            return None
        try:
            made = use(copy, read_text(copy, self._copies, MOST_CATALOGUE_BYTES))
            day = datetime.fromtimestamp(copy.stat().st_mtime, UTC).date()
        except (OSError, ContentError):
            return None
        return made, day.isoformat()

    def forget_removed(self) -> None:
        """Delete the copies of files that the service has taken out of its folder."""
        if not self._writes:
            return
        for copy in list(self._copies.rglob("*")):
            if copy.is_file() and not os.path.lexists(self._own / copy.relative_to(self._copies)):
                with suppress(OSError):
                    copy.unlink()

    def _copy_of(self, file: Path) -> Path | None:
        if not file.is_relative_to(self._own):
            return None
        return self._copies / file.relative_to(self._own)
