"""Load the list of languages, and choose the language of a visitor.

`translations/locales.toml` is the only list of languages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import babel
from pydantic import AfterValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from hearth_cft.library.models import Flag, Text, mistake
from hearth_cft.reading.problem import ContentError
from hearth_cft.reading.toml import TomlText

# The language of the texts in the sources.
SOURCE = "en"
DOMAINS = ("messages", "content")


class LocaleError(Exception):
    """locales.toml can't be used; the message says what is wrong and what to do."""


def _every_domain(reviewed: Mapping[str, bool]) -> Mapping[str, bool]:
    for name in reviewed:
        if name not in DOMAINS:
            raise mistake(f"'reviewed' has '{name}', which is none of {', '.join(DOMAINS)}")
    return dict.fromkeys(DOMAINS, False) | dict(reviewed)


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Locale:
    """A language of the app. `plurals` are CLDR's plural categories in the order of msgstr[n]."""

    tag: Text
    name: Text
    plurals: Annotated[tuple[Text, ...], Field(min_length=1)]
    direction: Literal["ltr", "rtl"] = "ltr"
    fonts: tuple[Text, ...] = ()
    reviewed: Annotated[Mapping[str, Flag], AfterValidator(_every_domain)] = Field(
        default_factory=dict, validate_default=True
    )
    offered: Flag = False

    @cached_property
    def cldr(self) -> babel.Locale:
        """The CLDR data of this locale, or of its language alone if CLDR lacks it (en-XA)."""
        try:
            return babel.Locale.parse(self.tag, sep="-")
        except babel.UnknownLocaleError:
            return babel.Locale.parse(self.tag.partition("-")[0])


@dataclass(frozen=True)
class LocaleList:
    """The content of locales.toml."""

    locales: tuple[Locale, ...]


def load_locales(path: Path) -> dict[str, Locale]:
    """Read locales.toml. Return each Locale by its tag. Raises LocaleError if it can't be used."""
    try:
        text = path.read_text(encoding="utf-8")
        rows = TomlText(path, text, tomllib.loads(text)).build(LocaleList).locales
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LocaleError(f"{path}: {error}") from None
    except ContentError as error:
        raise LocaleError(str(error)) from None
    return {locale.tag: locale for locale in rows}


def negotiate(wanted: Iterable[str], offered: Sequence[str], default: str) -> str:
    """Return the offered locale that matches the first wanted tag, or `default` if none matches.

    A wanted tag matches by the whole tag or by its language alone, whatever the case.
    """
    offered_by_name = {tag.lower(): tag for tag in offered}
    for tag in wanted:
        for name in (tag.lower(), tag.lower().partition("-")[0]):
            if name in offered_by_name:
                return offered_by_name[name]
    return default


def accepted(header: str) -> list[str]:
    """Return the tags of an Accept-Language header, highest quality first.

    See RFC 9110, section 12.5.4. Only the first 500 characters are read.
    """
    ranked = []
    for part in header[:500].split(","):
        tag, _, quality = part.strip().partition(";")
        try:
            weight = float(quality.strip().lower().removeprefix("q=") or 1)
        except ValueError:
            continue
        if tag and tag != "*" and weight > 0:
            ranked.append((weight, tag.strip()))
    return [tag for _, tag in sorted(ranked, key=lambda pair: -pair[0])]
