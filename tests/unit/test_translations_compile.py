"""Compiling .po files into the files that the server reads."""

from __future__ import annotations

import json
import subprocess
import sys
from gettext import GNUTranslations
from pathlib import Path

import pytest

from hearth_cft.i18n.compile import Problem, compile_catalogues, translations_from_po
from hearth_cft.tools.translations.workspace import Workspace
from tests.unit.catalogue_files import edit, make_workspace, put, translate

SIX = ("لا شيء", "واحد", "اثنان", "%(num)s قليلة", "%(num)s كثيرة", "%(num)s غير ذلك")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "hearth")


@pytest.fixture
def messages(workspace: Workspace) -> Path:
    return workspace.catalogue("ar", "messages")


def compiled(workspace: Workspace, target: Path) -> tuple[GNUTranslations, list[Problem]]:
    problems = compile_catalogues(workspace.translations, target)
    with (target / "ar" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return GNUTranslations(file), problems


def test_translations_with_contexts_and_plurals_reach_the_server(
    workspace: Workspace, messages: Path, tmp_path: Path
) -> None:
    translate(messages, "What would help right now?", "ما الذي قد يساعدك الآن؟")
    translate(messages, "Listen", "استمع")
    translate(messages, "%(num)s recording", *SIX)

    translations, problems = compiled(workspace, tmp_path / "out")

    assert problems == []
    assert translations.gettext("What would help right now?") == "ما الذي قد يساعدك الآن؟"
    assert translations.pgettext("bottom bar, at most 11 letters", "Listen") == "استمع"
    assert [translations.ngettext("%(num)s recording", "", n) for n in (0, 1, 2, 3, 11, 100)] == [
        *SIX
    ]


def test_a_fuzzy_translation_is_not_compiled(
    workspace: Workspace, messages: Path, tmp_path: Path
) -> None:
    translate(messages, "Listen", "استمع")
    edit(messages, 'msgctxt "bottom bar', '#, fuzzy\nmsgctxt "bottom bar')

    translations, _ = compiled(workspace, tmp_path / "out")

    assert translations.pgettext("bottom bar, at most 11 letters", "Listen") == "Listen"


def test_a_plural_with_an_empty_form_is_not_compiled_so_that_no_language_is_mixed(
    workspace: Workspace, messages: Path, tmp_path: Path
) -> None:
    translate(messages, "%(num)s recording", *SIX[:5], "")

    translations, _ = compiled(workspace, tmp_path / "out")

    assert (
        translations.ngettext("%(num)s recording", "%(num)s recordings", 3) == "%(num)s recordings"
    )


def test_a_translation_whose_placeholder_would_fail_is_left_out_and_named(
    workspace: Workspace, messages: Path, tmp_path: Path
) -> None:
    translate(messages, "Saved at %(time)s by %(name)s", "%(time)s حفظه %(nmae)s")

    translations, (problem,) = compiled(workspace, tmp_path / "out")

    english = "Saved at %(time)s by %(name)s"
    assert translations.gettext(english) == english
    assert problem.path == messages
    assert problem.line == line_of(messages, f'msgid "{english}"')
    assert "%(name)s is missing" in problem.message


def test_a_form_for_one_number_only_may_leave_the_number_out_and_others_may_not(
    workspace: Workspace, messages: Path, tmp_path: Path
) -> None:
    translate(messages, "%(num)s recording", *SIX[:3], "قليلة", *SIX[4:])

    _, (problem,) = compiled(workspace, tmp_path / "out")

    assert "msgstr[3]: %(num)s is missing" in problem.message


def test_a_translation_with_a_bidi_override_is_left_out_and_named(
    workspace: Workspace, messages: Path, tmp_path: Path
) -> None:
    translate(messages, "Listen", "\u202eاستمع")

    _, (problem,) = compiled(workspace, tmp_path / "out")

    assert "U+202E right-to-left override" in problem.message


def test_a_broken_catalogue_is_named_with_its_line_and_the_others_still_compile(
    workspace: Workspace, messages: Path, tmp_path: Path
) -> None:
    put(workspace.catalogue("cy", "messages"), 'msgid ""\nmsgstr "Language: cy\\n\n')
    translate(messages, "Listen", "استمع")

    translations, (problem,) = compiled(workspace, tmp_path / "out")

    assert translations.pgettext("bottom bar, at most 11 letters", "Listen") == "استمع"
    assert str(problem).startswith(f"{workspace.catalogue('cy', 'messages')}:2: the text must")
    assert not (tmp_path / "out" / "cy").exists()


def test_a_catalogue_whose_plural_header_can_not_be_read_is_named_and_left_out(
    workspace: Workspace, messages: Path, tmp_path: Path
) -> None:
    edit(messages, "nplurals=6; plural=", "nplurals=6; plural=import ")

    problems = compile_catalogues(workspace.translations, tmp_path / "out")

    assert [problem.path for problem in problems] == [messages]
    assert "Plural-Forms" in problems[0].message


def test_what_an_earlier_run_compiled_goes_when_its_catalogue_is_gone(
    workspace: Workspace, messages: Path, tmp_path: Path
) -> None:
    compile_catalogues(workspace.translations, tmp_path / "out")
    messages.unlink()

    compile_catalogues(workspace.translations, tmp_path / "out")

    remaining = sorted(path.name for path in (tmp_path / "out").rglob("*.mo"))
    assert remaining == ["content.mo"]


def test_the_scripts_get_only_the_texts_that_they_show(
    workspace: Workspace, tmp_path: Path
) -> None:
    compile_catalogues(workspace.translations, tmp_path / "out")

    names = json.loads((tmp_path / "out" / "javascript.json").read_text())
    assert names == [
        [None, "%(num)s recording", "%(num)s recordings", ["static/js/saved.js"]],
        [None, "not all of them are saved yet", None, ["static/js/saved.js"]],
    ]


def test_the_list_of_languages_comes_along(workspace: Workspace, tmp_path: Path) -> None:
    compile_catalogues(workspace.translations, tmp_path / "out")

    assert (tmp_path / "out" / "locales.toml").read_bytes() == workspace.locale_list.read_bytes()


def test_a_list_of_languages_that_is_no_toml_is_named(workspace: Workspace, tmp_path: Path) -> None:
    workspace.locale_list.write_text("[[locales]\n")

    (problem,) = compile_catalogues(workspace.translations, tmp_path / "out")

    assert problem.path == workspace.locale_list
    assert "not valid TOML" in problem.message


def test_the_same_catalogues_give_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    for target in ("one", "two"):
        compile_catalogues(workspace.translations, tmp_path / target)

    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / target).rglob("*.*")}
        for target in ("one", "two")
    )
    assert one == two


