"""The words of the content, and where each stands: one walk for extracting and for translating."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from hearth_cft.library.markdown import message_blocks
from hearth_cft.library.models import (
    EasyWords,
    Field,
    Library,
    Page,
    Recording,
    Section,
    Term,
    Worksheet,
)
from hearth_cft.library.script import Phrase

# (context, English, note for the translator) -> what to show
Translate = Callable[[str, str, str], str]

Question = TypeVar("Question", bound=Field)

FORMS_NOTE = (
    "Words of your texts that this word of the glossary explains, as they stand there, with commas "
    "between them. Arabic: without the article and the letters before it"
)


@dataclass(frozen=True)
class ContentMessage:
    context: str
    id: str
    path: Path
    line: int | None
    comment: str


def translate_page(page: Page, translate: Translate) -> Page:
    """Translate title and summary; the body is translated block by block when it is rendered."""
    context = f"page:{page.slug}"
    return replace(
        page,
        title=translate(context, page.title, "Title of the page"),
        summary=translate(context, page.summary, "One line under the title and in lists"),
    )


def translate_recording(recording: Recording, translate: Translate) -> Recording:
    context = f"recording:{recording.slug}"
    return replace(
        recording,
        title=translate(context, recording.title, "Title of the recording"),
        summary=translate(context, recording.summary, "One line under the title and in lists"),
        scripts={
            version: tuple(
                replace(part, text=translate(context, part.text, f"Spoken, {version} version"))
                if isinstance(part, Phrase)
                else part
                for part in script
            )
            for version, script in recording.scripts.items()
        },
    )


def translate_worksheet(sheet: Worksheet, translate: Translate) -> Worksheet:
    here = f"worksheet:{sheet.slug}"
    return replace(
        sheet,
        title=translate(f"{here}:title", sheet.title, "Title of the worksheet"),
        summary=translate(f"{here}:summary", sheet.summary, "One line under the title, in lists"),
        sections=tuple(_section(section, here, translate) for section in sheet.sections),
    )


def _section(section: Section, here: str, translate: Translate) -> Section:
    context = f"{here}:{section.name}"
    return replace(
        section,
        title=translate(context, section.title, "Heading of a step"),
        intro=_maybe(translate, context, section.intro, "Under the heading of a step"),
        easy_intro=_maybe(
            translate, context, section.easy_intro, "Under the heading of a step, in easy words"
        ),
        fields=tuple(_field(field, here, translate) for field in section.fields),
    )


def _field(field: Question, here: str, translate: Translate) -> Question:
    context = f"{here}:{field.name}"
    return replace(
        field,
        label=translate(context, field.label, "Question"),
        hint=_maybe(translate, context, field.hint, "Hint under the question"),
        easy_hint=_maybe(translate, context, field.easy_hint, "The hint, in easy words"),
        example=_maybe(translate, context, field.example, "Example answer"),
        guidance=_maybe(translate, context, field.guidance, "Guidance, opened when wanted"),
        easy_guidance=_maybe(translate, context, field.easy_guidance, "Guidance, in easy words"),
        low=_maybe(translate, context, field.low, "Low end of a slider, at most 20 letters"),
        high=_maybe(translate, context, field.high, "High end of a slider, at most 20 letters"),
        item=_maybe(translate, context, field.item, "Name of one of a repeated group"),
        options=tuple(
            replace(option, label=translate(context, option.label, "One of the choices"))
            for option in field.options
        ),
        fields=tuple(_field(inner, f"{here}:{field.name}", translate) for inner in field.fields),
    )


def translate_term(term: Term, translate: Translate) -> Term:
    """Translate a word of the glossary. Its forms are one message: see `forms_message`."""
    here = f"glossary:{term.slug}"
    return replace(
        term,
        term=translate(here, term.term, "A word of the glossary"),
        meaning=translate(here, term.meaning, "What the word means here"),
    )


def forms_message(term: Term) -> tuple[str, str]:
    """Return context and text of the message that has a word's forms."""
    return f"glossary forms:{term.slug}", ", ".join(term.forms)


def _maybe(translate: Translate, context: str, text: str, note: str) -> str:
    return translate(context, text, note) if text else ""


def content_messages(library: Library) -> Iterator[ContentMessage]:
    """Give every message of the content domain, in the order in which it is read."""
    for page in library.pages:
        yield from _gathered(page.path, partial(translate_page, page))
        yield from _blocks(f"page:{page.slug}", page)
        if page.easy:
            yield from _blocks(f"easy:{page.slug}", page.easy)
    for sheet in (*library.worksheets, *library.earlier):
        yield from _gathered(sheet.path, partial(translate_worksheet, sheet))
    for recording in library.recordings:
        yield from _gathered(recording.path, partial(translate_recording, recording))
    for week in library.programme:
        note = "Title of a week of the programme"
        yield ContentMessage("programme", week.title["en"], week.path, None, note)
    for term in library.glossary:
        yield from _gathered(term.path, partial(translate_term, term))
        if term.forms:
            context, forms = forms_message(term)
            yield ContentMessage(context, forms, term.path, None, FORMS_NOTE)


def _gathered(path: Path, walk: Callable[[Translate], object]) -> list[ContentMessage]:
    """What a walk asks to be translated."""
    found: list[ContentMessage] = []

    def gather(context: str, text: str, note: str) -> str:
        found.append(ContentMessage(context, text, path, None, note))
        return text

    walk(gather)
    return found


def _blocks(context: str, text: Page | EasyWords) -> Iterator[ContentMessage]:
    for line, block in message_blocks(text.body, text.body_line):
        yield ContentMessage(context, block, text.path, line, "")
