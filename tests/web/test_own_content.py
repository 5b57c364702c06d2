"""A service's own content: valid files are served, broken files are reported and left out."""

from __future__ import annotations

import re
from pathlib import Path

from hearth_cft.web.site.build import Site
from tests.content_files import SHEET, write
from tests.small import small_site

PAGE = '+++\ntitle = "{}"\nsummary = "Ours."\norder = 1\n+++\n\nWords of <b>ours</b>.\n'
CATALOGUE = "translations/ar/LC_MESSAGES/content.po"
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: ar\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : '
    'n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"\n\n'
)


def site_of(folder: Path, **settings: object) -> Site:
    return small_site(content_dir=folder, **settings)


def test_one_broken_file_of_each_kind_is_named_and_everything_else_is_served(
    tmp_path: Path,
) -> None:
    write(tmp_path, "pages/ours.md", PAGE.format("Ours <script>alert(1)</script>"))
    write(tmp_path, "pages/broken.md", "no head")
    write(tmp_path, "worksheets/broken.toml", "title = ")
    write(tmp_path, "recordings/broken.md", "+++\n+++\n")
    write(tmp_path, "recordings/en/ghost-full-me.json", "{}")
    write(tmp_path, "translations/ar/LC_MESSAGES/content.po", 'msgid "x\n')

    site = site_of(tmp_path)

    problems = [problem for problem in site.problems if problem.path.is_relative_to(tmp_path)]
    reported = {problem.path.name for problem in problems}
    assert reported == {
        "broken.md",
        "broken.toml",
        "content.po",
        "ghost-full-me.json",
    }
    html = site.answers["/ar/learn/ours"].body.decode()
    assert '<p lang="en" dir="ltr">Words of &lt;b&gt;ours&lt;/b&gt;.</p>' in html
    assert "<script>alert" not in html
    assert "/ar/learn/three-systems" in site.answers


def test_an_own_translation_is_used_and_html_in_it_stays_text(tmp_path: Path) -> None:
    write(tmp_path, "pages/ours.md", PAGE.format("Ours"))
    write(
        tmp_path, CATALOGUE, HEADER + 'msgctxt "page:ours"\nmsgid "Ours"\nmsgstr "لنا <b>x</b>"\n'
    )

    html = site_of(tmp_path).answers["/ar/learn/ours"].body.decode()

    assert "<h1>لنا &lt;b&gt;x&lt;/b&gt;</h1>" in html


def test_a_service_chooses_its_name_contact_third_system_and_colours(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        service_name="North & South",
        home_screen_name="Practice",
        third_system="care-giving",
        contact={"phone": "020 7946 0000", "hours": {"en": "Mondays"}},
        crisis_lines=[
            {"name": "Line <1>", "number": "12 34", "free": True},
            {"name": "Line 2", "number": "56 78"},
        ],
        theme={"act": "#14505f"},
    )

    help_page = site.answers["/en/help"].body.decode()
    assert "North &amp; South" in help_page
    # The service's own number comes after the first line, so that both are in sight.
    assert re.findall(r'href="tel:(\d+)"', help_page) == ["1234", "02079460000", "5678"]
    assert "Line &lt;1&gt;" in help_page
    assert "116 123" not in help_page
    assert "care-giving system" in site.answers["/en/learn/three-systems"].body.decode()
    assert '"short_name":"Practice"' in site.answers["/en/app.webmanifest"].body.decode()
    themes = [path for path in site.answers if "/css/theme-" in path]
    assert len(themes) == 1
    assert themes[0] in site.answers["/en/offline.json"].body.decode()


def test_easy_words_are_shown_where_all_of_them_are_translated(tmp_path: Path) -> None:
    write(tmp_path, "pages/ours.md", PAGE.format("Ours"))
    write(tmp_path, "pages/easy/ours.md", "+++\n+++\n\nBe kind.\n\nGo slowly.\n")
    first = 'msgctxt "easy:ours"\nmsgid "Be kind."\nmsgstr "اللطف أولًا."\n\n'
    second = 'msgctxt "easy:ours"\nmsgid "Go slowly."\nmsgstr "على مهل."\n'
    write(tmp_path, CATALOGUE, HEADER + first)

    answers = site_of(tmp_path).answers

    assert "Go slowly." in answers["/en/learn/ours"].body.decode()
    assert "Go slowly." not in answers["/ar/learn/ours"].body.decode()
    assert "easy-words" not in answers["/ar/learn/ours"].body.decode()
    write(tmp_path, CATALOGUE, HEADER + first + second)
    html = site_of(tmp_path).answers["/ar/learn/ours"].body.decode()
    assert "<p>اللطف أولًا.</p>" in html
    assert "<p>على مهل.</p>" in html


def test_a_worksheets_easy_words_are_shown_where_all_of_them_are_translated(tmp_path: Path) -> None:
    hints = 'hint = "Long"\neasy_hint = "Short"\nguidance = "Longer"\neasy_guidance = "Shorter"\n'
    write(tmp_path, "worksheets/ours.toml", SHEET + hints)
    first = 'msgctxt "worksheet:ours:words"\nmsgid "Short"\nmsgstr "قصير"\n\n'
    second = 'msgctxt "worksheet:ours:words"\nmsgid "Shorter"\nmsgstr "أقصر"\n'
    write(tmp_path, CATALOGUE, HEADER + first)

    answers = site_of(tmp_path).answers

    assert "Shorter" in answers["/en/worksheets/ours"].body.decode()
    html = answers["/ar/worksheets/ours"].body.decode()
    assert "Long" in html
    assert "easy-words" not in html
    write(tmp_path, CATALOGUE, HEADER + first + second)
    html = site_of(tmp_path).answers["/ar/worksheets/ours"].body.decode()
    assert re.search(r'<span class="in-easy-words[^>]*>قصير</span>', html)
    assert re.search(r'<span class="in-easy-words[^>]*>أقصر</span>', html)
