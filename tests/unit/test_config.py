"""Settings: their sources, which source takes precedence, and the errors of bad settings."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from hearth_cft.config import Config, ConfigError, local
from hearth_cft.config.colours import contrast
from hearth_cft.config.help import ENGLAND, WAYS_IN_ENGLAND

LINE = '[[crisis_lines]]\nname = "A"\nnumber = "12"\n'
WAY = '[[other_ways]]\nname = "B"\nabout = "C"\n'


def load(tmp_path: Path, text: str = "", **environment: str) -> Config:
    file = tmp_path / "hearth.toml"
    file.write_text(text, encoding="utf-8")
    return Config.load(file, environment)


def test_the_example_names_every_setting_and_loads() -> None:
    example = Path(__file__).parents[2] / "hearth_cft" / "hearth.example.toml"

    config = Config.load(example, {})

    text = example.read_text(encoding="utf-8")
    assert config.languages == ("en", "ar")
    assert [name for name in Config.model_fields if name not in text] == []


def test_the_example_has_the_crisis_lines_and_other_ways_that_are_built_in() -> None:
    example = Path(__file__).parents[2] / "hearth_cft" / "hearth.example.toml"

    config = Config.load(example, {})

    assert config.crisis_lines == ENGLAND
    assert config.other_ways == WAYS_IN_ENGLAND
    assert config.notes == ()


def test_the_built_in_help_says_everything_in_both_languages() -> None:
    texts = [
        text
        for each in (*ENGLAND, *WAYS_IN_ENGLAND)
        for text in (each.name, each.about, getattr(each, "urgent", None))
        if text is not None
    ]

    assert [text for text in texts if [*text] != ["en", "ar"]] == []
    assert [line.number for line in ENGLAND if line.is_emergency] == ["999"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [way.name["en"] for way in WAYS_IN_ENGLAND]),
        ("other_ways = []", []),
        (WAY, ["B"]),
        # Another country's lines don't come with England's other ways.
        (LINE, []),
        (LINE + WAY, ["B"]),
    ],
)
def test_other_ways_are_the_services_own_or_belong_to_the_built_in_lines(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert [way.name["en"] for way in load(tmp_path, text).ways_to_reach_help] == expected


def test_crisis_lines_without_anything_new_are_read_as_before(tmp_path: Path) -> None:
    (line,) = load(tmp_path, LINE + 'about = "D"\ntext = "E"\nfree = true').crisis_lines

    assert (line.about, line.urgent, line.text, line.free) == ({"en": "D"}, None, "E", True)


def test_help_speaks_in_the_services_own_words_in_each_language(tmp_path: Path) -> None:
    text = '[help]\nopening = { en = "A", ar = "B" }\n' + LINE + 'urgent = "C"'

    config = load(tmp_path, text)

    assert config.help.opening == {"en": "A", "ar": "B"}
    assert config.help.suicide is None
    assert config.crisis_lines[0].urgent == {"en": "C"}


def test_a_variable_wins_over_the_file_and_a_flag_over_both(tmp_path: Path) -> None:
    file = tmp_path / "hearth.toml"
    file.write_text('service_name = "File"\nport = 1\n')

    config = Config.load(file, {"HEARTH_SERVICE_NAME": "Variable", "HEARTH_PORT": "2"}, {"port": 3})

    assert (config.service_name, config.port) == ("Variable", 3)


def test_folders_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    assert load(tmp_path, 'data_dir = "store"').data_dir == tmp_path / "store"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('servise_name = "x"', "'servise_name' is not a setting; the settings are: service_name"),
        ("port = 70000", "'port' is 70000"),
        ('third_system = "calm"', "'soothing', 'care-giving' or 'contentment'"),
        ('languages = ["english"]', "must list at least one language"),
        ('default_language = "fr"', "must be one of: en, ar"),
        ('[theme]\nakt = "#000000"', "'theme.akt' is not a setting; the settings are: act, ember"),
        (
            '[[programme]]\ntitle = "A"\npage = ["x"]',
            "[[programme]] 1: 'page' is not a setting; the settings are: title, pages",
        ),
        ("[limits]\nrecord = 1", "'limits.record' is not a setting; the settings are: records"),
        ("[limits]\nrecords = -1", "records must be 0 or more"),
        ('[[crisis_lines]]\nname = "A"\nnumber = "call us"', "must be a telephone number"),
        ('base_path = "/hearth"', "'base_path' is '/hearth': must be /"),
        ('base_path = "/hearth"', "give it a host name of its own, such as hearth.example.org"),
        ("hsts_max_age = -1", "'hsts_max_age' is -1"),
        ('join_code = "-- -- ab"', "must have 4 letters or digits, or more"),
        ('trusted_proxies = ["proxy"]', "must be a number of proxies, or a list of networks"),
        ('trusted_proxies = ["10.0.0.1/8"]', "must be a number of proxies"),
        ("trusted_proxies = -1", "must be a number of proxies"),
        ("trusted_proxies = true", "must be a number of proxies"),
        ('[theme]\nact = "green"', "must be a colour such as #1d5b50"),
        ('[theme]\nact = "#cccccc"', "must be 4.5:1 or more"),
        ("service_name = ", "is not valid TOML"),
    ],
)
def test_a_bad_setting_is_refused_with_its_name_and_what_is_allowed(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)

    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "variable", "expected"),
    [
        ("", None, None),
        ("trusted_proxies = 2", None, 2),
        ('trusted_proxies = ["10.0.0.0/8"]', None, (ip_network("10.0.0.0/8"),)),
        ("", "1", 1),
        ("", "10.0.0.0/8, ::1", (ip_network("10.0.0.0/8"), ip_network("::1/128"))),
    ],
)
def test_trusted_proxies_are_a_number_or_networks(
    tmp_path: Path, text: str, variable: str | None, expected: object
) -> None:
    environment = {} if variable is None else {"HEARTH_TRUSTED_PROXIES": variable}

    assert load(tmp_path, text, **environment).trusted_proxies == expected


def test_an_unknown_variable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="HEARTH_PROT is not a setting"):
        load(tmp_path, "", HEARTH_PROT="1")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="can't be read"):
        Config.load(tmp_path / "none.toml", {})


def test_nothing_changes_a_config(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        load(tmp_path).port = 1  # type: ignore[misc]


def test_a_local_text_falls_back_to_english_then_to_any() -> None:
    assert local({"en": "a", "ar": "b"}, "ar") == ("b", "ar")
    assert local({"en": "a"}, "ar") == ("a", "en")
    assert local({"cy": "c"}, "ar") == ("c", "cy")


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
