"""Use the first of several files of one name that has no mistake, and report the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from hearth_cft.library.files import read_text
from hearth_cft.library.last_good import LastGood
from hearth_cft.reading.problem import ContentError

T = TypeVar("T")


class ContentFile(NamedTuple):
    """A file, and the content folder that it is in."""

    path: Path
    folder: Path


def first_usable(
    files: Sequence[ContentFile],
    parse: Callable[[Path, str], T],
    last_good: LastGood | None,
    problems: list[ContentError],
) -> T | None:
    """Return what `parse` makes of the first file that can be used, or None.

    `last_good` has a copy of an own file from before its mistake; it is tried next. Add an error
    for each file that can't be used to `problems`. It says what is shown in its place.
    """
    failed: list[ContentError] = []
    made: T | None = None
    instead = ""
    for file in files:
        try:
            text = read_text(file.path, file.folder)
            made = parse(file.path, text)
        except ContentError as problem:
            failed.append(problem)
            restored = last_good.restore(file.path, parse) if last_good else None
            if restored:
                made, day = restored
                instead = f"; until then its version of {day} is shown"
                break
        else:
            instead = "; until then the built-in one is shown"
            if last_good:
                last_good.keep(file.path, text)
            break
    problems += [replace(problem, message=problem.message + instead) for problem in failed]
    return made
