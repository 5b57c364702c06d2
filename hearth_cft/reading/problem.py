"""Say what is wrong in a file, and where."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_SHOWN_LETTERS = 40
_ALIKE = 0.6


@dataclass(eq=False)
class ContentError(Exception):
    """A content file, or a part of one, could not be used.

    `message` says what is wrong and what to do. If `is_note`, nothing is lost for clients.
    """

    path: Path
    line: int | None
    message: str
    is_note: bool = False

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.message}"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like `name`, or None if none is like it."""
    by_form: dict[str, str] = {}
    for each in known:
        by_form.setdefault(_form(each), each)
    found = difflib.get_close_matches(_form(name), by_form, n=1, cutoff=_ALIKE)
    return by_form[found[0]] if found else None


def _form(name: str) -> str:
    return name.strip().casefold().replace("_", "-").replace(" ", "-")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the words "; did you mean 'title'?" about the nearest name, or nothing."""
    near = nearest(name, known)
    return f"; did you mean '{near}'?" if near is not None else ""


def shown(value: object) -> str:
    """Return a value as an author may have written it. A list or a table has no such form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = " ".join(value.split())
        return f"'{text if len(text) <= _SHOWN_LETTERS else text[:_SHOWN_LETTERS] + '…'}'"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        return "a table"
    return "a list" if isinstance(value, list | tuple) else "a date"
