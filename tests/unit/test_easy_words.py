"""What pages and worksheets say in easy words: which have them, and which mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.library.easy_hints import easy_hints, without_easy_hints
from hearth_cft.library.loader import load_library
from hearth_cft.library.lost_parts import lost_parts
from hearth_cft.library.messages import content_messages
from tests.content_files import SHEET, write

PAGE = '+++\ntitle = "A"\nsummary = "B"\norder = 1\n+++\nHello.\n'
EASY = "+++\nreviewed = false\n+++\nHi.\n"
GROUP = """
[[sections.fields]]
name = "days"
type = "group"
label = "Days"
item = "day"
guidance = "D"
easy_guidance = "d"
[[sections.fields.fields]]
name = "day"
type = "text"
label = "Day?"
hint = "E"
easy_hint = "e"
"""
EASY_SHEET = (
    SHEET.replace('title = "One"', 'title = "One"\nintro = "A"\neasy_intro = "a"')
    + 'hint = "B"\neasy_hint = "b"\nguidance = "C"\n'
    + GROUP
)


def test_a_page_has_the_easy_words_of_its_name(tmp_path: Path) -> None:
    write(tmp_path, "pages/a.md", PAGE)
    write(tmp_path, "pages/b.md", PAGE)
    path = write(tmp_path, "pages/easy/a.md", EASY)

    library = load_library([tmp_path])

    assert library.problems == ()
    with_words, without = library.pages
    assert with_words.easy is not None
    assert (with_words.easy.body, with_words.easy.body_line) == ("Hi.\n", 4)
    assert without.easy is None
    (message,) = [each for each in content_messages(library) if each.context == "easy:a"]
    assert (message.id, message.path, message.line) == ("Hi.", path, 4)


def test_a_page_that_a_service_replaces_loses_the_built_in_easy_words(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for page in ("a", "b", "c"):
        write(ours, f"pages/{page}.md", PAGE)
        write(ours, f"pages/easy/{page}.md", EASY)
    write(theirs, "pages/a.md", PAGE)
    write(theirs, "pages/b.md", PAGE)
    write(theirs, "pages/easy/b.md", EASY.replace("Hi", "Theirs"))
    write(theirs, "pages/easy/c.md", EASY.replace("Hi", "Theirs"))

    a, b, c = (page.easy for page in load_library([ours, theirs]).pages)

    assert a is None
    assert b is not None
    assert b.body == "Theirs.\n"
    assert c is not None
    assert c.body == "Theirs.\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Hi", 1, "the first line must be '+++'"),
        (EASY.replace("Hi.\n", ""), 4, "the page has no text"),
        (EASY.replace("reviewed = false", 'title = "A"'), 2, "'title' is not known here"),
    ],
)
def test_a_slip_is_said_with_its_line(
    tmp_path: Path, text: str, line: int | None, message: str
) -> None:
    write(tmp_path, "pages/a.md", PAGE)
    path = write(tmp_path, "pages/easy/a.md", text)

    library = load_library([tmp_path])

    (problem,) = library.problems
    assert (problem.path, problem.line) == (path, line)
    assert message in problem.message
    assert library.pages[0].easy is None


def test_easy_words_without_a_page_and_words_in_a_pages_head_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "pages/our-brain.md", PAGE)
    write(tmp_path, "pages/b.md", PAGE.replace("order", 'easy = "Hi"\norder'))
    write(tmp_path, "pages/easy/our-brian.md", EASY)

    said = {problem.path.name: problem.message for problem in load_library([tmp_path]).problems}

    assert said["our-brian.md"] == "there is no page 'our-brian'; did you mean 'our-brain'?"
    assert "'easy' is not known here" in said["b.md"]


def test_a_link_in_easy_words_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    write(tmp_path, "pages/a.md", PAGE)
    path = write(tmp_path, "pages/easy/a.md", EASY.replace("Hi.", "[Hi](/learn/nowhere)"))

    (lost,) = lost_parts(load_library([tmp_path]), tmp_path, {"/learn/a"}, ())

    assert (lost.path, lost.line) == (path, 4)


def test_a_worksheet_has_easy_words_in_its_steps_questions_and_groups(tmp_path: Path) -> None:
    write(tmp_path, "worksheets/sheet.toml", EASY_SHEET)

    library = load_library([tmp_path])

    assert library.problems == ()
    (sheet,) = library.worksheets
    assert sorted(easy_hints(sheet)) == ["a", "b", "d", "e"]
    assert {message.id for message in content_messages(library)} >= {"a", "b", "d", "e"}
    assert list(easy_hints(without_easy_hints(sheet))) == []
    assert without_easy_hints(sheet).sections[0].intro == "A"


@pytest.mark.parametrize("name", ["intro", "hint", "guidance"])
def test_easy_words_for_a_text_that_is_missing_are_refused(tmp_path: Path, name: str) -> None:
    full = {"intro": 'intro = "A"\n', "hint": 'hint = "B"\n', "guidance": 'guidance = "D"\n'}
    write(tmp_path, "worksheets/sheet.toml", EASY_SHEET.replace(full[name], ""))

    (problem,) = load_library([tmp_path]).problems

    assert f"'easy_{name}' says in easy words what '{name}' says" in problem.message
