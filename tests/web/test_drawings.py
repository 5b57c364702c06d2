"""Drawings: which one an exercise, a worksheet and a week have, and what replaces a missing one."""

from __future__ import annotations

import json
import re
from pathlib import Path

from quart.typing import TestClientProtocol as Client

from hearth_cft import CONTENT, TEMPLATES
from hearth_cft.application import Hearth
from hearth_cft.library.loader import load_library
from hearth_cft.library.models import DRAWINGS
from tests.content_files import SHEET, write
from tests.small import small_site

NAMED = re.compile(r'^  "([a-z-]+)": \([\d., ]+"(M[^"]+)"', re.MULTILINE)
FILE = TEMPLATES / "components" / "drawings.jinja"
LINES = dict(NAMED.findall(FILE.read_text()))
LIBRARY = load_library([CONTENT])
NUMBER_TILE = '<span class="drawing sand" aria-hidden="true">1</span>'
SCRIPT = """+++
title = "Ours"
summary = "B"
order = 1
minutes = { full = 1 }
%s
+++

## full

Words.
"""


def page(site: object, path: str) -> str:
    return site.answers[path].body.decode()  # type: ignore[attr-defined]


def test_content_can_name_every_drawing() -> None:
    assert set(DRAWINGS) == set(LINES)


def test_every_exercise_worksheet_and_week_has_a_drawing_of_its_own(app: Hearth) -> None:
    for path, items in (("recordings/", LIBRARY.recordings), ("worksheets/", LIBRARY.worksheets)):
        drawn = [line for line in LINES.values() if f'd="{line}"' in page(app.site, f"/en/{path}")]
        assert len(drawn) == len(items), path
    programme = page(app.site, "/en/programme")
    weeks = re.findall(r'<summary>\s*<svg[^>]+aria-hidden="true">.*?d="([^"]+)"', programme)
    assert len(set(weeks)) == len(LIBRARY.programme)
    assert set(weeks) <= set(LINES.values())


def test_own_content_names_a_drawing_or_has_the_icon_of_its_kind(tmp_path: Path) -> None:
    write(tmp_path, "recordings/ours.md", SCRIPT % 'drawing = "tree"')
    write(tmp_path, "recordings/plain.md", SCRIPT % "")
    write(tmp_path, "worksheets/plain.toml", SHEET)
    write(tmp_path, "programme.toml", '[[weeks]]\ntitle = "W"\nrecordings = ["ours"]\n')

    site = small_site(content_dir=tmp_path)

    assert f'd="{LINES["tree"]}"' in page(site, "/en/recordings/ours")
    assert 'class="drawing sand" viewBox="-8 -8 40 40"' in page(site, "/en/recordings/plain")
    assert 'class="drawing sand" viewBox="-8 -8 40 40"' in page(site, "/en/worksheets/")
    assert NUMBER_TILE in page(site, "/en/programme")


def test_an_unknown_drawing_is_named(tmp_path: Path) -> None:
    write(tmp_path, "recordings/ours.md", SCRIPT % 'drawing = "tre"')

    [problem] = small_site(content_dir=tmp_path).problems

    assert "did you mean 'tree'" in str(problem)


async def test_scripts_find_a_drawing_of_each_exercise_and_worksheet(client: Client) -> None:
    response = await client.get("/en/drawings.svg")

    assert response.content_type == "image/svg+xml"
    drawn = re.findall(r'<symbol id="([^"]+)"', (await response.get_data()).decode())
    places = [place for place, _, _ in (each.partition("/") for each in drawn)]
    # "In my own voice" is among the recordings.
    assert places.count("recordings") == len(LIBRARY.recordings) + 1
    assert places.count("worksheets") == len(LIBRARY.worksheets)
    pages = json.loads(await (await client.get("/en/offline.json")).get_data())["pages"]
    assert "/en/drawings.svg" in pages


def test_in_a_right_to_left_language_what_has_a_direction_is_mirrored(app: Hearth) -> None:
    mirrored = [page(app.site, f"/{tag}/drawings.svg").count("matrix(-1") for tag in ("en", "ar")]

    assert mirrored == [0, 2]
