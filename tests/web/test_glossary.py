"""The page of the glossary, in each language."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hearth_cft import CONTENT
from hearth_cft.application import Hearth
from hearth_cft.library.loader import load_library
from hearth_cft.web.site.build import Site
from tests.content_files import write
from tests.small import small_site

GLOSSARY = """
[[terms]]
slug = "one"
term = "fears, blocks"
meaning = "What <b>hinders</b>."
forms = ["fears, blocks", "%(third_system)s"]
page = "three-systems"
[[terms]]
slug = "two"
term = "Another"
meaning = "More."
forms = ["another", "others"]
"""
CATALOGUE = """msgid ""
msgstr ""
"Language: ar\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 :"
" n%100>=11 ? 4 : 5);\\n"

msgctxt "glossary forms:two"
msgid "another, others"
msgstr "آخر، أُخرى ,غير"
"""


def html_of(site: Site, path: str) -> str:
    return site.answers[path].body.decode()


def entry(html: str, slug: str) -> str:
    found = re.search(rf'<section[^>]* id="word-{slug}".*?</section>', html, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_the_page_of_words_is_in_the_snapshot_and_read_links_to_it(
    app: Hearth, locale: str
) -> None:
    snapshot = json.loads(app.site.answers[f"/{locale}/offline.json"].body)

    assert f"/{locale}/words" in snapshot["pages"]
    assert f'href="/{locale}/words"' in html_of(app.site, f"/{locale}/learn/")
    assert html_of(app.site, f"/{locale}/words").count("data-forms=") == 50


async def test_the_search_leads_from_a_word_to_its_meaning(app: Hearth) -> None:
    index = json.loads(app.site.answers["/en/search.json"].body)["index"]
    number = next(number for number, id_ in index["documentIds"].items() if id_ == "words")
    words = {word for word, fields in index["index"] if any(number in f for f in fields.values())}

    assert {"helpline", "safeness", "glossary"} <= words


def test_words_are_text_and_lead_to_their_page(tmp_path: Path) -> None:
    write(tmp_path, "glossary.toml", GLOSSARY)

    html = html_of(small_site(content_dir=tmp_path), "/en/words")

    assert html.index("word-two") < html.index("word-one")
    assert 'data-forms="another|others"' in entry(html, "two")
    assert "/learn/" not in entry(html, "two")
    one = entry(html, "one")
    assert 'data-forms="fears, blocks|soothing system"' in one
    assert "What &lt;b&gt;hinders&lt;/b&gt;." in one
    assert '<a href="/en/learn/three-systems">Read more: Three systems</a>' in one


def test_another_language_has_its_own_forms_and_marks_english(tmp_path: Path) -> None:
    write(tmp_path, "glossary.toml", GLOSSARY)
    write(tmp_path, "translations/ar/LC_MESSAGES/content.po", CATALOGUE)

    html = html_of(small_site(content_dir=tmp_path), "/ar/words")

    assert 'data-forms="آخر|أُخرى|غير"' in entry(html, "two")
    assert '<p><span lang="en" dir="ltr">More.</span></p>' in entry(html, "two")
    # Without a translation, nothing is looked for in the pages.
    assert 'data-forms=""' in entry(html, "one")


def test_a_service_may_have_no_words(tmp_path: Path) -> None:
    slugs = [term.slug for term in load_library([CONTENT]).glossary]
    write(tmp_path, "glossary.toml", f"remove = {slugs}")

    site = small_site(content_dir=tmp_path)

    assert "There are no words here yet." in html_of(site, "/en/words")
    assert 'href="/en/words"' not in html_of(site, "/en/learn/")
