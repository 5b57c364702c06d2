"""Rewording an English text without losing its translations."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.i18n.po import parse
from hearth_cft.tools.translations.commands import update
from hearth_cft.tools.translations.extract import template
from hearth_cft.tools.translations.reword import RewordError, refuse_unless_reworded, reworded
from hearth_cft.tools.translations.workspace import Workspace
from hearth_cft.tools.translations.write import write
from tests.unit.catalogue_files import edit, make_workspace, message, put, translate

OLD, NEW = "What would help right now?", "What would help just now?"
HOME = Path("hearth_cft", "templates", "home.html")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


@pytest.fixture
def messages(workspace: Workspace) -> Path:
    return workspace.catalogue("ar", "messages")


def carry(workspace: Workspace, old: str, new: str) -> int:
    path = workspace.catalogue("ar", "messages")
    current = template(workspace, "messages")
    changed, carried = reworded(parse(path.read_text()), current, old, new)
    write(path, changed)
    update(workspace, {domain: template(workspace, domain) for domain in workspace.domains})
    return carried


def test_a_translation_is_carried_to_the_new_wording(workspace: Workspace, messages: Path) -> None:
    translate(messages, OLD, "ما الذي قد يساعدك الآن؟")
    edit(workspace.root / HOME, OLD, NEW)

    assert carry(workspace, OLD, NEW) == 1

    assert message(messages, NEW).forms == ("ما الذي قد يساعدك الآن؟",)
    assert message(messages, NEW).translated
    assert OLD not in messages.read_text()


def test_it_works_after_an_update_that_put_the_translation_in_doubt(
    workspace: Workspace, messages: Path
) -> None:
    translate(messages, OLD, "ما الذي قد يساعدك الآن؟")
    edit(workspace.root / HOME, OLD, NEW)
    carry(workspace, "", "nothing to carry, but an update")
    assert message(messages, NEW).fuzzy

    assert carry(workspace, OLD, NEW) == 1

    assert message(messages, NEW).translated
    assert message(messages, NEW).previous is None


def test_it_works_after_an_update_that_found_no_likeness(
    workspace: Workspace, messages: Path
) -> None:
    translate(messages, "Save", "احفظ")
    edit(workspace.root / HOME, '"Save"', '"Keep what I wrote"')
    carry(workspace, "", "nothing to carry, but an update")
    assert message(messages, "Keep what I wrote").forms == ("",)

    assert carry(workspace, "Save", "Keep what I wrote") == 1

    assert message(messages, "Keep what I wrote").forms == ("احفظ",)


def test_the_plural_of_a_counted_text_can_be_reworded(workspace: Workspace, messages: Path) -> None:
    six = tuple(f"%(num)s {number}" for number in range(6))
    translate(messages, "%(num)s recording", *six)
    edit(workspace.root / "static/js/saved.js", "%(num)s recordings", "%(num)s kept recordings")

    assert carry(workspace, "%(num)s recordings", "%(num)s kept recordings") == 1

    assert message(messages, "%(num)s recording").plural == "%(num)s kept recordings"
    assert message(messages, "%(num)s recording").forms == six
    assert message(messages, "%(num)s recording").translated


def test_a_translation_that_was_in_doubt_stays_in_doubt(
    workspace: Workspace, messages: Path
) -> None:
    translate(messages, OLD, "ما؟")
    edit(messages, f'msgid "{OLD}"', f'#, fuzzy\nmsgid "{OLD}"')
    edit(workspace.root / HOME, OLD, NEW)

    carry(workspace, OLD, NEW)

    assert message(messages, NEW).fuzzy


def test_a_context_in_which_the_old_text_still_stands_is_left_alone(
    workspace: Workspace, messages: Path
) -> None:
    put(workspace.root / "hearth_cft" / "more.py", f'text = gettext("{NEW}")')
    translate(messages, OLD, "ما الذي قد يساعدك الآن؟")

    assert carry(workspace, OLD, NEW) == 0

    assert message(messages, OLD).translated


def test_a_new_text_that_no_source_says_is_refused_with_the_place_of_the_old(
    workspace: Workspace,
) -> None:
    current = template(workspace, "messages")

    with pytest.raises(
        RewordError, match=r"change the source first.*in hearth_cft/templates/home\.html"
    ):
        refuse_unless_reworded([current], OLD, NEW)


def test_a_text_with_other_placeholders_is_refused(workspace: Workspace) -> None:
    with pytest.raises(RewordError, match="different placeholders"):
        refuse_unless_reworded([template(workspace, "messages")], "At %(time)s", "At %(when)s")
