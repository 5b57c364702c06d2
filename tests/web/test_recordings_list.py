"""recordings.json: the recordings that a phone can store."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from quart.typing import TestClientProtocol as Client

from hearth_cft.application import Hearth
from tests.small import small_site
from tests.web.snapshots import expect_in_snapshot_without_marks

pytestmark = pytest.mark.asyncio(loop_scope="session")
SLUG = "soothing-rhythm-breathing"


@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_it_names_every_file_of_the_language_as_the_server_has_it(
    app: Hearth, client: Client, locale: str
) -> None:
    response = await client.get(f"/{locale}/recordings.json")
    listed = json.loads(await response.get_data())

    files = [file for recording in listed["recordings"] for file in recording["files"]]
    assert response.headers["Cache-Control"] == "no-cache, no-transform"
    assert {file["locale"] for file in files} == {"en"}
    for file in files:
        media = app.site.media[file["address"]]
        assert (file["sha256"], file["bytes"]) == (media.sha256, media.size)
        assert file["captions"] in app.site.media


async def test_it_is_part_of_the_snapshot_and_titles_carry_no_marks(app: Hearth) -> None:
    for locale in ("en", "ar"):
        expect_in_snapshot_without_marks(app, f"/{locale}/recordings.json")


async def test_other_languages_stand_apart_and_say_their_names(tmp_path: Path) -> None:
    for locale in ("es", "xq"):
        _publish(tmp_path / "content" / "recordings" / locale, locale)

    listed = _listed(tmp_path, "en")

    others = {language["locale"]: language for language in listed["others"]}
    assert "es" not in {
        file["locale"] for recording in listed["recordings"] for file in recording["files"]
    }
    assert (others["es"]["name"], others["xq"]["name"]) == ("español", "xq")
    first = next(recording for recording in others["xq"]["recordings"] if recording["slug"] == SLUG)
    assert first["files"][0]["address"] == f"/media/xq/{SLUG}-short-robin.mp3"


async def test_english_is_left_out_where_the_language_speaks_for_itself(tmp_path: Path) -> None:
    _publish(tmp_path / "content" / "recordings" / "ar", "ar")

    listed = _listed(tmp_path, "ar")

    own = next(recording for recording in listed["recordings"] if recording["slug"] == SLUG)
    assert {file["locale"] for file in own["files"]} == {"ar"}
    assert "es" in {language["locale"] for language in listed["others"]}
    assert "en" not in {language["locale"] for language in listed["others"]}


def _listed(folder: Path, locale: str) -> dict[str, Any]:
    """Return recordings.json of a service whose own content is in `folder`."""
    site = small_site(content_dir=folder / "content")
    listed: dict[str, Any] = json.loads(site.answers[f"/{locale}/recordings.json"].body)
    return listed


def _publish(folder: Path, locale: str) -> None:
    folder.mkdir(parents=True)
    sound = b"sound" * 100
    name = f"{SLUG}-short-robin"
    metadata = {
        "slug": SLUG,
        "version": "short",
        "locale": locale,
        "voice": "robin",
        "voice_name": "Robin",
        "generated": False,
        "seconds": 100.0,
        "bytes": len(sound),
        "sha256": hashlib.sha256(sound).hexdigest(),
        "script_sha256": "",
        "licence": "MIT",
    }
    (folder / f"{name}.mp3").write_bytes(sound)
    (folder / f"{name}.json").write_text(json.dumps(metadata))
