"""The choice of looks: which page the browser tests open in which theme and size."""

from __future__ import annotations

from tests.browser.conftest import THEMES
from tests.browser.looks import SIZES, covering, everything, kind_of

LEARN = [f"/{locale}/learn/{name}" for locale in ("en", "ar") for name in ("a", "b", "c", "d", "e")]
HELP = ["/en/help", "/ar/help"]


def test_every_page_is_seen_in_every_language() -> None:
    assert {look.path for look in covering([*LEARN, *HELP])} == {*LEARN, *HELP}


def test_every_kind_of_page_is_seen_in_every_theme_and_size() -> None:
    looks = covering([*LEARN, *HELP, "/en/"])

    for kind in ("learn/…", "help", ""):
        same_kind = [look for look in looks if kind_of(look.path) == kind]
        assert {look.theme for look in same_kind} == {*THEMES}
        assert {look.size for look in same_kind} == {*SIZES}


def test_a_page_more_is_a_look_more() -> None:
    assert len(covering([*LEARN, "/en/learn/f"])) == len(covering(LEARN)) + 1 == len(LEARN) + 1


def test_everything_is_each_page_in_each_theme_and_size() -> None:
    assert len(everything(LEARN)) == len(LEARN) * len(THEMES) * len(SIZES)


def test_a_page_of_settings_is_a_kind_of_its_own() -> None:
    assert kind_of("/en/settings/backup") != kind_of("/en/settings/lock")
    assert kind_of("/en/learn/") != kind_of("/en/learn/three-systems")