def test_a_services_own_catalogue_is_read_without_compiling(messages: Path) -> None:
    translate(messages, "Save", "احفظ")
    problems: list[Problem] = []

    translations = translations_from_po(messages, problems)

    assert translations is not None
    assert translations.gettext("Save") == "احفظ"
    assert problems == []


def test_compiling_needs_nothing_but_babel() -> None:
    # hatch_build.py imports this module in an environment with none of Hearth's dependencies except
    # Babel. The stand-in for the package keeps its __init__.py out of this test.
    code = """
import sys, types
package = types.ModuleType("hearth_cft")
package.__path__ = [sys.argv[1]]
sys.modules["hearth_cft"] = package
import hearth_cft.i18n.compile
allowed = sys.stdlib_module_names | {"hearth_cft", "babel", "sitecustomize", "_virtualenv"}
loaded = {name.partition(".")[0] for name in sys.modules}
print(sorted(name for name in loaded - allowed if not name.startswith("_")))
"""
    app = Path(__file__).parents[2] / "hearth_cft"

    result = subprocess.run(
        [sys.executable, "-S", "-c", PATHS + code, str(app)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.stdout.strip(), result.stderr) == ("[]", "")


# Without -S, the loaded modules would include the import finders of editable installs.
PATHS = f"import sys; sys.path += {[path for path in sys.path if 'site-packages' in path]!r}\n"


def line_of(path: Path, start: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))
