"""Find the mistakes that `hearth translations check` reports.

Each Problem names the file and the message, and says what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hearth_cft.i18n.catalogue import Catalogue, Message, quoted
from hearth_cft.i18n.compile import Problem, exact_forms, read_catalogue, unsafe
from hearth_cft.i18n.locales import Locale
from hearth_cft.i18n.plurals import header_mistake, read_header
from hearth_cft.tools.translations.extract import ExtractionError, template
from hearth_cft.tools.translations.rules import markdown_mistakes, white_space_mistakes
from hearth_cft.tools.translations.sources import list_mistakes, source_mistakes, titled
from hearth_cft.tools.translations.update import updated
from hearth_cft.tools.translations.workspace import Workspace

UPDATE = "Run 'make translations' and commit what it writes"
MEND = "Mend the translation"


def check(workspace: Workspace) -> list[Problem]:
    """Return all problems in the sources, the templates and the catalogues."""
    problems = list(list_mistakes(workspace))
    for domain in workspace.domains:
        try:
            current = template(workspace, domain)
        except ExtractionError as error:
            problems += error.problems
            continue
        problems += source_mistakes(workspace, domain, current)
        problems += _stale_template(workspace.template(domain), current)
        for (tag, catalogue_domain), path in workspace.catalogues().items():
            if catalogue_domain == domain:
                problems += check_catalogue(path, domain, workspace.locales[tag], current)
    return problems


def check_catalogue(
    path: Path, domain: str, locale: Locale, current: Catalogue
) -> Iterator[Problem]:
    """Yield each problem in one .po file. `current` is the template made from the sources."""
    if not path.is_file():
        yield Problem(path, None, "there is no such catalogue", UPDATE)
        return
    problems: list[Problem] = []
    catalogue = read_catalogue(path, problems)
    yield from problems
    if catalogue is None:
        return
    yield from _header_problems(path, catalogue, locale)
    yield from _unknown_contexts(path, catalogue, current)
    yield from _stale_catalogue(path, catalogue, current, locale)
    if header_mistake(catalogue.header.get("Plural-Forms", ""), locale.tag, locale.plurals):
        return
    exact = exact_forms(*read_header(catalogue.header["Plural-Forms"]))
    for message in catalogue.messages.values():
        if not message.fuzzy and any(message.forms):
            for mistake in dict.fromkeys(_mistakes(message, domain, locale, exact)):
                text = f"{titled(message)}: {mistake}"
                yield Problem(path, message.line, text, MEND)


def _mistakes(message: Message, domain: str, locale: Locale, exact: set[int]) -> Iterator[str]:
    yield from unsafe(message, domain, len(locale.plurals), exact)
    for number, form in enumerate(message.forms):
        prefix = "" if message.plural is None else f"msgstr[{number}]: "
        if not form:
            names = dict(enumerate(locale.plurals))
            yield f"{prefix}the plural form “{names.get(number, number)}” is missing"
            continue
        for mistake in markdown_mistakes(message.sources, form):
            yield prefix + mistake
        for mistake in white_space_mistakes(message.id, form):
            yield prefix + mistake


def _header_problems(path: Path, catalogue: Catalogue, locale: Locale) -> Iterator[Problem]:
    language = catalogue.header.get("Language", "")
    if language.replace("_", "-").lower() != locale.tag.lower():
        text = f"the Language header says {quoted(language)}, the folder {locale.tag}"
        yield Problem(path, 1, text, UPDATE)
    charset = catalogue.header.get("Content-Type", "").lower().replace(" ", "")
    if "charset=utf-8" not in charset:
        yield Problem(path, 1, "the Content-Type header doesn't say charset=UTF-8", UPDATE)
    plural = header_mistake(catalogue.header.get("Plural-Forms", ""), locale.tag, locale.plurals)
    if plural:
        yield Problem(path, 1, plural, UPDATE)


def _unknown_contexts(path: Path, catalogue: Catalogue, current: Catalogue) -> Iterator[Problem]:
    contexts = {message.context for message in current.messages.values()}
    for message in catalogue.messages.values():
        if message.context not in contexts:
            text = f"{titled(message)}: nothing in Hearth has the context “{message.context}”"
            yield Problem(path, message.line, text, "Restore the context, or " + _lower(UPDATE))


def _stale_catalogue(
    path: Path, catalogue: Catalogue, current: Catalogue, locale: Locale
) -> Iterator[Problem]:
    fresh = updated(catalogue, current, locale.tag)
    if fresh.messages == catalogue.messages and fresh.obsolete == catalogue.obsolete:
        return
    yield Problem(path, None, f"out of date: {_difference(catalogue, fresh)}", UPDATE)


def _stale_template(path: Path, current: Catalogue) -> Iterator[Problem]:
    problems: list[Problem] = []
    written = read_catalogue(path, problems) if path.is_file() else Catalogue()
    yield from problems
    if written is not None and written.messages != current.messages:
        yield Problem(path, None, f"out of date: {_difference(written, current)}", UPDATE)


def _difference(old: Catalogue, new: Catalogue) -> str:
    added = [message for key, message in new.messages.items() if key not in old.messages]
    removed = [message for key, message in old.messages.items() if key not in new.messages]
    if added:
        first = f"{titled(added[0])} in {', '.join(added[0].places)}"
        return f"{len(added)} texts are missing, the first is {first}"
    if removed:
        return f"{len(removed)} texts are no longer used, the first is {titled(removed[0])}"
    return "comments or source references have changed"


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
