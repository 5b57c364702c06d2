"""Mistakes that `hearth translations check` refuses, and CI with it.

Without the rule that a test is about, the check would accept the faulty catalogue of that test.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.i18n.compile import Problem
from hearth_cft.tools.translations.check import check
from hearth_cft.tools.translations.workspace import Workspace
from tests.unit.catalogue_files import edit, make_workspace, put, translate

QUESTION = "What would help right now?"
SAVED = "Saved at %(time)s by %(name)s"
SAVED_AR = "حفظه %(name)s في %(time)s"
STOP = "Stop *whenever* you like, and read [what helps](/help)."
STOP_AR = "توقف *متى* شئت، واقرأ [ما يساعد](/help)."
COUNT = "%(num)s recording"
SIX = ("لا تسجيلات", "تسجيل", "تسجيلان", "%(num)s تسجيلات", "%(num)s تسجيلا", "%(num)s تسجيل")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


@pytest.fixture
def messages(workspace: Workspace) -> Path:
    return workspace.catalogue("ar", "messages")


@pytest.fixture
def content(workspace: Workspace) -> Path:
    return workspace.catalogue("ar", "content")


def the_problem(workspace: Workspace) -> Problem:
    problems = check(workspace)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def test_untranslated_catalogues_are_right(workspace: Workspace) -> None:
    assert check(workspace) == []


def test_good_translations_are_right(workspace: Workspace, messages: Path, content: Path) -> None:
    translate(messages, SAVED, SAVED_AR)
    translate(messages, COUNT, *SIX)
    translate(content, STOP, STOP_AR)

    assert check(workspace) == []


def test_a_problem_names_file_line_message_and_what_to_do(
    workspace: Workspace, messages: Path
) -> None:
    translate(messages, "Listen", "استمع ")

    line = line_of(messages, 'msgid "Listen"')
    assert str(the_problem(workspace)) == (
        f"{messages}:{line}: "
        "“Listen” [bottom bar, at most 11 letters]: it must end with no white space as the "
        "English does, not a space. Mend the translation."
    )


def line_of(path: Path, line: str) -> int:
    return path.read_text().splitlines().index(line) + 1


@pytest.mark.parametrize(
    ("form", "mistake"),
    [
        ("حفظه في %(time)s", "%(name)s is missing"),
        ("حفظه %(nmae)s %(name)s في %(time)s", "%(nmae)s is not in the English"),
        ("حفظه %(name)s في %(time)s %(when)s", "%(when)s is not in the English"),
        ("حفظه %(name)s في %(time)s %(time)", "“%(time)” is not a valid placeholder"),
        ("حفظه %(name)s في %(time)s 100%", "“%” is not a valid placeholder"),
    ],
)
def test_a_placeholder_missing_misspelt_added_or_broken_is_refused(
    workspace: Workspace, messages: Path, form: str, mistake: str
) -> None:
    translate(messages, SAVED, form)

    assert mistake in " ".join(map(str, check(workspace)))


def test_a_percent_sign_is_free_where_nothing_is_filled_in(
    workspace: Workspace, messages: Path
) -> None:
    translate(messages, QUESTION, "100% الآن؟")

    assert check(workspace) == []


@pytest.mark.parametrize(
    ("form", "mistake"),
    [
        (STOP_AR + " <b>الآن</b>", "the tag <b> is not in the English"),
        (STOP_AR + " <!-- x -->", "the tag <!-- x --> is not in the English"),
        (STOP_AR + " [هنا](https://example.org)", "the link to https://example.org is not"),
        (STOP_AR + " https://example.org.", "the link to https://example.org is not"),
        (STOP_AR + " www.example.org", "the link to www.example.org is not"),
        (STOP_AR + " <https://example.org>", "the link to https://example.org is not"),
        (STOP_AR + " someone@example.org", "the link to someone@example.org is not"),
        (STOP_AR + " ![صورة](/x.png)", "the picture /x.png is not"),
        (STOP_AR.replace("/help", "/learn"), "the link to /help is missing"),
        (STOP_AR + " **الآن**", "strong text (**…** or __…__) is not"),
        (STOP_AR + " `الآن`", "a code mark (`) is not"),
        (STOP_AR + "\\\nالآن", "a line break"),
        ("- " + STOP_AR, "“-” at the start of a line is not"),
        ("## " + STOP_AR, "“##” at the start of a line is not"),
        (STOP_AR + "\n> الآن", "“>” at the start of a line is not"),
    ],
)
def test_a_tag_link_or_marker_that_the_english_lacks_is_refused(
    workspace: Workspace, content: Path, form: str, mistake: str
) -> None:
    translate(content, STOP, form)

    assert mistake in " ".join(map(str, check(workspace)))


def test_emphasis_that_the_english_lacks_is_refused(workspace: Workspace, content: Path) -> None:
    translate(content, "When to stop", "*متى* تتوقف")

    assert "emphasis (*…* or _…_) is not in the English" in the_problem(workspace).message


def test_emphasis_may_be_left_out_where_a_script_has_none(
    workspace: Workspace, content: Path
) -> None:
    translate(content, STOP, STOP_AR.replace("*", ""))

    assert check(workspace) == []


def test_a_missing_plural_form_is_refused_by_its_name(workspace: Workspace, messages: Path) -> None:
    translate(messages, COUNT, *SIX[:4], "", SIX[5])

    assert "msgstr[4]: the plural form “many” is missing" in the_problem(workspace).message


def test_too_few_plural_forms_are_refused(workspace: Workspace, messages: Path) -> None:
    translate(messages, COUNT, *SIX[1:3])

    assert "it has 2 plural forms, the language has 6" in " ".join(map(str, check(workspace)))


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\u202e", "U+202E right-to-left override"),
        ("\u202b", "U+202B right-to-left embedding"),
        ("\u2067", "a bidi isolate"),
        ("\u2069", "a bidi isolate"),
        ("\x07", "U+0007"),
        ("\x00", "U+0000"),
        ("\x85", "U+0085"),
        ("\u2028", "U+2028 line separator"),
        ("\ufeff", "U+FEFF"),
        ("\ufffd", "U+FFFD replacement character"),
        ("\ue000", "U+E000"),
        ("\uffff", "U+FFFF"),
        ("\U000e0041", "U+E0041 tag latin capital letter a"),
    ],
)
def test_control_characters_and_bidi_overrides_are_refused(
    workspace: Workspace, messages: Path, sign: str, name: str
) -> None:
    translate(messages, QUESTION, f"ما الذي{sign} يساعدك؟")

    assert f"it holds {name}" in the_problem(workspace).message


def test_marks_that_right_to_left_text_needs_are_free(workspace: Workspace, messages: Path) -> None:
    translate(messages, QUESTION, "\u200fما\u200c الذي \u2068Hearth\u2069 يساعدك\u200d؟\u061c")

    assert check(workspace) == []


@pytest.mark.parametrize("form", [" ما؟", "ما؟ ", "\u00a0ما؟", "ما؟\n"])
def test_other_white_space_at_an_end_is_refused(
    workspace: Workspace, messages: Path, form: str
) -> None:
    translate(messages, QUESTION, form)

    assert " white space" in the_problem(workspace).message


def test_an_unknown_context_is_refused(workspace: Workspace, messages: Path) -> None:
    edit(messages, "bottom bar, at most 11 letters", "bottom bar, at most 12 letters")

    first = check(workspace)[0]

    assert "nothing in Hearth has the context “bottom bar, at most 12 letters”" in first.message


def test_a_fuzzy_text_is_not_shown_and_so_not_checked(workspace: Workspace, messages: Path) -> None:
    translate(messages, SAVED, "حفظ")
    edit(messages, '#, python-format\nmsgid "Saved', '#, fuzzy, python-format\nmsgid "Saved')

    assert check(workspace) == []


def test_a_new_text_in_a_source_makes_template_and_catalogue_stale(
    workspace: Workspace, messages: Path
) -> None:
    put(workspace.root / "hearth_cft" / "more.py", 'text = gettext("Take your time with this.")')

    problems = {problem.path: problem for problem in check(workspace)}

    assert set(problems) == {workspace.template("messages"), messages}
    assert (
        "1 texts are missing, the first is “Take your time with this.” in hearth_cft/more.py"
        in str(problems[messages])
    )
    assert "make translations" in problems[messages].advice


def test_a_text_that_left_its_source_makes_template_and_catalogue_stale(
    workspace: Workspace, content: Path
) -> None:
    edit(workspace.root / "hearth_cft/content/pages/breathing.md", "## When to stop\n", "")

    problems = {problem.path: problem for problem in check(workspace)}

    assert set(problems) == {workspace.template("content"), content}
    assert "1 texts are no longer used, the first is “When to stop”" in str(problems[content])


def test_a_changed_comment_for_translators_makes_the_template_stale(workspace: Workspace) -> None:
    edit(workspace.root / "hearth_cft/templates/home.html", "under the save line", "below")

    assert workspace.template("messages") in [problem.path for problem in check(workspace)]


def test_a_missing_catalogue_is_named(workspace: Workspace, messages: Path) -> None:
    messages.unlink()

    assert str(the_problem(workspace)).startswith(f"{messages}: there is no such catalogue. Run")


def test_a_broken_catalogue_is_named_with_its_line(workspace: Workspace, messages: Path) -> None:
    edit(messages, 'msgid "Listen"', 'msgid "Listen')

    problem = the_problem(workspace)
    assert problem.line == line_of(messages, 'msgid "Listen')


def test_a_broken_source_is_named_and_the_other_domain_still_checked(
    workspace: Workspace, content: Path
) -> None:
    edit(
        workspace.root / "hearth_cft/templates/home.html",
        '{{ gettext("Save") }}',
        '{{ gettext("Save" }}',
    )
    translate(content, "When to stop", "متى تتوقف ")

    assert [problem.path.name for problem in check(workspace)] == ["home.html", "content.po"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Language: ar", "Language: fa", "the Language header says “fa”, the folder ar"),
        ("charset=UTF-8", "charset=latin-1", "doesn't say charset=UTF-8"),
        ("n%100<=99", "n%100<=98", "Plural-Forms counts 99 as “other”, CLDR as “many”"),
    ],
)
def test_a_header_that_editors_or_browsers_would_misread_is_refused(
    workspace: Workspace, messages: Path, old: str, new: str, message: str
) -> None:
    edit(messages, old, new)

    assert message in the_problem(workspace).message


def test_a_list_of_plurals_in_another_order_than_cldrs_is_refused(workspace: Workspace) -> None:
    edit(workspace.locale_list, '"many", "other"', '"other", "many"')

    assert "CLDR has" in check(workspace)[0].message


def test_a_catalogue_of_a_language_that_is_not_in_the_list_is_refused(workspace: Workspace) -> None:
    put(workspace.catalogue("cy", "messages"), 'msgid ""\nmsgstr "Language: cy\\n"')

    assert "cy is not in the list of languages" in the_problem(workspace).message


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ('gettext("Back")', "“Back” is short and has neither a context nor a comment"),
        ('gettext("%s of the recordings are saved here")', "holds “%s”"),
        (
            'ngettext("One is left", "%d are left of them", n)',
            "holds “%d are left o”",
        ),
        ('gettext("Turn the\\u202e page for more of it")', "holds U+202E"),
    ],
)
def test_a_source_text_that_translators_would_stumble_over_is_refused(
    workspace: Workspace, code: str, message: str
) -> None:
    put(workspace.root / "hearth_cft" / "more.py", code)

    problems = [str(problem) for problem in check(workspace) if problem.path.name == "more.py"]

    assert len(problems) == 1
    assert message in problems[0]
    assert "more.py:1:" in problems[0]
