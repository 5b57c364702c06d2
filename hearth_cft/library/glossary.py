"""Read the glossary, from glossary.toml: words of the therapy, and what they mean here.

A service's own file changes the built-in glossary word by word: it replaces, adds and removes.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator
from pydantic.dataclasses import dataclass

from hearth_cft.library.fallback import ContentFile, first_usable
from hearth_cft.library.last_good import LastGood
from hearth_cft.library.models import FORBID, SLUG, OptionalText, Term, Text, mistake
from hearth_cft.reading.problem import ContentError, did_you_mean
from hearth_cft.reading.toml import read_toml
from hearth_cft.reading.toml_lines import line_in

FILE = "glossary.toml"


def _check_slug(value: str) -> str:
    if not SLUG.match(value):
        raise mistake(f"'slug' is '{value}': small letters, digits and hyphens only")
    return value


@dataclass(frozen=True, config=FORBID)
class _Row:
    """A word as glossary.toml has it."""

    slug: Annotated[Text, AfterValidator(_check_slug)]
    term: Text
    meaning: Text
    forms: tuple[Text, ...] = ()
    page: OptionalText = ""


@dataclass(frozen=True, config=FORBID)
class _File:
    """`remove` has the slugs of words of an earlier folder that this one leaves out."""

    terms: tuple[_Row, ...] = ()
    remove: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        slugs = Counter(row.slug for row in self.terms)
        for slug in (slug for slug, count in slugs.items() if count > 1):
            raise mistake(f"two terms have the slug '{slug}'")
        forms = Counter(form.casefold() for row in self.terms for form in row.forms)
        for form in (form for form, count in forms.items() if count > 1):
            raise mistake(f"the form '{form}' is there twice")
        return self


def load_glossary(
    folders: Sequence[Path], pages: Collection[str], last_good: LastGood | None = None
) -> tuple[tuple[Term, ...], tuple[ContentError, ...]]:
    """Read the glossary of each folder; a later one changes that of an earlier one.

    `pages` are the slugs that a word may lead to. A file that can't be used gives way to its last
    good version, or changes nothing. Return the words and what is wrong.
    """
    terms: dict[str, Term] = {}
    problems: list[ContentError] = []
    for folder in folders:
        if not os.path.lexists(folder / FILE):
            continue
        file = ContentFile(folder / FILE, folder)
        if found := first_usable([file], _parse, last_good, problems):
            problems += _remove(terms, file.path, found.remove)
            problems += _add(terms, file.path, found.terms, pages)
    return tuple(terms.values()), tuple(problems)


def _parse(path: Path, text: str) -> _File:
    return read_toml(path, text).build(_File)


def _remove(terms: dict[str, Term], path: Path, slugs: Sequence[str]) -> Iterator[ContentError]:
    for number, slug in enumerate(slugs):
        if terms.pop(slug, None) is None:
            message = f"remove: there is no '{slug}'{did_you_mean(slug, terms)}"
            yield ContentError(path, line_in(path, ["remove", number]), message)


def _add(
    terms: dict[str, Term], path: Path, rows: Sequence[_Row], pages: Collection[str]
) -> Iterator[ContentError]:
    """Add the words of a file. A word whose page isn't there leads nowhere, which is told."""
    for number, row in enumerate(rows):
        page = row.page if row.page in pages else ""
        if row.page != page:
            message = f"page: there is no '{row.page}'{did_you_mean(row.page, pages)}"
            yield ContentError(path, line_in(path, ["terms", number, "page"]), message)
        _give_up_forms(terms, row.forms)
        terms[row.slug] = Term(row.slug, row.term, row.meaning, row.forms, page, path)


def _give_up_forms(terms: dict[str, Term], forms: Sequence[str]) -> None:
    """Take forms away from the words that have them: a form has one meaning."""
    taken = {form.casefold() for form in forms}
    for slug, term in terms.items():
        left = tuple(form for form in term.forms if form.casefold() not in taken)
        if left != term.forms:
            terms[slug] = replace(term, forms=left)
