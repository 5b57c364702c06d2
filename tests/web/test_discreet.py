"""The neutral name, icon and titles: for everyone, or for those who choose them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.web.test_own_content import site_of

SEEN = re.compile(r"<title[^>]*>([^<]*)</title>")


def test_both_manifests_are_the_same_app_under_two_names(tmp_path: Path) -> None:
    answers = site_of(tmp_path, service_name="Leeds CFT").answers

    own = json.loads(answers["/en/app.webmanifest"].body)
    neutral = json.loads(answers["/en/discreet.webmanifest"].body)

    assert (own["name"], neutral["name"]) == ("Hearth", "Practice")
    for part in ("id", "scope", "start_url", "display", "lang"):
        assert own[part] == neutral[part]
    assert {icon["purpose"] for icon in neutral["icons"]} == {"any", "maskable"}
    for icon in neutral["icons"]:
        assert "neutral" in icon["src"]
        assert icon["src"] in answers
    # Pictures of the app would tell what it is.
    assert "screenshots" not in neutral or neutral["screenshots"] == []


def test_a_neutral_name_that_the_service_has_set_is_the_neutral_name(tmp_path: Path) -> None:
    answers = site_of(tmp_path, home_screen_name="Journal").answers

    for name in ("app", "discreet"):
        assert json.loads(answers[f"/en/{name}.webmanifest"].body)["name"] == "Journal"


@pytest.mark.parametrize("path", ["", "learn/three-systems", "notes/", "help", "hidden"])
def test_a_discreet_service_has_neutral_titles_without_any_script(
    tmp_path: Path, path: str
) -> None:
    html = site_of(tmp_path, discreet=True).answers[f"/en/{path}"].body.decode()

    assert SEEN.findall(html)[0] == "Practice"
    assert "icons/icon-" not in html.partition("<body")[0]


def test_a_phone_carries_the_neutral_icon_with_it(tmp_path: Path) -> None:
    listed = site_of(tmp_path).answers["/en/offline.json"].body.decode()

    assert "/en/discreet.webmanifest" in listed
    assert "icons/neutral-touch-180-" in listed
