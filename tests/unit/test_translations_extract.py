"""Extracting texts from templates, code and content into the catalogue templates."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.i18n.catalogue import Message
from hearth_cft.tools.translations.extract import ExtractionError, template
from hearth_cft.tools.translations.workspace import Workspace, WorkspaceError, find_workspace
from hearth_cft.tools.translations.write import render
from tests.unit.catalogue_files import edit, make_workspace, put


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


def extracted(workspace: Workspace, domain: str = "messages") -> dict[str, Message]:
    return {message.id: message for message in template(workspace, domain).messages.values()}


def test_templates_python_and_javascript_give_their_texts_in_one_template(
    workspace: Workspace,
) -> None:
    messages = extracted(workspace)

    assert {text: messages[text].places for text in messages} == {
        "What would help right now?": ("hearth_cft/templates/home.html",),
        "Save": ("hearth_cft/templates/home.html",),
        "Saved at %(time)s by %(name)s": ("hearth_cft/templates/home.html",),
        "Listen": ("hearth_cft/names.py",),
        "%(num)s recording": ("static/js/saved.js",),
        "not all of them are saved yet": ("static/js/saved.js",),
    }


def test_a_text_keeps_its_context_its_plural_and_the_comment_for_translators(
    workspace: Workspace,
) -> None:
    messages = extracted(workspace)

    assert messages["Listen"].context == "bottom bar, at most 11 letters"
    assert messages["Save"].comments == ("a button under the save line",)
    assert messages["%(num)s recording"].plural == "%(num)s recordings"
    assert messages["%(num)s recording"].comments == ("a list of what the phone keeps",)


def test_only_texts_with_placeholders_are_marked_for_the_editors_own_checks(
    workspace: Workspace,
) -> None:
    put(workspace.root / "hearth_cft" / "more.py", 'text = gettext("100 % sure, 5% off")')

    messages = extracted(workspace)

    assert messages["Saved at %(time)s by %(name)s"].flags == {"python-format"}
    assert messages["100 % sure, 5% off"].flags == set()


def test_content_gives_titles_and_markdown_blocks_with_their_page_as_context(
    workspace: Workspace,
) -> None:
    messages = extracted(workspace, "content")

    assert list(messages) == [
        "Slow breathing",
        "A way to settle.",
        "When to stop",
        "Stop *whenever* you like, and read [what helps](/help).",
    ]
    assert {message.context for message in messages.values()} == {"page:breathing"}
    assert {message.places for message in messages.values()} == {
        ("hearth_cft/content/pages/breathing.md",)
    }


def test_a_text_used_twice_is_one_entry_with_both_places(workspace: Workspace) -> None:
    put(workspace.root / "hearth_cft" / "templates" / "again.html", '{{ gettext("Save") }}')

    assert extracted(workspace)["Save"].places == (
        "hearth_cft/templates/again.html",
        "hearth_cft/templates/home.html",
    )


def test_a_template_has_no_dates_and_no_line_numbers(workspace: Workspace) -> None:
    written = render(template(workspace, "messages"))

    assert "POT-Creation-Date" not in written
    assert not [
        line for line in written.splitlines() if line.startswith("#:") and line[-1].isdigit()
    ]


def test_moving_a_text_within_its_file_changes_nothing(workspace: Workspace) -> None:
    before = render(template(workspace, "messages"))
    path = workspace.root / "hearth_cft" / "templates" / "home.html"
    path.write_text("\n\n\n" + path.read_text())

    assert render(template(workspace, "messages")) == before


def test_a_broken_template_is_named_with_its_line_instead_of_losing_its_texts(
    workspace: Workspace,
) -> None:
    put(workspace.root / "hearth_cft" / "templates" / "broken.html", '<p>\n{{ gettext("A" }}')

    with pytest.raises(ExtractionError) as caught:
        template(workspace, "messages")

    (problem,) = caught.value.problems
    assert problem.path.name == "broken.html"
    assert problem.line == 2


def test_a_broken_page_is_named_with_its_line_instead_of_losing_its_texts(
    workspace: Workspace,
) -> None:
    path = workspace.root / "hearth_cft" / "content" / "pages" / "breathing.md"
    edit(path, "order = 1", "order = first")

    with pytest.raises(ExtractionError) as caught:
        template(workspace, "content")

    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == (path, 4)


def test_settings_without_a_place_for_texts_are_named(workspace: Workspace) -> None:
    (workspace.root / "pyproject.toml").write_text("[project]\n")

    with pytest.raises(ExtractionError, match=r"no readable \[\[tool\.babel\.mappings\]\]"):
        template(workspace, "messages")


def test_a_services_own_folder_gives_only_its_own_texts(tmp_path: Path) -> None:
    put(
        tmp_path / "own" / "pages" / "welcome.md",
        '+++\ntitle = "Welcome"\nsummary = "Who we are."\norder = 1\n+++\n\nWe meet on Mondays.',
    )

    messages = extracted(find_workspace(tmp_path, tmp_path / "own"), "content")

    assert list(messages) == ["Welcome", "Who we are.", "We meet on Mondays."]
    assert messages["Welcome"].places == ("pages/welcome.md",)


def test_a_folder_that_is_no_working_copy_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="--content-dir"):
        find_workspace(tmp_path)
