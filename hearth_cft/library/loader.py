"""Content files -> Page, Worksheet, Recording.

Pure but for reading the files: no HTML, no language, no quart. A file that can't be read as it
should becomes a ContentError that names file and line; everything else is still there.
Formats are described for their authors in hearth_cft/content/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from hearth_cft.library.content_file import ContentError, Table, head_and_body, read_toml
from hearth_cft.library.programme import Week, load_programme
from hearth_cft.library.script import Pause, Phrase, ScriptError, parse_script

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
# "three-circles-2": the worksheet and its revision.
EARLIER = re.compile(r"(?P<slug>.+)-(?P<revision>[1-9][0-9]*)\Z")
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
FIELD_TYPES = ("text", "long", "slider", "choice", "choices", "date", "group")
SYSTEMS = ("threat", "drive", "soothing")
GROUPS = ("settle", "warmth", "care")
DIAGRAMS = ("three-systems", "brain-loop", "compassion-parts", "three-flows")
PAGE_GROUPS = ("begin", "compassion", "hard", "practice", "about")
# What a question means to the pictures over time, and which types can mean it.
ROLES = {
    "day": ("date",),
    "trigger": ("text", "long"),
    "before": ("slider",),
    "after": ("slider",),
}

Made = TypeVar("Made", "Page", "Worksheet", "Recording")


@dataclass(frozen=True)
class Page:
    """`group` is one of PAGE_GROUPS, or empty."""

    slug: str
    title: str
    summary: str
    order: int
    body: str
    body_line: int
    path: Path
    reviewed: bool = False
    diagram: str | None = None
    recordings: tuple[str, ...] = ()
    worksheets: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One question. `fields` holds the questions of a repeated group, `item` the name of one.

    `guidance` is help beside the question, opened when wanted; `role` is one of ROLES, or empty.
    """

    name: str
    type: str
    label: str
    hint: str = ""
    example: str = ""
    guidance: str = ""
    role: str = ""
    options: tuple[Option, ...] = ()
    min: int = 0
    max: int = 10
    step: int = 1
    low: str = ""
    high: str = ""
    circle: str = ""
    item: str = ""
    most: int = 20
    fields: tuple[Field, ...] = ()
    # On paper; 0 for as many as its type has.
    lines: int = 0


@dataclass(frozen=True)
class Section:
    name: str
    title: str
    intro: str
    system: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Worksheet:
    slug: str
    title: str
    summary: str
    order: int
    revision: int
    minutes: int
    picture: str
    sections: tuple[Section, ...]
    path: Path
    reviewed: bool = False


@dataclass(frozen=True)
class Recording:
    """`scripts` maps "full" and "short" to what is said and how long is waited.

    `group` is one of GROUPS, or empty.
    """

    slug: str
    title: str
    summary: str
    order: int
    minutes: Mapping[str, int]
    scripts: Mapping[str, tuple[Phrase | Pause, ...]]
    path: Path
    reviewed: bool = False
    group: str = ""


@dataclass(frozen=True)
class Library:
    pages: tuple[Page, ...]
    worksheets: tuple[Worksheet, ...]
    recordings: tuple[Recording, ...]
    problems: tuple[ContentError, ...]
    # Revisions that are no longer offered: what was begun with them is shown with their questions.
    earlier: tuple[Worksheet, ...] = ()
    programme: tuple[Week, ...] = ()


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


def _overlaid(folders: Sequence[Path], kind: str, ending: str) -> list[Path]:
    files = {file.name: file for folder in folders for file in (folder / kind).glob(f"*.{ending}")}
    return [files[name] for name in sorted(files) if name.lower() != "readme.md"]


def _parsed(
    files: Iterable[Path], parse: Callable[[Path, str], Made], problems: list[ContentError]
) -> Iterable[Made]:
    for file in files:
        try:
            if not SLUG.match(file.stem):
                raise ContentError(file, None, "a name has small letters, digits and hyphens only")
            yield parse(file, file.read_text(encoding="utf-8"))
        except ContentError as problem:
            problems.append(problem)
        except UnicodeDecodeError as error:
            message = f"not UTF-8 at byte {error.start}; save the file as UTF-8"
            problems.append(ContentError(file, None, message))
        except OSError as error:
            problems.append(ContentError(file, None, f"can't be read: {error.strerror}"))


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
    head, body, body_line = head_and_body(path, text)
    if not body.strip():
        raise ContentError(path, body_line, "the page has no text")
    page = Page(
        slug=path.stem,
        title=head.take("title", str),
        summary=head.take("summary", str),
        order=head.take("order", int),
        body=body,
        body_line=body_line,
        path=path,
        reviewed=head.take("reviewed", bool, False),
        diagram=_one_of(head, "diagram", DIAGRAMS) or None,
        recordings=head.strings("recordings"),
        worksheets=head.strings("worksheets"),
        group=_one_of(head, "group", PAGE_GROUPS),
    )
    head.end()
    return page


def parse_recording(path: Path, text: str) -> Recording:
    head, body, body_line = head_and_body(path, text)
    try:
        scripts = parse_script(body, body_line)
    except ScriptError as error:
        raise ContentError(path, error.line, error.message) from None
    minutes = Table(path, head.text, head.take("minutes", dict), "minutes: ")
    recording = Recording(
        slug=path.stem,
        title=head.take("title", str),
        summary=head.take("summary", str),
        order=head.take("order", int),
        minutes={version: minutes.take(version, int) for version in scripts},
        scripts=scripts,
        path=path,
        reviewed=head.take("reviewed", bool, False),
        group=_one_of(head, "group", GROUPS),
    )
    minutes.end()
    head.end()
    return recording


