"""The weeks of the programme: the built-in ones, a service's own, and mistakes in either."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth_cft.config import Config, ConfigError
from hearth_cft.library.loader import load_library
from hearth_cft.library.messages import content_messages
from hearth_cft.library.models import Library
from hearth_cft.library.programme import KINDS, load_programme, without_unknown
from hearth_cft.web.site.programme import programme_of

CONTENT = Path(__file__).parents[2] / "hearth_cft" / "content"
KNOWN = {"pages": {"brain"}, "recordings": {"breath"}, "worksheets": {"diary"}}


def write_programme(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "programme.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library([CONTENT])


def load_config(tmp_path: Path, settings: str) -> Config:
    path = tmp_path / "hearth.toml"
    path.write_text(settings, encoding="utf-8")
    return Config.load(path, {})


def test_the_built_in_programme_names_only_what_is_there(library: Library) -> None:
    weeks, problems = programme_of(Config(), library)

    assert list(problems) == []
    assert len(weeks) == 14
    for week in weeks:
        assert 1 <= len(week.pages) <= 2
        assert week.recordings
        assert week.worksheets


def test_the_built_in_programme_leads_through_everything_about_the_therapy(
    library: Library,
) -> None:
    named = {slug for week in library.programme for kind in KINDS for slug in getattr(week, kind)}
    # These two pages are about the app.
    about_the_app = {"your-privacy-here", "about-this-app"}

    everything = {item.slug for kind in KINDS for item in getattr(library, kind)}

    assert everything - named == about_the_app


def test_its_titles_are_messages_of_the_content(library: Library) -> None:
    titles = {message.id for message in content_messages(library) if message.context == "programme"}

    assert titles == {week.title["en"] for week in library.programme}


def test_a_later_folder_stands_in_for_an_earlier_one(tmp_path: Path) -> None:
    earlier = write_programme(tmp_path / "one", '[[weeks]]\ntitle = "A"\npages = ["brain"]\n')
    later = write_programme(tmp_path / "two", '[[weeks]]\ntitle = "B"\npages = ["brain"]\n')

    weeks, problems = load_programme([earlier, later, tmp_path])

    assert [week.title["en"] for week in weeks] == ["B"]
    assert problems == ()


def test_without_a_file_there_is_no_programme(tmp_path: Path) -> None:
    assert load_programme([tmp_path]) == ((), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[weeks]]\npages = ["brain"]\n', "week 1: 'title' is missing"),
        ('[[weeks]]\ntitle = "A"\npage = ["brain"]\n', "'page' is not known here"),
        ('[[weeks]]\ntitle = "A"\npages = "brain"\n', "'pages' must be a list"),
        ("[[weeks]\n", "not valid TOML"),
    ],
)
def test_a_slip_in_the_file_is_told(tmp_path: Path, text: str, message: str) -> None:
    weeks, (problem,) = load_programme([write_programme(tmp_path, text)])

    assert weeks == ()
    assert message in str(problem)


def test_unknown_slugs_are_left_out_and_told_and_the_rest_serves(tmp_path: Path) -> None:
    text = """
        [[weeks]]
        title = "A"
        pages = ["brain", "heart"]
        worksheets = ["diary"]
        [[weeks]]
        title = "B"
        recordings = ["song"]
        [[weeks]]
        title = "C"
        recordings = ["breath"]
    """
    weeks, _ = load_programme([write_programme(tmp_path, text)])

    known, problems = without_unknown(weeks, KNOWN)

    assert [(week.title["en"], week.pages) for week in known] == [("A", ("brain",)), ("C", ())]
    assert [problem.message for problem in problems] == [
        "week 1: pages: there is no 'heart'",
        "week 2: recordings: there is no 'song'",
        "week 2: there is nothing in it",
    ]


def test_a_service_sets_its_own(tmp_path: Path, library: Library) -> None:
    config = load_config(
        tmp_path,
        '[[programme]]\ntitle = { en = "Start", ar = "بداية" }\npages = ["what-is-cft", "x"]\n',
    )

    (week,), (problem,) = programme_of(config, library)

    assert (week.title, week.pages) == ({"en": "Start", "ar": "بداية"}, ("what-is-cft",))
    assert str(problem) == "hearth.toml: week 1: pages: there is no 'x'"


def test_a_service_can_have_none(tmp_path: Path, library: Library) -> None:
    assert programme_of(load_config(tmp_path, "programme = []"), library) == ((), ())


@pytest.mark.parametrize(
    "settings",
    [
        '[[programme]]\npages = ["x"]',
        '[[programme]]\ntitle = "A"\npage = ["x"]',
        '[[programme]]\ntitle = { en = "" }',
        'programme = "weekly"',
    ],
)
def test_a_slip_in_the_settings_is_refused(tmp_path: Path, settings: str) -> None:
    with pytest.raises(ConfigError, match="programme"):
        load_config(tmp_path, settings)
