"""Read content files into a Library.

A file that can't be used becomes a ContentError that names file and line. Everything else loads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from hearth_cft.library.content_file import ContentError, head_and_body, read_toml
from hearth_cft.library.files import read_text
from hearth_cft.library.models import SLUG, Library, Page, Recording, Worksheet
from hearth_cft.library.programme import load_programme
from hearth_cft.library.script import ScriptError, parse_script

# "three-circles-2": the worksheet and its revision.
EARLIER = re.compile(r"(?P<slug>.+)-(?P<revision>[1-9][0-9]*)\Z")

Made = TypeVar("Made", Page, Worksheet, Recording)


def load_library(folders: Sequence[Path]) -> Library:
    """Read every content file; a file in a later folder stands in for one of the same name."""
    problems: list[ContentError] = []

    def load(kind: str, ending: str, parse: Callable[[Path, str], Made]) -> tuple[Made, ...]:
        made = list(_parsed(_overlaid(folders, kind, ending), parse, problems))
        return tuple(sorted(made, key=lambda item: (item.order, item.slug)))

    pages = load("pages", "md", parse_page)
    worksheets = load("worksheets", "toml", parse_worksheet)
    recordings = load("recordings", "md", parse_recording)
    revisions = {each.slug: each.revision for each in worksheets}
    earlier = load(
        "worksheets/earlier", "toml", lambda path, text: parse_earlier(path, text, revisions)
    )
    kept, dangling = _without_dangling_links(pages, worksheets, recordings)
    programme, slips = load_programme(folders)
    problems = [*problems, *dangling, *slips]
    return Library(kept, worksheets, recordings, tuple(problems), earlier, programme)


def _overlaid(folders: Sequence[Path], kind: str, ending: str) -> list[tuple[Path, Path]]:
    """Return each file with its content folder, by name."""
    files = {
        file.name: (file, folder)
        for folder in folders
        for file in (folder / kind).glob(f"*.{ending}")
    }
    return [files[name] for name in sorted(files) if name.lower() != "readme.md"]


def _parsed(
    files: Iterable[tuple[Path, Path]],
    parse: Callable[[Path, str], Made],
    problems: list[ContentError],
) -> Iterable[Made]:
    for file, folder in files:
        try:
            if not SLUG.match(file.stem):
                raise ContentError(file, None, "a name has small letters, digits and hyphens only")
            yield parse(file, read_text(file, folder))
        except ContentError as problem:
            problems.append(problem)


def _without_dangling_links(
    pages: tuple[Page, ...], worksheets: tuple[Worksheet, ...], recordings: tuple[Recording, ...]
) -> tuple[tuple[Page, ...], tuple[ContentError, ...]]:
    """Leave out links to what isn't there, and say so."""
    known = {
        "recordings": {item.slug for item in recordings},
        "worksheets": {item.slug for item in worksheets},
    }
    problems, kept = [], []
    for page in pages:
        links: dict[str, Any] = {}
        for kind, slugs in known.items():
            wanted: tuple[str, ...] = getattr(page, kind)
            links[kind] = tuple(slug for slug in wanted if slug in slugs)
            problems += [
                ContentError(page.path, None, f"{kind}: there is no '{slug}'")
                for slug in wanted
                if slug not in slugs
            ]
        kept.append(replace(page, **links))
    return tuple(kept), tuple(problems)


def parse_page(path: Path, text: str) -> Page:
    """Read a page. Raises ContentError."""
    head, body, body_line = head_and_body(path, text)
    if not body.strip():
        raise ContentError(path, body_line, "the page has no text")
    return head.build(Page, slug=path.stem, path=path, body=body, body_line=body_line)


def parse_recording(path: Path, text: str) -> Recording:
    """Read a recording's head and script. Raises ContentError."""
    head, body, body_line = head_and_body(path, text)
    try:
        scripts = parse_script(body, body_line)
    except ScriptError as error:
        raise ContentError(path, error.line, error.message) from None
    return head.build(Recording, slug=path.stem, path=path, scripts=scripts)


def parse_worksheet(path: Path, text: str) -> Worksheet:
    """Read a worksheet. Raises ContentError."""
    return read_toml(path, text).build(Worksheet, slug=path.stem, path=path)


def parse_earlier(path: Path, text: str, revisions: Mapping[str, int]) -> Worksheet:
    """Read an earlier revision; the file's name has it: `three-circles-2.toml`.

    `revisions` are those that are offered now. A worksheet that is no longer offered still has its
    earlier revisions: somebody may have answers to it. Raises ContentError.
    """
    sheet = parse_worksheet(path, text)
    named = EARLIER.match(path.stem)
    if named is None:
        raise ContentError(path, None, "the name must end with the revision: three-circles-2.toml")
    slug, revision = named["slug"], int(named["revision"])
    toml = read_toml(path, text)
    if sheet.revision != revision:
        message = f"'revision' is {sheet.revision}, but the file's name says {revision}"
        raise toml.error(message, ["revision"])
    if revision >= revisions.get(slug, revision + 1):
        message = f"'{slug}' is at revision {revisions[slug]}; an earlier one must be below it"
        raise toml.error(message, ["revision"])
    return replace(sheet, slug=slug)
