"""Load the list of languages, and choose the language of a visitor.

`translations/locales.toml` is the only list of languages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import babel

# The language of the texts in the sources.
SOURCE = "en"
DOMAINS = ("messages", "content")


class LocaleError(Exception):
    """locales.toml can't be used; the message says what is wrong and what to do."""


@dataclass(frozen=True)
class Locale:
    """A language of the app. `plurals` are CLDR's plural categories in the order of msgstr[n]."""

    tag: str
    name: str
    direction: str
    fonts: tuple[str, ...]
    plurals: tuple[str, ...]
    reviewed: Mapping[str, bool]
    offered: bool

    @cached_property
    def cldr(self) -> babel.Locale:
        """The CLDR data of this locale, or of its language alone if CLDR lacks it (en-XA)."""
        try:
            return babel.Locale.parse(self.tag, sep="-")
        except babel.UnknownLocaleError:
            return babel.Locale.parse(self.tag.partition("-")[0])


def load_locales(path: Path) -> dict[str, Locale]:
    """Read locales.toml. Return each Locale by its tag. Raises LocaleError if it can't be used."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["locales"]
        return {row["tag"]: _locale(row) for row in rows}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise LocaleError(f"{path}: {error!r}; each [[locales]] needs tag, name, plurals") from None


def _locale(row: Mapping[str, object]) -> Locale:
    reviewed = row.get("reviewed", {})
    fonts, plurals = row.get("fonts", []), row["plurals"]
    if not isinstance(reviewed, dict) or not isinstance(fonts, list):
        raise TypeError("fonts must be a list and reviewed a table")
    if not isinstance(plurals, list) or not plurals:
        raise TypeError("plurals must be a list of CLDR categories")
    if row.get("direction", "ltr") not in ("ltr", "rtl"):
        raise TypeError("direction must be ltr or rtl")
    return Locale(
        tag=str(row["tag"]),
        name=str(row["name"]),
        direction=str(row.get("direction", "ltr")),
        fonts=tuple(map(str, fonts)),
        plurals=tuple(map(str, plurals)),
        reviewed={domain: bool(reviewed.get(domain)) for domain in DOMAINS},
        offered=bool(row.get("offered", False)),
    )


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
