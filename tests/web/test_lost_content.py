"""What clients don't get of a service's content is said, with its place and the right way."""

from __future__ import annotations

from pathlib import Path

from hearth_cft.web.site.build import Site
from tests.content_files import SHEET, write
from tests.small import small_site
from tests.unit.recording_files import own, put

HEAD = '+++\ntitle = "A"\nsummary = "B"\norder = 1\n+++\n\n'
SCRIPT = (
    '+++\ntitle = "A"\nsummary = "B"\norder = 1\nminutes = { full = 1 }\n+++\n## full\n\nSit.\n'
)


def said(folder: Path, **settings: object) -> list[str]:
    """Return what is said about a content folder, with paths below it."""
    site = small_site(content_dir=folder, languages=["en"], **settings)
    return own_problems(site, folder)


def own_problems(site: Site, folder: Path) -> list[str]:
    return [
        str(problem).replace(f"{folder}/", "")
        for problem in site.problems
        if problem.path.is_relative_to(folder)
    ]


def test_what_a_page_can_not_show_is_said_with_its_line(tmp_path: Path) -> None:
    write(
        tmp_path,
        "pages/ours.md",
        HEAD + "A ![cat](cat.jpg) here.\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "See [us](http://example.org),\n[them](www.example.org) or [me](me@example.org).\n\n"
        "See [a](/learn/three-sistems), [b](/en/learn/three-systems), [c](three-systems.md),\n"
        "[d](#top), [e](/learn/three-systems#x), [f](/help),\n"
        "[g](/recordings), [h](/worksheets/x).\n\n"
        "With %(servce_name)s and %(service_name)s.\n",
    )

    assert said(tmp_path) == [
        "pages/ours.md:7: the picture 'cat.jpg' can't be shown; only its words are shown: 'cat'",
        "pages/ours.md:10: a table can't be shown; write its rows as a list",
        "pages/ours.md:13: the link 'http://example.org' leads nowhere; write https://example.org",
        "pages/ours.md:14: the link 'www.example.org' leads nowhere; write https://www.example.org",
        "pages/ours.md:14: the link 'me@example.org' leads nowhere; write mailto:me@example.org",
        "pages/ours.md:16: the link '/learn/three-sistems' leads nowhere: there is no such page; "
        "did you mean '/learn/three-systems'?",
        "pages/ours.md:16: the link '/en/learn/three-systems' leads nowhere; leave the language "
        "out: /learn/three-systems",
        "pages/ours.md:16: the link 'three-systems.md' leads nowhere; write /learn/three-systems",
        "pages/ours.md:17: the link '#top' leads nowhere: headings have no addresses",
        "pages/ours.md:18: the link '/worksheets/x' leads nowhere: there is no such page",
        "pages/ours.md:20: '%(servce_name)s' is shown as it stands; known are: "
        "%(home_screen_name)s, %(neutral_name)s, %(service_name)s, %(third_system)s, "
        "%(third_system_short)s; did you mean 'service_name'?",
    ]


def test_a_link_in_a_worksheet_is_said(tmp_path: Path) -> None:
    text = SHEET.replace('"Words?"', '"See [a](/help)?"')
    write(tmp_path, "worksheets/ours.toml", text)

    assert said(tmp_path) == [
        "worksheets/ours.toml:12: '[a](/help)' is shown as it stands: only pages have links and "
        "pictures"
    ]


def test_a_file_that_nothing_reads_is_said(tmp_path: Path) -> None:
    write(tmp_path, "pages/ours.docx", "x")
    write(tmp_path, "data/accounts/x", "x")

    lines = said(tmp_path, data_dir=tmp_path / "data")

    assert lines == [
        "pages/ours.docx: is not read: it is a document; save its words as plain text, as ours.md"
    ]


def test_a_recording_that_no_page_plays_is_said(tmp_path: Path) -> None:
    put(tmp_path / "recordings", own(slug="safe-plaice"))
    put(tmp_path / "recordings", own(slug="ours", version="short"))
    write(tmp_path, "recordings/ours.md", SCRIPT)

    assert said(tmp_path) == [
        "recordings/en/ours-short-ab.mp3: no page plays it: there is no recordings/ours.md with "
        "'## short'",
        "recordings/en/safe-plaice-full-ab.mp3: no page plays it: there is no "
        "recordings/safe-plaice.md with '## full'; did you mean 'safe-place'?",
    ]


def test_an_own_script_that_the_voices_do_not_say_is_said(tmp_path: Path) -> None:
    """The page of a script with one version doesn't play built-in voices of the other one."""
    write(tmp_path, "recordings/safe-place.md", SCRIPT)

    site = small_site(content_dir=tmp_path, languages=["en"])

    problems = own_problems(site, tmp_path)
    assert problems
    assert all("says other words than this script" in problem for problem in problems)
    page = site.answers["/en/recordings/safe-place"].body.decode()
    assert 'data-audio="full"' in page
    assert 'data-audio="short"' not in page
