"""Read the suggested order through the programme, week by week, from programme.toml.

An unknown slug is left out and reported; the rest is used.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic.dataclasses import dataclass

from hearth_cft.library.fallback import ContentFile, first_usable
from hearth_cft.library.last_good import LastGood
from hearth_cft.library.models import FORBID, Drawing, Slugs, Text, Week
from hearth_cft.reading.problem import ContentError, did_you_mean
from hearth_cft.reading.toml import read_toml
from hearth_cft.reading.toml_lines import line_in

FILE = "programme.toml"
# Titles in the file are English.
SOURCE = "en"
KINDS = ("pages", "recordings", "worksheets")


@dataclass(frozen=True, config=FORBID)
class _Row:
    """A week as programme.toml has it."""

    title: Text
    pages: Slugs = ()
    recordings: Slugs = ()
    worksheets: Slugs = ()
    drawing: Drawing = ""


@dataclass(frozen=True, config=FORBID)
class _File:
    weeks: tuple[_Row, ...] = ()


def load_programme(
    folders: Sequence[Path], last_good: LastGood | None = None
) -> tuple[tuple[Week, ...], tuple[ContentError, ...]]:
    """Read programme.toml in the last folder that has one. Return the weeks and what is wrong.

    If it can't be used, its last good version stands in, or else the file of an earlier folder.
    """
    files = [
        ContentFile(folder / FILE, folder)
        for folder in reversed(folders)
        if os.path.lexists(folder / FILE)
    ]
    problems: list[ContentError] = []
    weeks = first_usable(files, _weeks, last_good, problems)
    return weeks or (), tuple(problems)


def _weeks(path: Path, text: str) -> tuple[Week, ...]:
    rows = read_toml(path, text).build(_File).weeks
    return tuple(
        Week({SOURCE: row.title}, path, row.pages, row.recordings, row.worksheets, row.drawing)
        for row in rows
    )


def without_unknown(
    weeks: Sequence[Week], known: Mapping[str, Collection[str]], table: str = "weeks"
) -> tuple[tuple[Week, ...], tuple[ContentError, ...]]:
    """Leave out slugs that aren't in `known`, by kind, and weeks that are then empty.

    `table` is what the file calls the weeks. Return the weeks that are left, and an error for each
    slug and week that isn't.
    """
    kept, problems = [], []
    for number, week in enumerate(weeks, 1):
        links: dict[str, Any] = {}
        for kind in KINDS:
            wanted: tuple[str, ...] = getattr(week, kind)
            links[kind] = tuple(slug for slug in wanted if slug in known[kind])
            problems += [
                ContentError(
                    week.path,
                    line_in(week.path, [table, number - 1, kind]),
                    f"week {number}: {kind}: there is no '{slug}'{did_you_mean(slug, known[kind])}",
                )
                for slug in wanted
                if slug not in known[kind]
            ]
        if any(links.values()):
            kept.append(replace(week, **links))
        else:
            line = line_in(week.path, [table, number - 1])
            problems.append(ContentError(week.path, line, f"week {number}: there is nothing in it"))
    return tuple(kept), tuple(problems)
