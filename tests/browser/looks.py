"""In which languages, themes and sizes pages are looked at: enough of them, not all of all.

Every page is seen in every language. Theme and size take turns, so that every kind of page is seen
in every theme and every size. `make test-all` looks at the whole product.
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
# Width and height, and how large the text is.
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
    """Give the addresses of all pages that a phone keeps for this language."""
    with urllib.request.urlopen(f"{server.url}/{locale}/offline.json") as answer:
        listed = json.load(answer)["pages"]
    return [path for path in listed if not path.endswith((".json", ".webmanifest"))]


def kind_of(path: str) -> str:
    """Give what a page is: `learn/three-systems` and its like are one kind, `help` is another."""
    _, _, *rest = path.split("/")
    return f"{rest[0]}/…" if rest[1:] and rest[1] and rest[0] != "settings" else "/".join(rest)


def covering(pages: Iterable[str]) -> list[Look]:
    """Choose looks: each page at least once, each kind of page in each theme and in each size.

    `pages` are addresses in every language. The number of looks grows with theirs, not with the
    number of themes and sizes.
    """
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for page in pages:
        kinds[kind_of(page)].append(page)
    return [look for alike in kinds.values() for look in _taking_turns(alike)]


def everything(pages: Iterable[str]) -> list[Look]:
    """Choose every page in every theme and size."""
    return [Look(*each) for each in itertools.product(pages, THEMES, SIZES)]


def _taking_turns(pages: Sequence[str]) -> list[Look]:
    turns = max(len(pages), len(THEMES), len(SIZES))
    themes, sizes = itertools.cycle(THEMES), itertools.cycle(SIZES)
    return [Look(pages[turn % len(pages)], next(themes), next(sizes)) for turn in range(turns)]


def looks_at(server: Server, locales: Sequence[str] = LOCALES) -> list[Look]:
    """Choose the looks of this run at the pages of that server."""
    pages = [page for locale in locales for page in pages_of(server, locale)]
    return everything(pages) if EVERYTHING else covering(pages)
