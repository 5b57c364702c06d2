"""The languages, themes and sizes in which pages are checked.

Every page is checked in every language. Themes and sizes take turns, so that every kind of page is
checked in every theme and in every size. `make test-all` checks every page in each combination.
"""

from __future__ import annotations

import itertools
import json
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from playwright.async_api import ViewportSize

from hearth_cft.config import Config
from tests.browser.conftest import EVERYTHING, NARROW, PHONE, THEMES, WIDE
from tests.server import Server

LOCALES = Config().languages
# Size of the viewport, and size of the text.
SIZES: dict[str, tuple[ViewportSize, str]] = {
    "phone": (PHONE, "100%"),
    "wide": (WIDE, "100%"),
    "narrow, large text": (NARROW, "200%"),
}


@dataclass(frozen=True)
class Look:
    """A page in a language, theme and size."""

    path: str
    theme: str
    size: str


def pages_of(server: Server, locale: str) -> list[str]:
    """Return the URL paths of all pages that a phone stores for this language."""
    with urllib.request.urlopen(f"{server.url}/{locale}/offline.json") as response:
        paths = json.load(response)["pages"]
    return [path for path in paths if not path.endswith((".json", ".svg", ".webmanifest"))]


def is_earlier(path: str) -> bool:
    """Return whether this is an earlier revision of a worksheet: `/en/worksheets/three-circles/1`.

    Without a note that was begun with it, such a page gives way to the newest revision.
    """
    return path.count("/") == 4 and "/worksheets/" in path


def kind_of(path: str) -> str:
    """Return the kind of a page: pages like `learn/three-systems` are one kind, `help` another."""
    _, _, *rest = path.split("/")
    return f"{rest[0]}/…" if rest[1:] and rest[1] and rest[0] != "settings" else "/".join(rest)


def covering(pages: Iterable[str]) -> list[Look]:
    """Return looks: each page at least once, each kind of page in each theme and in each size.

    `pages` are URL paths in every language. The number of looks grows with the number of pages, not
    with the number of themes and sizes.
    """
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for page in pages:
        kinds[kind_of(page)].append(page)
    return [look for same_kind in kinds.values() for look in _taking_turns(same_kind)]


def everything(pages: Iterable[str]) -> list[Look]:
    """Return a look for every page in every theme and size."""
    return [Look(*combination) for combination in itertools.product(pages, THEMES, SIZES)]


def _taking_turns(pages: Sequence[str]) -> list[Look]:
    turns = max(len(pages), len(THEMES), len(SIZES))
    themes, sizes = itertools.cycle(THEMES), itertools.cycle(SIZES)
    return [Look(pages[turn % len(pages)], next(themes), next(sizes)) for turn in range(turns)]


def looks_at(server: Server, locales: Sequence[str] = LOCALES) -> list[Look]:
    """Return the looks to check in this run at the pages of this server."""
    pages = [page for locale in locales for page in pages_of(server, locale)]
    return everything(pages) if EVERYTHING else covering(pages)