def _one_of(head: Table, key: str, known: tuple[str, ...]) -> str:
    """One of the names that the templates know, or nothing."""
    name = str(head.take(key, str, ""))
    if name and name not in known:
        raise head.error(f"'{key}' must be one of {', '.join(known)}", key)
    return name


def parse_worksheet(path: Path, text: str) -> Worksheet:
    table = Table(path, text, read_toml(path, text))
    sections = tuple(_section(item) for item in table.tables("sections", "section"))
    if not sections:
        raise table.error("there is no [[sections]] with questions")
    worksheet = Worksheet(
        slug=path.stem,
        title=table.take("title", str),
        summary=table.take("summary", str),
        order=table.take("order", int),
        revision=table.take("revision", int),
        minutes=table.take("minutes", int, 10),
        picture=table.take("picture", str, ""),
        sections=sections,
        path=path,
        reviewed=table.take("reviewed", bool, False),
    )
    table.end()
    names = [field.name for section in sections for field in section.fields]
    names += [section.name for section in sections]
    for name in names:
        if names.count(name) > 1:
            raise table.error(f"two sections or fields are called '{name}'")
    roles = [field.role for section in sections for field in section.fields]
    for role in ROLES:
        if role != "trigger" and roles.count(role) > 1:
            raise table.error(f"two questions have the role '{role}'")
    return worksheet


def parse_earlier(path: Path, text: str, revisions: Mapping[str, int]) -> Worksheet:
    """An earlier revision; the file's name has it: `three-circles-2.toml`.

    `revisions` are those that are offered now. A worksheet that isn't offered any longer still has
    its earlier ones: somebody may have answers to it.
    """
    sheet = parse_worksheet(path, text)
    named = EARLIER.match(path.stem)
    if named is None:
        raise ContentError(path, None, "the name must end with the revision: three-circles-2.toml")
    slug, revision = named["slug"], int(named["revision"])
    table = Table(path, text, {})
    if sheet.revision != revision:
        message = f"'revision' is {sheet.revision}, but the file's name says {revision}"
        raise table.error(message, "revision")
    if revision >= revisions.get(slug, revision + 1):
        message = f"'{slug}' is at revision {revisions[slug]}; an earlier one must be below it"
        raise table.error(message, "revision")
    return replace(sheet, slug=slug)


def _section(table: Table) -> Section:
    system = table.take("system", str, "")
    if system and system not in SYSTEMS:
        raise table.error(f"'system' must be one of {', '.join(SYSTEMS)}", "system")
    section = Section(
        name=_name(table),
        title=table.take("title", str),
        intro=table.take("intro", str, ""),
        system=system,
        fields=tuple(_field(item) for item in table.tables("fields", f"{table.where}field")),
    )
    if not section.fields:
        raise table.error(f"section '{section.name}' has no [[sections.fields]]")
    table.end()
    return section


def _name(table: Table) -> str:
    name = str(table.take("name", str))
    if not FIELD_NAME.match(name):
        raise table.error(f"'name' is '{name}': small letters, digits and _ only", "name")
    table.where = f"'{name}': "
    return name


def _field(table: Table, *, inside_group: bool = False) -> Field:
    name, kind = _name(table), table.take("type", str)
    if kind not in FIELD_TYPES or (inside_group and kind == "group"):
        allowed = [each for each in FIELD_TYPES if not (inside_group and each == "group")]
        raise table.error(f"'type' is '{kind}': must be one of {', '.join(allowed)}", "type")
    keys = ("hint", "example", "guidance", "role", "low", "high", "circle")
    texts = {key: table.take(key, str, "") for key in keys}
    if inside_group and texts["role"]:
        raise table.error("a question inside a group can't have a 'role'", "role")
    field = Field(
        name=name,
        type=kind,
        label=table.take("label", str),
        options=tuple(_option(item) for item in table.tables("options", "option")),
        min=table.take("min", int, 0),
        max=table.take("max", int, 10),
        step=table.take("step", int, 1),
        item=table.take("item", str, ""),
        most=table.take("most", int, 20),
        lines=table.take("lines", int, 0),
        fields=tuple(_field(item, inside_group=True) for item in table.tables("fields", "field")),
        **texts,
    )
    table.end()
    return _checked(field, table)


def _option(table: Table) -> Option:
    option = Option(value=table.take("value", str), label=table.take("label", str))
    table.end()
    return option


def _checked(field: Field, table: Table) -> Field:
    if field.type in ("choice", "choices") and len(field.options) < 2:
        raise table.error("a choice needs at least two options")
    if len({option.value for option in field.options}) < len(field.options):
        raise table.error("two options have the same value")
    if field.type == "slider" and not (field.min < field.max and field.step > 0):
        raise table.error("a slider needs min below max and a step above 0")
    if field.lines < 0 or (field.lines and field.type not in ("text", "long")):
        raise table.error("'lines' is for a question of type text or long", "lines")
    if field.circle and field.circle not in SYSTEMS:
        raise table.error(f"'circle' must be one of {', '.join(SYSTEMS)}", "circle")
    if field.role and field.role not in ROLES:
        raise table.error(f"'role' must be one of {', '.join(ROLES)}", "role")
    if field.role and field.type not in ROLES[field.role]:
        types = " or ".join(ROLES[field.role])
        raise table.error(f"the role '{field.role}' is for a question of type {types}", "role")
    if field.type == "group" and not (field.fields and field.item):
        raise table.error("a group needs 'item', the name of one, and fields")
    return field
