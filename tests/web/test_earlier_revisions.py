"""Earlier revisions of a worksheet are served, translated and stored offline, but not listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.library.loader import load_library
from hearth_cft.library.messages import content_messages
from hearth_cft.web.site.build import Site
from tests.content_files import SHEET, write
from tests.small import small_site

OLD = SHEET.replace("Words?", "Old question?")
NEW = SHEET.replace("Words?", "New question?").replace("revision = 1", "revision = 2")
CATALOGUE = """msgid ""
msgstr ""
"Language: ar\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
"n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

msgctxt "worksheet:my-sheet:words"
msgid "Old question?"
msgstr "سؤال قديم؟"
"""
PAGE = "worksheets/my-sheet/1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "worksheets/my-sheet.toml", NEW)
    write(tmp_path, "worksheets/earlier/my-sheet-1.toml", OLD)
    write(tmp_path, "translations/ar/LC_MESSAGES/content.po", CATALOGUE)
    return tmp_path


@pytest.fixture
def site(folder: Path) -> Site:
    return small_site(content_dir=folder)


def test_an_earlier_revision_has_a_page_with_its_own_questions(site: Site) -> None:
    earlier = site.answers[f"/en/{PAGE}"].body.decode()
    current = site.answers["/en/worksheets/my-sheet"].body.decode()

    assert "Old question?" in earlier
    assert "New question?" not in earlier
    assert 'data-revision="1" data-offered="2"' in earlier
    assert 'data-revision="2" data-offered="2" data-earlier="1"' in current


def test_an_earlier_revision_is_kept_for_offline_and_linked_from_nowhere(site: Site) -> None:
    linking = [
        path
        for path, response in site.answers.items()
        if path.startswith("/en/") and f'href="/en/{PAGE}"'.encode() in response.body
    ]

    assert f"/en/{PAGE}" in site.answers["/en/offline.json"].body.decode()
    assert linking == []


def test_an_earlier_revision_is_translated_as_the_current_one_is(folder: Path, site: Site) -> None:
    contexts = {message.id: message.context for message in content_messages(load_library([folder]))}

    assert contexts["Old question?"] == contexts["New question?"] == "worksheet:my-sheet:words"
    assert "سؤال قديم؟" in site.answers[f"/ar/{PAGE}"].body.decode()
