"""The guide to the reading settings: it has what the form has, in words that are easy to read."""

from __future__ import annotations

import html
import json
import re

import pytest

from hearth_cft import TEMPLATES
from hearth_cft.application import Hearth
from tests.reading_age import reading_age

# In years, as for easy words.
OLDEST_READER = 9.0
DRAWINGS = TEMPLATES / "components" / "reading-drawings.jinja"
both_languages = pytest.mark.parametrize("locale", ["en", "ar"])


def main_of(app: Hearth, locale: str, path: str) -> str:
    page = app.site.answers[f"/{locale}/settings/{path}"].body.decode()
    return page[page.index("<main") : page.index("</main>")]


def texts(main: str, tag: str) -> list[str]:
    found = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", main, re.DOTALL)
    return [html.unescape(re.sub("<[^>]+>", "", text)).strip() for text in found]


@both_languages
async def test_the_guide_is_in_the_snapshot_and_the_form_links_to_it(
    app: Hearth, locale: str
) -> None:
    snapshot = json.loads(app.site.answers[f"/{locale}/offline.json"].body)

    assert f"/{locale}/settings/reading-guide" in snapshot["pages"]
    form = main_of(app, locale, "reading").partition("<form")[2]
    assert f'href="/{locale}/settings/reading-guide"' in form


@both_languages
async def test_it_has_the_parts_of_the_form_in_their_order(app: Hearth, locale: str) -> None:
    parts = texts(main_of(app, locale, "reading"), "summary")
    guide = main_of(app, locale, "reading-guide")

    # The size of the text stands above the parts. What the phone can do stands below them.
    assert texts(guide, "h2")[1:-2] == parts


@both_languages
async def test_each_part_links_to_its_place_in_the_form(app: Hearth, locale: str) -> None:
    form = main_of(app, locale, "reading")
    guide = main_of(app, locale, "reading-guide")

    links = re.findall(rf'href="/{locale}/settings/reading#([\w-]+)"', guide)

    assert len(links) == len(set(links)) == form.count("<summary") + 1
    assert [link for link in links if f'id="{link}"' not in form] == []


async def test_each_drawing_is_shown_once_and_hidden_from_screen_readers(app: Hearth) -> None:
    guide = main_of(app, "en", "reading-guide")
    named = re.findall(r'^  "([a-z]+)": ', DRAWINGS.read_text(encoding="utf-8"), re.MULTILINE)

    shown = re.findall(r'<svg class="drawing[^>]* aria-hidden="true">(.*?)</svg>', guide)

    assert len(set(shown)) == len(shown) == len(named) == guide.count('class="way"')


async def test_it_can_be_read_at_nine(app: Hearth) -> None:
    guide = main_of(app, "en", "reading-guide")

    assert reading_age(texts(guide, "p") + texts(guide, "li")) <= OLDEST_READER
