"""Page, Worksheet, Recording, Term and their parts: what a content file may hold.

The models check themselves. The formats are described for their authors in
hearth_cft/content/README.md. Nothing here knows HTML, languages or the web.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass as plain_dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, StringConstraints, ValidationInfo, model_validator
from pydantic import Field as Bound
from pydantic.dataclasses import dataclass
from pydantic.types import Strict
from pydantic_core import PydanticCustomError

from hearth_cft.library.script import Pause, Phrase
from hearth_cft.reading.problem import ContentError, did_you_mean

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
FIELD_TYPES = ("text", "long", "slider", "choice", "choices", "date", "group")
SYSTEMS = ("threat", "drive", "soothing")
GROUPS = ("settle", "warmth", "care")
DIAGRAMS = ("three-systems", "brain-loop", "compassion-parts", "three-flows")
PICTURES = ("three-circles",)
# The names in hearth_cft/templates/components/drawings.jinja.
DRAWINGS = (
    "action-plan",
    "body-face-and-voice",
    "building-my-compassionate-other",
    "building-my-compassionate-self",
    "compassion-break",
    "compassionate-colour",
    "compassionate-letter",
    "compassionate-other",
    "compassionate-self",
    "fears-and-blocks",
    "feather",
    "flashback-grounding",
    "grief",
    "grounding-without-breath",
    "head",
    "kinder-thought-record",
    "kit-bag",
    "lantern",
    "longer-grounding",
    "longer-soothing-rhythm",
    "loop-spotter",
    "many-selves",
    "meeting-the-critic",
    "mindful-noticing",
    "mountain",
    "my-safety-plan",
    "nest",
    "open-door",
    "open-hand",
    "practice-diary",
    "remembering-compassion",
    "safe-place",
    "self-critic",
    "shame-outside-and-inside",
    "soothing-rhythm-breathing",
    "staying-well-plan",
    "stepping-stones",
    "stones",
    "three-circles",
    "three-flows",
    "three-streams",
    "tree",
    "two-chairs",
    "where-my-systems-learned",
    "mine-and-not-mine",
    "anger-with-a-backbone",
    "brave-steps",
    "three-seats",
    "between-sessions",
)
PAGE_GROUPS = ("begin", "compassion", "hard", "practice", "about")
# What a question means to the pictures over time and to the end of a worksheet, and which types of
# question can mean it.
ROLES = {
    "day": ("date",),
    "trigger": ("text", "long"),
    "before": ("slider",),
    "after": ("slider",),
    "step": ("text", "long", "group"),
}

FORBID = ConfigDict(extra="forbid")


def mistake(message: str) -> PydanticCustomError:
    """Return an error whose message authors read as it stands."""
    # Braces would be taken for placeholders.
    return PydanticCustomError("content", "{message}", {"message": message})


def one_of(*known: str) -> AfterValidator:
    """Build a validator for a text that is empty or one of the names that templates know."""

    def check(value: str, info: ValidationInfo) -> str:
        if value and value not in known:
            allowed = f"must be one of {', '.join(known)}{did_you_mean(value, known)}"
            raise mistake(f"'{info.field_name}' {allowed}")
        return value

    return AfterValidator(check)


def _check_name(value: str) -> str:
    if not FIELD_NAME.match(value):
        raise mistake(f"'name' is '{value}': small letters, digits and _ only")
    return value


def _type_of(*known: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in known:
            allowed = f"must be one of {', '.join(known)}{did_you_mean(value, known)}"
            raise mistake(f"'type' is '{value}': {allowed}")
        return value

    return AfterValidator(check)


def _no_role(value: str) -> str:
    if value:
        raise mistake("a question inside a group can't have a 'role'")
    return value


def _check_full_text(name: str, full: str, easy: str) -> None:
    if easy and not full:
        raise mistake(f"'easy_{name}' says in easy words what '{name}' says, which is missing")


# Lists of TOML become tuples; texts, numbers and booleans aren't converted into each other.
Text = Annotated[str, Strict(), StringConstraints(strip_whitespace=True, min_length=1)]
OptionalText = Annotated[str, Strict(), StringConstraints(strip_whitespace=True)]
Whole = Annotated[int, Strict()]
AtLeastOne = Annotated[int, Strict(), Bound(ge=1)]
Flag = Annotated[bool, Strict()]
Slugs = tuple[OptionalText, ...]
Name = Annotated[Text, AfterValidator(_check_name)]
System = Annotated[OptionalText, one_of(*SYSTEMS)]
Drawing = Annotated[OptionalText, one_of(*DRAWINGS)]


@dataclass(frozen=True, config=FORBID)
class EasyWords:
    """What a page says in easy words. `body` is Markdown; `body_line` is its first line."""

    slug: str
    body: str
    body_line: int
    path: Path
    reviewed: Flag = False


@dataclass(frozen=True, config=FORBID)
class Page:
    """An information page. `body` is Markdown; `body_line` is its first line in the file."""

    slug: str
    title: Text
    summary: Text
    order: Whole
    body: str
    body_line: int
    path: Path
    reviewed: Flag = False
    diagram: Annotated[OptionalText, one_of(*DIAGRAMS)] = ""
    recordings: Slugs = ()
    worksheets: Slugs = ()
    group: Annotated[OptionalText, one_of(*PAGE_GROUPS)] = ""
    easy: EasyWords | None = None


@dataclass(frozen=True, config=FORBID)
class Option:
    """One answer of a choice. `value` is stored, `label` is shown."""

    value: Text
    label: Text


@dataclass(frozen=True, config=FORBID)
class Field:
    """A question, as it may stand inside a group.

    `guidance` is help beside the question, which the reader opens. `easy_hint` and `easy_guidance`
    say the same in easy words. `low` and `high` are the words at the ends of a slider. `lines` is
    the room on paper, 0 for as much as the type has.
    """

    name: Name
    type: Annotated[Text, _type_of(*FIELD_TYPES[:-1])]
    label: Text
    hint: OptionalText = ""
    easy_hint: OptionalText = ""
    example: OptionalText = ""
    guidance: OptionalText = ""
    easy_guidance: OptionalText = ""
    role: Annotated[OptionalText, AfterValidator(_no_role)] = ""
    options: tuple[Option, ...] = ()
    min: Whole = 0
    max: Whole = 10
    step: Whole = 1
    low: OptionalText = ""
    high: OptionalText = ""
    circle: System = ""
    item: OptionalText = ""
    most: AtLeastOne = 20
    fields: tuple[Field, ...] = ()
    lines: Whole = 0

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.type in ("choice", "choices") and len(self.options) < 2:
            raise mistake("a choice needs at least two options")
        if len({option.value for option in self.options}) < len(self.options):
            raise mistake("two options have the same value")
        if self.type == "slider" and not (self.min < self.max and self.step > 0):
            raise mistake("a slider needs min below max and a step above 0")
        if self.lines < 0 or (self.lines and self.type not in ("text", "long")):
            raise mistake("'lines' is for a question of type text or long")
        if self.role and self.type not in ROLES[self.role]:
            types = " or ".join(ROLES[self.role])
            raise mistake(f"the role '{self.role}' is for a question of type {types}")
        if self.type == "group" and not (self.fields and self.item):
            raise mistake("a group needs 'item', the name of one, and fields")
        _check_full_text("hint", self.hint, self.easy_hint)
        _check_full_text("guidance", self.guidance, self.easy_guidance)
        for name, count in Counter(field.name for field in self.fields).items():
            if count > 1:
                raise mistake(f"two questions of the group are called '{name}'")
        return self


@dataclass(frozen=True, config=FORBID)
class SectionField(Field):
    """A question of a section. `role` is one of ROLES, or empty.

    A question of type group is repeated: `fields` are its questions, `item` is the name of one.
    """

    type: Annotated[Text, _type_of(*FIELD_TYPES)]
    role: Annotated[OptionalText, one_of(*ROLES)] = ""


@dataclass(frozen=True, config=FORBID)
class Section:
    """A part of a worksheet, shown as one step."""

    name: Name
    title: Text
    fields: tuple[SectionField, ...]
    intro: OptionalText = ""
    easy_intro: OptionalText = ""
    system: System = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.fields:
            raise mistake(f"section '{self.name}' has no [[sections.fields]]")
        _check_full_text("intro", self.intro, self.easy_intro)
        return self


@dataclass(frozen=True, config=FORBID)
class Worksheet:
    """A worksheet. `minutes` is about how long it takes."""

    slug: str
    title: Text
    summary: Text
    order: Whole
    revision: AtLeastOne
    path: Path
    sections: tuple[Section, ...] = ()
    minutes: AtLeastOne = 10
    picture: Annotated[OptionalText, one_of(*PICTURES)] = ""
    drawing: Drawing = ""
    reviewed: Flag = False

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.sections:
            raise mistake("there is no [[sections]] with questions")
        fields = [field for section in self.sections for field in section.fields]
        names = Counter([*(each.name for each in fields), *(each.name for each in self.sections)])
        for name in (name for name, count in names.items() if count > 1):
            raise mistake(f"two sections or fields are called '{name}'")
        roles = Counter(field.role for field in fields)
        for role in (role for role in ROLES if role != "trigger" and roles[role] > 1):
            raise mistake(f"two questions have the role '{role}'")
        return self


@dataclass(frozen=True, config=FORBID)
class Recording:
    """A guided exercise. `scripts` maps "full" and "short" to what is said and the pauses.

    `minutes` has about how long each version takes; `group` is one of GROUPS, or empty.
    """

    slug: str
    title: Text
    summary: Text
    order: Whole
    minutes: Mapping[str, AtLeastOne]
    scripts: Mapping[str, tuple[Phrase | Pause, ...]]
    path: Path
    reviewed: Flag = False
    group: Annotated[OptionalText, one_of(*GROUPS)] = ""
    drawing: Drawing = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        for version in self.scripts:
            if version not in self.minutes:
                raise mistake(f"minutes: '{version}' is missing")
        for version in self.minutes:
            if version not in self.scripts:
                spoken = f"the script has {' and '.join(self.scripts)}"
                raise mistake(f"minutes: '{version}' is not known here; {spoken}")
        return self


@dataclass(frozen=True, config=FORBID)
class Week:
    """A week of the programme, with the slugs of its pages, recordings and worksheets.

    `title` is by language. An English title is translated through the content's catalogue.
    """

    title: Mapping[str, Text]
    path: Path
    pages: Slugs = ()
    recordings: Slugs = ()
    worksheets: Slugs = ()
    drawing: Drawing = ""


@plain_dataclass(frozen=True)
class Term:
    """A word of the therapy and what it means here.

    `forms` are the words of a text that it explains, `page` is the slug of a page about it.
    """

    slug: str
    term: str
    meaning: str
    forms: tuple[str, ...]
    page: str
    path: Path


@plain_dataclass(frozen=True)
class Library:
    """All content, and what could not be used.

    `earlier` are revisions of worksheets that are no longer offered. What was begun with one of
    them is shown with its own questions.
    """

    pages: tuple[Page, ...]
    worksheets: tuple[Worksheet, ...]
    recordings: tuple[Recording, ...]
    problems: tuple[ContentError, ...]
    earlier: tuple[Worksheet, ...] = ()
    programme: tuple[Week, ...] = ()
    glossary: tuple[Term, ...] = ()
