"""Read content files into a Library.

A file that can't be used becomes a ContentError that names file and line. Everything else loads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from hearth_cft.library.content_file import head_and_body
from hearth_cft.library.fallback import ContentFile, first_usable
from hearth_cft.library.glossary import load_glossary
from hearth_cft.library.last_good import LastGood
from hearth_cft.library.models import SLUG, EasyWords, Library, Page, Recording, Worksheet
from hearth_cft.library.programme import load_programme
from hearth_cft.library.script import ScriptError, parse_script
from hearth_cft.reading.problem import ContentError, did_you_mean
from hearth_cft.reading.toml import TomlText, read_toml
from hearth_cft.reading.toml_lines import line_in

# "three-circles-2": the worksheet and its revision.
EARLIER = re.compile(r"(?P<slug>.+)-(?P<revision>[1-9][0-9]*)\Z")

Made = TypeVar("Made", Page, EasyWords, Worksheet, Recording)
Listed = TypeVar("Listed", Page, Worksheet, Recording)


def load_library(folders: Sequence[Path], last_good: LastGood | None = None) -> Library:
    """Read every content file; a file in a later folder stands in for one of the same name.

    If it can't be used, its last good version stands in, or else the file of an earlier folder.
    """
    problems: list[ContentError] = []

    def load(kind: str, ending: str, parse: Callable[[Path, str], Made]) -> tuple[Made, ...]:
        made = []
        for files in _by_name(folders, kind, ending):
            usable = first_usable(files, _named(parse), last_good, problems)
            made += [usable] if usable is not None else []
        return tuple(made)

    pages = _in_order(load("pages", "md", parse_page))
    worksheets = _in_order(load("worksheets", "toml", parse_worksheet))
    recordings = _in_order(load("recordings", "md", parse_recording))
    revisions = {each.slug: each.revision for each in worksheets}
    earlier = _in_order(
        load("worksheets/earlier", "toml", lambda path, text: parse_earlier(path, text, revisions))
    )
    easy = load("pages/easy", "md", parse_easy_words)
    kept, dangling = _without_dangling_links(pages, worksheets, recordings)
    kept, strays = _with_easy_words(kept, easy, folders)
    programme, slips = load_programme(folders, last_good)
    glossary, faults = load_glossary(folders, {page.slug for page in kept}, last_good)
    problems = [*problems, *dangling, *strays, *slips, *faults]
    return Library(kept, worksheets, recordings, tuple(problems), earlier, programme, glossary)


def _in_order(items: tuple[Listed, ...]) -> tuple[Listed, ...]:
    """Return the items as lists show them."""
    return tuple(sorted(items, key=lambda item: (item.order, item.slug)))


def _by_name(folders: Sequence[Path], kind: str, ending: str) -> list[list[ContentFile]]:
    """Return the files of each name, in the order in which they are tried: the last folder first.

    Leave out hidden files, which macOS and editors put beside others.
    """
    files: dict[str, list[ContentFile]] = {}
    for folder in reversed(folders):
        for path in (folder / kind).glob(f"*.{ending}"):
            if not path.name.startswith(".") and path.name.lower() != "readme.md":
                files.setdefault(path.name, []).append(ContentFile(path, folder))
    return [files[name] for name in sorted(files)]


def _named(parse: Callable[[Path, str], Made]) -> Callable[[Path, str], Made]:
    """Return `parse` with a check of the file's name before it."""

    def parse_named(path: Path, text: str) -> Made:
        if not SLUG.match(path.stem):
            near = "-".join(re.findall(r"[a-z0-9]+", path.stem.lower()))
            hint = f"; name it {near}{path.suffix}" if near else ""
            message = f"a name has small letters, digits and hyphens only{hint}"
            raise ContentError(path, None, message)
        return parse(path, text)

    return parse_named


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
            problems += [_dangling(page, kind, slug, slugs) for slug in wanted if slug not in slugs]
        kept.append(replace(page, **links))
    return tuple(kept), tuple(problems)


def _dangling(page: Page, kind: str, slug: str, known: Collection[str]) -> ContentError:
    message = f"{kind}: there is no '{slug}'{did_you_mean(slug, known)}"
    return ContentError(page.path, line_in(page.path, [kind]), message)


def _with_easy_words(
    pages: tuple[Page, ...], easy: tuple[EasyWords, ...], folders: Sequence[Path]
) -> tuple[tuple[Page, ...], tuple[ContentError, ...]]:
    """Give each page its easy words. Return an error for easy words without a page.

    A service that replaces a page replaces its easy words too: they may say what the page no longer
    says.
    """
    by_slug = {words.slug: words for words in easy}
    known = {page.slug for page in pages}

    def place(path: Path) -> int:
        """Return the place in `folders` of the content folder that has this file."""
        return max(number for number, each in enumerate(folders) if path.is_relative_to(each))

    def fitting(page: Page) -> EasyWords | None:
        words = by_slug.get(page.slug)
        return words if words and place(words.path) >= place(page.path) else None

    strays = tuple(
        ContentError(words.path, None, f"there is no page '{slug}'{did_you_mean(slug, known)}")
        for slug, words in by_slug.items()
        if slug not in known
    )
    return tuple(replace(page, easy=fitting(page)) for page in pages), strays


def parse_page(path: Path, text: str) -> Page:
    """Read a page. Raises ContentError."""
    head, body, body_line = _head_and_words(path, text)
    return head.build(Page, slug=path.stem, path=path, body=body, body_line=body_line, easy=None)


def parse_easy_words(path: Path, text: str) -> EasyWords:
    """Read what a page says in easy words. Raises ContentError."""
    head, body, body_line = _head_and_words(path, text)
    return head.build(EasyWords, slug=path.stem, path=path, body=body, body_line=body_line)


def _head_and_words(path: Path, text: str) -> tuple[TomlText, str, int]:
    """Return head, body and the body's first line. Raises ContentError if the body is empty."""
    head, body, body_line = head_and_body(path, text)
    if not body.strip():
        raise ContentError(path, body_line, "the page has no text")
    return head, body, body_line


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
