"""The suggested order through the programme, week by week: programme.toml, or what a service sets.

Pure but for reading the file. A slug that nothing has is left out and told; the rest still serves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hearth_cft.library.content_file import ContentError, Table, read_toml

FILE = "programme.toml"
KINDS = ("pages", "recordings", "worksheets")


@dataclass(frozen=True)
class Week:
    """`title` by language; English ones are translated through the content's catalogue."""

    title: Mapping[str, str]
    path: Path
    pages: tuple[str, ...] = ()
    recordings: tuple[str, ...] = ()
    worksheets: tuple[str, ...] = ()


def load_programme(folders: Sequence[Path]) -> tuple[tuple[Week, ...], tuple[ContentError, ...]]:
    """Read programme.toml out of the last folder that has one; give the weeks and what is wrong."""
    paths = [folder / FILE for folder in folders if (folder / FILE).is_file()]
    if not paths:
        return (), ()
    path = paths[-1]
    try:
        text = path.read_text(encoding="utf-8")
        table = Table(path, text, read_toml(path, text))
        weeks = tuple(_week(each, path) for each in table.tables("weeks", "week"))
        table.end()
    except ContentError as problem:
        return (), (problem,)
    except (UnicodeDecodeError, OSError) as error:
        return (), (ContentError(path, None, f"can't be read: {error}"),)
    return weeks, ()


def _week(table: Table, path: Path) -> Week:
    week = Week(
        {"en": table.take("title", str)},
        path,
        table.strings("pages"),
        table.strings("recordings"),
        table.strings("worksheets"),
    )
    table.end()
    return week


def without_unknown(
    weeks: Sequence[Week], known: Mapping[str, Collection[str]]
) -> tuple[tuple[Week, ...], tuple[ContentError, ...]]:
    """Leave out slugs that nothing has (`known` by kind), and weeks that are empty then."""
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
