"""`hearth translations` with command-line arguments as a user types them."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from hearth_cft.i18n.locales import load_locales
from hearth_cft.i18n.po import parse
from hearth_cft.tools.translations.commands import add_commands
from hearth_cft.tools.translations.workspace import Workspace
from tests.unit.catalogue_files import edit, make_workspace, put, translate


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    return make_workspace(tmp_path)


def hearth(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    namespace = parser.parse_args(["translations", *arguments])
    code: int = namespace.run(namespace)
    return code


def test_update_makes_the_catalogues_that_a_language_lacks(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.catalogue("ar", "content").unlink()

    assert hearth("update") == 0

    assert len(parse(workspace.catalogue("ar", "content").read_text()).messages) == 4
    assert capsys.readouterr().out == "updated translations/ar/LC_MESSAGES/content.po\n"


def test_update_leaves_a_broken_catalogue_as_it_is_and_names_it(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace.catalogue("ar", "messages")
    edit(path, 'msgid "Listen"', 'msgid "Listen')
    before = path.read_bytes()

    assert hearth("update") == 1

    assert path.read_bytes() == before
    assert f"{path}:" in capsys.readouterr().err


def test_update_writes_nothing_while_a_source_is_broken(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(
        workspace.root / "hearth_cft/templates/home.html",
        '{{ gettext("Save") }}',
        '{{ gettext("Save" }}',
    )
    before = workspace.template("messages").read_bytes()

    assert hearth("update") == 1

    assert workspace.template("messages").read_bytes() == before
    assert "home.html:" in capsys.readouterr().err


def test_compile_writes_where_a_server_run_from_the_folder_looks(workspace: Workspace) -> None:
    assert hearth("compile") == 0

    compiled = workspace.root / "hearth_cft" / "assets" / "translations"
    assert (compiled / "ar" / "LC_MESSAGES" / "content.mo").is_file()


def test_check_is_silent_but_for_a_count_when_all_is_well(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hearth("check") == 0
    assert capsys.readouterr() == ("0 mistakes in 2 catalogues and their sources\n", "")


def test_check_names_mistakes_and_fails(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    translate(workspace.catalogue("ar", "messages"), "Listen", "استمع ")

    assert hearth("check") == 1
    assert "“Listen”" in capsys.readouterr().err


def test_status_shows_how_far_each_catalogue_is(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace.catalogue("ar", "messages")
    translate(path, "Listen", "استمع")
    translate(path, "Save", "احفظ")
    edit(path, 'msgid "Save"', '#, fuzzy\nmsgid "Save"')

    assert hearth("status") == 0

    assert capsys.readouterr().out.splitlines() == [
        "Language  Texts     Translated  Fuzzy  Missing  Words left  Reviewed",
        "ar        messages    1 (16 %)      1        4          22  yes",
        "ar        content      0 (0 %)      0        4          17  no",
    ]


def test_add_makes_both_catalogues_the_row_and_says_what_to_do_next(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hearth("add", "cy") == 0

    welsh = load_locales(workspace.locale_list)["cy"]
    assert (welsh.name, welsh.direction, welsh.offered) == ("Cymraeg", "ltr", False)
    assert welsh.plurals == ("zero", "one", "two", "few", "many", "other")
    for domain in workspace.domains:
        header = parse(workspace.catalogue("cy", domain).read_text()).header
        assert header["Plural-Forms"].startswith("nplurals=6;")
    assert "hearth translations preview" in capsys.readouterr().out
    assert hearth("check") == 0


@pytest.mark.parametrize(
    ("tag", "name", "direction", "fonts"),
    [
        ("ur", "اردو", "rtl", ("Noto Nastaliq Urdu",)),
        ("fa", "فارسی", "rtl", ("Noto Naskh Arabic",)),
        ("ps", "پښتو", "rtl", ("Noto Naskh Arabic",)),
        ("fa-AF", "فارسی (افغانستان)", "rtl", ("Noto Naskh Arabic",)),
        ("pt-BR", "português (Brasil)", "ltr", ()),
        ("pa", "ਪੰਜਾਬੀ", "ltr", ()),
    ],
)
def test_add_knows_name_direction_and_typeface(
    workspace: Workspace, tag: str, name: str, direction: str, fonts: tuple[str, ...]
) -> None:
    hearth("add", tag)

    added = load_locales(workspace.locale_list)[tag]
    assert (added.name, added.direction, added.fonts) == (name, direction, fonts)


@pytest.mark.parametrize(
    ("tag", "reason"),
    [("ar", "already"), ("xx", "CLDR"), ("../..", "CLDR"), ("en-XA", "made from the English")],
)
def test_add_refuses_what_is_no_new_language_and_writes_nothing(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], tag: str, reason: str
) -> None:
    before = workspace.locale_list.read_bytes()

    assert hearth("add", tag) == 2

    assert workspace.locale_list.read_bytes() == before
    assert reason in capsys.readouterr().err


def test_reword_says_how_many_translations_it_kept(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    translate(workspace.catalogue("ar", "messages"), "Save", "احفظ")
    edit(workspace.root / "hearth_cft/templates/home.html", '"Save"', '"Save this"')

    assert hearth("reword", "Save", "Save this") == 0

    assert "ar messages: 1 translations kept" in capsys.readouterr().out
    assert hearth("check") == 0


def test_reword_refuses_before_it_writes(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hearth("reword", "Save", "Save this") == 2
    assert "no source has the new text" in capsys.readouterr().err


def test_a_services_own_folder_gets_catalogues_of_its_own(
    workspace: Workspace, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    page = '+++\ntitle = "Welcome"\nsummary = "Who we are."\norder = 1\n+++\n\nWe meet on Mondays.'
    put(own / "pages" / "welcome.md", page)

    assert hearth("--content-dir", str(own), "update") == 0

    catalogue = parse((own / "translations" / "ar" / "LC_MESSAGES" / "content.po").read_text())
    assert [key for key in catalogue.messages] == [
        ("page:welcome", "Welcome"),
        ("page:welcome", "Who we are."),
        ("page:welcome", "We meet on Mondays."),
    ]
    assert not (own / "translations" / "messages.pot").exists()


def test_a_folder_without_catalogues_is_named_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert hearth("check") == 2
    assert capsys.readouterr().err.startswith("hearth: there is no translations/locales.toml here")
