"""Updating catalogues from their sources without losing the work of translators."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.i18n.catalogue import Catalogue
from hearth_cft.i18n.po import parse
from hearth_cft.tools.translations.extract import template
from hearth_cft.tools.translations.update import updated
from hearth_cft.tools.translations.workspace import Workspace
from hearth_cft.tools.translations.write import write
from tests.unit.catalogue_files import edit, make_workspace, message, put, translate

HOME = Path("hearth_cft", "templates", "home.html")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


@pytest.fixture
def messages(workspace: Workspace) -> Path:
    return workspace.catalogue("ar", "messages")


def update(workspace: Workspace, domain: str = "messages") -> Catalogue:
    path = workspace.catalogue("ar", domain)
    new = updated(parse(path.read_text()), template(workspace, domain), "ar")
    write(path, new)
    return new


def test_a_new_catalogue_has_the_headers_that_editors_ask_for(messages: Path) -> None:
    header = parse(messages.read_text()).header

    assert header["Language"] == "ar"
    assert header["Plural-Forms"].startswith("nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 :")
    assert header["Content-Type"] == "text/plain; charset=UTF-8"
    assert header["Language-Team"] == "Arabic"


def test_an_update_without_a_change_writes_the_same_bytes(
    workspace: Workspace, messages: Path
) -> None:
    translate(messages, "Save", "احفظ")
    before = messages.read_bytes()

    update(workspace)

    assert messages.read_bytes() == before


def test_a_changed_text_keeps_its_translation_as_fuzzy_with_the_old_english(
    workspace: Workspace, messages: Path
) -> None:
    translate(messages, "What would help right now?", "ما الذي قد يساعدك الآن؟")
    edit(workspace.root / HOME, "What would help right now?", "What could help right now?")

    update(workspace)

    changed = message(messages, "What could help right now?")
    assert changed.forms == ("ما الذي قد يساعدك الآن؟",)
    assert changed.fuzzy
    assert changed.previous == (None, "What would help right now?", None)


def test_the_old_english_stays_beside_a_fuzzy_text_at_the_next_update(
    workspace: Workspace, messages: Path
) -> None:
    translate(messages, "What would help right now?", "ما الذي قد يساعدك الآن؟")
    edit(workspace.root / HOME, "What would help right now?", "What could help right now?")
    update(workspace)

    update(workspace)

    previous = message(messages, "What could help right now?").previous
    assert previous == (None, "What would help right now?", None)


def test_a_text_in_a_new_context_gets_the_translation_from_the_other_as_fuzzy(
    workspace: Workspace, messages: Path
) -> None:
    translate(messages, "Listen", "استمع")
    put(workspace.root / "hearth_cft" / "more.py", 'text = pgettext("a heading", "Listen")')

    catalogue = update(workspace)

    assert catalogue.messages["a heading", "Listen"].forms == ("استمع",)
    assert catalogue.messages["a heading", "Listen"].fuzzy
    assert not catalogue.messages["bottom bar, at most 11 letters", "Listen"].fuzzy


def test_a_text_that_is_gone_is_kept_as_obsolete_and_comes_back_with_its_translation(
    workspace: Workspace, messages: Path
) -> None:
    translate(messages, "Save", "احفظ")
    edit(workspace.root / HOME, '{{ gettext("Save") }}', "")
    without_text = update(workspace)
    edit(workspace.root / HOME, "<button></button>", '<button>{{ gettext("Save") }}</button>')

    update(workspace)

    assert [key for key in without_text.obsolete] == [(None, "Save")]
    assert message(messages, "Save").forms == ("احفظ",)
    assert not message(messages, "Save").fuzzy


def test_a_text_that_becomes_countable_keeps_its_translation_as_fuzzy(
    workspace: Workspace, messages: Path
) -> None:
    translate(messages, "Save", "احفظ")
    edit(workspace.root / HOME, 'gettext("Save")', 'ngettext("Save", "Save all", n)')

    update(workspace)

    assert message(messages, "Save").forms == ("احفظ", "", "", "", "", "")
    assert message(messages, "Save").fuzzy


def test_a_translators_own_note_and_name_stay(workspace: Workspace, messages: Path) -> None:
    translate(messages, "Save", "احفظ")
    edit(messages, "#. a button under", "# Ask Layla about this one\n#. a button under")
    edit(messages, "Last-Translator: ", "Last-Translator: Layla <layla@example.org>")

    catalogue = update(workspace)

    assert message(messages, "Save").notes == ("Ask Layla about this one",)
    assert catalogue.header["Last-Translator"] == "Layla <layla@example.org>"


def test_dates_and_program_names_in_headers_go_so_that_diffs_stay_quiet(
    workspace: Workspace, messages: Path
) -> None:
    edit(
        messages,
        '"Language: ar',
        '"POT-Creation-Date: 2031\\n"\n"X-Generator: P 9\\n"\n"Language: ar',
    )

    catalogue = update(workspace)

    assert not {"POT-Creation-Date", "X-Generator"} & set(catalogue.header)


def test_another_way_to_write_the_same_plural_rule_stays(
    workspace: Workspace, messages: Path
) -> None:
    catalogue = parse(messages.read_text())
    catalogue.header["Plural-Forms"] = (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
    )
    write(messages, catalogue)

    assert update(workspace).header["Plural-Forms"] == catalogue.header["Plural-Forms"]


def test_a_wrong_plural_rule_is_put_right(workspace: Workspace, messages: Path) -> None:
    catalogue = parse(messages.read_text())
    right = catalogue.header["Plural-Forms"]
    catalogue.header["Plural-Forms"] = "nplurals=2; plural=n!=1;"
    write(messages, catalogue)

    assert update(workspace).header["Plural-Forms"] == right
