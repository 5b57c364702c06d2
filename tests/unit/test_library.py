"""Valid content files, and each kind of mistake in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.library.loader import load_library
from tests.content_files import SHEET, write

PAGE = '+++\ntitle = "A"\nsummary = "B"\norder = 1\n+++\nHello.\n'
RECORDING = (
    '+++\ntitle = "A"\nsummary = "B"\norder = 1\nminutes = { short = 1 }\n+++\n'
    "## short\n\nSit.\n\n[pause 5]\n\nStand.\n"
)


def test_the_built_in_content_loads_without_a_problem() -> None:
    library = load_library([Path(__file__).parents[2] / "hearth_cft" / "content"])

    assert library.problems == ()
    assert {page.slug for page in library.pages} >= {
        "three-systems",
        "what-is-cft",
        "your-privacy-here",
    }


def test_a_broken_page_is_named_and_the_others_load(tmp_path: Path) -> None:
    write(tmp_path, "pages/good.md", PAGE)
    broken = write(tmp_path, "pages/broken.md", PAGE.replace('summary = "B"', "summary = B"))

    library = load_library([tmp_path])

    assert [page.slug for page in library.pages] == ["good"]
    assert [(problem.path, problem.line) for problem in library.problems] == [(broken, 3)]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Hello", 1, "the first line must be '+++'"),
        ('+++\ntitle = "A"\n', 1, "no closing '+++'"),
        (PAGE.replace('title = "A"\n', ""), None, "'title' is missing"),
        (PAGE.replace('"A"', '""'), 2, "'title' is empty"),
        (PAGE.replace("order = 1", 'order = "1"'), 4, "'order' must be a whole number"),
        (PAGE.replace("order = 1", "order = 1\nordre = 2"), 5, "'ordre' is not known here"),
        (PAGE.replace("Hello.\n", ""), 6, "the page has no text"),
        (PAGE.replace("order = 1", 'order = 1\ngroup = "a"'), 5, "'group' must be one of begin"),
        (PAGE.replace("order = 1", 'order = 1\ndiagram = "a"'), 5, "'diagram' must be one of"),
    ],
)
def test_a_slip_in_a_page_is_said_with_its_line(
    tmp_path: Path, text: str, line: int | None, message: str
) -> None:
    write(tmp_path, "pages/slip.md", text)

    problem = load_library([tmp_path]).problems[0]

    assert message in problem.message
    assert problem.line == line


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('type = "text"', 'type = "txt"', "'type' is 'txt': must be one of text, long"),
        ('name = "words"', 'name = "Words"', "small letters, digits and _ only"),
        ('name = "words"', 'name = "one"', "two sections or fields are called 'one'"),
        ('type = "text"', 'type = "choice"', "a choice needs at least two options"),
        ('type = "text"', 'type = "slider"\nmin = 9\nmax = 3', "a slider needs min below max"),
        ('type = "text"', 'type = "group"', "a group needs 'item'"),
        ('type = "text"', 'type = "text"\nrole = "cause"', "'role' must be one of day, trigger,"),
        ('type = "text"', 'type = "text"\nrole = "day"', "is for a question of type date"),
        ('type = "text"', 'type = "long"\nrole = "before"', "is for a question of type slider"),
        ('type = "text"', 'type = "date"\nrole = "trigger"', "of type text or long"),
        ("revision = 1", "revision = true", "'revision' must be a whole number"),
        ('type = "text"', 'type = "date"\nlines = 3', "'lines' is for a question of type text"),
        ('title = "One"', 'title = "One"\nsystem = "fear"', "'system' must be one of threat"),
        ('type = "text"', 'type = "tekst"', "did you mean 'text'?"),
        ("order = 1", "order = 1\nminutes = 0", "'minutes' is 0: must be 1 or more"),
        ("revision = 1", "revision = 0", "'revision' is 0: must be 1 or more"),
        ("order = 1", 'order = 1\npicture = "three-cirles"', "did you mean 'three-circles'?"),
        ('summary = "B"', 'sumary = "B"', "did you mean 'summary'?"),
    ],
)
def test_a_slip_in_a_worksheet_is_said_in_words(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    write(tmp_path, "worksheets/slip.toml", SHEET.replace(old, new))

    library = load_library([tmp_path])

    assert library.worksheets == ()
    assert message in library.problems[0].message


DATE_QUESTION = """
[[sections.fields]]
name = "again"
type = "date"
role = "day"
label = "Which day?"
guidance = "Today will do."
"""


def test_a_question_says_its_role_and_its_guidance(tmp_path: Path) -> None:
    write(tmp_path, "worksheets/sheet.toml", SHEET + DATE_QUESTION)

    first, second = load_library([tmp_path]).worksheets[0].sections[0].fields

    assert (first.role, first.guidance) == ("", "")
    assert (second.role, second.guidance) == ("day", "Today will do.")


def test_a_role_that_is_given_twice_is_said(tmp_path: Path) -> None:
    twice = SHEET + DATE_QUESTION + DATE_QUESTION.replace("again", "once_more")
    write(tmp_path, "worksheets/sheet.toml", twice)

    assert "two questions have the role 'day'" in load_library([tmp_path]).problems[0].message


def test_a_slip_is_said_with_the_line_of_the_question_that_has_it(tmp_path: Path) -> None:
    text = SHEET + DATE_QUESTION + DATE_QUESTION.replace("again", "third").replace("day", "dya")
    file = write(tmp_path, "worksheets/sheet.toml", text)

    problem = load_library([tmp_path]).problems[0]

    assert problem.path == file
    assert text.splitlines()[(problem.line or 0) - 1] == 'role = "dya"'


def test_a_slip_of_a_whole_question_is_said_with_the_line_where_it_begins(tmp_path: Path) -> None:
    text = SHEET + DATE_QUESTION.replace('type = "date"', 'type = "choice"')
    write(tmp_path, "worksheets/sheet.toml", text)

    problem = load_library([tmp_path]).problems[0]

    assert problem.message == "'again': a choice needs at least two options"
    assert (
        problem.line == text.splitlines().index("[[sections.fields]]", len(SHEET.splitlines())) + 1
    )


def test_a_slip_of_an_inline_option_is_said_with_the_line_of_the_options(tmp_path: Path) -> None:
    options = 'options = [{ value = "a", label = "A" }, { value = 2, label = "B" }]'
    question = DATE_QUESTION.replace('type = "date"', f'type = "choice"\n{options}')
    question = question.replace('role = "day"\n', "")
    # A later question has the key `value` too, on a line of its own.
    text = SHEET + question + DATE_QUESTION.replace("again", "third") + 'value = "x"\n'
    write(tmp_path, "worksheets/sheet.toml", text)

    problem = load_library([tmp_path]).problems[0]

    assert "'value' must be a text" in problem.message
    assert problem.line == text.splitlines().index(options) + 1


@pytest.mark.parametrize("key", ["slug", "path"])
def test_what_a_file_may_not_say_about_itself_is_unknown(tmp_path: Path, key: str) -> None:
    write(tmp_path, "worksheets/sheet.toml", f'{key} = "other"\n{SHEET}')

    problem = load_library([tmp_path]).problems[0]

    assert problem.message.startswith(f"'{key}' is not known here; known are: title, summary, ")
    assert problem.line == 1


def test_a_question_inside_a_group_has_no_role(tmp_path: Path) -> None:
    inner = DATE_QUESTION.replace("[[sections.fields]]", "[[sections.fields.fields]]")
    group = SHEET.replace('type = "text"', 'type = "group"\nitem = "day"') + inner
    write(tmp_path, "worksheets/sheet.toml", group)

    assert "inside a group" in load_library([tmp_path]).problems[0].message


def test_two_questions_of_a_group_have_two_names(tmp_path: Path) -> None:
    inner = DATE_QUESTION.replace("[[sections.fields]]", "[[sections.fields.fields]]")
    inner = inner.replace('role = "day"\n', "")
    group = SHEET.replace('type = "text"', 'type = "group"\nitem = "day"') + inner + inner
    write(tmp_path, "worksheets/sheet.toml", group)

    message = load_library([tmp_path]).problems[0].message
    assert "two questions of the group are called 'again'" in message


def test_a_recording_says_its_group_and_an_unknown_one_is_named(tmp_path: Path) -> None:
    grouped = RECORDING.replace("order = 1", 'order = 1\ngroup = "settle"')
    write(tmp_path, "recordings/a.md", grouped)
    write(tmp_path, "recordings/b.md", RECORDING)
    write(tmp_path, "recordings/c.md", grouped.replace("settle", "joy"))

    library = load_library([tmp_path])

    assert [recording.group for recording in library.recordings] == ["settle", ""]
    assert "'group' must be one of settle, warmth, care" in library.problems[0].message


def test_an_operators_file_stands_in_for_the_built_in_one(tmp_path: Path) -> None:
    write(tmp_path, "built-in/pages/a.md", PAGE)
    write(tmp_path, "built-in/pages/b.md", PAGE)
    write(tmp_path, "own/pages/a.md", PAGE.replace('"A"', '"Ours"'))

    library = load_library([tmp_path / "built-in", tmp_path / "own"])

    assert {page.slug: page.title for page in library.pages} == {"a": "Ours", "b": "A"}


def test_a_link_to_a_recording_that_is_not_there_is_left_out_and_said(tmp_path: Path) -> None:
    linked = PAGE.replace("order = 1", 'order = 1\nrecordings = ["a", "gone"]')
    write(tmp_path, "pages/page.md", linked)
    write(tmp_path, "recordings/a.md", RECORDING)

    library = load_library([tmp_path])

    assert library.pages[0].recordings == ("a",)
    assert library.problems[0].message == "recordings: there is no 'gone'"


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, "pages/a.md", PAGE)
    file.write_bytes(file.read_bytes() + b"\xff")

    assert "not UTF-8" in load_library([tmp_path]).problems[0].message


def test_a_bad_pause_in_a_script_is_said_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, "recordings/a.md", RECORDING.replace("[pause 5]", "[pause 99]"))

    problem = load_library([tmp_path]).problems[0]

    assert problem.line == 11


CURRENT = SHEET.replace("revision = 1", "revision = 3")


def test_an_earlier_revision_goes_by_the_slug_and_the_number_in_its_name(tmp_path: Path) -> None:
    write(tmp_path, "built-in/worksheets/my-sheet.toml", CURRENT)
    write(tmp_path, "built-in/worksheets/earlier/my-sheet-1.toml", SHEET)
    second = SHEET.replace("revision = 1", "revision = 2")
    write(tmp_path, "own/worksheets/earlier/my-sheet-2.toml", second)

    library = load_library([tmp_path / "built-in", tmp_path / "own"])

    assert library.problems == ()
    assert [(sheet.slug, sheet.revision) for sheet in library.worksheets] == [("my-sheet", 3)]
    assert [(sheet.slug, sheet.revision) for sheet in library.earlier] == [
        ("my-sheet", 1),
        ("my-sheet", 2),
    ]


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("my-sheet-2", SHEET, 5, "'revision' is 1, but the file's name says 2"),
        ("my-sheet-3", CURRENT, 5, "'my-sheet' is at revision 3; an earlier one must be below it"),
        ("my-sheet", SHEET, None, "the name must end with the revision"),
        ("my-sheet-1", SHEET.replace('"text"', '"txt"'), 11, "'type' is 'txt'"),
    ],
)
def test_a_slip_in_an_earlier_revision_is_said_and_the_rest_loads(
    tmp_path: Path, name: str, text: str, line: int | None, message: str
) -> None:
    write(tmp_path, "worksheets/my-sheet.toml", CURRENT)
    broken = write(tmp_path, f"worksheets/earlier/{name}.toml", text)

    library = load_library([tmp_path])

    assert [sheet.slug for sheet in library.worksheets] == ["my-sheet"]
    assert library.earlier == ()
    assert [(problem.path, problem.line) for problem in library.problems] == [(broken, line)]
    assert message in library.problems[0].message


def test_an_earlier_revision_outlives_a_worksheet_that_is_no_longer_offered(tmp_path: Path) -> None:
    write(tmp_path, "worksheets/earlier/my-sheet-1.toml", SHEET)

    assert [sheet.slug for sheet in load_library([tmp_path]).earlier] == ["my-sheet"]
