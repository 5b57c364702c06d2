"""What a worksheet says in easy words, beside its full introductions, hints and guidance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from hearth_cft.library.models import Field, Worksheet

Question = TypeVar("Question", bound=Field)


def easy_hints(sheet: Worksheet) -> Iterator[str]:
    """Yield every text in easy words."""
    for section in sheet.sections:
        yield from filter(None, (section.easy_intro, *_of_questions(section.fields)))


def _of_questions(fields: Sequence[Field]) -> Iterator[str]:
    for field in fields:
        yield from (field.easy_hint, field.easy_guidance)
        yield from _of_questions(field.fields)


def without_easy_hints(sheet: Worksheet) -> Worksheet:
    """Return the worksheet with its full texts alone."""
    sections = (
        replace(section, easy_intro="", fields=_without(section.fields))
        for section in sheet.sections
    )
    return replace(sheet, sections=tuple(sections))


def _without(fields: Sequence[Question]) -> tuple[Question, ...]:
    return tuple(
        replace(field, easy_hint="", easy_guidance="", fields=_without(field.fields))
        for field in fields
    )
