"""The neutral name, icon and titles, for everyone or for the people who choose them."""

from __future__ import annotations

import json
import re

import pytest

from hearth_cft.web.site.build import Site
from tests.small import small_site

TITLE = re.compile(r"<title[^>]*>([^<]*)</title>")


@pytest.fixture(scope="module")
def discreet() -> Site:
    return small_site(discreet=True)


def test_both_manifests_are_the_same_app_under_two_names() -> None:
    answers = small_site(service_name="Leeds CFT").answers

    own = json.loads(answers["/en/app.webmanifest"].body)
    neutral = json.loads(answers["/en/discreet.webmanifest"].body)

    assert (own["name"], neutral["name"]) == ("Hearth", "Practice")
    for part in ("id", "scope", "start_url", "display", "lang"):
        assert own[part] == neutral[part]
    assert {icon["purpose"] for icon in neutral["icons"]} == {"any", "maskable"}
    for icon in neutral["icons"]:
        assert "neutral" in icon["src"]
        assert icon["src"] in answers
    # Screenshots would show what the app is.
    assert "screenshots" not in neutral or neutral["screenshots"] == []


def test_a_neutral_name_that_the_service_has_set_is_the_neutral_name() -> None:
    answers = small_site(home_screen_name="Journal").answers

    for name in ("app", "discreet"):
        assert json.loads(answers[f"/en/{name}.webmanifest"].body)["name"] == "Journal"


@pytest.mark.parametrize("path", ["", "learn/three-systems", "notes/", "help", "hidden"])
def test_a_discreet_service_has_neutral_titles_without_any_script(
    discreet: Site, path: str
) -> None:
    html = discreet.answers[f"/en/{path}"].body.decode()

    assert TITLE.findall(html)[0] == "Practice"
    assert "icons/icon-" not in html.partition("<body")[0]


def test_a_phone_carries_the_neutral_icon_with_it() -> None:
    listed = small_site().answers["/en/offline.json"].body.decode()

    assert "/en/discreet.webmanifest" in listed
    assert "icons/neutral-touch-180-" in listed
