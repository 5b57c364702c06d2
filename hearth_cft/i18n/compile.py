"""Compile .po catalogues to the files that the running server reads.

The build calls `compile_catalogues` before Hearth's dependencies are installed. This module and
the modules that it imports may therefore use only the standard library and Babel.
"""

from __future__ import annotations

import gettext
import io
import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo

from hearth_cft.i18n.catalogue import Catalogue, Message, quoted
from hearth_cft.i18n.plurals import NUMBERS, PluralError, read_header
from hearth_cft.i18n.po import PoError, decode, parse
from hearth_cft.i18n.safety import forbidden_characters, placeholder_mistakes

JAVASCRIPT = "static/js/"

# (context, English text, English plural, scripts that show the message)
Said = tuple[str | None, str, str | None, list[str]]


@dataclass(frozen=True)
class Problem:
    """A problem in a file: `message` says what is wrong, `advice` says what to do."""

    path: Path
    line: int | None
    message: str
    advice: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.message}. {self.advice}."


def compile_catalogues(source: Path, target: Path) -> list[Problem]:
    """Compile `source`/<locale>/LC_MESSAGES/*.po and the locale list into `target`.

    Write the .mo files at the same relative paths, `locales.toml`, and `javascript.json` (see
    `javascript_messages`). Leave out a catalogue that can't be read and a message that can't be
    shown safely, and write everything else. Return the problems found.
    """
    problems: list[Problem] = []
    target.mkdir(parents=True, exist_ok=True)
    written = set()
    for path in sorted(source.glob("*/LC_MESSAGES/*.po")):
        compiled = compiled_bytes(path, problems)
        if compiled is not None:
            file = (target / path.relative_to(source)).with_suffix(".mo")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(compiled)
            written.add(file)
    for stale in set(target.glob("*/LC_MESSAGES/*.mo")) - written:
        stale.unlink()
    _copy_locales(source / "locales.toml", target / "locales.toml", problems)
    names = javascript_messages(source / "messages.pot", problems)
    (target / "javascript.json").write_text(json.dumps(names, indent=1), encoding="utf-8")
    return problems


def translations_from_po(path: Path, problems: list[Problem]) -> gettext.GNUTranslations | None:
    """Load a .po file directly, without writing a .mo file.

    Return None if the file can't be read. Add each problem found to `problems`.
    """
    compiled = compiled_bytes(path, problems)
    return None if compiled is None else gettext.GNUTranslations(io.BytesIO(compiled))


def read_catalogue(path: Path, problems: list[Problem]) -> Catalogue | None:
    """Read a .po or .pot file. On failure, add to `problems` and return None."""
    try:
        return parse(decode(path.read_bytes()))
    except PoError as error:
        advice = "Mend that line, or restore the last good version of the file"
        problems.append(Problem(path, error.line, error.reason, advice))
    except OSError as error:
        advice = "Check that the file exists and is readable"
        problems.append(Problem(path, None, f"can't be read: {error.strerror}", advice))
    return None


def compiled_bytes(path: Path, problems: list[Problem]) -> bytes | None:
    """Compile a .po file to the bytes of a .mo file. Return None if it can't be read.

    The result has only the translated messages that are safe to show. Add each problem found to
    `problems`.
    """
    catalogue = read_catalogue(path, problems)
    if catalogue is None:
        return None
    try:
        count, form = read_header(catalogue.header.get("Plural-Forms", ""))
    except PluralError as error:
        advice = "Run 'hearth translations update', which writes the right header"
        problems.append(Problem(path, 1, str(error), advice))
        return None
    exact = exact_forms(count, form)
    safe = []
    for message in catalogue.messages.values():
        if not message.translated:
            continue
        mistakes = list(unsafe(message, path.stem, count, exact))
        if mistakes:
            text = f"{quoted(message.id)} is left out: {'; '.join(mistakes)}"
            advice = "Mend the translation; until then the app shows English"
            problems.append(Problem(path, message.line, text, advice))
        else:
            safe.append(message)
    return _mo(catalogue, safe)


def exact_forms(count: int, form: Callable[[int], int]) -> set[int]:
    """Return the plural forms that only one number uses, such as Arabic's forms for 0, 1 and 2.

    `count` is the number of forms; `form` gives the index of the form for a number.
    """
    used_forms = [form(number) for number in NUMBERS]
    return {index for index in range(count) if used_forms.count(index) == 1}


def unsafe(message: Message, domain: str, count: int, exact: set[int]) -> Iterator[str]:
    """Yield each reason why a translation isn't safe to show.

    `count` is the number of plural forms of the language; `exact` is from `exact_forms`.
    """
    if message.plural is not None and len(message.forms) != count:
        yield f"it has {len(message.forms)} plural forms, the language has {count}"
    yield from placeholder_mistakes(message, domain, exact)
    for character in forbidden_characters("".join(message.forms)):
        yield f"it holds {character}"


def javascript_messages(template: Path, problems: list[Problem]) -> list[Said]:
    """Return (context, English text, English plural, scripts) of each message of static/js.

    The server sends only these messages to the scripts. It reads the list from `javascript.json`,
    so it doesn't need the sources.
    """
    catalogue = read_catalogue(template, problems) or Catalogue()
    return [
        (message.context, message.id, message.plural, scripts)
        for message in catalogue.messages.values()
        if (scripts := [place for place in message.places if place.startswith(JAVASCRIPT)])
    ]


def _copy_locales(source: Path, target: Path, problems: list[Problem]) -> None:
    try:
        text = source.read_text(encoding="utf-8")
        tomllib.loads(text)
    except OSError as error:
        message = f"can't be read: {error.strerror}"
        advice = "This file lists the languages; restore it"
        problems.append(Problem(source, None, message, advice))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(source, None, f"not valid TOML: {error}", "Mend the file"))
    else:
        target.write_text(text, encoding="utf-8")


def _mo(catalogue: Catalogue, messages: list[Message]) -> bytes:
    """Return the bytes of a .mo file."""
    compiled = Catalog()
    names = ("Language", "Plural-Forms")
    header = catalogue.header
    compiled.mime_headers = [(name, header[name]) for name in names if name in header]
    for message in messages:
        if len(message.sources) > 1:
            compiled.add(tuple(message.sources), tuple(message.forms), context=message.context)
        else:
            compiled.add(message.sources[0], message.forms[0], context=message.context)
    file = io.BytesIO()
    write_mo(file, compiled)
    return file.getvalue()
