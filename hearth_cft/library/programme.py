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

from hearth_cft.library.content_file import ContentError, read_toml
from hearth_cft.library.files import read_text
from hearth_cft.library.models import FORBID, Slugs, Text, Week

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


@dataclass(frozen=True, config=FORBID)
class _File:
    weeks: tuple[_Row, ...] = ()


def load_programme(folders: Sequence[Path]) -> tuple[tuple[Week, ...], tuple[ContentError, ...]]:
    """Read programme.toml in the last folder that has one. Return the weeks and what is wrong."""
    having = [folder for folder in folders if os.path.lexists(folder / FILE)]
    if not having:
        return (), ()
    folder = having[-1]
    path = folder / FILE
    try:
        rows = read_toml(path, read_text(path, folder)).build(_File).weeks
    except ContentError as problem:
        return (), (problem,)
    weeks = (
        Week({SOURCE: row.title}, path, row.pages, row.recordings, row.worksheets) for row in rows
    )
    return tuple(weeks), ()


def without_unknown(
    weeks: Sequence[Week], known: Mapping[str, Collection[str]]
) -> tuple[tuple[Week, ...], tuple[ContentError, ...]]:
    """Leave out slugs that aren't in `known`, by kind, and weeks that are then empty.

    Return the weeks that are left, and an error for each slug and week that isn't.
    """
    kept, problems = [], []
    for number, week in enumerate(weeks, 1):
        links: dict[str, Any] = {}
        for kind in KINDS:
            wanted: tuple[str, ...] = getattr(week, kind)
            links[kind] = tuple(slug for slug in wanted if slug in known[kind])
            problems += [
                ContentError(week.path, None, f"week {number}: {kind}: there is no '{slug}'")
                for slug in wanted
                if slug not in known[kind]
            ]
        if any(links.values()):
            kept.append(replace(week, **links))
        else:
            problems.append(ContentError(week.path, None, f"week {number}: there is nothing in it"))
    return tuple(kept), tuple(problems)
