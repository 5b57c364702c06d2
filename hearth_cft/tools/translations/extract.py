"""Extract the texts of the sources into templates (.pot).

The domain `messages` has the texts of the templates, Python and JavaScript. The domain `content`
has the texts of pages, recordings and worksheets.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_file
from babel.util import pathmatch
from jinja2 import TemplateSyntaxError

from hearth_cft.i18n.catalogue import Catalogue, Message
from hearth_cft.i18n.compile import Problem
from hearth_cft.i18n.safety import placeholders
from hearth_cft.library.loader import load_library
from hearth_cft.library.messages import ContentMessage, content_messages
from hearth_cft.tools.translations.workspace import Workspace

# In Babel's notation: the positions of the arguments for context ("c"), text and plural.
KEYWORDS: dict[str, Any] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "gettext_noop": None,
    "pgettext_noop": ((1, "c"), 2),
}
COMMENT_TAG = "Translators:"
# Translators' editors expect these fields, and fill in the empty ones.
HEADER = {
    "Project-Id-Version": "Hearth",
    "PO-Revision-Date": "",
    "Last-Translator": "",
    "Language-Team": "",
    "Language": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
TITLES = {
    "messages": "What the app itself says: buttons, headings, errors.",
    "content": "What there is to read, hear and fill in: pages, recordings, worksheets.",
}
LICENCE = "Distributed under the same licence as Hearth itself."


class ExtractionError(Exception):
    """A source can't be read, so the template would lose texts. `problems` has each mistake."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(map(str, self.problems)))


def template(workspace: Workspace, domain: str) -> Catalogue:
    """Extract the template of a domain from the sources.

    Raises ExtractionError if a source can't be read.
    """
    extract = extract_messages if domain == "messages" else extract_content
    catalogue = Catalogue(header=dict(HEADER), notes=(TITLES[domain], LICENCE))
    for message in extract(workspace):
        first = catalogue.messages.get(message.key)
        catalogue.messages[message.key] = message if first is None else _merged(first, message)
    return catalogue


def _merged(first: Message, other: Message) -> Message:
    """Merge two messages with the same key. The result has a plural if either of them has."""
    plural = first.plural if first.plural is not None else other.plural
    return replace(
        first,
        plural=plural,
        forms=("",) if plural is None else ("", ""),
        flags=first.flags | other.flags,
        comments=tuple(dict.fromkeys((*first.comments, *other.comments))),
        places=tuple(dict.fromkeys((*first.places, *other.places))),
    )


def _message(
    context: str | None, texts: tuple[str, ...], comment: str, place: str, line: int
) -> Message:
    # Translators' editors check the placeholders of messages that have the python-format flag.
    has_placeholders = any(map(placeholders, texts))
    return Message(
        id=texts[0],
        plural=texts[1] if len(texts) > 1 else None,
        context=context,
        forms=("",) * len(texts),
        flags=frozenset({"python-format"} if has_placeholders else ()),
        comments=(comment,) if comment else (),
        places=(place,),
        line=line,
    )


def extract_content(workspace: Workspace) -> Iterator[Message]:
    """Yield the messages of the content folder.

    Raises ExtractionError if a content file has a mistake.
    """
    library = load_library(workspace.content)
    if library.problems:
        advice = "Mend the file first: otherwise the catalogues would lose its texts"
        raise ExtractionError(
            Problem(problem.path, problem.line, problem.message, advice)
            for problem in library.problems
        )
    for message in content_messages(library):
        if message.path.is_relative_to(workspace.root):
            yield _content_message(message, workspace.root)


def _content_message(message: ContentMessage, root: Path) -> Message:
    place = message.path.relative_to(root).as_posix()
    return _message(message.context, (message.id,), message.comment, place, message.line or 0)


def extract_messages(workspace: Workspace) -> Iterator[Message]:
    """Yield the texts marked in templates, Python and JavaScript, in order of file and line.

    Raises ExtractionError if a source file can't be read.
    """
    problems: list[Problem] = []
    messages: list[Message] = []
    for path, mapping in sorted(_sources(workspace.root).items()):
        try:
            messages += _file_messages(path, mapping, path.relative_to(workspace.root).as_posix())
        except TemplateSyntaxError as error:
            advice = "Mend the template"
            problems.append(Problem(path, error.lineno, str(error.message), advice))
        except (SyntaxError, UnicodeDecodeError) as error:
            problems.append(Problem(path, None, f"can't be read: {error}", "Mend the file"))
    if problems:
        raise ExtractionError(problems)
    yield from messages


def _file_messages(path: Path, mapping: Mapping[str, Any], place: str) -> Iterator[Message]:
    options = {name: value for name, value in mapping.items() if name not in ("method", "pattern")}
    entries = extract_from_file(
        mapping["method"], path, KEYWORDS, (COMMENT_TAG,), options, strip_comment_tags=True
    )
    for line, text, comments, context in sorted(entries, key=lambda entry: entry[0]):
        texts = (text,) if isinstance(text, str) else tuple(text)
        if texts[0]:
            yield _message(context, texts, " ".join(comments), place, line)


def _sources(root: Path) -> dict[Path, Mapping[str, Any]]:
    """Return each source file with the first [[tool.babel.mappings]] entry that matches it."""
    sources: dict[Path, Mapping[str, Any]] = {}
    for mapping in _mappings(root / "pyproject.toml"):
        patterns = mapping["pattern"]
        for pattern in [patterns] if isinstance(patterns, str) else patterns:
            folder = root / pattern.partition("*")[0].rpartition("/")[0]
            for path in folder.rglob("*"):
                if path.is_file() and pathmatch(pattern, path.relative_to(root).as_posix()):
                    sources.setdefault(path, mapping)
    return sources


def _mappings(path: Path) -> list[Mapping[str, Any]]:
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        return list(settings["tool"]["babel"]["mappings"])
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        advice = "That table says which files have texts; see 'pybabel extract' in Babel's manual"
        problem = Problem(path, None, f"has no readable [[tool.babel.mappings]]: {error!r}", advice)
        raise ExtractionError([problem]) from None
