"""A mistake in a service's own file never takes away what clients had before it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from hearth_cft.i18n.locales import Locale
from hearth_cft.i18n.translations import load_translations
from hearth_cft.library.last_good import LastGood
from hearth_cft.library.loader import load_library
from hearth_cft.library.models import Library
from tests.content_files import SHEET, write
from tests.unit.test_library import PAGE, RECORDING

PROGRAMME = '[[weeks]]\ntitle = "A"\npages = ["a"]\n'
KINDS = {
    "pages/a.md": PAGE,
    "worksheets/a.toml": SHEET,
    "recordings/a.md": RECORDING,
    "programme.toml": PROGRAMME,
}
BROKEN = 'title = "Broken\n'


@pytest.fixture
def built_in(tmp_path: Path) -> Path:
    for name, text in KINDS.items():
        write(tmp_path / "built-in", name, text)
    return tmp_path / "built-in"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    (tmp_path / "data").mkdir()
    return tmp_path / "own"


def load(built_in: Path, own: Path) -> Library:
    """Load the content as each start of the server does."""
    last_good = LastGood(own, own.parent / "data" / "content")
    last_good.forget_removed()
    return load_library([built_in, own], last_good)


def title_of(library: Library, name: str) -> str | None:
    """Return the title of the item "a" of the kind that the file's name says."""
    if name == "programme.toml":
        return next((week.title["en"] for week in library.programme), None)
    items = getattr(library, name.partition("/")[0])
    return next((item.title for item in items if item.slug == "a"), None)


def titled(name: str, title: str) -> str:
    return KINDS[name].replace('title = "A"', f'title = "{title}"', 1)


@pytest.mark.parametrize("name", KINDS)
def test_at_a_first_start_the_built_in_file_stays(built_in: Path, own: Path, name: str) -> None:
    write(own, name, titled(name, "Ours").replace("title", "titel", 1))

    library = load(built_in, own)

    assert title_of(library, name) == "A"
    (problem,) = [each for each in library.problems if each.path.is_relative_to(own)]
    assert problem.path == own / name
    assert "did you mean 'title'?" in problem.message
    assert problem.message.endswith("; until then the built-in one is shown")


@pytest.mark.parametrize("name", KINDS)
def test_later_the_own_file_stays_as_it_was_before_the_mistake(
    built_in: Path, own: Path, name: str
) -> None:
    write(own, name, titled(name, "Ours"))
    load(built_in, own)
    write(own, name, BROKEN)

    for _start in range(2):
        library = load(built_in, own)

        assert title_of(library, name) == "Ours"
        (problem,) = library.problems
        assert "until then its version of 20" in problem.message


def test_a_page_that_is_only_ours_stays_too(own: Path) -> None:
    write(own, "pages/ours.md", PAGE)
    load(own / "none", own)
    write(own, "pages/ours.md", BROKEN)

    assert [page.slug for page in load(own / "none", own).pages] == ["ours"]


def test_a_file_that_was_taken_out_does_not_come_back(built_in: Path, own: Path) -> None:
    page = write(own, "pages/a.md", titled("pages/a.md", "Ours"))
    load(built_in, own)
    page.unlink()
    load(built_in, own)
    write(own, "pages/a.md", BROKEN)

    assert title_of(load(built_in, own), "pages/a.md") == "A"


def test_a_mended_file_is_shown_and_kept(built_in: Path, own: Path) -> None:
    for text in ("Ours", None, "Mended"):
        write(own, "pages/a.md", titled("pages/a.md", text) if text else BROKEN)
        library = load(built_in, own)

    assert (title_of(library, "pages/a.md"), library.problems) == ("Mended", ())
    write(own, "pages/a.md", BROKEN)
    assert title_of(load(built_in, own), "pages/a.md") == "Mended"


def test_a_copy_that_is_damaged_leaves_the_built_in_file(built_in: Path, own: Path) -> None:
    write(own, "pages/a.md", titled("pages/a.md", "Ours"))
    load(built_in, own)
    write(own, "pages/a.md", BROKEN)
    write(own.parent / "data/content", "pages/a.md", BROKEN)

    assert title_of(load(built_in, own), "pages/a.md") == "A"


def test_a_data_folder_without_room_stops_nothing(
    built_in: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(own, "pages/a.md", titled("pages/a.md", "Ours"))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", refuse)

    assert title_of(load(built_in, own), "pages/a.md") == "Ours"


def test_the_copies_are_for_their_owner_alone(built_in: Path, own: Path) -> None:
    write(own, "pages/a.md", PAGE)
    load(built_in, own)

    assert os.stat(own.parent / "data" / "content").st_mode & 0o777 == 0o700


def test_nothing_is_written_before_there_is_a_data_folder(built_in: Path, own: Path) -> None:
    shutil.rmtree(own.parent / "data")
    write(own, "pages/a.md", PAGE)

    load(built_in, own)

    assert not (own.parent / "data").exists()


CATALOGUE = (
    'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    'msgctxt "page:ours"\nmsgid "Ours"\nmsgstr "Unsere"\n'
)


def test_a_catalogue_stays_as_it_was_before_its_mistake(own: Path) -> None:
    last_good = LastGood(own, own.parent / "data" / "content")
    folder = own / "translations"
    german = Locale(tag="de", name="Deutsch", plurals=("one", "other"))
    name = "translations/de/LC_MESSAGES/content.po"

    for text in (CATALOGUE, CATALOGUE.replace('"Unsere"', '"Unsere')):
        write(own, name, text)
        translations, problems = load_translations(german, own, folder, {}, last_good)

        assert translations.content("page:ours", "Ours") == "Unsere"
    (problem,) = problems
    assert (problem.path, problem.line) == (own / name, 7)
    assert "until then its version of 20" in problem.message
